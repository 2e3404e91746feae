"""A walk through every page in a real browser, as a reader takes it."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlparse

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from dashboard.i18n import translator
from dashboard.ui.frame import PAGES, Entry

pytestmark = pytest.mark.browser

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
WIDTHS = {"desk": (1440, 900), "phone": (390, 844)}
FAULTS = "[data-testid=stException], [data-testid=stAlertContentError]"


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh page that fails on errors of scripts and on requests to anywhere else."""
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(f"script: {error}"))
    opened.on("console", lambda message: faults.extend(complaint(message)))
    opened.on("request", lambda request: faults.extend(outside(request.url)))
    yield opened
    opened.close()
    assert not faults


def complaint(message: ConsoleMessage) -> list[str]:
    """An error in the browser's console."""
    address = message.location["url"]
    # Opened on a page's own address, Streamlit looks for its server there before it asks the root.
    probing = re.search(r"/\w+/_stcore/(health|host-config)$", address)
    return [f"{message.text} {address}"] if message.type == "error" and not probing else []


def outside(address: str) -> list[str]:
    """A request that leaves the machine."""
    parts = urlparse(address)
    local = parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"
    return [] if local else [f"leaves the machine: {address}"]


def settle(page: Page) -> None:
    """Wait until the script has run and no element is left from before."""
    app = page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.locator("[data-testid=stHeading]").first).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def visit(page: Page, script: str, language: str, **query: str) -> None:
    path = "" if script == "overview" else script
    page.goto(f"/{path}?{urlencode({'lang': language, **query})}")
    settle(page)


def assert_fits(page: Page) -> None:
    """Nothing is wider than the screen, and nothing failed."""
    assert page.locator(FAULTS).all_text_contents() == []
    assert not re.search(r"\b(NaN|undefined|Invalid Date)\b", page.locator("body").inner_text())
    for selector in ("html", "[data-testid=stMain]"):
        wide = page.locator(selector).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide[0] <= wide[1], f"{selector} scrolls sideways: {wide}"


def counted_rows(page: Page) -> int:
    """How many rows the records page says a figure has counted."""
    return number(page.get_by_text(re.compile("rows? counted")).inner_text())


def number(text: str) -> int:
    """The last whole number in a text."""
    return int(re.findall(r"\d[\d,]*", text)[-1].replace(",", ""))


@pytest.mark.parametrize(
    ("width", "language"), [("desk", "zh_CN"), ("phone", "zh_CN"), ("phone", "en")]
)
@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.script)
def test_every_page_fits(page: Page, entry: Entry, width: str, language: str) -> None:
    across, down = WIDTHS[width]
    page.set_viewport_size({"width": across, "height": down})
    visit(page, entry.script, language)
    title = translator(language).title(entry.title)
    expect(page.get_by_role("heading", name=title, exact=True, level=2)).to_be_visible()
    assert_fits(page)


def test_language_switch_is_complete_and_stays(page: Page) -> None:
    zh, en = translator("zh_CN"), translator("en")
    page.set_viewport_size({"width": 1440, "height": 900})
    visit(page, "complaints", "zh_CN", period="year_to_date", kind="complaint")
    page.get_by_text("English", exact=True).click()
    expect(
        page.get_by_role("heading", name=en.title("Complaints"), exact=True, level=2)
    ).to_be_visible()
    settle(page)
    expect(page.get_by_role("combobox", name=en("Period"))).to_have_value(en("Year to date"))
    page.get_by_role("link", name=en.title("Service tiers")).click()
    expect(
        page.get_by_role("heading", name=en.title("Service tiers"), exact=True, level=2)
    ).to_be_visible()
    settle(page)
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
    expect(page.get_by_role("heading", name="Records", exact=True, level=2)).to_be_visible()
    settle(page)
    assert counted_rows(page) == counted


def test_a_heatmap_cell_opens_the_records_it_counts(page: Page) -> None:
    visit(page, "complaints", "en")
    chart = page.locator(".js-plotly-plot").first
    hover = chart.evaluate("chart => chart.data.find(trace => trace.hovertext).hovertext[0]")
    chart.locator(".scatterlayer .point").first.click(force=True)
    expect(page.get_by_role("heading", name="Records", exact=True, level=2)).to_be_visible()
    settle(page)
    assert counted_rows(page) == number(hover)
