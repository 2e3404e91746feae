"""Damages to the text of a file and to its bytes: small named functions, as in ``cells``."""

import codecs
import gzip
import io
import zipfile
from collections.abc import Callable
from random import Random

TextDamage = Callable[[str, Random], str]
ByteDamage = Callable[[bytes, Random], bytes]


def _without(text: str, random: Random, sign: str) -> str:
    places = [index for index, char in enumerate(text) if char == sign]
    if not places:
        return text
    at = random.choice(places)
    return text[:at] + text[at + 1 :]


def _with(text: str, random: Random, sign: str) -> str:
    at = random.randint(0, len(text))
    return text[:at] + sign + text[at:]


def quote_lost(text: str, random: Random) -> str:
    return _without(text, random, '"')


def quote_added(text: str, random: Random) -> str:
    return _with(text, random, '"')


def quotes_curled(text: str, random: Random) -> str:
    return text.replace('"', random.choice("“”＂'"))


def separator_lost(text: str, random: Random) -> str:
    return _without(text, random, random.choice(",;\t|"))


def separator_added(text: str, random: Random) -> str:
    return _with(text, random, random.choice(",,;\t|"))


def lines_joined(text: str, random: Random) -> str:
    return _without(text, random, "\n")


def line_split(text: str, random: Random) -> str:
    return _with(text, random, random.choice(("\n", "\r\n", "\n\n")))


def lone_return(text: str, random: Random) -> str:
    return _with(text, random, "\r")


def line_ends_mixed(text: str, random: Random) -> str:
    lines = text.replace("\r\n", "\n").split("\n")
    return "".join(line + random.choice(("\n", "\r\n")) for line in lines)


def cut_at_end(text: str, random: Random) -> str:
    return text[: random.randint(0, len(text))]


def cut_at_start(text: str, random: Random) -> str:
    return text[random.randint(0, min(len(text), 200)) :]


def lines_gone(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    start = random.randint(0, len(lines))
    return "".join(lines[:start] + lines[start + random.randint(1, 4) :])


def line_again(text: str, random: Random) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        lines.insert(random.randint(0, len(lines)), random.choice(lines))
    return "".join(lines)


def strange_sign(text: str, random: Random) -> str:
    return _with(
        text, random, random.choice("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x07\x1a\ufeff\ufffd")
    )


def zero_sign(text: str, random: Random) -> str:
    return _with(text, random, "\0")


def junk_below(text: str, random: Random) -> str:
    return text + random.choice(
        ("\x1a", "<html></html>", "\n\n-- 导出完毕 --\n", "\n,,,,\n", '"', "\n \n")
    )


def junk_above(text: str, random: Random) -> str:
    junk = (
        "sep=,\n",
        "\n\n",
        "工单导出 2024-01-05\n",
        "#注释\n",
        "\ufeff",
        '"标题"\n\n',
        "<?xml?>\n",
        "{",
    )
    return random.choice(junk) + text


def decoded_wrongly(text: str, _random: Random) -> str:
    """What becomes of Chinese that was read as Latin-1 once and saved again."""
    return text.encode("utf-8").decode("latin-1")


def bits_flipped(content: bytes, random: Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(random.choice((1, 1, 3, 20)) if damaged else 0):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def bytes_cut(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def bytes_zeroed(content: bytes, random: Random) -> bytes:
    at, length = random.randint(0, len(content)), random.choice((1, 16, 512))
    return content[:at] + b"\0" * len(content[at : at + length]) + content[at + length :]


def byte_gone(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + content[at + 1 :]


def bytes_inserted(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.randbytes(random.choice((1, 2, 9))) + content[at:]


def blocks_swapped(content: bytes, random: Random) -> bytes:
    one, two, three = sorted(random.randint(0, len(content)) for _ in range(3))
    return content[:one] + content[two:three] + content[one:two] + content[three:]


def wrong_mark(content: bytes, random: Random) -> bytes:
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8, codecs.BOM_UTF32_LE)
    return random.choice(marks) + content


def line_in_another_encoding(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    at = random.randrange(len(lines))
    text = lines[at].decode("utf-8", "replace").replace("\ufffd", "?")
    lines[at] = text.encode(random.choice(("gb18030", "utf-16-le", "utf-8", "big5")), "replace")
    return b"\n".join(lines)


def gzipped(content: bytes, random: Random) -> bytes:
    packed = gzip.compress(content, random.choice((1, 9)), mtime=0)
    return packed + gzip.compress(b"", mtime=0) if random.random() < 0.1 else packed


def zipped(content: bytes, random: Random) -> bytes:
    buffer = io.BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(zipfile.ZipInfo("导出/data.csv", (2024, 1, 5, 0, 0, 0)), content, method)
        if random.random() < 0.1:
            archive.writestr(zipfile.ZipInfo("readme.txt", (2024, 1, 5, 0, 0, 0)), b"2")
    return buffer.getvalue()


TEXT_DAMAGES: tuple[TextDamage, ...] = (
    quote_lost, quote_added, quotes_curled, separator_lost, separator_added, lines_joined,
    line_split, lone_return, line_ends_mixed, cut_at_end, cut_at_start, lines_gone, line_again,
    strange_sign, zero_sign, junk_below, junk_above, decoded_wrongly,
)  # fmt: skip
BYTE_DAMAGES: tuple[ByteDamage, ...] = (
    bits_flipped, bytes_cut, bytes_zeroed, byte_gone, bytes_inserted, blocks_swapped, wrong_mark,
    line_in_another_encoding,
)  # fmt: skip
