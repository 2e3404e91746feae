"""Backup and health of the store: what an examination found, and the commands for the rest."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import ui
from dashboard.jobs import CommandError
from dashboard.ui import Page, loading
from dashboard.ui.reporting import problem

_KIND = "doctor"


def health(page: Page) -> None:
    """The latest examination of the store, and a button for the next."""
    t = page.t
    with st.container(border=True, gap="small"):
        head = st.container(gap="xsmall")
        if st.button(t("Examine the store now"), icon=":material/health_and_safety:"):
            loading.job_of(_KIND, "doctor")
        job = loading.latest(_KIND)
        if job is None:
            head.subheader(t("The store has not been examined yet"), anchor=False)
            return
        if job.running:
            loading.watch(t, job, t("Examining the store"))
            return
        try:
            answer = job.outcome()
        except CommandError as error:
            head.subheader(t("The store is not as it should be"), anchor=False)
            problem(t, error)
            return
        with head:
            title = (
                t("The store is sound")
                if answer["sound"]
                else t("The store is not as it should be")
            )
            st.subheader(title, anchor=False)
            st.caption(t("Examined on {time}", time=t.time(loading.began(job))))
        _findings(answer)


def backup(page: Page) -> None:
    """How the store is backed up and restored."""
    t = page.t
    with st.container(border=True, gap="small"):
        st.subheader(t("Keep a copy on another disk"), anchor=False)
        st.caption(t("On the command line of the machine that serves the dashboard:"))
        st.code("python -m dashboard backup FILE", language="shell")
        st.caption(
            t(
                "The versions kept here undo a load; they do not help when the disk fails. A "
                "backup holds names and phone numbers: protect it as you protect the store."
            )
        )
        st.code("python -m dashboard restore FILE", language="shell")
        st.caption(t("A restored backup becomes a new version and can be undone, too."))


def _findings(answer: Mapping[str, Any]) -> None:
    for each in answer["findings"]:
        st.markdown(f"- {ui.plain(str(each))}")
