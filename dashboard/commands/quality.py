"""``python -m dashboard quality``: what is missing or contradictory in the store and its loads."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pandas as pd

from dashboard import quality
from dashboard.access import LOCAL_ADMINISTRATOR, resolve
from dashboard.commands.options import JSON, STORE, open_store, selecting, selection


@click.command("quality")
@selecting
@STORE
@JSON
def command(store: Path | None, as_json: bool, **filters: Any) -> None:
    """Print the share of rows that lack what figures need, in a selection and by load."""
    opened, scope = open_store(store), resolve(LOCAL_ADMINISTRATOR)
    checks = opened.run("data_quality", scope, selection(**filters)).to_dict("records")
    loads = opened.run("load_problems", scope).to_dict("records")
    if as_json:
        found = {"checks": [_plain(row) for row in checks], "loads": [_plain(row) for row in loads]}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for row in map(_plain, checks):
        of = f" of {row['of']:,}{_share(row)}" if row["of"] is not None else ""
        click.echo(f"{row['table_name']}: {row['rows']:,}{of} {quality.CHECKS[row['check']]}")


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    counts = {key: None if pd.isna(row[key]) else int(row[key]) for key in ("rows", "of")}
    return {**row, **counts}


def _share(row: dict[str, Any]) -> str:
    return f" ({100 * row['rows'] / row['of']:.1f} %)" if row["of"] else ""
