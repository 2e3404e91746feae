"""Helpers of the tests of a store's safety: a store of several loads, and damage to its files."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from dashboard.cli import commands
from dashboard.ingest.lock import Claim
from dashboard.ingest.undo import Undone, undo
from dashboard.published import current_version, private_file, store_file
from dashboard.settings import Settings
from tests.ingest.loading import load, rows

BLOCK = 262144
"""A database file consists of blocks of this many bytes, behind its header."""


def load_projects(store: Path, first: int, last: int) -> None:
    """Loads of one project each: load n adds project Pn."""
    for number in range(first, last + 1):
        load(store, f"project_id,project_name\nP{number},x\n", "project")


def projects(store: Path) -> list[int]:
    """The numbers of the projects that the current version holds."""
    found = rows(store, "select substr(project_id, 2)::int from project order by 1")
    return [number for (number,) in found]


def undone(store: Path) -> Undone:
    return undo(Settings(store=store), Claim("undo", "tester", 0))


def current_files(store: Path) -> list[Path]:
    version = current_version(store)
    assert version is not None
    return [store_file(store, version), private_file(store, version)]


def cut(file: Path) -> None:
    """Take the last block off a database file."""
    with file.open("r+b") as opened:
        opened.truncate(file.stat().st_size - BLOCK)


def swap(file: Path) -> None:
    """Put another file of the same size in the place of one: one bit of its last block differs."""
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    other = file.with_name("other")
    other.touch(mode=file.stat().st_mode)
    other.write_bytes(bytes(content))
    other.replace(file)


def run(store: Path, *arguments: str) -> Result:
    """A command, as it is called on the command line; its result, or what it raised."""
    return CliRunner().invoke(commands, [*arguments, "--store", str(store)])


def told(store: Path, *arguments: str) -> Any:
    """What a command that succeeds prints as JSON."""
    result = run(store, *arguments, "--json")
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def grades(store: Path) -> dict[str, str]:
    """What the doctor thinks of each thing: the worst grade."""
    result = run(store, "doctor", "--json")
    found: dict[str, str] = {}
    for check in json.loads(result.stdout):
        if found.get(check["name"]) != "problem":
            found[check["name"]] = check["grade"]
        assert (check["grade"] == "ok") == (check["do"] == "")
    assert (result.exit_code == 1) == ("problem" in found.values())
    return {name: grade for name, grade in found.items() if grade != "ok"}
