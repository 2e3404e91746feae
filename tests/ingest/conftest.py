"""Fixtures of the loading tests."""

import shutil
from pathlib import Path

import pytest

from tests.ingest import safety


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The folder of a store that nothing was loaded into yet."""
    return tmp_path / "store"


@pytest.fixture(scope="session")
def three_loads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that three loads of a project each were made into; for copies only."""
    store = tmp_path_factory.mktemp("three") / "store"
    safety.load_projects(store, 1, 3)
    return store


@pytest.fixture
def loaded(three_loads: Path, store: Path) -> Path:
    """A copy of the store of three loads."""
    shutil.copytree(three_loads, store)
    return store
