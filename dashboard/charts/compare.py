"""Charts that compare groups: intervals, bars, Pareto, expectation against perception."""

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
    TEXT,
    figure,
    safe,
    unique_labels,
)

ROW_HEIGHT = 24
MINIMUM_HEIGHT = 300
TEXT_WIDTH = 84
"""Room for “12,345 · 100 %” beside a bar, in pixels."""


def intervals(
    data: pd.DataFrame,
    *,
    axis: str,
    texts: Mapping[str, str],
    reference: float | None = None,
    target: float | None = None,
    higher_is_better: bool = True,
) -> go.Figure:
    """A value per group with its 95 % interval, beside the whole and the target.

    data       columns label, key, value, low, high, n, hover; drawn from top to bottom
    reference  the value of the whole selection: a group whose interval excludes it is coloured
    texts      ``whole`` and ``target``: names of the lines
    """
    chart = figure(max(MINIMUM_HEIGHT, ROW_HEIGHT * len(data) + 90))
    labels = unique_labels(data["label"])
    colours = [
        _side(low, high, reference, higher_is_better)
        for low, high in zip(data["low"], data["high"], strict=True)
    ]
    small = data["n"] < SMALL_SAMPLE
    chart.add_scatter(
        x=data["value"],
        y=labels,
        mode="markers",
        marker={
            "size": 10,
            "symbol": ["circle-open" if few else "circle" for few in small],
            "color": colours,
            "line": {"color": colours, "width": 2},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": data["high"] - data["value"],
            "arrayminus": data["value"] - data["low"],
            "color": MUTED,
            "thickness": 1.5,
            "width": 0,
        },
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
    for value, dash, name in (
        (reference, "solid", texts.get("whole", "")),
        (target, "dash", texts.get("target", "")),
    ):
        if value is not None and labels:
            chart.add_scatter(
                x=[value, value],
                y=[labels[0], labels[-1]],
                mode="lines",
                line={"color": MUTED, "width": 1.5, "dash": dash},
                hoverinfo="skip",
                name=name,
            )
    chart.update_xaxes(title=axis)
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart


def bars(data: pd.DataFrame, *, axis: str) -> go.Figure:
    """A count per group as horizontal bars, from top to bottom.

    data  columns label, key, count, hover; in order
    """
    chart = figure(max(MINIMUM_HEIGHT, ROW_HEIGHT * len(data) + 90), bargap=0.3)
    labels = unique_labels(data["label"])
    chart.add_bar(
        x=data["count"],
        y=labels,
        orientation="h",
        marker={"color": ACCENT},
        text=data["count"],
        textposition="outside",
        cliponaxis=False,
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
    chart.update_xaxes(title=axis, rangemode="tozero")
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart


def pareto(data: pd.DataFrame, *, axis: str, texts: Mapping[str, str]) -> go.Figure:
    """Counts per group from most to least; those that together make up most are coloured.

    data   columns label, key, count, text (beside the bar), most (bool), hover; in order; with
           before, the counts of another period are marked on the bars
    texts  most, rest and, with before, before: names in the legend
    """
    chart = figure(max(MINIMUM_HEIGHT, ROW_HEIGHT * len(data) + 110), bargap=0.25)
    labels = unique_labels(data["label"])
    for most, colour, name in ((True, ACCENT, "most"), (False, NEUTRAL, "rest")):
        rows = (data["most"] == most).to_numpy()
        if rows.any():
            chart.add_bar(
                x=data["count"][rows],
                y=[label for label, each in zip(labels, rows, strict=True) if each],
                orientation="h",
                marker={"color": colour},
                customdata=data["key"][rows],
                hovertext=[safe(text) for text in data["hover"][rows]],
                hoverinfo="text",
                name=texts[name],
            )
    if "before" in data:
        chart.add_scatter(
            x=data["before"],
            y=labels,
            mode="markers",
            marker={"symbol": "line-ns", "size": 16, "line": {"color": TEXT, "width": 2}},
            hoverinfo="skip",
            name=texts["before"],
        )
    ends = data["count"] if "before" not in data else data[["count", "before"]].max(axis=1)
    chart.add_scatter(
        x=ends,
        y=labels,
        mode="text",
        text=[f"  {safe(text)}" for text in data["text"]],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    chart.update_layout(margin_r=TEXT_WIDTH)
    chart.update_xaxes(title=axis, range=[0, 1.05 * ends.max()])
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart


def _side(low: float, high: float, reference: float | None, higher_is_better: bool) -> str:
    """Colour of a group: better or worse than the whole where its interval says so."""
    if reference is None or pd.isna(low) or pd.isna(high) or low <= reference <= high:
        return NEUTRAL
    return GOOD if (low > reference) == higher_is_better else BAD
