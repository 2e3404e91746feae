"""Options that several commands share."""

import getpass
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from dashboard.codes import CODES
from dashboard.errors import SelectionError
from dashboard.ingest.lock import WAIT_SECONDS, Claim, Holder
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store

STORE = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the store; default: DASHBOARD_STORE, else data/store.",
)
AS_JSON = "dashboard.json"
"""Key of a context's ``meta``: whether a program reads the answer."""


def _remembered(context: click.Context, _option: click.Parameter, given: bool) -> bool:
    context.meta[AS_JSON] = given
    return given


JSON = click.option("--json", "as_json", is_flag=True, callback=_remembered, help="Print JSON.")
WAIT = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=WAIT_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another one that writes to the store; 0: not at all.",
)

_OF_A_FILE = {
    "table": "Table of the data contract that the file holds.",
    "mapping": "Name in data/mappings, or a mapping file.",
    "sheet": "Sheet of a workbook; else the first that holds anything.",
}

_FILTERS = {
    "project": ("projects", "", "project id"),
    "region": ("regions", "", "region"),
    "tier": ("tiers", "tier_delivered", "delivered tier"),
    "channel": ("channels", "channel", "channel"),
    "kind": ("kinds", "kind", "kind of record"),
    "category": ("categories", "", "category"),
    "segment": ("segments", "segment", "customer segment"),
    "staff": ("staff", "", "staff id"),
    "grade": ("grades", "grade", "grade of the staff responsible"),
    "team": ("teams", "", "team of the staff responsible"),
    "stage": ("stages", "stage", "stage"),
    "level": ("levels", "level", "response level"),
    "target-tier": ("target_tiers", "tier", "target tier"),
}
"""Option → (field of the selection, code set or '' for free text, what it is)."""


def store_folder(option: Path | None) -> Path:
    """The store that the command works on."""
    return option.absolute() if option else Settings.from_environment().store


def settings_of(option: Path | None) -> Settings:
    """The settings for the store that the command works on."""
    return replace(Settings.from_environment(), store=store_folder(option))


def open_store(option: Path | None) -> Store:
    """The store that the command reads."""
    return Store(settings_of(option))


def claim(doing: str, wait: float) -> Claim:
    """The claim of whoever runs the command to write to a store."""
    return Claim(doing, getpass.getuser(), wait, say_waiting)


def say_waiting(holder: Holder | None) -> None:
    """Say on standard error who is waited for."""
    click.echo(f"waiting for {holder or 'another process'} to end", err=True)


def a_file(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument ``file`` and the options that say what it holds and how it is read."""
    for name, text in reversed(_OF_A_FILE.items()):
        command = click.option(f"--{name}", help=text)(command)
    return click.argument("file", type=click.Path(path_type=Path))(command)


def selecting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--from``, ``--to`` and one repeatable option per filter, for ``selection``."""
    for name, (field, _, meaning) in reversed(_FILTERS.items()):
        text = f"Only this {meaning}; may be given several times."
        command = click.option(f"--{name}", field, multiple=True, help=text)(command)
    command = click.option("--to", "date_to", metavar="DATE", help="Last day.")(command)
    return click.option("--from", "date_from", metavar="DATE", help="First day.")(command)


def selection(date_from: str | None, date_to: str | None, **filters: Sequence[str]) -> Selection:
    """The selection that the options of ``selecting`` ask for.

    An empty text stands for “none”. Raises SelectionError for a missing or impossible date and for
    a code that does not exist, naming those that do.
    """
    for name, (field, code_set, _) in _FILTERS.items():
        if code_set:
            _check_codes(f"--{name}", filters[field], CODES[code_set])
    chosen: dict[str, Any] = {field: tuple(values) for field, values in filters.items()}
    return Selection(_day("--from", date_from), _day("--to", date_to), **chosen)


def _check_codes(option: str, values: Sequence[str], codes: Collection[str]) -> None:
    for value in values:
        if value and value not in codes:
            raise SelectionError(
                "{option}: {value!r} is not possible here.",
                "Use one of: {allowed}.",
                option=option,
                value=value,
                allowed=", ".join(codes),
            )


def _day(option: str, text: str | None) -> date:
    if not text:
        raise SelectionError(
            "{option} is missing.", "Give a date such as 2025-01-31.", option=option
        )
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SelectionError(
            "{option}: {text!r} is not a date.",
            "Give a date such as 2025-01-31.",
            option=option,
            text=text,
        ) from error
