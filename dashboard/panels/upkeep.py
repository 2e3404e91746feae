"""Backup and health of the store: what an examination found, and the commands for the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.errors import Told
from dashboard.i18n import Translator
from dashboard.jobs import CommandError
from dashboard.ui import Page, following, plain
from dashboard.ui.reporting import problem

_KIND = "doctor"

_MARKS = {"warning": ":orange[:material/warning:]", "problem": ":red[:material/error:]"}


def health(page: Page) -> None:
    """The latest examination of the store, and a button for the next."""
    t = page.t
    with st.container(border=True, gap="small"):
        head = st.container(gap="xsmall")
        if st.button(t("Examine the store now"), icon=":material/health_and_safety:"):
            following.job_of(_KIND, "doctor")
        job = following.latest(_KIND)
        if job is None:
            head.subheader(t("The store has not been examined yet"), anchor=False)
            return
        if job.running:
            following.watch(t, job, t("Examining the store"))
            return
        try:
            answer = job.outcome()
        except CommandError as error:
            head.subheader(t("The store is not as it should be"), anchor=False)
            problem(t, error)
            return
        with head:
            _finding(t, answer)
            st.caption(t("Examined on {time}", time=t.time(following.began(job))))
        _checks(t, answer)


def backup(page: Page) -> None:
    """How the store is backed up and restored."""
    t = page.t
    with st.container(border=True, gap="small"):
        st.subheader(t("Keep a copy on another disk"), anchor=False)
        st.caption(t("On the command line of the machine that serves the dashboard:"))
        st.code("python -m dashboard backup FILE", language=None)
        st.caption(
            t(
                "The versions kept here undo a load; they do not help when the disk fails. A "
                "backup holds names and phone numbers: protect it as you protect the store."
            )
        )
        st.code("python -m dashboard restore FILE", language=None)
        st.caption(t("A restored backup becomes a new version and can be undone, too."))


def _finding(t: Translator, checks: Sequence[Mapping[str, Any]]) -> None:
    """What the examination came to."""
    grades = {each["grade"] for each in checks}
    title = t("The store is sound")
    if "problem" in grades:
        title = t("The store is not as it should be")
    elif "warning" in grades:
        title = t("The store is sound; some things should be seen to")
    st.subheader(title, anchor=False)


def _checks(t: Translator, checks: Sequence[Mapping[str, Any]]) -> None:
    """What is not well and what to do about it, then every check."""
    names, grades = _names(t), _grades(t)
    told = [t.told(Told.from_json(each["told"])) for each in checks]
    for each, (says, do) in zip(checks, told, strict=True):
        if each["grade"] != "ok":
            name = f"**{plain(names.get(each['name'], each['name']))}**"
            st.markdown(f"{_MARKS[each['grade']]} {name} · {plain(t.text(says, do))}")
    st.dataframe(
        pd.DataFrame(
            {
                t("Checked"): [names.get(each["name"], each["name"]) for each in checks],
                t("Result"): [grades.get(each["grade"], each["grade"]) for each in checks],
                t("What was found"): [says for says, _ in told],
            }
        ),
        hide_index=True,
        height="content",
        alt=t("What was examined"),
    )


def _grades(t: Translator) -> dict[str, str]:
    return {"ok": t("In order"), "warning": t("To be seen to"), "problem": t("Broken")}


def _names(t: Translator) -> dict[str, str]:
    """Check of the doctor → what it looks at."""
    return {
        "current": t("Current version"),
        "ledger": t("Ledger of the store"),
        "files": t("Files of the version"),
        "contract": t("Layout of the tables"),
        "database": t("Database"),
        "invariants": t("Rules that always hold"),
        "loads": t("Loads and their ledger"),
        "undo": t("Versions to go back to"),
        "lock": t("Who is writing"),
        "leftovers": t("What a crash left"),
        "permissions": t("Who may read the files"),
        "space": t("Free space"),
        "libraries": t("Versions of the libraries"),
        "mappings": t("Saved mappings"),
        "scorecard": t("Weights of the scorecard"),
        "folder": t("Folder of the store"),
    }
