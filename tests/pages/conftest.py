"""Pages as a reader meets them, from any store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.settings import ROOT
from dashboard.ui import data


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Show pages from a store folder, with nothing remembered of another store."""

    def forget() -> None:
        st.cache_data.clear()
        data.store.clear()
        data.settings.clear()

    def show(folder: Path, script: str, language: str, **query: str) -> AppTest:
        monkeypatch.setenv("DASHBOARD_STORE", str(folder))
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
        app.query_params["lang"] = language
        app.switch_page(f"dashboard/pages/{script}.py")
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    forget()
    yield show
    forget()
