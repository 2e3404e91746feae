"""Whether a row keeps the contract, and what the store holds of it then; beside ``readings``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dashboard.contract import TABLES
from dashboard.ingest.schema import source_columns
from tests.faults.readings import HOME, Given, Reading, reading


@dataclass(frozen=True)
class Judged:
    """A row as the contract judges it.

    cells   column → its reading
    must    whether it must be accepted, must be refused (False), or either (None)
    """

    cells: Mapping[str, Reading]
    must: bool | None

    def key(self, table: str) -> tuple[object, ...] | None:
        """The key of the row, None where it is not certain."""
        parts = [self.cells[name] for name in TABLES[table].key]
        if any(len(part.values) != 1 or callable(part.values[0]) for part in parts):
            return None
        return tuple(part.values[0] for part in parts)


def judged(table: str, cells: Mapping[str, str], given: Mapping[str, Given]) -> Judged:
    """A row of these cells, by contract column; a column that nothing is mapped to is not there."""
    columns = {column.name: column for column in source_columns(table)}
    found = {
        name: reading(table, column, cells[name], given[name])
        if name in cells
        else Reading((TABLES[table].defaults.get(name),))
        for name, column in columns.items()
    }
    broken = [not cell.values for cell in found.values()]
    missing = [
        found[name].values == (None,)
        for name, column in columns.items()
        if column.required and name != "status"
    ]
    sure = all(len(cell.values) == 1 for cell in found.values())
    against = any(_breaches(table, found)) if sure else False
    if any(broken) or any(missing) or against:
        return Judged(found, must=False)
    refusable = any(cell.refusal for cell in found.values()) or not sure
    return Judged(found, must=None if refusable else True)


def _breaches(table: str, cells: Mapping[str, Reading]) -> list[bool]:
    value = {name: cell.values[0] for name, cell in cells.items()}
    contract = TABLES[table]
    found = [
        value[order.later] < value[order.earlier]  # type: ignore[operator]
        for order in contract.refused
        if value[order.later] is not None and value[order.earlier] is not None
    ]
    tomorrow = datetime.now(HOME).replace(tzinfo=None) + timedelta(days=1)
    found += [
        moment > tomorrow
        for name, moment in value.items()
        if isinstance(moment, datetime) and name != "due_at"
    ]
    if table == "survey":
        scored = any(value[score] is not None for score in contract.ranges)
        found.append(scored and value["responded_at"] is None and value["sent_at"] is None)
    if table == "target" and value["month"] is not None:
        year, _, month = str(value["month"]).partition("-")
        right = len(year) == 4 and len(month) == 2 and (year + month).isascii()
        right = right and (year + month).isdigit() and 1 <= int(month) <= 12
        found.append(not right)
    return found


def differences(
    table: str, row: Judged, held: Mapping[str, object], given: Mapping[str, Given]
) -> list[str]:
    """Where the stored row is not what the source says."""
    found = []
    for name, cell in row.cells.items():
        value = held[name]
        if (table, name) == ("service_record", "status"):
            allowed = _status(cell, held) == value
        elif (table, name) == ("survey", "responded_at") and cell.values == (None,):
            scored = any(held[score] is not None for score in TABLES[table].ranges)
            allowed = value == (held["sent_at"] if scored else None)
        else:
            allowed = cell.allows(value)
        if not allowed:
            found.append(f"{name}: {value!r} is held of {cell.values!r} ({given.get(name)})")
    return found


def _status(cell: Reading, held: Mapping[str, object]) -> object:
    """What the times say, unless the record is cancelled or in progress beyond what they tell."""
    if held["closed_at"] is not None:
        derived = "closed"
    elif held["resolved_at"] is not None:
        derived = "resolved"
    elif held["first_response_at"] is not None or held["on_site_at"] is not None:
        derived = "in_progress"
    else:
        derived = "open"
    if cell.values[0] == "cancelled" or (cell.values[0] == "in_progress" and derived == "open"):
        return cell.values[0]
    return derived
