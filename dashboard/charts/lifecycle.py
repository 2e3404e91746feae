"""Charts of service standards: their lives, where they are kept, and what changed with them."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import (
    BAD,
    CLEAR,
    GOOD,
    MUTED,
    NEUTRAL,
    TEXT,
    figure,
    safe,
    short,
    ticked,
    unique_labels,
)

STATE_COLOURS = {
    "draft": "#C9D1D8",
    "training": "#9CC3DA",
    "pilot": "#5C9DC4",
    "active": GOOD,
    "retired": "#8493A0",
}
"""State of a standard → colour: the further in its life, the deeper."""

DELAY_COLOURS = {
    "none": NEUTRAL,
    "minor": "#E8B49A",
    "moderate": "#DE8A66",
    "severe": "#B8452A",
}
OUTCOME_COLOURS = {"met": GOOD, "missed": BAD, "overdue": "#8E2F1B", "pending": NEUTRAL}
RECTIFIED_COLOURS = {
    "on_time": GOOD,
    "late": "#DE8A66",
    "overdue": "#8E2F1B",
    "pending": NEUTRAL,
    "undated": "#C9D1D8",
}
STATUS_COLOURS = {
    "missed": (BAD, "#FFFFFF"),
    "near": ("#EBC9B8", "#1F2A33"),
    "met": ("#A9D3DE", "#1F2A33"),
    "unknown": ("rgba(132, 147, 160, 0.25)", TEXT),
    "few": ("rgba(132, 147, 160, 0.08)", TEXT),
}
"""Status against the target → colour of a cell and of the text on it; what says little is pale in
both themes."""

ROW = 30
DAY = 86_400_000


def lifecycle(
    data: pd.DataFrame,
    *,
    states: Mapping[str, str],
    today: date,
    texts: Mapping[str, str],
    ticks: Mapping[str, str],
) -> go.Figure:
    """The states of each standard over time, as bars from day to day.

    data    columns label, key, state, start, end (dates, end inclusive), hover; rows in order
    states  state → name, in the order of a standard's life
    today   marked by a line; texts ``today`` is its name
    ticks   day (ISO) → its name on the axis, as for ``ticked``
    """
    names = data[["key", "label"]].drop_duplicates("key")
    labels = dict(zip(names["key"], unique_labels(names["label"]), strict=True))
    chart = figure(ROW * len(labels) + 120, barmode="overlay", bargap=0.35)
    start, end = pd.to_datetime(data["start"]), pd.to_datetime(data["end"])
    length = (end - start).dt.days + 1
    for state, name in states.items():
        mine = (data["state"] == state).to_numpy()
        if not mine.any():
            continue
        chart.add_bar(
            base=start[mine].dt.strftime("%Y-%m-%d"),
            x=length[mine] * DAY,
            y=[labels[key] for key in data["key"][mine]],
            orientation="h",
            marker={"color": STATE_COLOURS[state]},
            name=name,
            hovertext=[safe(text) for text in data["hover"][mine]],
            hoverinfo="text",
        )
    rows = list(labels.values())
    chart.add_scatter(
        x=[today.isoformat()] * 2,
        y=[rows[0], rows[-1]],
        mode="lines",
        line={"color": MUTED, "width": 1.5, "dash": "dash"},
        hoverinfo="skip",
        name=texts["today"],
    )
    ticked(chart, ticks)
    chart.update_xaxes(type="date")
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=rows[::-1], tickmode="linear"
    )
    return chart


def marked(chart: go.Figure, at: str, name: str) -> go.Figure:
    """The chart over months with a line at one of them: since when something holds."""
    values = [
        value
        for trace in chart.data
        for value in (trace.y if trace.y is not None else ())
        if pd.notna(value)
    ]
    chart.add_scatter(
        x=[safe(at)] * 2,
        y=[min(values), max(values)],
        mode="lines",
        line={"color": GOOD, "width": 2.5},
        hovertext=safe(name),
        hoverinfo="text",
        name=safe(name),
    )
    return chart


def attainment(
    data: pd.DataFrame,
    *,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    texts: Mapping[str, str],
) -> go.Figure:
    """A share per row and column, coloured by its status against the target.

    data     columns row, column (keys), shown (text), status (met, near, missed,
             unknown: no target, few: suppressed), hover
    texts    status → name in the legend
    The clicked point's custom data is [row key, column key].
    """
    place_row = {key: index for index, (key, _) in enumerate(rows)}
    place_column = {key: index for index, (key, _) in enumerate(columns)}
    chart = figure(max(300, 26 * len(rows) + 90))
    for status, (colour, ink) in STATUS_COLOURS.items():
        cells = data[data["status"] == status]
        if cells.empty:
            continue
        chart.add_bar(
            x=[0.97] * len(cells),
            base=cells["column"].map(place_column) - 0.485,
            y=cells["row"].map(place_row),
            width=0.9,
            orientation="h",
            marker={"color": colour, "line": {"color": CLEAR, "width": 0}},
            text=[safe(each) for each in cells["shown"]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink},
            customdata=cells[["row", "column"]].to_numpy(),
            hovertext=[safe(text) for text in cells["hover"]],
            hoverinfo="text",
            name=texts[status],
        )
    chart.update_layout(barmode="overlay")
    chart.update_xaxes(
        range=[-0.52, len(columns) - 0.48],
        tickvals=list(range(len(columns))),
        ticktext=[short(label) for _, label in columns],
        side="top",
        showgrid=False,
        zeroline=False,
    )
    chart.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickvals=list(range(len(rows))),
        ticktext=[short(label) for _, label in rows],
        showgrid=False,
        zeroline=False,
    )
    chart.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin_b=40)
    return chart
