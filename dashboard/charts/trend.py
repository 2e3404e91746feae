"""Charts over time."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import (
    ACCENT,
    BAND,
    MUTED,
    SMALL_SAMPLE,
    UNFINISHED,
    figure,
    ink,
    safe,
    unique_labels,
)

ALONE = 8
"""Width of the band of a month that stands alone, in pixels."""
SIGNALS = {"outside": "diamond-open", "run": "square-open"}
"""Signal of a control chart → the shape of the ring around its point."""


def trend(
    data: pd.DataFrame,
    *,
    axis: str,
    texts: Mapping[str, str],
    target: float | Sequence[float] | None = None,
    control: pd.DataFrame | None = None,
    incomplete: bool = False,
    height: int = 300,
) -> go.Figure:
    """A metric month by month, with its 95 % interval, its target and what to be careful about.

    data        columns label, key, value, low, high, n, hover (text); in order of time; the line
                and the band are interrupted where there is no value
    axis        title of the value axis, with its unit
    texts       ``value``, ``interval`` and ``target``: names in the legend; with ``control`` also
                ``limits``, ``outside`` and ``run``
    target      one for all months, or one for each (NaN: none)
    control     rows as ``data``: centre, lower, upper (NaN: none), signal ("outside", "run" or "")
    incomplete  the last month has not ended: its segment is dashed
    Months with fewer than 30 cases have hollow markers; a signal is a ring of its own shape.
    """
    chart = figure(height)
    labels = [safe(label) for label in data["label"]]
    _interval(chart, data, texts["interval"])
    _line(chart, data, labels, incomplete, texts["value"])
    _target(chart, labels, target, texts["target"])
    if control is not None:
        _limits(chart, labels, control, texts["limits"])
        for signal, symbol in SIGNALS.items():
            _rings(chart, data, labels, control["signal"] == signal, symbol, texts[signal])
    chart.update_xaxes(type="category", categoryorder="array", categoryarray=labels)
    chart.update_yaxes(title=axis)
    return chart


def _interval(chart: go.Figure, data: pd.DataFrame, name: str) -> None:
    known = (data["low"].notna() & data["high"].notna()).to_numpy()
    stretch = np.cumsum(~known)[known]  # the band ends where a month has no interval
    for number, (_, rows) in enumerate(data[known].groupby(stretch, sort=False)):
        labels = [safe(label) for label in rows["label"]]
        chart.add_scatter(
            x=labels + labels[::-1],
            y=[*rows["high"], *rows["low"][::-1]],
            mode="lines",
            fill="toself",
            fillcolor=BAND,
            line={"width": 0 if len(rows) > 1 else ALONE, "color": BAND},
            hoverinfo="skip",
            name=name,
            legendgroup="interval",
            showlegend=number == 0,
        )


def _line(
    chart: go.Figure, data: pd.DataFrame, labels: list[str], incomplete: bool, name: str
) -> None:
    """The values; the segment to a month that has not ended is a dotted one of its own."""
    solid = len(data) - 1 if incomplete else len(data)
    hollow = data["n"] < SMALL_SAMPLE
    _segment(chart, data[:solid], labels[:solid], hollow=hollow[:solid], size=8, name=name)
    if incomplete and len(data):
        last = data[-2:]
        sizes = [0, 8][-len(last) :]
        _segment(chart, last, labels[-2:], hollow=[True, True], size=sizes, dash="dot")


def _segment(
    chart: go.Figure,
    data: pd.DataFrame,
    labels: list[str],
    *,
    hollow: Iterable[bool],
    size: int | list[int],
    name: str | None = None,
    dash: str = "solid",
) -> None:
    chart.add_scatter(
        x=labels,
        y=data["value"],
        mode="lines+markers",
        line={"color": ACCENT, "width": 2.5, "dash": dash},
        marker={
            "size": size,
            "symbol": ["circle-open" if each else "circle" for each in hollow],
            "color": ACCENT,
            "line": {"color": ACCENT, "width": 2},
        },
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        name=name,
        showlegend=name is not None,
    )


def _target(
    chart: go.Figure, labels: list[str], target: float | Sequence[float] | None, name: str
) -> None:
    """The target: a line, in steps where it is another one from month to month."""
    if target is None:
        return
    wanted = np.broadcast_to(np.asarray(target, float), len(labels))
    if np.isnan(wanted).all():
        return
    chart.add_scatter(
        x=labels,
        y=wanted,
        mode="lines" if len(labels) > 1 else "markers",
        marker={"symbol": "line-ew-open", "size": 16, "color": MUTED},
        line={"color": MUTED, "width": 1.5, "dash": "dash", "shape": "hvh"},
        hoverinfo="skip",
        name=name,
    )


def _limits(chart: go.Figure, labels: list[str], control: pd.DataFrame, name: str) -> None:
    for column, dash in (("lower", "dot"), ("upper", "dot"), ("centre", "solid")):
        if control[column].notna().any():
            chart.add_scatter(
                x=labels,
                y=control[column],
                mode="lines",
                line={"color": MUTED, "width": 1, "dash": dash, "shape": "hvh"},
                hoverinfo="skip",
                name=name,
                legendgroup="limits",
                showlegend=column == "lower",
            )


def _rings(
    chart: go.Figure,
    data: pd.DataFrame,
    labels: list[str],
    flagged: pd.Series,
    symbol: str,
    name: str,
) -> None:
    if not flagged.any():
        return
    rows = data[flagged.to_numpy()]
    chart.add_scatter(
        x=[label for label, each in zip(labels, flagged, strict=True) if each],
        y=rows["value"],
        mode="markers",
        marker={"symbol": symbol, "size": 17, "color": ACCENT, "line": {"width": 2}},
        customdata=rows["key"],
        hovertext=[safe(text) for text in rows["hover"]],
        hoverinfo="text",
        name=name,
    )


def shares_over(
    data: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    names: Mapping[str, str],
    axis: str,
    horizontal: bool = False,
    written: bool = False,
    incomplete: bool = False,
    height: int = 320,
) -> go.Figure:
    """100 % bars: how a whole divides into ordered parts, per month or per group.

    data     columns label, key, part, share (percent), hover and, with ``written``, text; one row
             per bar and part
    colours  part → colour, in the order of stacking
    names    part → name in the legend
    written  the texts stand in the bars, where there is room
    incomplete  the last bar is of a month that is not whole: it is pale
    The clicked point's custom data is [key, part].
    """
    chart = figure(height, barmode="stack", bargap=0.18)
    bars = data.drop_duplicates("key")
    texts = unique_labels(bars["label"]) if horizontal else [safe(each) for each in bars["label"]]
    labels = dict(zip(bars["key"], texts, strict=True))
    pale = {bars["key"].iloc[-1]: UNFINISHED} if incomplete else {}
    for part, colour in colours.items():
        rows = data[data["part"] == part]
        places = [labels[key] for key in rows["key"]]
        chart.add_bar(
            x=rows["share"] if horizontal else places,
            y=places if horizontal else rows["share"],
            orientation="h" if horizontal else "v",
            marker={"color": colour, "opacity": [pale.get(key, 1.0) for key in rows["key"]]},
            name=safe(names[part]),
            text=[safe(text) for text in rows["text"]] if written else None,
            textposition="inside" if written else "none",
            insidetextanchor="middle",
            insidetextfont={"color": ink(colour)},
            customdata=[[key, part] for key in rows["key"]],
            hovertext=[safe(text) for text in rows["hover"]],
            hoverinfo="text",
        )
    if written:
        chart.update_layout(uniformtext={"minsize": 11, "mode": "hide"})
    chart.update_layout(legend_traceorder="normal" if horizontal else "reversed")
    value = chart.update_xaxes if horizontal else chart.update_yaxes
    value(range=[0, 100], title=axis, tick0=0, dtick=25)
    if horizontal:
        chart.update_layout(margin_r=28)  # half of the last tick's label
    groups = chart.update_yaxes if horizontal else chart.update_xaxes
    groups(
        type="category",
        categoryorder="array",
        categoryarray=texts[::-1] if horizontal else texts,
        tickmode="linear" if horizontal else "auto",
    )
    return chart
