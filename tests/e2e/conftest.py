"""A real server on the demo portfolio, and Debian's browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e import reading

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",  # continuous integration runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60  # seconds; the machine may be busy


@pytest.fixture(scope="session")
def server(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that serves the demo portfolio."""
    with serving(demo_store, tmp_path_factory.mktemp("server") / "log") as address:
        yield address


@contextmanager
def serving(store: Path, log: Path) -> Iterator[str]:
    """A server of the store, as a user starts it; it must not have failed when it ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboard", "serve", "--port", str(port)],
            cwd=ROOT,
            env={
                **os.environ,
                "DASHBOARD_STORE": str(store),
                "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",  # no reload amid a test
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/_stcore/health", process, log)
        yield address
    finally:
        process.terminate()
        process.wait(10)
    assert "Traceback" not in log.read_text(), log.read_text()


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers; fail with its log where it does not."""
    for _ in range(PATIENCE * 5):
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own http address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
        if process.poll() is not None:
            break
    pytest.fail(f"the server does not answer:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium. Where there is none, the walk is skipped, but never in continuous
    integration."""
    if not CHROMIUM.exists():
        missing = f"there is no browser: {CHROMIUM} (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        expect.set_options(timeout=PATIENCE * 1000)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Callable[[str, str], BrowserContext]:
    """One reader per server and theme."""

    @cache
    def opened(server: str, theme: str) -> BrowserContext:
        context = browser.new_context(locale="zh-CN", base_url=server, color_scheme=theme)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    return opened


@pytest.fixture
def read(
    server: str, contexts: Callable[[str, str], BrowserContext]
) -> Iterator[Callable[..., Page]]:
    """A fresh page of a theme that fails on errors of scripts and on requests to anywhere else."""
    faults: list[str] = []
    pages: list[Page] = []

    def start(theme: str = "light", address: str = server) -> Page:
        page = contexts(address, theme).new_page()
        reading.watch(page, faults)
        pages.append(page)
        return page

    yield start
    for page in pages:
        page.close()
    assert not faults


@pytest.fixture
def page(read: Callable[..., Page]) -> Page:
    """A fresh page in the light theme."""
    return read()
