"""Data quality: what is missing or contradictory, by selection and by load."""

import streamlit as st

from dashboard import ui
from dashboard.ui import frames

NAMES = 200

page = ui.current()
t = page.t
counts = {
    t("Rows"): st.column_config.NumberColumn(format="localized"),
    t("Of"): st.column_config.NumberColumn(format="localized"),
    t("Share (%)"): st.column_config.NumberColumn(format="%.1f"),
}

ui.table(
    page,
    frames.quality_checks(page),
    title=t("What figures of this selection miss"),
    note=t("Only checks that found something. Names and parents are checked in the whole store."),
    empty=t("Nothing is missing or contradictory."),
    columns=counts,
)
left, right = st.columns([2, 1])
with left:
    ui.table(
        page,
        frames.load_problems(page),
        title=t("What each load left open"),
        note=t("The share is of the rows read."),
        empty=t("No load refused, warned of or missed anything."),
        columns={
            t("Loaded"): st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm"),
            **counts,
        },
    )
with right:
    ui.table(
        page,
        frames.unregistered(page, NAMES),
        title=t("Names to be registered"),
        note=t("Load a file of projects, staff or customers that describes them."),
        empty=t("Every name is registered."),
    )
