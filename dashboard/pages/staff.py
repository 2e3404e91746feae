"""Staff: scorecards of everybody and of one person, each with how sure it is."""

import streamlit as st

from dashboard import ui
from dashboard.panels import person, person_sheet, staff

page = ui.current()
t = page.t

ui.quality_note(page, "no_staff", t("{share} % of the records name no member of staff."))
shown = person.selector(page)
if not shown:
    ui.tiles(page, staff.HEADLINE)
    staff.filters(page)
    ui.show(page, [staff.ranking, staff.teams], [staff.everybody], [staff.weights])
elif shown not in page.people():
    st.info(t("This person has no record and no survey in the selection."), icon=":material/info:")
else:
    page = person.header(page)
    ui.show(
        page,
        [person.among_all, person.points],
        [person.indicators],
        [person.trend, person.raters],
        [person.further],
        [person.latest],
    )
    person_sheet.sheet(page)
