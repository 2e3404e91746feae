"""How a test reads a page in a browser: open it, wait until it is drawn, see what is wrong."""

import re
from pathlib import Path
from urllib.parse import urlencode, urlparse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

FAILED = "[data-testid=stException], [data-testid=stAlertContentError]"
FAULTS = (Path(__file__).parent / "faults.js").read_text()
RULES = (
    "aria-dialog-name",
    "aria-input-field-name",
    "button-name",
    "color-contrast",
    "image-alt",
    "label",
    "link-name",
    "select-name",
    "svg-img-alt",
)
"""What axe-core checks: the contrast of texts, and names for those who listen to the page."""

DRAWN = """title => {
    const app = document.querySelector("[data-testid=stApp][data-test-connection-state=CONNECTED]")
    const waiting = "[data-stale=true], [data-testid=stSkeleton], [data-testid=stStatusWidget]"
    return app?.dataset.testScriptState === "notRunning"
        && [...document.querySelectorAll("h2")].some(each => !title || each.innerText === title)
        && !document.querySelector(waiting)
        && [...document.querySelectorAll("[data-testid=stPlotlyChart]")]
            .every(chart => chart.querySelector(".main-svg"))
}"""


def watch(page: Page, faults: list[str]) -> None:
    """Collect errors of scripts and requests to anywhere else."""
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda message: faults.extend(complaint(message)))
    page.on("request", lambda request: faults.extend(outside(request.url)))


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


def visit(page: Page, script: str, language: str, address: str = "", **query: str) -> None:
    """Open a page as a link does, and wait until it is drawn."""
    path = "" if script == "overview" else script
    page.goto(f"{address}/{path}?{urlencode({'lang': language, **query})}")
    settle(page)


def settle(page: Page, title: str = "") -> None:
    """Wait until the page (that of ``title``, where one is given) is drawn and stays so."""
    for _ in range(2):
        page.wait_for_function(DRAWN, arg=title)
        page.wait_for_timeout(250)


def wrong(page: Page) -> list[str]:
    """What failed, is cut, faint, on something else or not a number, or wider than the screen."""
    return [
        *(f"failed: {text}" for text in page.locator(FAILED).all_text_contents()),
        *re.findall(r"\b(?:NaN|undefined|Invalid Date)\b", page.locator("body").inner_text()),
        *sideways(page),
        *page.evaluate(FAULTS),
    ]


def sideways(page: Page) -> list[str]:
    """What has to be scrolled sideways to be read."""
    found = []
    for selector in ("html", "[data-testid=stMain]"):
        wide, seen = page.locator(selector).evaluate("e => [e.scrollWidth, e.clientWidth]")
        if wide > seen:
            found.append(f"{selector} scrolls sideways: {wide} of {seen} pixels")
    return found


def barriers(page: Page) -> list[str]:
    """What axe-core finds: texts that are too faint, and things without a name."""
    found = Axe().run(page, options={"runOnly": list(RULES)}).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def number(text: str) -> int:
    """The last whole number in a text."""
    return int(re.findall(r"\d[\d,]*", text)[-1].replace(",", ""))
