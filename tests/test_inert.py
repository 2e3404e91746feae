"""Texts of the data in markdown: an address in them is no link, a word no icon."""

import re

import pytest

from dashboard.ui.words import plain

_BARE = re.compile(r"https?://|www\.|\w@\w", re.IGNORECASE)
"""What markdown makes a link of, once its escapes are undone."""


@pytest.mark.parametrize(
    "text",
    [
        "see http://x.invalid/p.png",
        "HTTPS://X.invalid",
        "www.x.invalid",
        "someone@x.invalid",
        "![x](http://x.invalid/p.png)",
    ],
)
def test_an_address_is_no_link(text: str) -> None:
    read = re.sub(r"\\(.)", r"\1", plain(text))
    assert not _BARE.search(read)
    assert read.replace("\u2060", "") == text


@pytest.mark.parametrize("text", [":material/warning:", "a :dog: b", ":+1:", ":streamlit:"])
def test_a_word_between_colons_is_no_icon(text: str) -> None:
    read = re.sub(r"\\(.)", r"\1", plain(text))
    assert not re.search(r":[\w+/-]+:", read)
    assert read.replace("\u2060", "") == text


@pytest.mark.parametrize("text", ["", "家园 🏠", "http status", "50 @ 2", "ftp"])
def test_other_texts_are_told_as_they_are(text: str) -> None:
    shown = re.sub(r"\\(.)", r"\1", plain(text))
    assert shown.replace("\u2060", "") == text
