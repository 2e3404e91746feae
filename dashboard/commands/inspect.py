"""``python -m dashboard inspect``: what a file holds, and what a load would take it for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from dashboard.commands.load import Progress
from dashboard.commands.options import JSON, STORE, a_file, store_folder
from dashboard.ingest.inspect import inspect
from dashboard.settings import Settings

_SHOWN = 5


@click.command("inspect")
@a_file
@STORE
@JSON
def command(
    *,
    file: Path,
    table: str | None,
    mapping: str | None,
    sheet: str | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Say how FILE is written, and what a load would take its columns for. Nothing is written."""
    settings = replace(Settings.from_environment(), store=store_folder(store))
    progress = Progress()
    try:
        found = inspect(
            file, table=table, mapping=mapping, sheet=sheet, settings=settings, progress=progress
        )
    finally:
        progress.close()
    click.echo(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(_told(found)))


def _told(found: dict[str, Any]) -> Iterator[str]:
    form = found["form"]
    written = [form["encoding"], form["delimiter"] and f"delimiter {form['delimiter']!r}"]
    written += [form["sheet"] and f"sheet {form['sheet']!r} of {', '.join(form['sheets'])}"]
    written += [f"{form['above']} lines above the header" if form["above"] else None]
    yield f"read as: {', '.join(filter(None, written)) or 'Parquet'}"
    yield f"table: {found['table']}"
    if found["rivals"]:
        yield f"  or: {', '.join(found['rivals'])}"
    for field in found["fields"]:
        if field["source"] is not None:
            sure = field["confidence"]
            doubt = f" ({sure:.0%})" if sure < 1 else ""
            yield f"  {field['column']} <- {field['source']}{doubt}: {', '.join(field['samples'])}"
        unknown = [each for each in field["values"] if each["code"] is None and each["text"]]
        if unknown:
            most = ", ".join(f"{each['text']} ({each['rows']:,})" for each in unknown[:_SHOWN])
            yield f"    not understood: {most}{', …' if len(unknown) > _SHOWN else ''}"
    if found["lacking"]:
        yield f"lacking: {', '.join(found['lacking'])}"
    if found["unmapped"]:
        yield f"columns not mapped: {', '.join(found['unmapped'])}"
