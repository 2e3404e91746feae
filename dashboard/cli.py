"""The command line: ``python -m dashboard load | demo | metrics | contribution | query | serve``.

Every command prints its result for people, or with ``--json`` for programs, to standard output;
progress and errors go to standard error. A problem that the user can mend ends with exit code 1
and two lines: what is wrong, what to do. With ``--json`` standard output then has the same as texts
with placeholders and the values that fill them, so that a program can translate it::

    {"error": {"message": "{file} is empty.", "hint": "…", "values": {"file": "a.csv"}}}
"""

import json
import sys
from typing import Any

import click

from dashboard.commands import (
    backup,
    contribution,
    demo,
    doctor,
    findings,
    glossary,
    load,
    loads,
    metrics,
    quality,
    quarantine,
    query,
    restore,
    serve,
    undo,
)
from dashboard.commands.options import AS_JSON
from dashboard.errors import DashboardError


class _Group(click.Group):
    """The commands, whose errors a program can read."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for; what it raises is told on standard output as well."""
        try:
            return super().invoke(ctx)
        except DashboardError as error:
            if ctx.meta.get(AS_JSON):
                click.echo(_told(error))
            raise


def _told(error: DashboardError) -> str:
    message, hint = error.texts
    told = {"message": message, "hint": hint, "values": error.values}
    return json.dumps({"error": told}, ensure_ascii=False, indent=1, default=str)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Service-quality dashboard."""


commands.add_command(backup.command)
commands.add_command(contribution.command)
commands.add_command(demo.command)
commands.add_command(doctor.command)
commands.add_command(findings.command)
commands.add_command(glossary.command)
commands.add_command(load.command)
commands.add_command(loads.command)
commands.add_command(metrics.command)
commands.add_command(quality.command)
commands.add_command(quarantine.command)
commands.add_command(query.command)
commands.add_command(restore.command)
commands.add_command(serve.command)
commands.add_command(undo.command)


def main() -> None:
    """Run the command line; DashboardErrors become two lines and exit code 1."""
    try:
        commands()
    except DashboardError as error:
        click.echo(f"Error: {error.message}", err=True)
        if error.hint:
            click.echo(f"       {error.hint}", err=True)
        sys.exit(1)
