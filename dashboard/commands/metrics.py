"""``python -m dashboard metrics``: every metric of a selection."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from dashboard.access import LOCAL_ADMINISTRATOR, resolve
from dashboard.commands.options import JSON, STORE, open_store, selecting, selection
from dashboard.measures import TOTAL, Measure, measure, table
from dashboard.metrics import METRICS


@click.command("metrics")
@selecting
@STORE
@JSON
def command(store: Path | None, as_json: bool, **filters: Any) -> None:
    """Print every metric of a selection with its n and 95 % interval, nothing suppressed."""
    chosen = selection(**filters)
    opened = open_store(store)
    measured = measure(opened, resolve(LOCAL_ADMINISTRATOR), chosen)[TOTAL]
    as_of = opened.info().as_of
    moment = f"{as_of:%Y-%m-%d %H:%M:%S}" if as_of else None
    if as_json:
        found = {"as_of": moment, "metrics": {key: _plain(each) for key, each in measured.items()}}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        click.echo(_report(moment, measured))


def _plain(each: Measure) -> dict[str, Any]:
    if METRICS[each.metric].tabular:
        return table(each)
    return {"value": each.value, "n": each.n, "low": each.low, "high": each.high}


def _report(moment: str | None, measured: Mapping[str, Measure]) -> str:
    lines = [f"as of {moment or '—'}", "", _line("metric", "value", "unit", "n", "95 % interval")]
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
    return "\n".join(lines + tables)


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
