"""A text to look for within a panel, kept in the URL."""

import streamlit as st

from dashboard.ui.context import Page
from dashboard.ui.layout import keep

MOST_CHARACTERS = 100


def search(page: Page, name: str, label: str) -> str:
    """What the reader looks for, without the blanks around it; '' for nothing.

    It stands in the URL as ``show_NAME``, so that a link reproduces it.
    """
    key, known = f"search-{page.path}-{name}", f"_sought-{page.path}-{name}"
    named = page.shown(name)[:MOST_CHARACTERS]
    if named != st.session_state.get(known, ""):
        st.session_state[key] = named
    st.session_state.setdefault(key, "")
    text = st.text_input(
        label,
        key=key,
        max_chars=MOST_CHARACTERS,
        placeholder=label,
        icon=":material/search:",
        label_visibility="collapsed",
    )
    sought = (text or "").strip()
    keep(page, name, sought, "")
    st.session_state[known] = sought
    return sought
