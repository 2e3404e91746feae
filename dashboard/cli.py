"""The command line: ``python -m dashboard COMMAND``.

Every command prints its result for people, or with ``--json`` for programs, to standard output;
progress and errors go to standard error. A problem that the user can mend ends with exit code 1
and two lines: what is wrong, what to do. With ``--json`` standard output then has the same as texts
with placeholders and the values that fill them, so that a program can translate it::

    {"error": {"message": "{file} is empty.", "hint": "…", "values": {"file": "a.csv"}}}
"""

import json
import sys
from importlib import import_module
from typing import Any

import click

from dashboard.commands.options import AS_JSON
from dashboard.errors import DashboardError

COMMANDS = (
    "backup",
    "contribution",
    "demo",
    "doctor",
    "findings",
    "glossary",
    "inspect",
    "load",
    "loads",
    "metrics",
    "quality",
    "quarantine",
    "query",
    "restore",
    "serve",
    "undo",
)
"""The commands; each is a module of ``dashboard.commands``."""


class _Group(click.Group):
    """The commands, whose errors a program can read.

    A command is imported when it is asked for: a load needs none of the statistics, whose libraries
    take longer to import than a small file to load.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, ``None`` where there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        found: click.Command = import_module(f"dashboard.commands.{cmd_name}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for; what it raises is told on standard output as well."""
        try:
            return super().invoke(ctx)
        except DashboardError as error:
            if ctx.meta.get(AS_JSON):
                click.echo(_told(error))
            raise


def _told(error: DashboardError) -> str:
    return json.dumps({"error": error.as_json()}, ensure_ascii=False, indent=1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Service-quality dashboard."""


def main() -> None:
    """Run the command line; DashboardErrors become two lines and exit code 1."""
    try:
        commands()
    except DashboardError as error:
        click.echo(f"Error: {error.message}", err=True)
        if error.hint:
            click.echo(f"       {error.hint}", err=True)
        sys.exit(1)
