"""``python -m dashboard metrics``: a selection's metrics, also by project, staff and more."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from dashboard.access import LOCAL_ADMINISTRATOR, NOTHING, resolve
from dashboard.commands import scorecards
from dashboard.commands.options import JSON, STORE, open_store, selecting, selection
from dashboard.measures import GROUPS, TOTAL, Groups, Measure, measure, table
from dashboard.metrics import METRICS
from dashboard.people import people
from dashboard.scorecard import in_force
from dashboard.selection import Selection
from dashboard.store import Store

_PLACES = ("project", "region")
"""By these every metric can be broken down."""


@click.command("metrics")
@click.option(
    "--by",
    type=click.Choice(GROUPS),
    help="Break the metrics down; by staff: the scorecard of each person.",
)
@selecting
@STORE
@JSON
def command(by: str | None, store: Path | None, as_json: bool, **filters: Any) -> None:
    """Print every metric of a selection with its n and 95 % interval, nothing suppressed."""
    chosen = selection(**filters)
    opened = open_store(store)
    printed, lines = _scorecards(opened, chosen) if by == "staff" else _measured(opened, chosen, by)
    as_of = opened.info().as_of
    moment = f"{as_of:%Y-%m-%d %H:%M:%S}" if as_of else None
    if as_json:
        found = {"as_of": moment, by or "metrics": printed}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        click.echo("\n".join([f"as of {moment or '—'}", "", *lines]))


def _scorecards(store: Store, chosen: Selection) -> tuple[dict[str, Any], list[str]]:
    """The people of a selection, for programs and in words."""
    weighing = in_force(store.folder)
    found = people(store, resolve(LOCAL_ADMINISTRATOR), chosen, weighing)
    printed = {key: scorecards.plain(person) for key, person in found.items()}
    return printed, scorecards.report(found, weighing)


def _measured(store: Store, chosen: Selection, by: str | None) -> tuple[dict[str, Any], list[str]]:
    """The metrics of a selection or of its groups, for programs and in words."""
    groups = measure(store, resolve(LOCAL_ADMINISTRATOR), chosen, by)
    if by is None:
        return _plain_metrics(groups[TOTAL]), _report(groups[TOTAL])
    if by in _PLACES:
        groups = _completed(groups, measure(store, NOTHING, chosen)[TOTAL])
    if by == "project":
        groups.pop(TOTAL, None)  # customers of no project are not one
    lines = [
        line
        for key, measured in groups.items()
        for line in (f"{by}: {key or '—'}", *_report(measured), "")
    ]
    return {key: _plain_metrics(measured) for key, measured in groups.items()}, lines


def _completed(groups: Groups, blank: Mapping[str, Measure]) -> Groups:
    """Every metric in every group; nothing measured where a group has no rows."""
    return {key: {**blank, **measured} for key, measured in groups.items()}


def _plain_metrics(measured: Mapping[str, Measure]) -> dict[str, Any]:
    return {key: _plain(each) for key, each in measured.items()}


def _plain(each: Measure) -> dict[str, Any]:
    if METRICS[each.metric].tabular:
        return table(each)
    return {"value": each.value, "n": each.n, "low": each.low, "high": each.high}


def _report(measured: Mapping[str, Measure]) -> list[str]:
    lines = [_line("metric", "value", "unit", "n", "95 % interval")]
    tables = []
    for key, each in measured.items():
        metric = METRICS[key]
        if metric.tabular:
            tables += ["", *_table_lines(key, table(each))]
            continue
        low, high = (_number(bound, metric.decimals) for bound in (each.low, each.high))
        interval = f"{low} to {high}" if each.low is not None or each.high is not None else ""
        value = _number(each.value, metric.decimals)
        lines.append(_line(key, value, metric.unit, str(each.n), interval))
    return [*lines, *tables]


def _line(metric: str, value: str, unit: str, n: str, interval: str) -> str:
    return f"{metric:<31}{value:>12} {unit:<9}{n:>9}   {interval}".rstrip()


def _table_lines(name: str, rows: Mapping[str, Any]) -> list[str]:
    lines = [name]
    for key, value in rows.items():
        cells = value.items() if isinstance(value, Mapping) else [("", value)]
        shown = "  ".join(
            f"{label} {_number(each, 0 if isinstance(each, int) else 1)}".strip()
            for label, each in cells
        )
        lines.append(f"  {key:<12}{shown}")
    return lines


def _number(value: float | None, decimals: int) -> str:
    return "—" if value is None else f"{value:,.{decimals}f}"
