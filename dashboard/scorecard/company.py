"""The company's own scheme: a file beside its store that holds in place of the shipped one."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.errors import SettingsError
from dashboard.published import SCORECARD
from dashboard.scorecard.scheme import Scheme, checked, read, scheme


def in_force(folder: Path) -> Scheme:
    """The scheme that holds for the store in ``folder``; a change of its file counts at once.

    Raises SettingsError where that file cannot be used.
    """
    try:
        return read(folder / SCORECARD)  # every time: it takes a quarter of a millisecond
    except SettingsError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return scheme()
        raise


def changed_at(folder: Path) -> datetime | None:
    """When the company's own scheme was last changed, ``None`` where there is none."""
    try:
        return datetime.fromtimestamp((folder / SCORECARD).stat().st_mtime, UTC)
    except OSError:
        return None


def keep(content: Mapping[str, Any], folder: Path, who: str) -> None:
    """Make this the company's own scheme; ``content`` is what its file is to say.

    The file is replaced as a whole, so that whoever reads it needs no lock. Raises SettingsError
    where the content is faulty or cannot be written; nothing is changed then.
    """
    checked(content, SCORECARD)
    target = folder / SCORECARD
    draft = folder / f"{SCORECARD}-{secrets.token_hex(4)}.tmp"
    try:
        with draft.open("x", encoding="utf-8") as file:
            file.write(_text(content, who))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise _unwritten(target, error) from error


def put_back(folder: Path) -> None:
    """Let the shipped scheme hold again; raises SettingsError where that cannot be done."""
    target = folder / SCORECARD
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(target, error) from error


def _unwritten(file: Path, error: OSError) -> SettingsError:
    return SettingsError(
        "{file} cannot be written: {error}.",
        "Let the account that serves the pages write to the folder, and see that it has room.",
        file=file,
        error=error,
    )


def _text(content: Mapping[str, Any], who: str) -> str:
    """The content as TOML; it holds numbers only."""
    lines = [
        "# The company's own scorecard; what the entries mean stands in data/scorecard.toml.",
        f"# Saved by {' '.join(who.split())}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC.",
        "",
    ]
    tables = ("perspectives", "review")
    lines += [f"{name} = {value!r}" for name, value in content.items() if name not in tables]
    for name, each in content["perspectives"].items():
        lines += ["", f"[perspectives.{name}]", f"weight = {each['weight']!r}"]
        for indicator, numbers in each["indicators"].items():
            told = ", ".join(f"{key} = {number!r}" for key, number in numbers.items())
            lines.append(f"indicators.{indicator} = {{ {told} }}")
    lines += ["", "[review]", *(f"{name} = {each!r}" for name, each in content["review"].items())]
    return "\n".join(lines) + "\n"
