"""``python -m dashboard serve``: the pages, on this machine only."""

import logging

import click


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def command(port: int) -> None:
    """Serve the pages on this machine."""
    logging.disable(logging.WARNING)  # Streamlit warns that its server does not run yet
    from dashboard.ui import serve  # noqa: PLC0415 - the other commands need no pages

    serve.warm_up()
    logging.disable(logging.NOTSET)
    serve.serve(port)
