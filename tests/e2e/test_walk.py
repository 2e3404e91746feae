"""A walk through every page in a real browser, as a reader takes it.

Each language and each theme is walked through once; ``DASHBOARD_TEST_WALKS=all`` takes every
language in every theme.
"""

import os
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from dashboard.i18n import translator
from dashboard.ui.frame import PAGES
from tests.e2e.reading import barriers, number, settle, sideways, visit, wrong

pytestmark = pytest.mark.browser

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
WALKS = [("zh_CN", "light"), ("en", "dark")]
if os.environ.get("DASHBOARD_TEST_WALKS") == "all":
    WALKS += [("zh_CN", "dark"), ("en", "light")]
DESK, LAPTOP, PHONE = (
    {"width": 1440, "height": 900},
    {"width": 1024, "height": 768},
    {"width": 390, "height": 844},
)


@pytest.mark.parametrize(("language", "theme"), WALKS)
def test_every_page_reads_well(read: Callable[..., Page], language: str, theme: str) -> None:
    page, t = read(theme), translator(language)
    page.set_viewport_size(DESK)
    visit(page, ENTRIES[0].script, language)
    found = {}
    for entry in ENTRIES:
        title = t.title(entry.title)
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        settle(page, title)
        found |= {(entry.script, "desk"): wrong(page), (entry.script, "barriers"): barriers(page)}
        page.set_viewport_size(LAPTOP)
        settle(page)
        found[entry.script, "laptop"] = sideways(page)
        page.set_viewport_size(PHONE)
        settle(page)
        found[entry.script, "phone"] = wrong(page)
        page.set_viewport_size(DESK)
    assert {where: what for where, what in found.items() if what} == {}


def counted_rows(page: Page) -> int:
    """How many rows the records page says a figure has counted."""
    return number(page.get_by_text(re.compile("rows? counted")).inner_text())


def test_language_switch_is_complete_and_stays(page: Page) -> None:
    zh, en = translator("zh_CN"), translator("en")
    page.set_viewport_size(DESK)
    visit(page, "complaints", "zh_CN", period="year_to_date", kind="complaint")
    page.get_by_text("English", exact=True).click()
    settle(page, en.title("Complaints"))
    expect(page.get_by_role("combobox", name=en("Period"))).to_have_value(en("Year to date"))
    page.get_by_role("link", name=en.title("Service tiers")).click()
    settle(page, en.title("Service tiers"))
    expect(page.get_by_role("combobox", name=en("Period"))).to_have_value(en("Year to date"))
    expect(page.get_by_text(zh.title("Service tiers"), exact=True)).to_have_count(0)
    asked = parse_qs(urlparse(page.url).query)
    assert asked == {"lang": ["en"], "period": ["year_to_date"], "kind": ["complaint"]}


CHARTS = "[...document.querySelectorAll('[data-testid=stPlotlyChart]')]"
WATCH = f"""() => {{
    {CHARTS}.forEach((chart) => {{ chart.seen = true }})
    window.covered = 0
    new MutationObserver(() => {{
        window.covered += document.querySelectorAll("[data-testid=stSkeleton]").length
    }}).observe(document.body, {{ childList: true, subtree: true }})
}}"""
KEPT = f"""() => {CHARTS}.filter((chart) => chart.seen).map(
    (chart) => chart.closest("[data-testid=stColumn]").querySelector("h3").innerText
)"""


def test_what_a_filter_does_not_concern_stays_as_it_is(page: Page) -> None:
    visit(page, "overview", "en")
    page.evaluate(WATCH)
    page.get_by_role("combobox", name="Compared with").click()
    page.get_by_role("option", name="No comparison").click()
    page.wait_for_url(re.compile("compare=none"))
    settle(page)
    assert page.evaluate(KEPT) == [
        "CSAT month by month",
        "Complaints per 100 households, month by month",
    ]
    assert page.evaluate("window.covered") == 0  # nothing stands over what is still there


def test_a_tile_opens_the_records_it_counts(page: Page) -> None:
    visit(page, "overview", "en")
    link = page.get_by_role("link", name=re.compile("n = ")).first
    counted = number(link.inner_text())
    assert counted > 0
    link.click()
    settle(page, "Records")
    assert counted_rows(page) == counted


def test_a_heatmap_cell_is_chosen_without_a_pointer(page: Page) -> None:
    visit(page, "complaints", "en")
    names = page.get_by_role("combobox", name="Choose a cell by name").first
    names.focus()
    page.keyboard.type("Parking")
    told = page.get_by_role("option").first.inner_text()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Open the records")
    link.focus()
    settle(page)
    link.press("Enter")
    settle(page, "Records")
    assert "Parking" in told
    assert counted_rows(page) == number(told.partition(" complaint")[0])


def test_a_heatmap_cell_narrows_the_page_to_the_records_it_counts(page: Page) -> None:
    visit(page, "complaints", "en")
    chart = page.locator(".js-plotly-plot").first
    hover = chart.evaluate("chart => chart.data.find(trace => trace.hovertext).hovertext[0]")
    chart.locator(".scatterlayer .point").first.click(force=True)
    page.get_by_role("link", name="Open the records").click()
    settle(page, "Records")
    assert counted_rows(page) == number(hover.partition(" complaint")[0])
