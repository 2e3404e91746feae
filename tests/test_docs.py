"""What the README says is there is there, and what is there is said."""

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.cli import COMMANDS, commands
from dashboard.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"`([^`\n]+)`", README)
MADE_LATER = {"data/store"}
PATHS = [
    text for text in CODE if re.fullmatch(r"[a-z.]+/[a-z0-9_./-]*|[\w-]+\.(py|toml|txt)", text)
]


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "dashboard" / "settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r"DASHBOARD_\w+", settings)) == set(
        re.findall(r"DASHBOARD_(?!TEST_)\w+", README)
    )


def test_every_command_is_documented_and_every_documented_one_exists() -> None:
    assert set(re.findall(r"python -m dashboard (\w+)", README)) == set(COMMANDS)


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.parametrize("link", re.findall(r"\]\(([^):]+)\)", README))
def test_every_link_leads_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_every_named_path_exists(path: str) -> None:
    # A row of the table may name further files of the folder of its first one.
    places = [ROOT, ROOT / "dashboard", ROOT / "queries"]
    assert any((place / path).exists() for place in places) or path in MADE_LATER


def test_paths_are_found() -> None:
    assert {"dashboard/pages/", "pyproject.toml", "estimators.py", "queries/schema/"} <= set(PATHS)


def test_the_mapping_of_the_readme_loads_a_file(tmp_path: Path) -> None:
    mapping, source = tmp_path / "mapping.toml", tmp_path / "export.csv"
    mapping.write_text(README.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    rows = ["工单号,小区,创建时间,类型,备注", "1,甲,01.02.2025 10:00,房屋报修,", "2,,,投诉,"]
    source.write_text("\n".join(rows), encoding="utf-8")
    options = ["--mapping", str(mapping), "--store", str(tmp_path / "store")]
    result = CliRunner().invoke(commands, ["load", str(source), *options])
    assert result.exit_code == 0, result.output
    assert "2 read = 1 inserted + 0 updated + 0 unchanged + 1 refused" in result.output
    assert "refused  created_at: missing: 1" in result.output
    assert "columns not mapped: 备注" in result.output


def test_the_page_of_the_readme_works(tmp_path: Path, demo_store: Path) -> None:
    blocks = (
        re.search(f"```{form}(.*?)```", README, re.DOTALL) for form in ("python", "text\n  E")
    )
    script, entry = (textwrap.dedent(block[1]) for block in blocks if block)
    entry = f"E{entry}"
    for part in ("dashboard", "queries", "data/scorecard.toml", "streamlit_app.py", ".streamlit"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        (tmp_path / part).parent.mkdir(exist_ok=True)
        copy(ROOT / part, tmp_path / part)
    (tmp_path / "dashboard/pages/visits.py").write_text(script, encoding="utf-8")
    frame = tmp_path / "dashboard/ui/frame.py"
    before = frame.read_text(encoding="utf-8")
    frame.write_text(before.replace('    "Analysis": (\n', '    "Analysis": (\n' + entry))
    ask = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("streamlit_app.py", default_timeout=60)
app.query_params["lang"] = "en"
app.run().switch_page("dashboard/pages/visits.py").run()
print([each.value for each in app.header], [each.value for each in app.subheader], app.error)
"""
    shown = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env={"DASHBOARD_STORE": str(demo_store)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "['Visits'] ['CSAT month by month', 'CSAT by project'] ElementList()" in shown.stdout
