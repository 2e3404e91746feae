"""``python -m dashboard contribution``: what made a metric change between two periods."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dashboard.access import LOCAL_ADMINISTRATOR, resolve
from dashboard.commands.options import JSON, STORE, open_store, selecting, selection
from dashboard.contribution import CONTRIBUTORS, Contribution, check, contribution
from dashboard.errors import SelectionError
from dashboard.metrics import METRICS
from dashboard.selection import Comparison, Selection

_NONE = "Not given"
"""How the group of rows without one is printed."""


@click.command("contribution")
@click.option("--metric", required=True, help="A share, a mean or nps.")
@click.option("--by", required=True, help=f"Groups: {', '.join(CONTRIBUTORS)}.")
@click.option("--vs-from", metavar="DATE", help="First day of the period to compare with.")
@click.option("--vs-to", metavar="DATE", help="Its last day; default: the period before.")
@selecting
@STORE
@JSON
def command(
    metric: str,
    by: str,
    vs_from: str | None,
    vs_to: str | None,
    store: Path | None,
    as_json: bool,
    **filters: Any,
) -> None:
    """Split the change of a metric against another period into what each group contributed."""
    check(metric, by)
    chosen = selection(**filters)
    other = _compared(chosen, filters, vs_from, vs_to)
    found = contribution(open_store(store), resolve(LOCAL_ADMINISTRATOR), other, chosen, metric, by)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        click.echo(_report(found, other, chosen))


def _compared(
    chosen: Selection, filters: dict[str, Any], first: str | None, last: str | None
) -> Selection:
    if first is None and last is None:
        return chosen.compared(Comparison.PREVIOUS) or chosen
    if first is None or last is None:
        raise SelectionError("--vs-from and --vs-to belong together.", "Give both, or neither.")
    period = selection(**{**filters, "date_from": first, "date_to": last})
    return replace(chosen, date_from=period.date_from, date_to=period.date_to)


def _plain(found: Contribution) -> dict[str, Any]:
    return {
        "before": found.before,
        "after": found.after,
        "groups": {
            key or _NONE: {"rate": effect.rate, "mix": effect.mix}
            for key, effect in found.groups.items()
        },
    }


def _report(found: Contribution, before: Selection, after: Selection) -> str:
    unit = METRICS[found.metric].unit
    effects = sorted(found.groups.items(), key=lambda item: -abs(item[1].total or 0))
    return "\n".join(
        [
            f"{found.metric} ({unit})",
            f"{before.date_from} to {before.date_to}: {_number(found.before)}",
            f"{after.date_from} to {after.date_to}: {_number(found.after)}",
            "",
            _line("group", "rate", "mix", "together"),
            *(
                _line(key or _NONE, _number(each.rate), _number(each.mix), _number(each.total))
                for key, each in effects
            ),
        ]
    )


def _line(group: str, *cells: str) -> str:
    return f"{group:<24}" + "".join(f"{cell:>10}" for cell in cells)


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:,.2f}"
