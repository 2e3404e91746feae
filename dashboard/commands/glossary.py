"""``python -m dashboard glossary``: the definition of every metric, as Markdown."""

import click

from dashboard.definitions import markdown
from dashboard.i18n import translator
from dashboard.settings import LANGUAGES


@click.command("glossary")
def command() -> None:
    """Print the definition of every metric in all languages; docs/metrics.md is its output."""
    click.echo(markdown([translator(language) for language in LANGUAGES]), nl=False)
