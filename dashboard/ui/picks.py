"""Choices of several within a page, kept in the URL."""

from collections.abc import Mapping

import streamlit as st

from dashboard.ui.context import Page


def picks(page: Page, name: str, label: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Several of the codes (code → its words); none until the reader picks, which means all.

    They stand in the URL as ``show_NAME``, so that a link reproduces them.
    """
    key, known = f"picks-{page.path}-{name}", f"_picked-{page.path}-{name}"
    named = picked(name)
    if named != st.session_state.get(known, ()):
        st.session_state[key] = list(named)
    held = st.session_state.get(key, [])
    st.session_state[key] = [each for each in held if each in names]
    chosen = tuple(
        st.multiselect(
            label, list(names), key=key, format_func=names.__getitem__, placeholder=page.t("All")
        )
    )
    parameter = f"show_{name}"
    if chosen != named:
        if chosen:
            st.query_params[parameter] = list(chosen)
        elif parameter in st.query_params:
            del st.query_params[parameter]
    st.session_state[known] = chosen
    return chosen


def picked(name: str) -> tuple[str, ...]:
    """What the URL says is picked of ``name``."""
    return tuple(st.query_params.get_all(f"show_{name}"))
