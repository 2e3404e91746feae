"""CURRENT names the version that is served, or says clearly that it does not."""

from pathlib import Path

import pytest

from dashboard.errors import StoreError
from dashboard.published import CURRENT, current_version, private_file, store_file


def test_files_of_a_version(tmp_path: Path) -> None:
    assert store_file(tmp_path, 12) == tmp_path / "store-12.duckdb"
    assert private_file(tmp_path, 12) == tmp_path / "private-12.duckdb"


def test_nothing_published(tmp_path: Path) -> None:
    assert current_version(tmp_path) is None
    assert current_version(tmp_path / "absent") is None


@pytest.mark.parametrize("text", ["7", "7\n", " 7 "])
def test_published(tmp_path: Path, text: str) -> None:
    (tmp_path / CURRENT).write_text(text)
    assert current_version(tmp_path) == 7


@pytest.mark.parametrize("content", [b"", b"seven", b"-1", b"7.5", "七".encode(), b"\xb2"])
def test_not_a_number(tmp_path: Path, content: bytes) -> None:
    (tmp_path / CURRENT).write_bytes(content)
    with pytest.raises(StoreError, match=CURRENT) as caught:
        current_version(tmp_path)
    assert caught.value.hint


def test_unreadable(tmp_path: Path) -> None:
    (tmp_path / CURRENT).mkdir()
    with pytest.raises(StoreError, match=CURRENT):
        current_version(tmp_path)
