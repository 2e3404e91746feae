"""The import contracts of pyproject.toml hold, and each of them bites."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINT = Path(sys.executable).with_name("lint-imports")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-logo", "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to break."""
    shutil.copytree(
        ROOT / "dashboard", tmp_path / "dashboard", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "statement", "broken"),
    [
        ("errors", "from dashboard import settings", "dashboard.errors -> dashboard.settings"),
        ("settings", "from dashboard import store", "dashboard.settings -> dashboard.store"),
        ("ledger", "from dashboard import published", "dashboard.ledger -> dashboard.published"),
        ("history", "from dashboard import store", "dashboard.history -> dashboard.store"),
        ("store", "from dashboard import measures", "dashboard.store -> dashboard.measures"),
        ("store", "from dashboard.ingest import values", "dashboard.store -> dashboard.ingest"),
        ("jobs/run", "import dashboard.ingest", "dashboard.jobs.run -> dashboard.ingest"),
        ("ui/context", "import dashboard.ingest", "dashboard.ui.context -> dashboard.ingest"),
        ("ui/context", "import dashboard.pages", "dashboard.ui.context -> dashboard.pages"),
        (
            "ingest/values",
            "from dashboard import store",
            "values -> dashboard.store",
        ),
        (
            "ingest/values",
            "from dashboard import access",
            "values -> dashboard.access",
        ),
        ("stats/survival", "import streamlit", "dashboard.stats.survival -> streamlit"),
        ("i18n", "from streamlit import session_state", "dashboard.i18n -> streamlit"),
        ("cli", "import streamlit", "dashboard.cli -> streamlit"),
        ("metrics", "from duckdb import connect", "dashboard.metrics -> duckdb"),
        ("measures", "import duckdb", "dashboard.measures -> duckdb"),
        ("people", "import duckdb", "dashboard.people -> duckdb"),
        ("scorecard/cards", "from dashboard import store", "scorecard.cards -> dashboard.store"),
        ("metrics", "from dashboard import store", "dashboard.metrics -> dashboard.store"),
        ("pages/tiers", "from dashboard import store", "dashboard.pages.tiers -> dashboard.store"),
        ("newcomer", "", "newcomer"),  # a module without a layer
    ],
)
def test_planted_import_is_found(package: Path, module: str, statement: str, broken: str) -> None:
    with (package / "dashboard" / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    result = lint(package)
    assert result.returncode == 1
    assert broken in result.stdout + result.stderr


def environment_readers() -> set[str]:
    """Modules that mention ``os.environ`` or ``os.getenv``."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in [*(ROOT / "dashboard").rglob("*.py"), *ROOT.glob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }


def test_settings_alone_read_the_environment() -> None:
    assert environment_readers() == {"dashboard/settings.py"}


@pytest.mark.parametrize("script", sorted((ROOT / "dashboard" / "pages").glob("*.py")))
def test_a_page_only_composes(script: Path) -> None:
    """No SQL, no state, no error handling and no functions of its own."""
    nodes = list(ast.walk(ast.parse(script.read_text(encoding="utf-8"))))
    assert not [
        node for node in nodes if isinstance(node, ast.Try | ast.FunctionDef | ast.ClassDef)
    ]
    assert "session_state" not in {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    texts = [str(node.value).lower() for node in nodes if isinstance(node, ast.Constant)]
    assert not [text for text in texts if text.startswith(("select ", "with "))]
