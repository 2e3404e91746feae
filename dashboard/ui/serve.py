"""Serving the pages from a process that has everything at hand before the first reader comes."""

import runpy
import sys
from datetime import timedelta

from dashboard import jobs, measures
from dashboard.access import EVERYTHING
from dashboard.findings import examine
from dashboard.metrics import METRICS
from dashboard.selection import Comparison, Selection
from dashboard.settings import ROOT
from dashboard.ui import data


def serve(port: int) -> None:
    """Serve on this machine's loopback address until interrupted.

    What a crash left of uploads and of the commands of its pages goes first.
    """
    jobs.clear(data.settings().store, starting=True)
    print(f"The dashboard is at http://localhost:{port} (Ctrl+C stops it)", flush=True)
    options = ["--server.address=127.0.0.1", f"--server.port={port}"]
    sys.argv = ["streamlit", "run", str(ROOT / "streamlit_app.py"), *options]
    runpy.run_module("streamlit", run_name="__main__")


def warm_up() -> None:
    """Ask the store once what the overview asks, so that the first reader does not wait for it.

    Importing this module has already loaded the pages' libraries. Raises StoreMissingError where
    there is nothing to serve.
    """
    store = data.store()
    info = store.info()
    last = (info.as_of or info.published_at).date()
    selection = Selection(last - timedelta(days=364), last)
    for by in (None, "month", "project"):
        measures.measure(store, EVERYTHING, selection, by, tuple(METRICS))
    examine(store, EVERYTHING, selection, selection.compared(Comparison.PREVIOUS))
