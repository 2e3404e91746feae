"""Pages as a reader meets them, from any store."""

import os
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.settings import ROOT
from dashboard.ui import data


class _Server:
    """What the pages remember belongs to one store, as in a server."""

    told: dict[str, str] | None = None

    def start(self) -> None:
        """Start it again where its environment is another one, with nothing remembered."""
        told = {name: text for name, text in os.environ.items() if name.startswith("DASHBOARD_")}
        if told != self.told:
            st.cache_data.clear()
            data.store.clear()
            data.settings.clear()
            self.told = told


@pytest.fixture(scope="session")
def server() -> _Server:
    """The one server of this process."""
    return _Server()


@pytest.fixture
def serve(server: _Server, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Show pages from a store folder."""

    def show(folder: Path, script: str, language: str, **query: str) -> AppTest:
        monkeypatch.setenv("DASHBOARD_STORE", str(folder))
        server.start()
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.query_params["lang"] = language
        app.switch_page(f"dashboard/pages/{script}.py")
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return show
