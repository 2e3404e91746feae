"""Charts that compare groups: intervals, heatmaps, Pareto, expectation against perception."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import (
    ACCENT,
    BAD,
    CLEAR,
    GOOD,
    MUTED,
    NEUTRAL,
    SMALL_SAMPLE,
    figure,
    safe,
    short,
    unique_labels,
)

ROW_HEIGHT = 24


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
    chart = figure(max(220, ROW_HEIGHT * len(data) + 90))
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
            "color": [
                "rgba(255,255,255,0.9)" if few else colour
                for few, colour in zip(small, colours, strict=True)
            ],
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


def heatmap(
    data: pd.DataFrame,
    *,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    colour_title: str,
    axes: tuple[str, str],
    show_values: bool = True,
) -> go.Figure:
    """Counts over two groups; a cell can be clicked.

    data     columns row, column (keys), count, hover; absent cells are zero
    rows     (key, label) from top to bottom; columns the same from left to right
    axes     titles of the horizontal and the vertical axis
    The clicked point's custom data is [row key, column key].
    """
    row_labels = unique_labels([label for _, label in rows])
    column_labels = unique_labels([label for _, label in columns], 10)
    place_row = {key: index for index, (key, _) in enumerate(rows)}
    place_column = {key: index for index, (key, _) in enumerate(columns)}
    counts = [[0] * len(columns) for _ in rows]
    points: list[tuple[str, str, list[str], str]] = []
    for row, column, count, hover in zip(
        data["row"], data["column"], data["count"], data["hover"], strict=True
    ):
        if row in place_row and column in place_column:
            counts[place_row[row]][place_column[column]] = int(count)
            points.append(
                (
                    column_labels[place_column[column]],
                    row_labels[place_row[row]],
                    [row, column],
                    safe(hover),
                )
            )
    chart = figure(max(240, ROW_HEIGHT * len(rows) + 110))
    chart.add_heatmap(
        z=counts,
        x=column_labels,
        y=row_labels,
        xgap=1,
        ygap=1,
        texttemplate="%{z:,d}" if show_values else "",
        textfont={"size": 11},
        hoverinfo="skip",
        colorbar={"title": {"text": colour_title, "side": "right"}, "thickness": 10, "len": 0.9},
    )
    chart.add_scatter(  # heatmap cells cannot be selected, markers over them can
        x=[point[0] for point in points],
        y=[point[1] for point in points],
        customdata=[point[2] for point in points],
        hovertext=[point[3] for point in points],
        hoverinfo="text",
        mode="markers",
        marker={"symbol": "square", "size": 22, "color": CLEAR, "line": {"width": 0}},
        showlegend=False,
    )
    chart.update_xaxes(
        title=axes[0],
        type="category",
        categoryorder="array",
        categoryarray=column_labels,
        side="bottom",
        tickmode="linear",
        showgrid=False,
    )
    chart.update_yaxes(
        title=axes[1],
        type="category",
        categoryorder="array",
        categoryarray=row_labels[::-1],
        tickmode="linear",
        showgrid=False,
    )
    return chart


def pareto(
    data: pd.DataFrame, *, axes: tuple[str, str], texts: Mapping[str, str], height: int = 340
) -> go.Figure:
    """Counts per group from most to least, with the cumulative share.

    data   columns label, key, count, cumulative (percent), hover; in order
    axes   titles of the two value axes
    """
    chart = figure(height, bargap=0.2)
    labels = unique_labels(data["label"], 10)
    chart.add_bar(
        x=labels,
        y=data["count"],
        marker={"color": ACCENT},
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        name=texts["count"],
    )
    chart.add_scatter(
        x=labels,
        y=data["cumulative"],
        yaxis="y2",
        mode="lines+markers",
        line={"color": MUTED, "width": 2},
        hoverinfo="skip",
        name=texts["cumulative"],
    )
    chart.update_xaxes(type="category", tickmode="linear")
    chart.update_layout(
        yaxis={"title": axes[0]},
        yaxis2={
            "title": axes[1],
            "overlaying": "y",
            "side": "right",
            "range": [0, 105],
            "ticksuffix": " %",
            "showgrid": False,
            "automargin": True,
            "fixedrange": True,
        },
    )
    return chart


def gaps(data: pd.DataFrame, *, axis: str, texts: Mapping[str, str]) -> go.Figure:
    """Expectation against perception per SERVQUAL dimension; the gap is the line between.

    data  columns label, key, expectation, perception, hover
    """
    chart = figure(ROW_HEIGHT * 2 * len(data) + 110)
    labels = [short(label) for label in data["label"]]
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
            marker={"size": 13, "color": colour, "symbol": symbol},
            customdata=data["key"],
            hovertext=[safe(text) for text in data["hover"]],
            hoverinfo="text",
            name=texts[column],
        )
    chart.update_xaxes(title=axis)
    chart.update_yaxes(type="category", categoryorder="array", categoryarray=labels[::-1])
    return chart


def _side(low: float, high: float, reference: float | None, higher_is_better: bool) -> str:
    """Colour of a group: better or worse than the whole where its interval says so."""
    if reference is None or pd.isna(low) or pd.isna(high) or low <= reference <= high:
        return NEUTRAL
    return GOOD if (low > reference) == higher_is_better else BAD
