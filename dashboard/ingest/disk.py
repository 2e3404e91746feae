"""Files on the disk: written through, copied with their checksum, linked."""

import hashlib
import os
import shutil
from pathlib import Path
from typing import IO

from dashboard.ledger import Content

BLOCK = 1 << 20


def sync(path: Path) -> None:
    """Return when a file or folder is on the disk as it is now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def content_of(path: Path) -> Content:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return Content(
            os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
        )


def copied(source: IO[bytes], target: IO[bytes] | None = None) -> Content:
    """Read all bytes that are left of a file, into another one if there is one; what they were."""
    size, digest = 0, hashlib.sha256()
    while block := source.read(BLOCK):
        digest.update(block)
        size += len(block)
        if target:
            target.write(block)
    return Content(size, digest.hexdigest())


def copy(source: Path, target: Path) -> Content:
    """Copy a file; gives the content that was copied."""
    with source.open("rb") as read, target.open("wb") as written:
        return copied(read, written)


def link(source: Path, target: Path) -> Content:
    """A second name for a file that nobody changes, or a copy where that cannot be had."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return content_of(target)
