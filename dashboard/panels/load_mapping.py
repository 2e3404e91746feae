"""The mapping of a file, column by column: what was proposed, and what the reader makes of it."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from zoneinfo import available_timezones

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import ui
from dashboard.i18n import Translator
from dashboard.panels import load_values
from dashboard.ui import Page, following
from dashboard.ui.contract_words import field_names
from dashboard.ui.mapping_draft import (
    AS_SAID,
    CONSTANT,
    NOTHING,
    TIMES,
    Chosen,
    Proposed,
    column_of,
    joined,
    parted,
)

_SURE, _LIKELY = 0.95, 0.75
_WIDTHS = (5, 5, 7)
_SAMPLE = 24
_ZONE_WIDTH = 220

_FORMATS = (
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%Y年%m月%d日 %H:%M",
    "%Y%m%d",
    "serial",
)


def editor(page: Page, proposed: Proposed, token: str) -> dict[str, Chosen]:
    """Draw the editor; gives column → what is chosen. ``token`` tells one proposal from another."""
    fields = proposed.fields
    needed = [name for name in fields if fields[name]["required"]]
    found = [name for name in fields if name not in needed and proposed.origin(name) != NOTHING]
    others = [name for name in fields if name not in needed and name not in found]
    first = _order(page, proposed, token)
    choices: dict[str, Chosen] = {}
    for name in (*needed, *found):
        choices[name] = _row(page, proposed, name, token, first)
    if others:
        label = page.t.plural(
            "{n} further column that the file does not seem to have",
            "{n} further columns that the file does not seem to have",
            len(others),
        )
        with st.expander(label, icon=":material/add:"):
            for name in others:
                choices[name] = _row(page, proposed, name, token, first)
    return {name: choices[name] for name in fields}


def time_zone(page: Page, token: str, proposed: Proposed) -> str | None:
    """The zone of times without an offset; None for the company's own."""
    t, own = page.t, following.company_zone()
    said = proposed.found["mapping"].get("time_zone")
    zones = [own, *sorted(available_timezones() - {own})]
    chosen = st.selectbox(
        t("Times are of the zone"),
        zones,
        index=zones.index(said) if said in zones else 0,
        key=f"zone-{token}",
        width=_ZONE_WIDTH,
        persist_state="session",
    )
    return None if chosen == own else str(chosen)


def _order(page: Page, proposed: Proposed, token: str) -> str | None:
    """Whether the day or the month comes first, asked once for all columns that leave it open:
    ``%d`` or ``%m``; None where nobody has said."""
    t = page.t
    for column in proposed.fields:
        origin = st.session_state.get(_key(token, column), proposed.origin(column))
        if proposed.asks_for_order(column, origin):
            sample = ui.plain(proposed.samples(origin)[0])
            return st.segmented_control(
                t("Which comes first in {sample}?", sample=sample),
                ["%d", "%m"],
                format_func={"%d": t("The day"), "%m": t("The month")}.__getitem__,
                key=f"first-{token}",
                persist_state="session",
            )
    return None


def _key(token: str, column: str) -> str:
    return f"from-{token}-{column}"


def _row(page: Page, proposed: Proposed, column: str, token: str, first: str | None) -> Chosen:
    """One column of the contract: its name, where it comes from, and how sure that is."""
    t, found = page.t, proposed.fields[column]
    name = field_names(t, proposed.found["table"])[column]
    said, source, sure = st.columns(_WIDTHS, vertical_alignment="center", gap="small")
    with source:
        origin = _origin(page, proposed, column, token, name)
    with said:
        lacking = found["required"] and origin == NOTHING
        mark = f" :{'red' if lacking else 'gray'}-badge[{t('Needed')}]" if found["required"] else ""
        st.markdown(f"**{ui.plain(name)}** :small[:gray[{ui.plain(column)}]]{mark}")
    with sure:
        beside = st.container(horizontal=True, vertical_alignment="center", gap="small")
        with beside:
            _evidence(page, proposed, column, origin)
    start = proposed.chosen(column) if origin == proposed.origin(column) else Chosen(origin)
    if origin == CONSTANT:
        return replace(start, constant=_constant(page, proposed, column, token, name))
    if column_of(origin) is None:
        return start
    if found["codes"]:
        return load_values.editor(page, proposed, column, start, token, beside)
    if found["kind"] in TIMES:
        formats = _times(page, proposed, column, origin, token, beside)
        asked = proposed.asks_for_order(column, origin)
        return replace(start, formats=formats, first=first if asked else None)
    return start


def _origin(page: Page, proposed: Proposed, column: str, token: str, name: str) -> str:
    t = page.t

    def words(origin: str) -> str:
        special = {
            NOTHING: t("– not in the file –"),
            CONSTANT: t("– the same for all rows –"),
            AS_SAID: t("as the mapping says: {origin}", origin=proposed.fields[column]["source"]),
        }
        return special.get(origin) or str(column_of(origin))

    options = proposed.origins(column)
    return str(
        st.selectbox(
            name,
            options,
            index=options.index(proposed.origin(column)),
            format_func=words,
            key=_key(token, column),
            label_visibility="collapsed",
            persist_state="session",
        )
    )


def _evidence(page: Page, proposed: Proposed, column: str, origin: str) -> None:
    """How sure the proposal is, and a few values."""
    t = page.t
    samples = proposed.samples(origin)
    if origin == AS_SAID:
        samples = tuple(proposed.fields[column]["samples"])
    if origin == NOTHING:
        return
    told = _certainty(t, proposed, column, origin)
    if column_of(origin) and proposed.fields[column]["kind"] in TIMES:
        samples = samples[:1]
    if samples:
        told = t("{certainty}: {samples}", certainty=told, samples=_listed(samples))
    st.caption(ui.plain(told), width="content")


def _listed(samples: Iterable[str]) -> str:
    return " · ".join(text if len(text) <= _SAMPLE else f"{text[:_SAMPLE]}…" for text in samples)


def _certainty(t: Translator, proposed: Proposed, column: str, origin: str) -> str:
    sure = proposed.confidence(column, origin)
    if sure is None:
        return t("chosen by you")
    if proposed.found["known"]:
        return t("by the mapping")
    if sure >= 1:
        return t("same name")
    if sure >= _SURE:
        return t("usual name")
    return t("likely") if sure >= _LIKELY else t("please check")


def _constant(page: Page, proposed: Proposed, column: str, token: str, name: str) -> str:
    """The text that holds for all rows."""
    t, codes = page.t, proposed.fields[column]["codes"]
    before = proposed.detail(column, "constant")
    label, key = t("{column} of all rows", column=name), f"constant-{token}-{column}"
    _, place = st.columns((_WIDTHS[0], sum(_WIDTHS[1:])))
    with place:
        if not codes:
            return str(st.text_input(label, before, key=key, persist_state="session") or "")
        labels = page.codes(codes)
        index = list(labels).index(before) if before in labels else None
        return str(
            st.selectbox(
                label,
                list(labels),
                index=index,
                format_func=labels.__getitem__,
                placeholder=t("Choose one"),
                key=key,
                persist_state="session",
            )
            or ""
        )


def _times(
    page: Page,
    proposed: Proposed,
    column: str,
    origin: str,
    token: str,
    beside: DeltaGenerator,
) -> tuple[str, ...] | None:
    """How the times of a column are written; None for as recognised."""
    t = page.t
    token = f"{token}-{column}-{sha256(origin.encode()).hexdigest()[:8]}"
    seen = joined(proposed.formats(column, origin)) or t("2025-12-31 23:59 and the like")
    odd = proposed.times(origin) is None and not proposed.formats(column, origin)
    label = t("No times?") if odd else t("Format")
    icon = ":material/warning:" if odd else ":material/schedule:"
    with beside, st.popover(label, icon=icon, type="tertiary", key=f"times-{token}"):
        if odd:
            st.caption(t("Its values do not look like times."))
        form = st.selectbox(
            t("How the times are written"),
            ["", *_FORMATS],
            format_func=lambda text: text or t("as recognised: {format}", format=seen),
            accept_new_options=True,
            help=t(
                "%Y year, %m month, %d day, %H hour, %M minute, %S second, %p AM or PM; "
                "several formats are divided by |. “serial” is a workbook's number of days."
            ),
            key=f"format-{token}",
            persist_state="session",
        )
    return parted(form) if form else None
