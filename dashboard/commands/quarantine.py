"""``python -m dashboard quarantine``: refused rows, to be corrected or dismissed."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from dashboard.access import LOCAL_ADMINISTRATOR, resolve
from dashboard.commands.options import JSON, STORE, WAIT, claim, open_store, settings_of
from dashboard.contract import TABLES
from dashboard.errors import LoadError, SettingsError
from dashboard.i18n import Translator, translator
from dashboard.ingest.correct import quarantine_id
from dashboard.ingest.dismiss import dismiss
from dashboard.ingest.download import told, write_download
from dashboard.ingest.held import HeldFile, HeldRow, open_rows
from dashboard.settings import LANGUAGES, Settings
from dashboard.store import Store


@click.command("quarantine")
@click.option(
    "--load",
    "loads",
    multiple=True,
    metavar="LOAD_ID",
    help="Only this load; several may be given.",
)
@click.option("--table", type=click.Choice(list(TABLES)), help="Only rows of this table.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the open rows to this CSV file (and FILE-2, … where they are of several kinds),"
    " to be corrected and loaded again.",
)
@click.option(
    "--dismiss", "dismissed", metavar="LOAD_ID", help="Rows of this load stay out for good."
)
@click.option("--line", "lines", multiple=True, type=int, help="With --dismiss: only this line.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the reasons.")
@WAIT
@STORE
@JSON
def command(
    *,
    loads: Sequence[str],
    table: str | None,
    output: Path | None,
    dismissed: str | None,
    lines: Sequence[int],
    language: str | None,
    wait: float,
    store: Path | None,
    as_json: bool,
) -> None:
    """List refused rows that are open, by load; write them to a file, or dismiss them."""
    settings = settings_of(store)
    t = translator(language or settings.language)
    if lines and not dismissed:
        raise SettingsError("--line says which rows to dismiss.", "Add --dismiss LOAD_ID.")
    if dismissed:
        answer = _dismissed(dismissed, lines, settings, wait)
    elif output:
        answer = _written(open_rows(settings.store, loads, table), output, t)
    elif loads or table:
        answer = _rows(open_rows(settings.store, loads, table), t)
    else:
        answer = _loads(open_store(store))
    said, shown = answer
    click.echo(json.dumps(said, ensure_ascii=False, indent=1) if as_json else "\n".join(shown))


Answer = tuple[dict[str, Any], list[str]]
"""What a program and what a person is told."""


def _dismissed(load_id: str, lines: Sequence[int], settings: Settings, wait: float) -> Answer:
    mine = claim("dismiss", wait)
    rows = dismiss(load_id, lines, settings=settings, who=mine.who, claim=mine)
    return {"load_id": load_id, "dismissed": rows}, [f"{rows:,} rows of load {load_id} dismissed"]


def _written(files: Sequence[HeldFile], output: Path, t: Translator) -> Answer:
    if not files:
        raise LoadError("No refused row is open.", "There is nothing to correct.")
    said, shown = [], []
    for number, held in enumerate(files, start=1):
        # A file has one header, and is read by one mapping.
        name = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
        rows = write_download(held, name.absolute(), t)
        loads = list(dict.fromkeys(row.load_id for row in held.rows))
        said.append({"file": str(name), "table": held.table, "rows": rows, "loads": loads})
        shown.append(f"{rows:,} rows of {held.table} written to {name}")
    shown.append("  correct them there, then load what was written: python -m dashboard load FILE")
    return {"files": said}, shown


def _rows(files: Sequence[HeldFile], t: Translator) -> Answer:
    rows = [(held, row) for held in files for row in held.rows]
    said = {"rows": [_row(held, row, t) for held, row in rows]}
    shown = [
        f"{quarantine_id(row.load_id, row.line)}  {row.file}, line {row.line}: {told(t, held, row)}"
        for held, row in rows
    ]
    return said, shown or ["no row is open"]


def _row(held: HeldFile, row: HeldRow, t: Translator) -> dict[str, Any]:
    """A row as a program reads it."""
    return {
        "quarantine_id": quarantine_id(row.load_id, row.line),
        "table": held.table,
        **asdict(row),
        "reasons": told(t, held, row),
        "header": held.header,
    }


def _loads(store: Store) -> Answer:
    scope = resolve(LOCAL_ADMINISTRATOR)
    loads: list[dict[str, Any]] = [
        {str(name): value for name, value in row.items()}
        for row in store.run("quarantine_loads", scope).to_dict("records")
        if row["open"]
    ]
    reasons = store.run("quarantine_reasons", scope).to_dict("records")
    shown = []
    for load in loads:
        load["loaded_at"] = load["loaded_at"].isoformat()
        load["reasons"] = [
            {key: row[key] for key in ("column_name", "rule", "open")}
            for row in reasons
            if row["load_id"] == load["load_id"] and row["open"]
        ]
        shown += _shown(load)
    return {"loads": loads}, shown or ["no row is open"]


def _shown(load: dict[str, Any]) -> list[str]:
    states = ("open", "closed", "dismissed", "superseded")
    counts = " + ".join(f"{load[state]:,} {state}" for state in states)
    return [
        f"{load['loaded_at'].replace('T', ' ')}  {load['file_name']} -> {load['table_name']},"
        f" load {load['load_id']}: {load['refused']:,} refused = {counts}",
        *(f"  open  {r['column_name']}: {r['rule']}: {r['open']:,}" for r in load["reasons"]),
    ]
