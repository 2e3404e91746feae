"""Charts of one among many: its rank bands, its first weeks, its counts against expectation."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import (
    ACCENT,
    BAD,
    GOOD,
    MUTED,
    NEUTRAL,
    SMALL_SAMPLE,
    UNFINISHED,
    figure,
    safe,
    unique_labels,
)

ROW_HEIGHT = 40
MINIMUM_HEIGHT = 300
_STATUS = {"met": GOOD, "near": NEUTRAL, "missed": BAD}


def rank_bands(data: pd.DataFrame, *, ends: tuple[str, str]) -> go.Figure:
    """Where one stands among its peers in several metrics: rank band and rank, best on the right.

    data  columns label, key, value_text, plain, best, worst, of, n, status (met, near, missed, or
          anything else without a target), hover; from top to bottom
    ends  what the left and the right end mean
    """
    chart = figure(ROW_HEIGHT * len(data) + 90)
    labels = unique_labels(data["label"], 30)
    for label, best, worst, of in zip(labels, data["best"], data["worst"], data["of"], strict=True):
        chart.add_scatter(
            x=[_place(worst, of), _place(best, of)],
            y=[label, label],
            mode="lines",
            line={"color": "rgba(132, 147, 160, 0.35)", "width": 12},
            hoverinfo="skip",
            showlegend=False,
        )
    colours = [_STATUS.get(each, MUTED) for each in data["status"]]
    chart.add_scatter(
        x=[_place(plain, of) for plain, of in zip(data["plain"], data["of"], strict=True)],
        y=labels,
        mode="markers+text",
        marker={
            "size": 12,
            "symbol": ["circle-open" if n < SMALL_SAMPLE else "circle" for n in data["n"]],
            "color": colours,
            "line": {"color": colours, "width": 2},
        },
        text=[safe(each) for each in data["value_text"]],
        textposition="top center",
        textfont={"size": 11},
        cliponaxis=False,
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
    chart.update_xaxes(
        range=[-8, 108],
        tickvals=[0, 50, 100],
        ticktext=[ends[0], "", ends[1]],
        zeroline=False,
    )
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart


def weeks(data: pd.DataFrame, *, axes: tuple[str, str], texts: Mapping[str, str]) -> go.Figure:
    """One's own weeks as bars beside the average of all as a line.

    data   columns week (from 0), value, average, hover; a week that is not over has whole False
    texts  ``value`` and ``average``: names in the legend
    """
    chart = figure(MINIMUM_HEIGHT + 40, bargap=0.25)
    chart.add_bar(
        x=data["week"] + 1,
        y=data["value"],
        marker={
            "color": ACCENT,
            "opacity": [1.0 if each else UNFINISHED for each in data["whole"]],
        },
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        name=safe(texts["value"]),
    )
    chart.add_scatter(
        x=data["week"] + 1,
        y=data["average"],
        mode="lines",
        line={"color": MUTED, "width": 2.5},
        hoverinfo="skip",
        name=safe(texts["average"]),
    )
    chart.update_xaxes(title=axes[0], dtick=1, range=[0.4, 15.6])
    chart.update_yaxes(title=axes[1], rangemode="tozero")
    return chart


def expected(data: pd.DataFrame, *, axis: str, texts: Mapping[str, str]) -> go.Figure:
    """Counts as bars from top to bottom, each with a mark where it would be expected.

    data   columns label, key, count, expected, side (1: far more than expected, −1: far less; else
           0), hover
    texts  ``expected``: its name in the legend
    More than expected is coloured bad, less good: what is counted is not wanted.
    """
    chart = figure(max(MINIMUM_HEIGHT, 26 * len(data) + 110), bargap=0.3)
    labels = unique_labels(data["label"])
    chart.add_bar(
        x=data["count"],
        y=labels,
        orientation="h",
        marker={"color": [{1: BAD, -1: GOOD}.get(each, NEUTRAL) for each in data["side"]]},
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
    chart.add_scatter(
        x=data["expected"],
        y=labels,
        mode="markers",
        marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": MUTED}},
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        name=texts["expected"],
    )
    chart.update_xaxes(title=axis, rangemode="tozero")
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart


def _place(rank: int, of: int) -> float:
    """A rank as a place from 0 (last) to 100 (first); alone, one is in the middle."""
    return 50.0 if of == 1 else 100 * (of - rank) / (of - 1)
