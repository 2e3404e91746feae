"""An administrator loads a file in the browser, looks at what came of it, and takes it back."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.i18n import translator
from dashboard.published import current_version
from tests.e2e.conftest import serving
from tests.e2e.reading import barriers, settle, sideways, visit, wrong

pytestmark = pytest.mark.browser

T = translator("zh_CN")
DESK, PHONE = {"width": 1440, "height": 1200}, {"width": 390, "height": 844}
HEADER = "物业工单明细\n工单编号,小区名称,工单类型,创建时间,完成时间,备注\n"
ORDERS = HEADER + "".join(
    f"GD{n},翠湖花园,{kind},2025年6月{n % 28 + 1}日 9:{n % 60:02},,x\n"
    for n in range(1, 301)
    for kind in ("特约服务" if n % 10 == 0 else "报修",)
)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list, as one types."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.scroll_into_view_if_needed()
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.click()
    settle(page)


def press(page: Page, label: str | re.Pattern[str], then: str | re.Pattern[str]) -> Locator:
    """Press a button and wait for a title."""
    page.get_by_role("button", name=label).click()
    title = page.get_by_role("heading", name=then)
    expect(title).to_be_visible()
    settle(page)
    return title


def section(page: Page, name: str) -> None:
    page.get_by_role("radio", name=T(name)).click()
    settle(page)


def test_a_file_is_loaded_and_taken_back(
    read: Callable[..., Page], demo_store: Path, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(demo_store, tmp_path / "store"))
    before = current_version(store)
    file = tmp_path / "客服工单.csv"
    file.write_bytes(ORDERS.encode("gb18030"))
    with serving(store, tmp_path / "log") as address:
        page = read("light", address)
        page.set_viewport_size(DESK)
        visit(page, "data", "zh_CN", address)
        expect(page.get_by_text("Upload", exact=True)).to_have_css("font-size", "0px")
        page.set_input_files("input[type=file]", file)
        expect(page.get_by_role("heading", name=re.compile("必填项齐全"))).to_be_visible()
        settle(page)
        press(page, T("Try it without loading"), "300 行中可导入 270 行，拒收 30 行")
        choose(page, T("All other values are"), T.label("kind", "consultation"))
        stale = page.get_by_text(T("The settings have changed since the last trial: try again."))
        expect(stale).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("^导入 "))).to_have_count(0)
        press(page, T("Try it without loading"), "全部 300 行均可导入")
        assert (wrong(page), barriers(page)) == ([], [])
        page.set_viewport_size(PHONE)
        settle(page)
        assert sideways(page) == []
        page.set_viewport_size(DESK)
        press(page, re.compile("^导入 300 行"), re.compile("客服工单.csv：已导入 300 行"))
        assert current_version(store) != before
        assert not list((store / "uploads").glob("*"))

        page.get_by_role("link", name=T("To the overview")).click()
        settle(page, T.title("Overview"))
        page.go_back()
        settle(page, T.title("Data"))

        section(page, "History of loads")
        page.get_by_role("button", name=T("Undo the latest")).click()
        confirm = page.get_by_role("dialog", name=T("Undo the latest"))
        expect(confirm).to_contain_text("客服工单.csv：服务记录，新增或更新 300 行")
        confirm.get_by_role("button", name=T("Undo it")).click()
        expect(confirm).to_have_count(0)
        settle(page)
        section(page, "Load a file")
        expect(page.get_by_role("heading", name=T("Which file is to be loaded?"))).to_be_visible()
        assert wrong(page) == []
        page.close()  # before its server goes
