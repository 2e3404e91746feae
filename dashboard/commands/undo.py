"""``python -m dashboard undo``: the version before comes back."""

import json
from pathlib import Path

import click

from dashboard.commands.loads import told
from dashboard.commands.options import JSON, STORE, WAIT, claim, settings_of
from dashboard.ingest.undo import Undone, undo


@click.command("undo")
@WAIT
@STORE
@JSON
def command(*, wait: float, store: Path | None, as_json: bool) -> None:
    """Take back the last load, or whatever was published last.

    The version before comes back as a new one. Again: the one before that. To take back an undo,
    load the file again.
    """
    found = undo(settings_of(store), claim("undo", wait))
    if as_json:
        plain = {
            "version": found.version,
            "removed": found.removed.as_dict(),
            "brought_back": found.brought_back.as_dict(),
            "further": found.further,
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_report(found)))


def _report(found: Undone) -> list[str]:
    return [
        "removed:",
        *told(found.removed),
        "brought back:",
        *told(found.brought_back),
        f"published as version {found.version}; further undos possible: {found.further}",
    ]
