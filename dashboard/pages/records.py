"""Records: the rows behind a figure, exactly those that it counted."""

import streamlit as st

from dashboard import ui
from dashboard.i18n import MISSING
from dashboard.ui import drill

ROWS = 500

page = ui.current()
t = page.t

figure = drill.figure(page)
st.subheader(figure.title, anchor=False)
if figure.words:
    st.caption(figure.words)
st.markdown(t.plural("**{n}** row counted", "**{n}** rows counted", figure.count))
if figure.narrowed:
    st.button(t("All records of the selection"), icon=":material/close:", on_click=drill.clear)

if figure.count == 0:
    st.info(page.reason(figure.metric), icon=":material/info:")
else:
    pages = -(-figure.count // ROWS)
    number = st.pagination(pages, key="records_page") if pages > 1 else 1
    rows = drill.rows(page, figure, limit=ROWS, offset=(number - 1) * ROWS)
    st.dataframe(
        rows,
        hide_index=True,
        height=560,
        column_config=drill.columns(page, rows),
        alt=figure.title,
        placeholder=MISSING,
    )
