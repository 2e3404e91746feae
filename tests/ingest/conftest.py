"""Fixtures of the loading tests."""

from pathlib import Path

import pytest


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a store that nothing was loaded into yet."""
    return tmp_path / "store"
