"""Names and texts of the data do nothing in a browser: no picture, link, formula or markup."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import odd_names, stores
from tests.e2e.conftest import serving
from tests.e2e.reading import visit, wrong

pytestmark = pytest.mark.browser

ALIVE = """() => [...document.querySelectorAll(
    "[data-testid=stMain] :is(b, .katex, img[src*='x.invalid']), a[href^='javascript'], svg a"
)].map(each => each.outerHTML)"""


@pytest.fixture(scope="module")
def odd_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("odd")
    stores.publish(folder, odd_names.portfolio())
    with serving(folder, Path(tmp_path_factory.mktemp("odd_server")) / "log") as address:
        yield address


@pytest.mark.parametrize(
    "script",
    ["overview", "complaints", "staff", "projects", "records"],
)
def test_names_are_inert(read: Callable[..., Page], odd_server: str, script: str) -> None:
    page = read("light", odd_server)  # fails on requests to anywhere else
    visit(page, script, "en", **odd_names.PERIOD)
    assert page.evaluate(ALIVE) == []
    assert wrong(page) == []
    if script == "overview":  # names stand in its texts, not only in its tables
        told = page.get_by_test_id("stMain").inner_text().replace("\u2060", "")
        assert all(name in told for name in (":red[x] :material/warning:", "<b>bold</b>"))
