"""Weights and goals of the scorecard, to be edited on the page and kept with the store."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboard.errors import SettingsError
from dashboard.i18n import Translator
from dashboard.panels import weight_edits as edits
from dashboard.scorecard import Scheme, company
from dashboard.ui import Page, following, scores
from dashboard.ui.reporting import problem

_SAVED = "_weights_saved"


def weights(page: Page) -> None:
    """What the scorecard weighs: weights, goals and its target."""
    t = page.t
    changed = company.changed_at(following.store())
    with st.container(border=True, gap="small"):
        title = t("The scorecard is weighed as it was delivered")
        if changed:
            title = t("The scorecard is weighed in the company's own way")
        st.subheader(title, anchor=False)
        if changed:
            local = changed.astimezone(ZoneInfo(following.company_zone()))
            st.caption(t("Last changed on {time}.", time=t.time(local)))
        st.caption(
            t(
                "Only the proportions of weights matter: they are shares of the whole that they "
                "stand in. What has no weight does not count. Where lower is better, 0 points are "
                "given at the higher value. A change counts at once, for past periods, too."
            )
        )
        if st.session_state.pop(_SAVED, False):
            st.success(t("Saved. Every scorecard follows it from now on."), icon=":material/check:")
        if isinstance(page.weighing, SettingsError):
            problem(t, page.weighing)
        else:
            _form(page, page.weighing)
        if changed:
            _back(t)


def key(name: str, weighing: Scheme) -> str:
    """The key of an editor of a scheme: what was entered for another one does not reach it."""
    return f"weights-{name}-{sha256(repr(weighing).encode()).hexdigest()[:12]}"


def _form(page: Page, weighing: Scheme) -> None:
    t = page.t
    with st.form(key("form", weighing), border=False):
        indicators = _editor(
            key("indicators", weighing),
            edits.indicators(weighing),
            t("Indicators of the scorecard"),
            {
                "indicator": _choice(t("Indicator"), _indicator_names(t), fixed=True),
                "perspective": _choice(t("Perspective"), page.codes("perspective")),
                **{name: _number(label) for name, label in _numbers(t).items()},
            },
        )
        with st.grid(2, gap="small", min_column_width=300):
            perspectives = _editor(
                key("perspectives", weighing),
                edits.weights(weighing.perspectives, page.codes("perspective")),
                t("Perspectives of the scorecard"),
                _weighed(t, t("Perspective"), page.codes("perspective")),
            )
            review = _editor(
                key("review", weighing),
                edits.weights(weighing.review, page.codes("rater")),
                t("Raters of the 360° review"),
                _weighed(t, t("360° review by"), page.codes("rater")),
            )
        target = st.number_input(
            t("Target of the scorecard"),
            min_value=0.0,
            max_value=100.0,
            format="%g",
            value=weighing.target,
            key=key("target", weighing),
            width=240,
        )
        saved = st.form_submit_button(
            t("Save weights and goals"), type="primary", icon=":material/save:"
        )
    if saved:
        _save(page, edits.content(weighing, target, indicators, perspectives, review))


def _save(page: Page, content: Mapping[str, Any]) -> None:
    """Keep the content as the company's own, or say what is wrong with it."""
    try:
        company.keep(content, following.store(), page.user.name)
    except SettingsError as error:
        problem(page.t, _in_words(page, error))
        return
    st.session_state[_SAVED] = True
    st.rerun()


def _back(t: Translator) -> None:
    """What puts the shipped scheme back, after saying what that does."""
    with st.popover(t("Back to the original"), icon=":material/undo:"):
        st.markdown(
            t(
                "The company's own weights and goals are given up; those delivered with it hold "
                "again."
            )
        )
        if not st.button(t("Give them up"), type="primary"):
            return
        try:
            company.put_back(following.store())
        except SettingsError as error:
            problem(t, error)
            return
        st.session_state[_SAVED] = True
        st.rerun()


def _in_words(page: Page, error: SettingsError) -> SettingsError:
    """The error with the names that the page has in place of the file's."""
    t = page.t
    if "key" not in error.values:
        return error
    names = {
        **_indicator_names(t),
        **page.codes("perspective"),
        **page.codes("rater"),
        **_numbers(t),
        "perspectives": t("Perspective"),
        "review": t("360° review"),
        "target": t("Target of the scorecard"),
    }
    values = dict(error.values)
    parts = [each for each in str(values["key"]).split(".") if each != "indicators"]
    parts = parts[1:] if parts[0] == "perspectives" and parts[1:] else parts
    values |= {
        "file": t("Not saved"),
        "key": " · ".join(names.get(each, each) for each in parts),
        "allowed": t.enumeration(
            names.get(each, each) for each in str(values.get("allowed", "")).split(", ")
        ),
    }
    return SettingsError(error.texts[0], error.texts[1], **values)


def _indicator_names(t: Translator) -> dict[str, str]:
    return {each: scores.name(t, each) for each in edits.INDICATORS}


def _numbers(t: Translator) -> dict[str, str]:
    """What is told of an indicator → its name, as on the staff page."""
    return {"weight": t("Weight"), "floor": t("0 points at"), "goal": t("100 points at")}


def _editor(name: str, rows: pd.DataFrame, title: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    return st.data_editor(
        rows, hide_index=True, column_config=dict(columns), placeholder="", key=name, alt=title
    )


def _weighed(t: Translator, label: str, names: Mapping[str, str]) -> dict[str, Any]:
    """The columns of an editor of names and their weights."""
    return {"name": _choice(label, names, fixed=True), "weight": _number(t("Weight"))}


def _number(label: str) -> Any:
    return st.column_config.NumberColumn(label)


def _choice(label: str, words: Mapping[str, str], *, fixed: bool = False) -> Any:
    return st.column_config.SelectboxColumn(
        label,
        options=list(words),
        format_func=lambda each: words.get(str(each), str(each)),
        required=True,
        disabled=fixed,
    )
