"""Stores that several tests read."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.ingest.build import building
from dashboard.ingest.load import load_file
from dashboard.settings import Settings
from tests import stores

DEMO_RECORDS = 3000


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo portfolio, made as a user makes it."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "dashboard", "demo"]
    options = ["--store", str(folder), "--records", str(DEMO_RECORDS), "--end", "2025-12-31"]
    root = Path(__file__).parent.parent
    subprocess.run([*command, *options], cwd=root, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with every table and no row."""
    folder = tmp_path_factory.mktemp("empty")
    with building(folder, Settings(store=folder)) as build:
        build.open_catalogues(empty=True)
        build.finish(demo=False, published_at=datetime(2026, 1, 1))
    return folder


@pytest.fixture(scope="session")
def golden_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden portfolio, loaded file by file."""
    files = sorted((stores.GOLDEN / "portfolio").glob("*.csv"))
    return _loaded(tmp_path_factory.mktemp("golden"), [(path.stem, path) for path in files])


@pytest.fixture(scope="session", params=["as is", "shuffled", "sliced"])
def any_golden_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The golden portfolio, loaded in every way that must come to the same.

    As it is; with the rows of every file shuffled; every file cut at random into five, all slices
    of all tables loaded in random order.
    """
    if request.param == "as is":
        store: Path = request.getfixturevalue("golden_store")
        return store
    slices = stores.golden_slices(
        tmp_path_factory.mktemp("slices"), 5 if request.param == "sliced" else 1, seed=2025
    )
    return _loaded(tmp_path_factory.mktemp("golden"), slices)


def _loaded(folder: Path, files: list[tuple[str, Path]]) -> Path:
    for table, path in files:
        settings = Settings(store=folder)
        result = load_file(path, table=table, mapping=None, settings=settings, who="tests")
        assert result.inserted == result.read
    return folder
