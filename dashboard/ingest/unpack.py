"""The bytes of a source file: plain, gzip, or zip with one member, told apart by their first bytes.

A packed file is unpacked while it is read, never as a whole, and no further than the limits.
"""

import errno
import gzip
import hashlib
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from dashboard.errors import LoadError, Said

MAX_BYTES = 8 * 2**30
"""The most that a file may hold, unpacked."""

MAX_RATIO = 200
"""How many times its size a packed file may grow; exports of tables reach 10 to 40."""

FREE_BYTES = 64 * 2**20
"""Below this size the ratio does not matter."""

MAX_WORKBOOK = 200 * 2**20
MAX_WORKBOOK_RATIO = 100
FREE_WORKBOOK = 16 * 2**20
"""The same for workbooks, which are not read in a stream but as a whole."""

BLOCK = 1 << 20

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1"
_OFFICE = b"\xd0\xcf\x11\xe0"
_OTHERS_INSIDE = (_ZIP, _GZIP, _PARQUET, _OFFICE)
_WORKBOOKS = {"[Content_Types].xml", "content.xml"}
_EMPTY_ZIP = b"PK\x05\x06"
_DAMAGE = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,  # a name that is no text, a place before the beginning
)


class _Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


Progress = Callable[[float], None]
"""Called with the share of the file that is read, 0 to 1."""


def sha256(path: Path) -> str:
    """The SHA-256 of the file as it is, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kind_of(path: Path) -> str:
    """``parquet``, ``sheet`` (a workbook) or ``text``, told by the bytes, not by the name.

    Raises LoadError where the file is missing or empty.
    """
    _size(path)
    with _reading(path), path.open("rb") as file:
        start = file.read(4)
        if start == _PARQUET:
            return "parquet"
        if start == _OFFICE:
            return "sheet"
        if start == _ZIP:
            file.seek(0)
            with suppress(*_DAMAGE, NotImplementedError), zipfile.ZipFile(file) as archive:
                if _WORKBOOKS & {member.filename for member in archive.infolist()}:
                    return "sheet"
    return "text"


def check_archive(path: Path) -> None:
    """Refuse a workbook whose parts together unpack to more than it is safe to read."""
    size = _size(path)
    with _reading(path), path.open("rb") as file:
        if file.read(4) != _ZIP:
            return
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            total = sum(member.file_size for member in archive.infolist())
    if total > MAX_WORKBOOK or total > max(FREE_WORKBOOK, size * MAX_WORKBOOK_RATIO):
        raise LoadError(
            "{file} expands to {size} MB, which is more than is read from a workbook"
            " ({most} MB, {ratio} times its size).",
            "Save the sheet as CSV UTF-8 and load that.",
            file=path.name,
            size=f"{total / 2**20:,.0f}",
            most=f"{MAX_WORKBOOK / 2**20:.0f}",
            ratio=MAX_WORKBOOK_RATIO,
        )


def blocks(path: Path, progress: Progress | None = None) -> Iterator[bytes]:
    """The unpacked bytes of a file, block by block.

    Raises LoadError where the file is missing, empty, of a type that is not read, damaged, holds
    several members or one that is no text, or grows beyond the limits.
    """
    size = _size(path)
    with ExitStack() as stack:
        with _reading(path):
            raw = stack.enter_context(path.open("rb"))
            packed, unpacked = _open(raw, path, stack)
        total = 0
        while block := _next(unpacked, path):
            if packed and not total and block.startswith(_OTHERS_INSIDE):
                raise LoadError(
                    "{file} holds a workbook, a Parquet file or another archive; only text is read"
                    " from within an archive.",
                    "Unpack it, then load what is inside.",
                    file=path.name,
                )
            total += len(block)
            _check_size(path, size if packed else None, total)
            if progress:
                progress(min(raw.tell() / size, 1.0))
            yield block


def _next(unpacked: _Bytes, path: Path) -> bytes:
    with _reading(path):
        return unpacked.read(BLOCK)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what reading a file may raise into LoadError."""
    try:
        yield
    except _DAMAGE as error:
        raise _damaged(path, error) from error
    except OSError as error:
        # bzip2 tells of damage by an OSError without a number; the system gives one. A damaged
        # directory of a zip asks for places before the file's beginning.
        if error.errno in (None, errno.EINVAL):
            raise _damaged(path, error) from error
        raise LoadError(
            "{file} cannot be read: {error}.", "Copy the file again.", file=path, error=error
        ) from error


def _damaged(path: Path, error: Exception) -> LoadError:
    numbered = isinstance(error, OSError) and error.errno is not None
    said = "" if numbered or isinstance(error, ValueError) else str(error).rstrip(".")
    return LoadError(
        "{file} is damaged: {cause}.",
        "Copy or download the file again.",
        file=path.name,
        cause=said or Said("its content does not unpack"),
    )


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise LoadError("There is no file {file}.", "Check the path.", file=path)
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise LoadError(
            "{file} cannot be read: {error}.", "Check its permissions.", file=path, error=error
        ) from error
    if size == 0:
        raise LoadError("{file} is empty.", "Export the table again.", file=path.name)
    return size


def _open(raw: IO[bytes], path: Path, stack: ExitStack) -> tuple[bool, _Bytes]:
    """Whether the file is packed, and its unpacked bytes."""
    start = raw.read(4)
    raw.seek(0)
    if start.startswith(_GZIP):
        return True, stack.enter_context(gzip.open(raw))
    if start in (_ZIP, _EMPTY_ZIP):
        return True, stack.enter_context(_member(raw, path, stack))
    return False, raw


def _member(raw: IO[bytes], path: Path, stack: ExitStack) -> IO[bytes]:
    try:
        archive = stack.enter_context(zipfile.ZipFile(raw))
        return archive.open(_only_member(archive, path))
    except NotImplementedError as error:
        raise LoadError(
            "{file} is packed in a way that is not read: {error}.",
            "Unpack it, then load it.",
            file=path.name,
            error=error,
        ) from error


def _only_member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not _is_beside(member)]
    if len(members) != 1:
        raise LoadError(
            "{file} holds {n} files instead of one.",
            "Unpack it and load the files one by one.",
            file=path.name,
            n=f"{len(members):,}",
        )
    if members[0].flag_bits & 1:
        raise LoadError(
            "{file} is protected by a password.", "Unpack it, then load it.", file=path.name
        )
    return members[0]


def _is_beside(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder, or what macOS adds to an archive of its own accord."""
    parts = member.filename.split("/")
    return member.is_dir() or parts[0] == "__MACOSX" or parts[-1] == ".DS_Store"


def _check_size(path: Path, packed_size: int | None, total: int) -> None:
    if total > MAX_BYTES:
        raise LoadError(
            "{file} holds more than {most} GiB.",
            "Load it in parts.",
            file=path.name,
            most=f"{MAX_BYTES / 2**30:.0f}",
        )
    if packed_size and total > max(FREE_BYTES, packed_size * MAX_RATIO):
        raise LoadError(
            "{file} unpacks to more than {ratio} times its size, which no table does.",
            "If you trust the file, unpack it and load what is inside.",
            file=path.name,
            ratio=MAX_RATIO,
        )
