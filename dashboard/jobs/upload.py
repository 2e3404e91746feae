"""Files that a reader hands over in the browser, until they are loaded.

They are kept in ``uploads`` of the store, which is as private as the store itself and on the same
disk: a load takes its own link to a file, so that the page may go while it runs. The name on disk
is that of the content; what the client called the file is only ever shown.
"""

import hashlib
import os
import secrets
import weakref
from pathlib import Path
from typing import IO

from dashboard.published import make_folder, unwritable

UPLOADS = "uploads"

_BLOCK = 1 << 20
_LONGEST_NAME = 120


class Upload:
    """A file in private: ``path`` on disk, ``name`` for people, ``sha256`` of its content.

    The file goes when the last page that holds the upload has gone, else at the next start of a
    server. Raises StoreError where the store does not take it.
    """

    def __init__(self, store: Path, name: str, source: IO[bytes]) -> None:
        self.name = shown_name(name)
        self.size = 0
        try:
            self.path, self.sha256 = self._kept(store, source)
        except OSError as error:
            raise unwritable(store, error) from error
        self._gone = weakref.finalize(self, self.path.unlink, missing_ok=True)

    def _kept(self, store: Path, source: IO[bytes]) -> tuple[Path, str]:
        """Where the content is kept, and its SHA-256."""
        folder = store / UPLOADS
        make_folder(store)
        folder.mkdir(mode=0o700, exist_ok=True)
        draft = folder / f"{secrets.token_hex(8)}.tmp"
        digest = hashlib.sha256()
        try:
            with written(draft) as file:
                while block := source.read(_BLOCK):
                    digest.update(block)
                    self.size += file.write(block)
            name = f"{digest.hexdigest()[:16]}-{secrets.token_hex(4)}"
            return draft.replace(folder / name), digest.hexdigest()
        except BaseException:
            draft.unlink(missing_ok=True)
            raise

    def discard(self) -> None:
        """Remove the file now."""
        self._gone()


def forget_all(store: Path) -> None:
    """Remove what no page holds any more: for the start of a server, which has no page yet."""
    for file in (store / UPLOADS).glob("*"):
        file.unlink(missing_ok=True)


def shown_name(name: str) -> str:
    """A client's file name as it may be shown and logged: no path, no control characters."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(char for char in bare if char.isprintable()).strip()
    return plain[-_LONGEST_NAME:] or "file"


def written(path: Path) -> IO[bytes]:
    """A new file that nobody else may read, open for writing."""
    return open(path, "xb", opener=_private)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
