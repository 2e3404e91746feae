"""What a reader sees of a problem that somebody can mend: what is wrong and what to do."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.errors import LoadError, QueryError, StoreError, StoreMissingError, TooManyRowsError
from dashboard.ui.words import plain

TOLD = {
    "zh_CN": ("{file} 中不是版本号。", "请把该文件夹中最新的 store-N.duckdb 的编号 N 写入其中。"),
    "en": (
        "{file} does not hold a version number.",
        "Write the number of the newest store-N.duckdb of the folder into it.",
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_message_and_hint_in_the_readers_language(
    serve: Any, tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "*bold* [link](http://x.y) $a$"
    folder.mkdir(parents=True)
    (folder / "CURRENT").write_text("soon", encoding="ascii")
    app = serve(folder, "overview", language)
    assert not app.exception
    message, hint = TOLD[language]
    told = "\n\n".join((plain(message.format(file=folder / "CURRENT")), plain(hint)))
    assert [error.value for error in app.error] == [told]


def test_settings_that_cannot_be_used(
    serve: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_THREADS", "many")
    app = serve(tmp_path, "overview", "en")
    assert not app.exception
    assert "不是大于 0 的整数" in app.error[0].value


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (StoreMissingError("There is no store in {folder}.", folder="x"), "info", "还没有数据"),
        (TooManyRowsError("Too many."), "warning", "缩小筛选范围"),
        (StoreError("{file} cannot be opened: {error}.", file="x", error="y"), "error", "无法打开"),
        (QueryError("There is no query {name!r}.", name="x"), "error", "没有名为“x”的查询"),
        (LoadError("{file} is empty.", "Export the table again.", file="x"), "error", "空文件"),
        (ValueError("a defect"), "error", "无法显示"),
    ],
)
def test_each_kind(error: Exception, kind: str, text: str) -> None:
    shown = _shown(error)
    assert [each for each in ("info", "warning", "error") if getattr(shown, each)] == [kind]
    assert text in getattr(shown, kind)[0].value


def _shown(error: Exception) -> AppTest:
    def script(error: Exception) -> None:
        from dashboard.i18n import translator  # noqa: PLC0415 - a script of its own
        from dashboard.ui.reporting import reported  # noqa: PLC0415

        with reported(translator("zh_CN")):
            raise error

    return AppTest.from_function(script, args=(error,)).run()
