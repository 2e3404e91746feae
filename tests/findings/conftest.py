"""Stores in which something happens, and in which nothing does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.ingest.demo import make_portfolio
from dashboard.ingest.demo.stories import QUIET
from dashboard.ingest.portfolio import publish_portfolio
from dashboard.settings import Settings
from dashboard.store import Store

END = date(2026, 3, 31)
FULL = 60_000
SMALL = 4_000
Frames = dict[str, pd.DataFrame]


def published(folder: Path, frames: Frames) -> Store:
    """A store with these tables."""
    publish_portfolio(frames, folder, demo=True, who="tests", progress=lambda *_: None)
    return Store(Settings(store=folder))


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The demo portfolio in its default size, with another seed and end than the default."""
    return published(tmp_path_factory.mktemp("told"), make_portfolio(11, END, FULL))


@pytest.fixture(scope="session")
def still(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small company in which nothing happens."""
    return published(tmp_path_factory.mktemp("still"), make_portfolio(3, END, SMALL, QUIET))


@pytest.fixture
def quiet(tmp_path: Path) -> Callable[..., Store]:
    """A small company in which nothing happens but what ``plant`` does to its tables."""

    def make(
        seed: int = 3, plant: Callable[[Frames], Any] | None = None, records: int = SMALL
    ) -> Store:
        frames = make_portfolio(seed, END, records, QUIET)
        if plant is not None:
            plant(frames)
        return published(tmp_path / str(seed), frames)

    return make
