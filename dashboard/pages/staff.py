"""Staff: volume, standards and satisfaction per person, each with n and interval."""

import streamlit as st

from dashboard import ui
from dashboard.ui import frames

SHOWN = 20

page = ui.current()
t = page.t

ui.quality_note(page, "no_staff", t("{share} % of the records name no member of staff."))
ui.tiles(page, ("record_count", "standard_rate", "csat", "resolution_median"))

names = frames.staff_names(page)
left, right = st.columns(2)
with left:
    ui.ranking_card(
        page,
        "standard_rate",
        "staff",
        title=t("Standards met, by person"),
        names=names,
        limit=SHOWN,
    )
with right:
    ui.ranking_card(page, "csat", "staff", title=t("CSAT, by person"), names=names, limit=SHOWN)

ui.table(
    page,
    frames.staff_table(page, names),
    title=t("Everybody, with the number of cases behind each figure"),
    note=t(
        "In brackets the 95 % interval and n. “n<5”: too few cases to judge anybody by. "
        "Choose a row to open the records."
    ),
    empty=t("No record of the selection names a member of staff."),
    drill=lambda key: page.drill("record_count", staff=key),
    columns={
        t("Records"): st.column_config.NumberColumn(format="localized"),
        t("Complaints"): st.column_config.NumberColumn(format="localized"),
    },
)
