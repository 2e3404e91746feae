"""A person's scorecard on paper: one sheet, with its text, and nothing of the page around it."""

import io
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from dashboard.access import EVERYTHING
from dashboard.i18n import translator
from dashboard.people import people
from dashboard.selection import Selection
from dashboard.settings import Settings
from dashboard.store import Store
from tests.e2e.reading import settle, visit

pytestmark = pytest.mark.browser
EVER = Selection(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("zh_CN", "light", 1440), ("en", "dark", 390)]
)
def test_one_sheet(
    read: Callable[..., Page], demo_store: Path, language: str, theme: str, width: int
) -> None:
    t = translator(language)
    found = people(Store(Settings(store=demo_store)), EVERYTHING, EVER)
    busiest = max(found.values(), key=lambda each: each.records)
    page = read(theme)
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, "staff", language, show_person=busiest.staff_id, period="everything")
    page.locator(".sheet").wait_for(state="attached")
    settle(page)
    name = page.locator(".sheet h1").text_content() or ""
    assert not page.locator(".sheet").is_visible()
    printed = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    assert len(printed.pages) == 1
    # a font may draw a Chinese character and its radical with one shape; a PDF then names either
    said = unicodedata.normalize("NFKC", printed.pages[0].extract_text()).replace(" ", "")
    for text in (name, t("Rank band"), t("How it changed"), t("360° review, by who rated")):
        assert unicodedata.normalize("NFKC", text).replace(" ", "") in said
    around = (t.title("Data quality"), t("Reset"), t("Open {n} records").partition("{")[0])
    assert not [text for text in around if text.replace(" ", "") in said]
