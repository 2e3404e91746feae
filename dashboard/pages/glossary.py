"""Glossary: what every figure means, of whom, which way is better, and how it misleads."""

import streamlit as st

from dashboard import definitions, ui

page = ui.current()
t = page.t

sought = st.text_input(
    t("Search"), value=st.query_params.get("term", ""), placeholder=t("Name or word")
).casefold()
found = [
    each
    for each in definitions.entries(t, page.scheme)
    if sought in " ".join((each.metric, each.name, each.formula)).casefold()
]
if not found:
    st.info(t("No metric has this word."), icon=":material/search_off:")
with st.grid(2, gap="small", min_column_width=320):
    for each in found:
        with st.container(border=True, gap="xsmall", height="stretch"):
            st.subheader(each.name, anchor=each.metric)
            st.caption(f"`{each.metric}`")
            st.markdown(each.formula)
            st.markdown("  \n".join(definitions.facts(t, each)))
