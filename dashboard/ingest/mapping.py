"""Mapping files: how the columns of a source become the columns of a table, as text.

A mapping is a TOML file, by name in ``data/mappings`` or in ``mappings`` of the store, or anywhere
by its path; by its path it may be in JSON as well, of the same structure::

    title = "What the source is"
    table = "service_record"
    header = ["case_enquiry_id", "open_dt"]  # a file with these columns is of this kind
    null = ["N/A"]                           # texts that mean blank, beside blank itself
    time_zone = "America/New_York"           # of times without an offset
    formats = ["%m/%d/%Y %I:%M:%S %p"]       # of all times; "serial" is a workbook's day number,
                                             # "epoch" seconds or milliseconds since 1970,
                                             # "iso" the ISO forms, which are read without formats
    decimal = ","                            # of numbers: 1.234,50
    only = { status = ["open", "closed"] }   # the rows that are loaded

    [columns]
    record_id = "case_enquiry_id"            # a source column under another name
    project_id = { from = "neighborhood", blank = "unknown" }
    channel = { from = "source", values = { "Self Service" = "web" }, else = "other" }
    stage = { constant = "after_sales" }
    created_at = { from = ["date", "time"] }         # joined by a blank
    resolved_at = { from = "hours open", after = "created_at", unit = "hours" }
    staff_id = { text = "{branch}-{clerk}" }         # put together
    category = { from = "subject", pattern = "^([^:]+):" }
    nps = { from = "score", null = ["99"], scale = [1, 5] }

A log with one row for each step of a case is folded into one record for each case: what it says
last holds, and ``event`` takes the time of the first step of that kind::

    fold = { case = "ticket", event = "step", at = "when" }
    [columns]
    record_id = "ticket"
    created_at = { event = ["opened"] }
    resolved_at = { event = ["solved", "closed"] }

Column names and the left sides of ``values`` match in any letter case, blanks around them aside.
``values`` translates a text, ``else`` stands for texts that ``values`` does not name, ``blank`` for
blank ones. A text that translates to "" is blank. One source column may feed several columns.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from dashboard.errors import MappingError
from dashboard.ingest.binding import Mapping
from dashboard.ingest.mapping_parser import Parser
from dashboard.ingest.names import normal
from dashboard.settings import MAPPINGS

SUFFIXES = (".toml", ".json")


def load_mapping(name: str, *folders: Path) -> Mapping:
    """The mapping of that name in one of ``folders`` or ``data/mappings``, or of that file.

    Raises MappingError where there is none, or it cannot be used.
    """
    paths = [folder / f"{name}.toml" for folder in (*folders, MAPPINGS)]
    named = name.endswith(SUFFIXES)
    path = Path(name) if named else next(filter(Path.is_file, paths), paths[-1])
    try:
        content = _content(path)
    except FileNotFoundError as error:
        raise MappingError(
            "There is no mapping {name!r}.",
            "Name one of {names}, or a file that ends in .toml or .json.",
            name=name,
            names=", ".join(sorted({file.stem for file in mapping_files(*folders)})),
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise MappingError(
            "Mapping {file} cannot be read: {error}.", "Mend the file.", file=path, error=error
        ) from error
    return Parser(path.name).mapping(path.stem, content)


def _content(path: Path) -> dict[str, Any]:
    """What a mapping file says; raises OSError or ValueError where it cannot be read."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".toml":
        return tomllib.loads(text)
    content = json.loads(text, object_pairs_hook=_unlike)
    if not isinstance(content, dict):
        raise ValueError("it is not an object in braces")  # noqa: TRY004 as the others of a file
    return content


def _unlike(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; as in TOML, no key may stand twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice")
    return found


def mapping_files(*folders: Path) -> list[Path]:
    """All mappings that are known by name; those of ``folders`` before those that are shipped."""
    return [file for folder in (*folders, MAPPINGS) for file in sorted(folder.glob("*.toml"))]


def fitting(header: tuple[str, ...], *folders: Path) -> Mapping | None:
    """The known mapping for files with this header, None where there is none.

    It is the one whose ``header`` names most of the columns, of those that name no other; a saved
    mapping comes before a shipped one. Mappings that cannot be used are passed over.
    """
    columns, best = {normal(name) for name in header}, None
    for file in mapping_files(*folders):
        try:
            known = load_mapping(str(file))
        except MappingError:
            continue
        named = {normal(name) for name in known.header}
        if named and named <= columns and (best is None or len(named) > len(best.header)):
            best = known
    return best
