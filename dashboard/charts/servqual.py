"""What customers expect against what they perceive."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import ACCENT, MUTED, NEUTRAL, SMALL_SAMPLE, figure, safe, unique_labels

ROW_HEIGHT = 46
MINIMUM_HEIGHT = 260


def gaps(data: pd.DataFrame, *, axis: str, texts: Mapping[str, str]) -> go.Figure:
    """Expectation against perception per row, from top to bottom; the gap is the line between.

    data   columns label, key, expectation, perception, n, gap (text, at the end), hover
    texts  ``perception`` and ``expectation``: names in the legend
    Rows with fewer than 30 answers have hollow marks.
    """
    chart = figure(max(MINIMUM_HEIGHT, ROW_HEIGHT * len(data) + 100))
    labels = unique_labels(data["label"])
    for label, low, high in zip(labels, data["perception"], data["expectation"], strict=True):
        chart.add_scatter(
            x=[low, high],
            y=[label, label],
            mode="lines",
            line={"color": MUTED, "width": 3},
            hoverinfo="skip",
            showlegend=False,
        )
    for column, colour, symbol in (
        ("perception", ACCENT, "circle"),
        ("expectation", NEUTRAL, "diamond"),
    ):
        chart.add_scatter(
            x=data[column],
            y=labels,
            mode="markers",
            marker={
                "size": 13,
                "color": colour,
                "symbol": [symbol + "-open" * (n < SMALL_SAMPLE) for n in data["n"]],
                "line": {"color": colour, "width": 2},
            },
            customdata=data["key"],
            hovertext=[safe(text) for text in data["hover"]],
            hoverinfo="text",
            name=texts[column],
        )
    ends = data[["perception", "expectation"]].to_numpy(float)
    low, high = float(ends.min()), float(ends.max())
    room = (high - low) or 1.0
    chart.add_scatter(
        x=ends.max(axis=1),
        y=labels,
        mode="text",
        text=[f"\u2002\u2002{safe(text)}" for text in data["gap"]],  # clear of the mark
        textposition="middle right",
        hoverinfo="skip",
        showlegend=False,
    )
    chart.update_xaxes(title=axis, range=[low - 0.08 * room, high + 0.25 * room])
    chart.update_yaxes(type="category", categoryorder="array", categoryarray=labels[::-1])
    return chart
