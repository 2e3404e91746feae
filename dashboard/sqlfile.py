"""SQL files: finding them and reading their headers.

A query file starts with a comment header of ``-- key: text`` lines (a line without a key goes on
with the one before); the SQL is passed to the database as it stands in the file.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dashboard.errors import QueryError
from dashboard.settings import QUERIES

_KEY = re.compile(r"^--\s*([a-z]+):\s*(.*)$")
_MORE = re.compile(r"^--\s?(.*)$")
_PARAMETER = re.compile(r"\$([a-z_][a-z0-9_]*)", re.IGNORECASE)


@dataclass(frozen=True)
class SqlFile:
    """One SQL file: its name, header (key → text) and text."""

    name: str
    path: Path
    header: dict[str, str]
    text: str

    @property
    def parameters(self) -> frozenset[str]:
        """Names of the bound parameters (``$name``) that the SQL uses, comments left out."""
        return frozenset(_PARAMETER.findall(re.sub(r"--.*", "", self.text)))

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names that the header promises, in order."""
        promised = self.header.get("columns", "")
        return tuple(part.strip().split(" ")[0] for part in promised.split(",") if part.strip())


def read(path: Path) -> SqlFile:
    """Read one SQL file with its header."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    key = ""
    for line in text.splitlines():
        if named := _KEY.match(line):
            key, value = named.groups()
            header[key] = value.strip()
        elif (more := _MORE.match(line)) and key:
            header[key] = f"{header[key]} {more.group(1).strip()}".strip()
        else:
            break
    return SqlFile(path.stem, path, header, text)


@cache
def folder(name: str) -> dict[str, SqlFile]:
    """All SQL files of one folder of ``queries``, by name, in alphabetical order."""
    return {path.stem: read(path) for path in sorted((QUERIES / name).glob("*.sql"))}


def query(name: str) -> SqlFile:
    """The page query of that name; raises QueryError naming the ones that exist."""
    queries = folder("page")
    if name not in queries:
        raise QueryError(
            "There is no query {name!r}.",
            "Use one of: {allowed}.",
            name=name,
            allowed=", ".join(queries),
        )
    return queries[name]
