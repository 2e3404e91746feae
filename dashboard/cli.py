"""The command line: ``python -m dashboard load | demo | metrics | query``.

Every command prints its result for people, or with ``--json`` for programs, to standard output;
progress and errors go to standard error. A problem that the user can mend ends with exit code 1
and two lines: what is wrong, what to do.
"""

import sys
from pathlib import Path

import click

from dashboard.errors import DashboardError
from dashboard.settings import Settings

STORE = click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the store; default: DASHBOARD_STORE, else data/store.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Service-quality dashboard."""


def store_folder(option: Path | None) -> Path:
    """The store that the command works on."""
    return option.absolute() if option else Settings.from_environment().store


def main() -> None:
    """Run the command line; DashboardErrors become two lines and exit code 1."""
    try:
        commands()
    except DashboardError as error:
        click.echo(f"Error: {error.message}", err=True)
        if error.hint:
            click.echo(f"       {error.hint}", err=True)
        sys.exit(1)
