"""``python -m dashboard query``: the rows of a page query."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import pandas as pd

from dashboard import sqlfile
from dashboard.access import LOCAL_ADMINISTRATOR, resolve
from dashboard.commands.options import JSON, STORE, open_store, selecting, selection
from dashboard.errors import QueryError
from dashboard.measures import GROUPS
from dashboard.metrics import METRICS

_BOUND = ("scope", "selection")


@click.command("query")
@click.argument("name")
@click.option(
    "--param", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter of the query."
)
@selecting
@STORE
@JSON
def command(
    name: str, parameters: Sequence[str], store: Path | None, as_json: bool, **filters: Any
) -> None:
    """Print the rows of the page query NAME (a file of queries/page) for a selection."""
    file = sqlfile.query(name)
    chosen = selection(**filters) if "selection" in file.parameters else None
    rows = open_store(store).run(
        name, resolve(LOCAL_ADMINISTRATOR), chosen, **_parameters(file, parameters)
    )
    if as_json:
        found = [
            {key: _plain(str(key), value) for key, value in row.items()}
            for row in rows.to_dict("records")
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        click.echo(rows.to_string(index=False) if len(rows) else "no rows")


def _parameters(file: sqlfile.SqlFile, texts: Sequence[str]) -> dict[str, str | None]:
    """The query's own parameters: those marked optional in its header (``limit?``) may be left out.

    Raises QueryError for a text that is not NAME=VALUE and for a required parameter left out.
    """
    given: dict[str, str | None] = {}
    for text in texts:
        name, separator, value = text.partition("=")
        if not separator:
            raise QueryError(
                "--param: {text!r} is not NAME=VALUE.", "Write for example by=month.", text=text
            )
        given[name] = value
    _check_value("by", given.get("by"), GROUPS)
    _check_value(
        "metric",
        given.get("metric"),
        [each.id for each in METRICS.values() if each.drill == file.name],
    )
    named = {part.strip() for part in file.header.get("parameters", "").split(",")}
    optional = {part[:-1] for part in named if part.endswith("?")}
    own = file.parameters - set(_BOUND)
    if missing := sorted(own - optional - given.keys()):
        raise QueryError(
            "The query {query} needs {missing}.",
            "Add --param {first}=VALUE.",
            query=file.name,
            missing=", ".join(missing),
            first=missing[0],
        )
    return dict.fromkeys(own & optional) | given


def _check_value(name: str, value: str | None, allowed: Sequence[str]) -> None:
    if value is not None and value not in allowed:
        raise QueryError(
            "{option}: {value!r} is not possible here.",
            "Use one of: {allowed}.",
            option=f"--param {name}",
            value=value,
            allowed=", ".join(allowed),
        )


def _plain(name: str, value: Any) -> Any:
    """A cell as JSON can hold it; by the contract's naming, ``…_at`` are times and others days."""
    if isinstance(value, Mapping):
        return {key: _plain(key, each) for key, each in value.items()}
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        listed = value if isinstance(value, list | tuple) else value.tolist()
        return [_plain(name, each) for each in listed] if isinstance(listed, list) else listed
    if pd.isna(value):
        return None
    if isinstance(value, datetime):
        timed = name.endswith("_at") or name == "as_of"
        return value.isoformat() if timed else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value
