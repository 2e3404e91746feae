"""``python -m dashboard load``: one file into one table."""

import getpass
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from dashboard.commands.options import JSON, STORE, WAIT, a_file, say_waiting, store_folder
from dashboard.ingest.binding import BY_NAME
from dashboard.ingest.load import load_file
from dashboard.ingest.preview import Preview, preview
from dashboard.ingest.result import LoadResult
from dashboard.settings import Settings

_QUIET_SECONDS = 1.0
"""Off a terminal, a line of progress such as `` 45% checking`` at most every so many seconds."""


@click.command("load")
@a_file
@click.option("--dry-run", is_flag=True, help="Say what a load would do; nothing is written.")
@click.option("--save", metavar="NAME", help="Keep the mapping in the store under this name.")
@click.option(
    "--replace",
    "whole",
    is_flag=True,
    help="The file is the whole table (target, standard, category or action).",
)
@click.option("--name", help="What the file is called in the history of loads.")
@WAIT
@STORE
@JSON
def command(
    *,
    file: Path,
    table: str | None,
    mapping: str | None,
    sheet: str | None,
    dry_run: bool,
    save: str | None,
    name: str | None,
    whole: bool,
    wait: float,
    store: Path | None,
    as_json: bool,
) -> None:
    """Load FILE and publish a new version of the store.

    FILE is a CSV of any make, also in .gz or .zip, a workbook (XLSX, XLS, ODS) or Parquet.
    """
    settings = replace(Settings.from_environment(), store=store_folder(store))
    if dry_run and not as_json:
        found = preview(file, table=table, mapping=mapping, sheet=sheet, settings=settings)
        click.echo(_shown(found))
    progress = Progress()
    try:
        result = load_file(
            file,
            table=table,
            mapping=mapping,
            sheet=sheet,
            dry_run=dry_run,
            save=save,
            name=name,
            whole=whole,
            settings=settings,
            who=getpass.getuser(),
            progress=progress,
            wait=wait,
            waiting=say_waiting,
        )
    finally:
        progress.close()
    click.echo(
        json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else _told(result)
    )


def _told(result: LoadResult) -> str:
    lines = [
        *([] if result.mapping == BY_NAME else _taken(result)),
        f"{result.file} -> {result.table}: {result.read:,} read = {result.inserted:,} inserted"
        f" + {result.updated:,} updated + {result.unchanged:,} unchanged"
        f" + {result.refused:,} refused",
        *(
            [f"  removed, as the file does not have them: {result.removed:,}"]
            if result.removed
            else []
        ),
        *(f"  refused  {reason}: {rows:,}" for reason, rows in result.refusals.items()),
        *(f"  warning  {reason}: {rows:,}" for reason, rows in result.warnings.items()),
        *(f"  lacking  {reason}: {rows:,}" for reason, rows in result.lacking.items()),
    ]
    if result.left_out:
        lines.append(f"  left out by the mapping's filter: {result.left_out:,}")
    if result.closed:
        lines.append(f"  quarantine: {result.closed:,} rows of earlier loads closed")
    if result.known:
        lines.append(f"  quarantine: {result.known:,} of the refused rows were held already")
    if result.unmapped:
        lines.append(f"  columns not mapped: {', '.join(result.unmapped)}")
    if not result.version:
        return "\n".join([*lines, f"  nothing was written (dry run), {result.seconds:.1f} s"])
    if result.refused:
        get = f"python -m dashboard quarantine --load {result.load_id} --output FILE.csv"
        lines.append(f"  to correct the refused rows: {get}")
    lines.append(f"  version {result.version}, load {result.load_id}, {result.seconds:.1f} s")
    return "\n".join(lines)


def _shown(found: Preview) -> str:
    """How the file is written, and what each column is taken for, with sample values."""
    form = found.form
    written = [form.encoding, form.delimiter and f"delimiter {form.delimiter!r}"]
    written += [form.sheet and f"sheet {form.sheet!r} of {', '.join(form.sheets)}"]
    written += [f"{form.above} lines above the header" if form.above else None]
    lines = [f"read as: {', '.join(filter(None, written)) or 'Parquet'}"]
    if form.mended:
        lines += [f"header put right: {', '.join(found.columns)}", f"  in the file: {form.mended}"]
    lines += [f"table: {found.table}"]
    for taken in found.taken:
        sure = f" ({taken.confidence:.0%})" if taken.confidence < 1 else ""
        samples = ", ".join(taken.samples)
        lines.append(f"  {taken.column} <- {taken.origin}{sure}: {samples}")
    return "\n".join(lines)


def _taken(result: LoadResult) -> list[str]:
    """What the mapping took for what, said where it was not the contract's own names."""
    return [
        f"mapping: {result.mapping}",
        *(f"  {column} <- {origin}" for column, origin in result.took.items()),
    ]


class Progress:
    """Progress on standard error: rewritten in place on a terminal, else a line a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._terminal = sys.stderr.isatty()
        self._last = clock()

    def __call__(self, what: str, share: float) -> None:
        """Tell what is being done, and the share that is done, 0 to 1."""
        now = self._clock()
        if self._terminal:
            click.echo(f"\r{share:4.0%} {what:<12}", err=True, nl=False)
        elif now - self._last >= _QUIET_SECONDS:
            self._last = now
            click.echo(f"{share:4.0%} {what}", err=True)

    def close(self) -> None:
        """Leave the line."""
        if self._terminal:
            click.echo(err=True)
