"""Commands that stand in for the ones to come, so that the data page can be tried: to be removed.

They have the names, options and answers that were agreed: ``loads``, ``undo``, ``quarantine`` and
``doctor``.
"""

import csv
import json
from pathlib import Path
from typing import Any

import click
import duckdb

from dashboard.commands.options import JSON, STORE, store_folder
from dashboard.errors import StoreError
from dashboard.published import CURRENT, current_version, private_file, store_file


def _rows(file: Path, query: str, *values: Any) -> list[dict[str, Any]]:
    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute(query, values)
        names = [each[0] for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _told(answer: Any) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, default=str))


@click.command("loads")
@STORE
@JSON
def loads(store: Path | None, as_json: bool) -> None:
    """Every publication of the store, the newest first."""
    folder = store_folder(store)
    version = current_version(folder)
    found = _rows(
        store_file(folder, version or 0), "from load_log order by loaded_at desc, load_id"
    )
    told = []
    for place, row in enumerate(found):
        load = {**row, "at": row["loaded_at"], "who": row["loaded_by"], "warnings": 0}
        load |= {"file": row["file_name"], "table": row["table_name"]}
        told.append(
            {
                **{"event": "load", "version": version if place == 0 else 0, "at": load["at"]},
                **{"who": load["who"], "state": "in effect" if place else "current"},
                "loads": [load],
            }
        )
    _told({"current": version, "history": told})


@click.command("undo")
@STORE
@JSON
def undo(store: Path | None, as_json: bool) -> None:
    """Go back to the version before."""
    folder = store_folder(store)
    version = current_version(folder) or 0
    if version < 2 or not store_file(folder, version - 1).exists():
        raise StoreError("There is no version to go back to.")
    (folder / CURRENT).write_text(f"{version - 1}\n", encoding="ascii")
    _told({"version": version - 1})


@click.command("quarantine")
@click.option("--load", "load_id")
@click.option("--output", type=click.Path(path_type=Path))
@click.option("--language")
@STORE
@JSON
def quarantine(
    load_id: str, output: Path, language: str, store: Path | None, as_json: bool
) -> None:
    """The rows that a load refused, as CSV."""
    folder = store_folder(store)
    file = private_file(folder, current_version(folder) or 0)
    query = "select line, reasons, source_text from quarantine where load_id = ? order by line"
    with output.open("w", encoding="utf-8-sig", newline="") as opened:
        for row in _rows(file, query, load_id):
            csv.writer(opened).writerow(
                [row["line"], "; ".join(row["reasons"]), row["source_text"]]
            )
    _told({"files": [{"file": str(output)}]})


@click.command("doctor")
@STORE
@JSON
def doctor(store: Path | None, as_json: bool) -> None:
    """Whether the store is as it was published."""
    folder = store_folder(store)
    file = store_file(folder, current_version(folder) or 0)
    grade = "ok" if file.exists() else "problem"
    _told([{"name": "files", "grade": grade, "says": str(file), "do": ""}])


class Group(click.Group):
    """The commands, with those of this module where there is no other of their name."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        mine = {each.name: each for each in (loads, undo, quarantine, doctor)}
        return super().get_command(ctx, cmd_name) or mine.get(cmd_name)
