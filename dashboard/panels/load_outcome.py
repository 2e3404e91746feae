"""A load that runs, or has ended: its progress, and its result."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from dashboard import ui
from dashboard.jobs import CommandError, Job
from dashboard.panels import load_counts, load_history
from dashboard.ui import Page, following, loading
from dashboard.ui.contract_words import table_names
from dashboard.ui.reporting import problem

_RECENT = timedelta(hours=12)
_OVERVIEW = "dashboard/pages/overview.py"


def current(page: Page) -> bool:
    """Draw the load that runs, or the latest result that nobody has put away; says whether there
    is one. An older result is in the history only."""
    job = loading.current_load()
    if job is None or (not job.running and datetime.now(UTC) - job.started_at > _RECENT):
        return False
    if job.running:
        st.caption(page.t("You may leave this page or close the browser: the load goes on."))
        notice(page)
        return True
    with st.container(border=True, gap="small"):
        try:
            _ended(page, job, job.outcome())
        except CommandError as error:
            _failed(page, job, error)
    return True


def notice(page: Page) -> None:
    """The progress of a load, whichever section is open; nothing where none runs."""
    job = loading.current_load()
    if job and job.running:
        following.watch(page.t, job, page.t("Loading {file}", file=ui.plain(job.about["file"])))


def _ended(page: Page, job: Job, result: Mapping[str, Any]) -> None:
    t = page.t
    loading.loaded(job)
    table = table_names(t)[result["table"]]
    taken = result["inserted"] + result["updated"]
    title = t.plural(
        "{file}: {n} row was loaded into {table}",
        "{file}: {n} rows were loaded into {table}",
        taken,
        file=result["file"],
        table=table,
    )
    st.subheader(ui.plain(title), anchor=False)
    told = [
        t.time(following.began(job)),
        t("version {n}", n=result["version"]),
        t("{n} s", n=t.number(result["seconds"], 1)),
    ]
    st.caption(" · ".join(told))
    load_counts.counts(t, result)
    load_counts.problems(page, result)
    load_counts.left_out(t, result)
    if result["unmapped"]:
        st.caption(ui.plain(load_counts.not_loaded(t, result["unmapped"])))
    if result.get("closed"):  # by a file of rows that were refused before, corrected
        st.markdown(
            t.plural(
                "{n} row that was refused before is settled by this.",
                "{n} rows that were refused before are settled by this.",
                result["closed"],
            )
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            t("Load another file"),
            type="primary",
            icon=":material/upload_file:",
            on_click=job.forget,
        )
        if load_history.open_rows(page).get(result["load_id"]):
            load_history.refused_rows(page, result["load_id"], result["file"])
        st.page_link(
            _OVERVIEW,
            label=t("To the overview"),
            icon=":material/dashboard:",
            query_params=page.link(),
        )
    st.caption(t("A load can be undone: see the section on history."))


def _failed(page: Page, job: Job, error: CommandError) -> None:
    t = page.t
    st.subheader(
        ui.plain(t("{file} was not loaded", file=job.about["file"])),
        anchor=False,
    )
    problem(t, error)
    label = t("Back to the settings") if loading.in_hand() else t("Load another file")
    st.button(label, icon=":material/undo:", on_click=job.forget)
