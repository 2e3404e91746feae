"""The filter bar: shared by all pages, kept on navigation, in the URL and in the session."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.codes import CODES
from dashboard.i18n import Translator
from dashboard.selection import Comparison
from dashboard.settings import LANGUAGES
from dashboard.ui.state import LIST_FILTERS, FilterState, Period, filter_names, from_query

LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}
_STATE = "_filters"
_WRITTEN = "_written"
_LANGUAGE = "_language"
WIDTH = 168  # two side by side on a phone
_MORE = ("tier", "channel", "kind", "category", "segment")


def language(default: str) -> str:
    """The reader's language: from the link, else from the switch, else the default."""
    asked = st.query_params.get("lang")
    written = st.session_state.get(_WRITTEN, {}).get("lang", [None])[0]
    before = st.session_state.get(_LANGUAGE, default)
    if asked in LANGUAGES and asked != written:
        st.session_state["f_language"] = asked
    _seed("f_language", before)
    st.sidebar.segmented_control(
        "语言 / Language",
        LANGUAGES,
        key="f_language",
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    chosen = str(st.session_state["f_language"])
    if chosen != before and _STATE in st.session_state:
        _set(st.session_state[_STATE])  # the browser holds the choices in words of the old language
    st.session_state[_LANGUAGE] = chosen
    return chosen


def adopt_link() -> None:
    """Take the filters from the URL where it differs from what was last written there."""
    named = {name: st.query_params.get_all(name) for name in _named(filter_names())}
    written = st.session_state.get(_WRITTEN)
    ours = {name: values for name, values in (written or {}).items() if name in filter_names()}
    # By meaning: a link may name what is a default, or what nobody understands.
    if written is None or (len(st.query_params) and from_query(named) != from_query(ours)):
        _set(from_query(named))
    _fill(st.session_state[_STATE])


def write_link(state: FilterState, spoken: str, default: str, kept: Collection[str]) -> None:
    """Make the URL reproduce the view, where it does not yet: writing it takes a step of "back".

    ``spoken`` is the reader's language, ``default`` the one of a link that names none; parameters
    named in ``kept`` and what a page shows (``show_…``) stay, others that are not the filters' go.
    """
    kept = {*kept, *(name for name in st.query_params if name.startswith("show_"))}
    query = {"lang": [spoken], **state.as_query()}
    named = {name: st.query_params.get_all(name) for name in _named(filter_names())}
    told = from_query(named).as_query() == state.as_query()
    heard = st.query_params.get("lang", default) == spoken
    if not (told and heard) or set(st.query_params) - filter_names() - {"lang", *kept}:
        own = {name: st.query_params.get_all(name) for name in _named(kept)}
        st.query_params.from_dict({**query, **own})
    st.session_state[_WRITTEN] = query


def held() -> FilterState:
    """What the bar says where it is not drawn; ``adopt_link`` goes before."""
    state: FilterState = st.session_state[_STATE]
    return state


def bar(t: Translator, options: pd.DataFrame, bounds: tuple[date, date]) -> FilterState:
    """Draw the bar and return what it says."""
    labels = option_labels(t, options)
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        _period(t, bounds)
        st.selectbox(
            t("Compared with"),
            list(Comparison),
            key="f_comparison",
            format_func=comparison_names(t).__getitem__,
            width=WIDTH,
        )
        _choice(t("Region"), "region", labels["region"], t("All regions"), WIDTH)
        _choice(t("Project"), "project", _projects(options, labels), t("All projects"), WIDTH)
        more = sum(bool(st.session_state.get(_key(name))) for name in _MORE)
        title = t("More filters ({n})", n=more) if more else t("More filters")
        with st.popover(title, icon=":material/tune:"):
            for name, label in _more_names(t).items():
                _choice(label, name, labels[name], t("All"), "stretch")
        st.button(t("Reset"), icon=":material/restart_alt:", on_click=_reset, type="tertiary")
    return _read()


def option_labels(t: Translator, options: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Filter → value → label in the reader's language."""
    labels: dict[str, dict[str, str]] = {}
    for name, (_, code_set) in LIST_FILTERS.items():
        if code_set is not None:
            labels[name] = {code: t.label(code_set, code) for code in _codes(code_set)}
            continue
        rows = options[options["filter"] == name]
        english = t.language != "zh_CN" and name == "category"
        texts = rows["label_en"].fillna(rows["label"]) if english else rows["label"]
        labels[name] = dict(zip(rows["value"], texts.fillna(rows["value"]), strict=True))
    return labels


def in_words(t: Translator, state: FilterState, labels: Mapping[str, Mapping[str, str]]) -> str:
    """The active filters in words; empty without any."""
    names = {"region": t("Region"), "project": t("Project"), **_more_names(t)}
    parts = [
        t(
            "{filter}: {values}",
            filter=names[name],
            values=t.enumeration(labels[name].get(each, each) or t("Not given") for each in values),
        )
        for name in LIST_FILTERS
        if (values := getattr(state, name))
    ]
    return " · ".join(parts)


def period_names(t: Translator) -> dict[Period, str]:
    """Period → its name."""
    return {
        Period.THIS_MONTH: t("This month"),
        Period.LAST_MONTH: t("Last month"),
        Period.THIS_QUARTER: t("This quarter"),
        Period.YEAR_TO_DATE: t("Year to date"),
        Period.LAST_12_MONTHS: t("Last 12 months"),
        Period.EVERYTHING: t("Whole history"),
        Period.CUSTOM: t("Custom dates"),
    }


def comparison_names(t: Translator) -> dict[Comparison, str]:
    """Comparison → its name."""
    return {
        Comparison.PREVIOUS: t("Previous period"),
        Comparison.YEAR: t("Same period last year"),
        Comparison.NONE: t("No comparison"),
    }


def _more_names(t: Translator) -> dict[str, str]:
    return {
        "tier": t("Delivered tier"),
        "channel": t("Channel"),
        "kind": t("Kind"),
        "category": t("Category"),
        "segment": t("Customer segment"),
    }


def _period(t: Translator, bounds: tuple[date, date]) -> None:
    st.selectbox(
        t("Period"),
        list(Period),
        key="f_period",
        format_func=period_names(t).__getitem__,
        width=WIDTH,
    )
    if st.session_state.get("f_period") == Period.CUSTOM:
        st.session_state.setdefault("f_dates", bounds)
        st.date_input(t("From – to"), key="f_dates", format="YYYY-MM-DD", width=240)


def _choice(
    label: str, name: str, labels: Mapping[str, str], placeholder: str, width: int | str
) -> None:
    chosen = st.session_state.get(_key(name), [])
    known = list(labels) + [each for each in chosen if each not in labels]
    st.multiselect(
        label,
        known,
        key=_key(name),
        format_func=lambda value: labels.get(value, value),
        placeholder=placeholder,
        width=width,  # type: ignore[arg-type]
        wrap=False,
    )


def _projects(options: pd.DataFrame, labels: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Projects on offer: those of the chosen regions."""
    regions = st.session_state.get(_key("region"), [])
    if not regions:
        return labels["project"]
    rows = options[(options["filter"] == "project") & options["parent"].isin(regions)]
    return {value: labels["project"][value] for value in rows["value"]}


def _codes(code_set: str) -> Sequence[str]:
    return list(CODES[code_set])


def _key(name: str) -> str:
    return f"f_{name}"


def _named(names: Collection[str]) -> list[str]:
    return [name for name in st.query_params if name in names]


def _seed(key: str, value: object) -> None:
    """Give a widget its value where the session has dropped it, as it may on a change of page."""
    if key not in st.session_state:
        st.session_state[key] = value


def _fill(state: FilterState) -> None:
    _seed("f_period", state.period)
    _seed("f_comparison", state.comparison)
    if state.date_from and state.date_to:
        _seed("f_dates", (state.date_from, state.date_to))
    for name in LIST_FILTERS:
        _seed(_key(name), list(getattr(state, name)))


def _set(state: FilterState) -> None:
    for key in ("f_period", "f_comparison", "f_dates", *map(_key, LIST_FILTERS)):
        st.session_state.pop(key, None)
    st.session_state[_STATE] = state
    _fill(state)


def _reset() -> None:
    _set(FilterState())


def _read() -> FilterState:
    before: FilterState = st.session_state[_STATE]
    lists: dict[str, Any] = {name: tuple(st.session_state[_key(name)]) for name in LIST_FILTERS}
    state = replace(
        before,
        period=st.session_state["f_period"],
        comparison=st.session_state["f_comparison"],
        **lists,
    )
    dates = st.session_state.get("f_dates", ())
    if state.period == Period.CUSTOM and len(dates) == 2:
        state = replace(state, date_from=dates[0], date_to=dates[1])
    st.session_state[_STATE] = state
    return state
