"""Two readers at work, from the first page to what they take away."""

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard.access import EVERYTHING
from dashboard.i18n import translator
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests.e2e.reading import number, settle, visit

pytestmark = pytest.mark.browser

YEAR = {"period": "custom", "from": "2025-01-01", "to": "2025-12-31"}
T = translator("en")


def card(page: Page, title: str) -> Locator:
    """The card with that title."""
    head = page.get_by_role("heading", name=title, exact=True)
    return page.locator("[data-testid=stColumn]").filter(has=head).last


def click(page: Page, target: Locator, across: float = 0, down: float = 0) -> None:
    """Click where something is drawn, though another layer takes the click: its middle, or else
    so many pixels from its corner."""
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box is not None
    page.mouse.click(
        box["x"] + (across or box["width"] / 2), box["y"] + (down or box["height"] / 2)
    )


def download(page: Page, label: str, folder: Path) -> Path:
    """Take a file from the only export menu of the page."""
    page.get_by_role("button", name=T("Export")).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name=label).click()
    page.keyboard.press("Escape")
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def test_an_executive_finds_what_changed_and_forwards_it(
    page: Page, browser: Browser, server: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, "overview", "en", **YEAR)
    changes = card(page, T("What changed, and is it real?"))
    changes.get_by_role("link", name=T("Look closer")).first.click()
    page.wait_for_url(re.compile(r"/(satisfaction|complaints|tiers|standards)\?"))
    settle(page)
    page.go_back()
    settle(page, T.title("Overview"))

    bar = page.locator(".js-plotly-plot:has(.barlayer)").first.locator(".barlayer .point").first
    click(page, bar)
    page.wait_for_url(re.compile("/records"))
    settle(page, T.title("Records"))
    seen = view(page)
    assert seen["counted"] > 0

    other = browser.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    colleague = other.new_page()
    colleague.set_default_timeout(60_000)
    colleague.goto(page.url)
    settle(colleague, T.title("Records"))
    assert view(colleague) == seen
    other.close()


def view(page: Page) -> dict[str, object]:
    """What the records page shows: the figure, how many rows it counted, what was selected."""
    main = page.locator("[data-testid=stMain]")
    return {
        "counted": number(page.get_by_text(re.compile("rows? counted")).inner_text()),
        "titles": main.get_by_role("heading").all_inner_texts(),
        "told": main.locator("[data-testid=stCaptionContainer]").all_inner_texts(),
        "filters": [
            [each.get_attribute("value") or "" for each in main.get_by_role("combobox").all()]
        ],
        "asked": parse_qs(urlparse(page.url).query),
    }


@pytest.fixture
def overdue(demo_store: Path) -> Callable[[str | None], pd.DataFrame]:
    """What is overdue, in a project or in all of them, in the order of the worklist."""
    store = Store(Settings(store=demo_store))

    def found(project: str | None) -> pd.DataFrame:
        projects = (project,) if project else ()
        selection = Selection(date(2025, 1, 1), date(2025, 12, 31), projects=projects)
        asked = {"queue": "overdue", "unfinished": True, "limit": 200_000, "offset": 0}
        return store.run("worklist", EVERYTHING, selection, **asked)

    return found


def test_a_supervisor_works_the_overdue_and_takes_them_away(
    page: Page, overdue: Callable[[str | None], pd.DataFrame], tmp_path: Path
) -> None:
    everything = overdue(None)
    project = everything["project_id"].value_counts().idxmax()
    expected = overdue(project)
    name = str(expected["project_name"].iloc[0])
    assert 0 < len(expected) < len(everything)

    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, "worklist", "en", **YEAR)
    page.get_by_role("combobox", name=T("Project")).fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("radio", name=re.compile(f"^{T('Overdue')} ·")).click()
    settle(page)
    title = T("{queue}: {n} to do", queue=T("Overdue"), n=T.number(len(expected)))
    expect(page.get_by_role("heading", name=title)).to_be_visible()

    first = expected["item"].iloc[0]
    click(page, page.locator("[data-testid=stDataFrame]"), across=90, down=54)  # its first row
    timeline = page.get_by_role("dialog", name=T("Timeline of {item}", item=first))
    expect(timeline).to_be_visible()
    page.keyboard.press("Escape")
    expect(timeline).to_have_count(0)
    settle(page)

    with download(page, T("Rows as CSV"), tmp_path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row[T("Record")] for row in rows] == list(expected["item"])
    assert {row[T("Project")] for row in rows} == {name}
    book = openpyxl.load_workbook(download(page, T("Rows as XLSX, with definitions"), tmp_path))
    header, *cells = book.worksheets[0].iter_rows(values_only=True)
    place = header.index(T("Record"))
    assert [row[place] for row in cells] == list(expected["item"])
    told = {row[0]: row[1] for row in book[T("About")].iter_rows(values_only=True)}
    assert name in told[T("Filters")]

    page.get_by_role("button", name=T("Reset")).click()
    settle(page)
    assert "project" not in parse_qs(urlparse(page.url).query)
    expect(page.get_by_role("heading", name=title)).to_have_count(0)
