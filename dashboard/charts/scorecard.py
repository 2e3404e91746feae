"""Charts of scorecards: one person among all others."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import ACCENT, MUTED, SMALL_SAMPLE, figure, parted, safe, unique_labels

FAINT = "rgba(132, 147, 160, 0.45)"
ROOM = "rgba(132, 147, 160, 0.25)"
ROW = 34


def standing(
    data: pd.DataFrame,
    *,
    chosen: str,
    axis: str,
    texts: Mapping[str, str],
    target: float | None = None,
    height: int = 300,
) -> go.Figure:
    """Everybody's score with its 95 % interval in the order of the scores, one of them marked.

    data    columns key, place (1 is best), value, low, high, n, hover; one row per person
    chosen  the key of the person who is marked
    texts   ``chosen``, ``others`` and ``target``: names in the legend
    The others are faint: the chart shows how far one person can be told from them.
    """
    chart = figure(height)
    mine = data["key"] == chosen
    for rows, colour, width, size, name in (
        (data[~mine], FAINT, 1, 4, texts["others"]),
        (data[mine], ACCENT, 3, 11, texts["chosen"]),
    ):
        few = rows["n"] < SMALL_SAMPLE
        chart.add_scatter(
            x=rows["place"],
            y=rows["value"],
            mode="markers",
            marker={
                "size": size,
                "color": colour,
                "symbol": ["circle-open" if each else "circle" for each in few],
                "line": {"color": colour, "width": width},
            },
            error_y={
                "type": "data",
                "symmetric": False,
                "array": rows["high"] - rows["value"],
                "arrayminus": rows["value"] - rows["low"],
                "color": colour,
                "thickness": width,
                "width": 0,
            },
            hovertext=[safe(text) for text in rows["hover"]],
            hoverinfo="text",
            name=safe(name),
        )
    if target is not None and len(data):
        chart.add_scatter(
            x=[data["place"].min(), data["place"].max()],
            y=[target, target],
            mode="lines",
            line={"color": MUTED, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            name=texts["target"],
        )
    chart.update_xaxes(showticklabels=False, showgrid=False, zeroline=False)
    chart.update_yaxes(title=axis, zeroline=False)
    return chart


def points(data: pd.DataFrame, *, axis: str, texts: Mapping[str, str]) -> go.Figure:
    """Where a score comes from: the points of each indicator within those that it could give.

    data   columns label, got, possible (points of 100), hover; from top to bottom. ``got`` adds up
           to the score, ``possible`` to 100.
    texts  ``got`` and ``possible``: names in the legend
    """
    chart = figure(ROW * len(data) + 110, barmode="overlay", bargap=0.35)
    labels = unique_labels(data["label"], made=parted)
    for column, colour in (("possible", ROOM), ("got", ACCENT)):
        chart.add_bar(
            x=data[column],
            y=labels,
            orientation="h",
            marker={"color": colour},
            hovertext=[safe(text) for text in data["hover"]],
            hoverinfo="text",
            name=texts[column],
        )
    chart.update_xaxes(title=axis, rangemode="tozero")
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart
