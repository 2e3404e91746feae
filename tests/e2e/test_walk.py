"""A walk through every page in a real browser, as a reader takes it."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from dashboard.i18n import translator
from dashboard.ui.frame import PAGES, Entry
from tests.e2e.reading import barriers, number, settle, sideways, visit, wrong

pytestmark = pytest.mark.browser

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
DESK, LAPTOP, PHONE = (
    {"width": 1440, "height": 900},
    {"width": 1024, "height": 768},
    {"width": 390, "height": 844},
)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.script)
def test_every_page_reads_well(page: Page, entry: Entry, language: str) -> None:
    page.set_viewport_size(DESK)
    visit(page, entry.script, language)
    title = translator(language).title(entry.title)
    expect(page.get_by_role("heading", name=title, exact=True, level=2)).to_be_visible()
    found = {"desk, light": wrong(page)}
    show(page, theme="dark")
    found["desk, dark"] = wrong(page)
    # colours depend on the theme, not on the language: each is looked at in one of them
    found["barriers, dark"] = barriers(page) if language == "en" else []
    page.set_viewport_size(LAPTOP)
    settle(page)
    found["laptop"] = sideways(page)
    page.set_viewport_size(PHONE)
    settle(page)
    found["phone, dark"] = wrong(page)
    show(page, theme="light")
    found["phone, light"] = wrong(page)
    found["barriers, light"] = barriers(page) if language == "en" else []
    assert {where: what for where, what in found.items() if what} == {}


def show(page: Page, theme: str) -> None:
    """Let the reader's system change to a theme, which the page follows."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        """dark => {
            const colour = getComputedStyle(document.querySelector("[data-testid=stApp]"))
            return (parseInt(colour.backgroundColor.match(/\\d+/)[0]) < 128) === dark
        }""",
        arg=theme == "dark",
    )
    settle(page)


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


def test_a_tile_opens_the_records_it_counts(page: Page) -> None:
    visit(page, "overview", "en")
    link = page.get_by_role("link", name=re.compile("n = ")).first
    counted = number(link.inner_text())
    assert counted > 0
    link.click()
    settle(page, "Records")
    assert counted_rows(page) == counted


def test_a_heatmap_cell_narrows_the_page_to_the_records_it_counts(page: Page) -> None:
    visit(page, "complaints", "en")
    chart = page.locator(".js-plotly-plot").first
    hover = chart.evaluate("chart => chart.data.find(trace => trace.hovertext).hovertext[0]")
    chart.locator(".scatterlayer .point").first.click(force=True)
    page.get_by_role("link", name="Open the records").click()
    settle(page, "Records")
    assert counted_rows(page) == number(hover)
