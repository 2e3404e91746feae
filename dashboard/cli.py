"""The command line: ``python -m dashboard load | demo | metrics | contribution | query | serve``.

Every command prints its result for people, or with ``--json`` for programs, to standard output;
progress and errors go to standard error. A problem that the user can mend ends with exit code 1
and two lines: what is wrong, what to do.
"""

import json
import sys

import click

from dashboard.commands import (
    contribution,
    demo,
    findings,
    glossary,
    inspect,
    load,
    metrics,
    quality,
    query,
    serve,
    standin,
)
from dashboard.errors import DashboardError


@click.group(cls=standin.Group, context_settings={"help_option_names": ["-h", "--help"]})
def commands() -> None:
    """Service-quality dashboard."""


commands.add_command(contribution.command)
commands.add_command(demo.command)
commands.add_command(findings.command)
commands.add_command(glossary.command)
commands.add_command(inspect.command)
commands.add_command(load.command)
commands.add_command(metrics.command)
commands.add_command(quality.command)
commands.add_command(query.command)
commands.add_command(serve.command)


def main() -> None:
    """Run the command line; DashboardErrors become two lines and exit code 1."""
    try:
        commands()
    except DashboardError as error:
        click.echo(f"Error: {error.message}", err=True)
        if error.hint:
            click.echo(f"       {error.hint}", err=True)
        if "--json" in sys.argv:
            click.echo(json.dumps({"error": error.as_json()}, ensure_ascii=False))
        sys.exit(1)
