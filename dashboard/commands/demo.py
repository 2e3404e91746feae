"""``python -m dashboard demo``: a believable company to look at and to try things on."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import click

from dashboard.commands.options import JSON, STORE, WAIT, say_waiting, store_folder
from dashboard.errors import SettingsError
from dashboard.ingest.demo import first_day, make_portfolio
from dashboard.ingest.demo.stories import QUIET, TOLD
from dashboard.ingest.lock import Claim
from dashboard.ingest.portfolio import publish_portfolio
from dashboard.settings import Settings

DEFAULT_SEED = 7
DEFAULT_RECORDS = 60_000
WHO = "demo"


@click.command("demo")
@click.option("--seed", default=DEFAULT_SEED, show_default=True, help="Another seed, other data.")
@click.option("--end", metavar="DATE", help="Last day; default: yesterday.")
@click.option(
    "--records",
    type=click.IntRange(min=100, max=5_000_000),
    default=DEFAULT_RECORDS,
    show_default=True,
    help="Number of records; projects, staff and customers grow with it.",
)
@click.option("--quiet", is_flag=True, help="The same company in which nothing happens.")
@WAIT
@STORE
@JSON
def command(
    *,
    seed: int,
    end: str | None,
    records: int,
    quiet: bool,
    wait: float,
    store: Path | None,
    as_json: bool,
) -> None:
    """Publish 24 months of an invented company; a store with other data is left alone."""
    started = perf_counter()
    last = _last_day(end)
    folder = store_folder(store)
    _progress("inventing", 0)
    frames = make_portfolio(seed, last, records, QUIET if quiet else TOLD)
    claim = Claim("demo", WHO, wait, say_waiting)
    results = publish_portfolio(frames, folder, demo=True, who=WHO, progress=_progress, claim=claim)
    made = {
        "store": str(folder),
        "seed": seed,
        "from": first_day(last).isoformat(),
        "to": last.isoformat(),
        "seconds": round(perf_counter() - started, 2),
        "rows": {table: result.inserted for table, result in results.items()},
        "warnings": sum(sum(result.warnings.values()) for result in results.values()),
    }
    click.echo(json.dumps(made, ensure_ascii=False, indent=1) if as_json else _report(made))


def _last_day(text: str | None) -> date:
    """The day of ``--end``, yesterday by default; raises SettingsError where it cannot be used."""
    zone = ZoneInfo(Settings.from_environment().time_zone)
    today = datetime.now(zone).date()
    if text is None:
        return today - timedelta(days=1)
    try:
        last = date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(
            "{option}: {text!r} is not a date.",
            "Give a date such as 2025-01-31.",
            option="--end",
            text=text,
        ) from error
    if last > today:
        raise SettingsError(
            "--end: {day} is still to come.", "Give today or an earlier day.", day=text
        )
    return last


def _progress(doing: str, share: float) -> None:
    click.echo(f"{share:4.0%}  {doing}", err=True)


def _report(made: dict[str, Any]) -> str:
    lines = [f"{table:<20}{rows:>10,}" for table, rows in made["rows"].items()]
    return "\n".join(
        [
            *lines,
            "",
            f"{made['from']} to {made['to']}, seed {made['seed']}, warnings: {made['warnings']}",
            f"published in {made['store']} in {made['seconds']} s",
        ]
    )
