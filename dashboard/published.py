"""The published store on disk: where the loading and the serving side meet.

A store is a folder. ``CURRENT`` holds the number N of the version that is served, in
``store-N.duckdb`` and, for personal data, ``private-N.duckdb``. Published files are never changed.
Where the company weighs the scorecard in its own way, ``scorecard.toml`` stands beside them.
"""

from pathlib import Path

from dashboard.errors import StoreError

CURRENT = "CURRENT"
SCORECARD = "scorecard.toml"


def store_file(folder: Path, version: int) -> Path:
    """The file that pages read."""
    return folder / f"store-{version}.duckdb"


def private_file(folder: Path, version: int) -> Path:
    """The file with personal data; published together with the store file of the same number."""
    return folder / f"private-{version}.duckdb"


def make_folder(folder: Path) -> None:
    """Make the folder of a store where there is none; only its owner may look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def unwritable(folder: Path, error: OSError) -> StoreError:
    """The error for a store that does not take what is to be written."""
    return StoreError(
        "The store in {folder} cannot be written: {error}.",
        "Check its permissions and the free space; what was published before is untouched.",
        folder=folder,
        error=error,
    )


def current_version(folder: Path) -> int | None:
    """The version that is served, ``None`` where nothing has been published yet.

    Raises StoreError where CURRENT does not hold a number.
    """
    try:
        text = (folder / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            "{file} cannot be read: {error}.",
            "Check the folder's permissions.",
            file=folder / CURRENT,
            error=error,
        ) from error
    if not text.isdigit():
        raise StoreError(
            "{file} does not hold a version number.",
            "Write the number of the newest store-N.duckdb of the folder into it.",
            file=folder / CURRENT,
        )
    return int(text)
