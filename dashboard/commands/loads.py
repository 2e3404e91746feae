"""``python -m dashboard loads``: what was loaded, by whom, and what became of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from dashboard import ledger
from dashboard.commands.options import JSON, STORE, store_folder
from dashboard.errors import StoreMissingError
from dashboard.history import Past, State, history
from dashboard.ledger import Entry, Event, Loaded
from dashboard.published import current_version

_LISTED = 3
"""Of more loads than these at once, only their number is printed for people."""


@click.command("loads")
@click.option("--limit", type=click.IntRange(min=1), help="The newest so many; default: all.")
@STORE
@JSON
def command(limit: int | None, store: Path | None, as_json: bool) -> None:
    """Print the history of the store from its ledger, the newest first."""
    folder = store_folder(store)
    current = current_version(folder)
    known = ledger.read(folder)
    if current is None and not known.entries:
        raise StoreMissingError(
            "There is no store in {folder}.",
            "Load a file (python -m dashboard load) or make demo data (python -m dashboard demo).",
            folder=folder,
        )
    known.check(folder)
    past = history(known, current)[:limit]
    if as_json:
        found = {"current": current, "history": [each.as_dict() for each in past]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif past:
        click.echo("\n".join(line for each in past for line in told(each.entry, _state(each))))
    else:
        click.echo("This store is from before there was a ledger; the next load begins one.")


def told(entry: Entry, state: str = "") -> Iterator[str]:
    """A publication in words, with its loads."""
    what = {
        Event.UNDO: f"undo of version {entry.undone}: version {entry.content} again",
        Event.RESTORE: f"restore of {entry.archive.get('file')}",
        Event.DISMISS: "refused rows dismissed",
        Event.ADOPTED: "from before there was a ledger",
    }.get(entry.event, str(entry.event))
    marked = f"   [{state}]" if state else ""
    yield f"{entry.version:>4}  {entry.at:%Y-%m-%d %H:%M}  {entry.who}  {what}{marked}"
    if len(entry.loads) > _LISTED:
        rows = sum(load.read for load in entry.loads)
        yield f"      {len(entry.loads)} loads, {rows:,} rows read"
        return
    for load in entry.loads:
        yield f"      {_counts(load)}"


def _counts(load: Loaded) -> str:
    counts = (
        f"{load.read:,} read = {load.inserted:,} inserted + {load.updated:,} updated"
        f" + {load.unchanged:,} unchanged + {load.refused:,} refused"
    )
    warned = f", {load.warnings:,} warnings" if load.warnings else ""
    return f"{load.file} -> {load.table}: {counts}{warned}, load {load.load_id}"


def _state(past: Past) -> str:
    return f"undone by version {past.undone_by}" if past.state is State.UNDONE else str(past.state)
