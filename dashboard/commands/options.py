"""Options that several commands share."""

from pathlib import Path

import click

from dashboard.settings import Settings

STORE = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the store; default: DASHBOARD_STORE, else data/store.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def store_folder(option: Path | None) -> Path:
    """The store that the command works on."""
    return option.absolute() if option else Settings.from_environment().store
