"""In which encoding a text is, decided from its bytes, and its lines.

UTF-8 proves itself: hardly any other text decodes as UTF-8. Next comes GB18030, where nearly all
that is not ASCII decodes to everyday Chinese characters, then Latin-1 as Windows writes it. Text
that fits none of them is refused, never guessed at.
"""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path

from dashboard.errors import LoadError
from dashboard.i18n import N_
from dashboard.ingest.names import BLANKS
from dashboard.ingest.unpack import Progress, blocks

MAX_LINE = 16 * 2**20
"""Characters after which a line must have ended."""

NUL_ESCAPE = b'\0"'
"""The one place of a zero byte in a text: some writers escape quotes by it."""

NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "gb18030": "GB18030",
    "cp1252": "Latin-1",
}
"""Codec → the name that users know it by."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASCII = bytes(range(128))
_LATIN_SIGNS = frozenset("‘’“”–—…•€£°·×§©®™«»¿¡ªº\u00a0")
"""Signs beyond ASCII that texts in Latin letters have often."""

_OF_OTHER_TEXT = re.compile(
    "(?<=[A-Za-z])[\u00c0-\u024f]|[\u00c0-\u024f](?=[A-Za-z])"
    "|[Α-ωА-яЁё]{2,}|(?<=[0-9 ])°|£(?=[0-9])|(?<![0-9A-Za-z])¥(?=[0-9])"
)
"""Characters of two bytes of UTF-8 where texts in other letters have them."""

_THREE_BYTES = "\u0800"
_QUOTED = re.compile(r'"[^"]*"?')
_WINDOW = 2**16
_ODD_SHARE = 0.01
_OTHER_SIDE = 0.5
"""So many zero bytes of UTF-16 may stand on the other side: 一 and the Chinese blank have one."""

_EVERYDAY_SHARE = 0.6
_LATIN_SHARE = 0.8
_FOUR_BYTES = 4
_LAST_EVERYDAY = 0xD8
"""First byte after the rows of everyday characters (level 1) of GB2312."""

_SAVE_AS_UTF8 = N_('Save it as "CSV UTF-8" and load that.')


def encoding_of(path: Path) -> str:
    """The codec of the text in ``path``, a key of ``NAMES``; raises LoadError where it is none."""
    window, whole = b"", True
    for number, block in enumerate(blocks(path)):
        if number == 0:
            if marked := next((codec for mark, codec in _MARKS if block.startswith(mark)), None):
                return marked
            if b"\0" in block.replace(NUL_ESCAPE, b""):
                return _wide(path, block)
        if window:
            window, whole = window + block, False
            break
        if not block.isascii():
            window = block
    return _narrow(path, window, whole=whole)


def ends_by_returns(path: Path, encoding: str) -> bool:
    """Whether lone carriage returns end the lines: the text begins without a single line feed,
    those in quotes aside."""
    start = codecs.getincrementaldecoder(encoding)("replace").decode(next(blocks(path), b""))
    if "\r" in start and "\n" in start:
        start = _QUOTED.sub("", start)
    return "\n" not in start and "\r" in start


def lines(
    path: Path, encoding: str, progress: Progress | None = None, *, returns: bool = False
) -> Iterator[str]:
    """The lines of a text with their line ends; ``returns``: a lone carriage return ends one.

    Raises LoadError where a byte does not fit the encoding, naming its line.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    number, rest, end = 0, "", "\r" if returns else "\n"
    ends = "" if returns else "\n"
    for block in blocks(path, progress):
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as error:
            raise _misfit(path, encoding, number, end, error) from error
        if "\0" in text:
            _refuse_zero(path, encoding, text)
        text = rest + text
        # A return at the end of a block may be half of a line end.
        whole = text.removesuffix("\r")
        rest = text[len(whole) :]
        for line in io.StringIO(whole, newline=ends):
            if line.endswith(("\n", end)):
                number += 1
                yield line
            else:
                rest = line + rest
        if len(rest) > MAX_LINE:
            raise LoadError(
                "{file}, line {line} does not end within {n} characters.",
                "Check that the file is a table of text.",
                file=path.name,
                line=number + 1,
                n=f"{MAX_LINE:,}",
            )
    try:
        rest += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _misfit(path, encoding, number, end, error) from error
    yield from io.StringIO(rest, newline=ends)


def _wide(path: Path, block: bytes) -> str:
    """UTF-16 without a mark: of its ASCII, every second byte is zero, always on the same side."""
    even, odd = block[0::2].count(0), block[1::2].count(0)
    few = len(block) * _ODD_SHARE / 2
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) <= _OTHER_SIDE * max(even, odd) and max(even, odd) > few:
        try:
            text = codecs.getincrementaldecoder(codec)().decode(block)
        except UnicodeDecodeError:
            text = "\0"
        if "\0" not in text and ("\n" in text or "\r" in text) and not _odd(text):
            return codec
    raise _zero_bytes(path, "utf-8")


def _narrow(path: Path, window: bytes, *, whole: bool) -> str:
    """The encoding of a text of single bytes, from a part that has what is beyond ASCII.

    Of text that is damaged, the encoding that most of it fits; reading will name the place.
    """
    fault = _fault(window, "utf-8", whole=whole)
    by_chance = fault is None and _by_chance(window)
    if not by_chance and (fault is None or fault.reason == "unexpected end of data"):
        return "utf-8"
    start = len(window) - len(window.lstrip(_ASCII))
    part = window[start : start + _WINDOW]
    ends = whole and len(window) == start + len(part)
    chinese = _chinese(part, whole=ends)
    if chinese and _fault(part, "gb18030", whole=ends) is None:
        return "gb18030"
    if by_chance or _utf8(window):
        return "utf-8"
    if chinese:
        return "gb18030"
    try:
        text = part.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _unknown(path) from error
    beyond = [char for char in text if char > "\x7f"]
    usual = sum(char.isalpha() or char in _LATIN_SIGNS for char in beyond)
    if _odd(text) or usual < len(beyond) * _LATIN_SHARE:
        raise _unknown(path)
    return "cp1252"


def _fault(part: bytes, encoding: str, *, whole: bool) -> UnicodeDecodeError | None:
    """What keeps the bytes from being text in this encoding, None where nothing does."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(part, final=whole)
    except UnicodeDecodeError as error:
        return error
    return None


def _odd(text: str) -> bool:
    """Whether a text has more signs that nobody writes than a damage would leave."""
    signs = (char for char in text if not char.isprintable() and not char.isspace())
    return sum(char not in BLANKS for char in signs) > len(text) * _ODD_SHARE


def _by_chance(window: bytes) -> bool:
    """Whether text that fits UTF-8 may be Chinese of GB18030 nevertheless: each of its characters
    is a pair of bytes, and most stand where no letter with an accent would."""
    text = window.decode("utf-8", "ignore")
    beyond = sum(char > "\x7f" for char in text)
    expected = sum(map(len, _OF_OTHER_TEXT.findall(text)))
    return beyond > 1 and max(text) < _THREE_BYTES and expected < beyond / 2


def _utf8(window: bytes) -> bool:
    """Whether more of the bytes beyond ASCII fit UTF-8 than do not."""
    text = window.decode("utf-8", "replace")
    right = sum(char > "\x7f" for char in text) - text.count("\ufffd")
    return right > text.count("\ufffd")


def _chinese(part: bytes, *, whole: bool) -> bool:
    """Whether nearly all that is beyond ASCII is everyday Chinese when read as GB18030."""
    text = codecs.getincrementaldecoder("gb18030")("replace").decode(part, final=whole)
    beyond = [char for char in text if char > "\x7f"]
    return sum(map(_everyday, beyond)) >= len(beyond) * _EVERYDAY_SHARE


def _everyday(char: str) -> bool:
    """Whether a character is one of the 3,755 everyday ones of GB2312, of its punctuation, or one
    that takes four bytes, which no other text has in the right order."""
    try:
        return char.encode("gb2312")[0] < _LAST_EVERYDAY
    except UnicodeEncodeError:
        return char != "\ufffd" and len(char.encode("gb18030", "replace")) == _FOUR_BYTES


def _refuse_zero(path: Path, encoding: str, text: str) -> None:
    if "\0" in text.replace(NUL_ESCAPE.decode(), ""):
        raise _zero_bytes(path, encoding)


def _zero_bytes(path: Path, encoding: str) -> LoadError:
    return LoadError(
        "{file} is not text in {encoding}: it has zero bytes.",
        _SAVE_AS_UTF8,
        file=path.name,
        encoding=NAMES[encoding],
    )


def _unknown(path: Path) -> LoadError:
    return LoadError(
        "{file} is text in an encoding that is not read, or no text at all; read are"
        " UTF-8, UTF-16, GB18030 and Latin-1.",
        _SAVE_AS_UTF8,
        file=path.name,
    )


def _misfit(
    path: Path, encoding: str, before: int, end: str, error: UnicodeDecodeError
) -> LoadError:
    # What the bytes of a line end are depends on the encoding: count in the text.
    line = before + 1 + error.object[: error.start].decode(error.encoding).count(end)
    byte = error.object[error.start]
    return LoadError(
        "{file}, line {line}: byte {byte} is not {encoding}.",
        _SAVE_AS_UTF8,
        file=path.name,
        line=line,
        byte=f"0x{byte:02X}",
        encoding=NAMES[encoding],
    )
