"""Where panels stand on a page, and the switches within them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.ui.context import Page
from dashboard.ui.reporting import reported

Panel = Callable[[Page], None]

_WAITING_HEIGHT = 320
_CHOSEN = "_chosen"
_SIDE_BY_SIDE = 4
_LIST_WIDTH = 240


def show(page: Page, *rows: Sequence[Panel]) -> None:
    """Rows of panels side by side, each in a card, stacked on a phone.

    Each panel runs by itself, beside the others: one that is slow or fails keeps no other from
    being seen, and what is chosen within it runs it alone again. It stands behind a skeleton until
    it is drawn; from then on what it shows fades until there is something new.
    """
    for down, row in enumerate(rows):
        for across, (column, panel) in enumerate(zip(st.columns(len(row)), row, strict=True)):
            with column, st.container(border=True, height="stretch", gap=None):
                _alone(page, panel, f"{down}-{across}")


@st.fragment(parallel=True)
def _alone(page: Page, panel: Panel, place: str) -> None:
    with st.container(gap="xsmall"):
        head = st.container()
        with reported(page.t), waiting(page, place, _WAITING_HEIGHT):
            panel(replace(page, head=head))


@contextmanager
def waiting(page: Page, place: str, height: int) -> Iterator[None]:
    """A skeleton until what belongs to a place of the page is drawn for the first time.

    After that, what is there from before stays until it is replaced.
    """
    drawn = f"_drawn-{place}"
    again = st.session_state.get(drawn) == page.visit
    with nullcontext(st.empty()) if again else st.skeleton(height=height):
        yield
    st.session_state[drawn] = page.visit


def side_by_side() -> DeltaGenerator:
    """A row for choices that belong together; on a phone one stands below the other."""
    return st.container(horizontal=True, vertical_alignment="center", gap="small")


def choice(
    page: Page, name: str, label: str, names: Mapping[str, str], *, listed: bool | None = None
) -> str:
    """A choice between codes (code → its words); the first one until the reader chooses.

    More than four are ``listed`` unless that is said otherwise. The choice stands in the URL as
    ``show_NAME`` while it is not the first, so that a link reproduces it.
    """
    listed = len(names) > _SIDE_BY_SIDE if listed is None else listed
    first = next(iter(names))
    # a list and a switch hold their value in different forms, so that neither can take the other's
    key = f"choice-{page.path}-{name}" + ("" if listed else "-switch")
    st.session_state.setdefault(key, page.shown(name) or first)
    adopt(page, name, key, names, first)
    form: dict[str, Any] = {
        "key": key,
        "format_func": names.__getitem__,
        "label_visibility": "collapsed",
    }
    if listed:
        chosen = str(st.selectbox(label, list(names), width=_LIST_WIDTH, **form))
    else:
        chosen = str(st.segmented_control(label, list(names), required=True, wrap=True, **form))
    keep(page, name, chosen, first)
    return chosen


def adopt(page: Page, name: str, key: str, known: Mapping[str, str], default: str) -> None:
    """Give the widget ``key`` the value that the URL holds as ``show_NAME``, where it is news.

    What is unknown falls back to ``default``; without news the reader's own choice stays.
    """
    if (named := news(page, name)) is not None:
        st.session_state[key] = named or default
    if st.session_state.get(key, default) not in known:
        st.session_state[key] = default
    st.session_state.setdefault(key, default)


def news(page: Page, name: str) -> str | None:
    """What the URL holds as ``show_NAME``; None where that is what was last written there."""
    named = page.shown(name)
    return None if named == str(st.session_state.get(_key(page, name), "")) else named


def keep(page: Page, name: str, chosen: str, default: str) -> None:
    """Write what is chosen to the URL as ``show_NAME``; the default leaves it out.

    A link that names the default stays as it is: to write it takes a step of "back".
    """
    parameter = f"show_{name}"
    if st.query_params.get(parameter, default) != chosen:
        if chosen != default:
            st.query_params[parameter] = chosen
        else:
            del st.query_params[parameter]
    st.session_state[_key(page, name)] = page.shown(name)


def _key(page: Page, name: str) -> str:
    return f"{_CHOSEN}-{page.path}-{name}"


def quality_note(page: Page, check: str, text: str, above: float = 0.01) -> None:
    """A note on data quality where a check of records finds more than a share ``above``."""
    found = page.rows("data_quality")
    row = found[(found["table_name"] == "service_record") & (found["check"] == check)]
    if row.empty:
        return
    count, of = int(row["rows"].iloc[0]), int(row["of"].iloc[0])
    if count / of > above:
        told = text.format(share=page.t.number(100 * count / of, 1))
        st.markdown(f":small[:orange[:material/warning:] {told}]")
