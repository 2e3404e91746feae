"""``python -m dashboard backup``: the store in one file, with what proves it."""

import getpass
import json
from pathlib import Path

import click

from dashboard.commands import proof
from dashboard.commands.options import JSON, STORE, settings_of
from dashboard.ingest.apply import wall_clock
from dashboard.ingest.backup import Backup, backup
from dashboard.store import Store


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@STORE
@JSON
def command(file: Path, store: Path | None, as_json: bool) -> None:
    """Copy the store, its personal data, saved mappings and ledger into FILE.

    FILE is read back and compared before it gets its name. It holds personal data.
    """
    settings = settings_of(store)
    made = backup(
        settings.store,
        file.absolute(),
        made_by=getpass.getuser(),
        made_at=wall_clock(settings),
        figures=lambda version: proof.figures(Store(settings, version)),
    )
    if as_json:
        plain = {
            "file": str(made.file),
            "bytes": made.content.size,
            "sha256": made.content.sha256,
            "version": made.manifest.version,
            "rows": dict(made.manifest.rows),
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        click.echo(_report(made))


def _report(made: Backup) -> str:
    rows = sum(made.manifest.rows.values())
    return (
        f"{made.file}: version {made.manifest.version}, {rows:,} rows,"
        f" {made.content.size / 2**20:,.1f} MB, read back and compared\n"
        f"  SHA-256 {made.content.sha256}"
    )
