"""Charts over time."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import ACCENT, BAND, MUTED, SMALL_SAMPLE, figure, safe


def trend(
    data: pd.DataFrame,
    *,
    axis: str,
    texts: Mapping[str, str],
    target: float | None = None,
    incomplete: bool = False,
    height: int = 300,
) -> go.Figure:
    """A metric month by month, with its 95 % interval, its target and what to be careful about.

    data        columns label, value, low, high, n, hover (text); in order of time
    axis        title of the value axis, with its unit
    texts       ``value``, ``interval`` and ``target``: names in the legend
    target      drawn as a line where there is one
    incomplete  the last month has not ended: its segment is dashed
    Months with fewer than 30 cases have hollow markers.
    """
    chart = figure(height)
    labels = [safe(label) for label in data["label"]]
    known = data[data["low"].notna() & data["high"].notna()]
    if not known.empty:
        names = [safe(label) for label in known["label"]]
        chart.add_scatter(
            x=names + names[::-1],
            y=[*known["high"], *known["low"][::-1]],
            mode="lines",
            fill="toself",
            fillcolor=BAND,
            line={"width": 0},
            hoverinfo="skip",
            name=texts["interval"],
        )
    solid = len(data) - 1 if incomplete else len(data)
    small = data["n"] < SMALL_SAMPLE
    chart.add_scatter(
        x=labels[:solid],
        y=data["value"][:solid],
        mode="lines+markers",
        line={"color": ACCENT, "width": 2.5},
        marker={
            "size": 8,
            "symbol": ["circle-open" if each else "circle" for each in small[:solid]],
            "color": ACCENT,
            "line": {"color": ACCENT, "width": 2},
        },
        customdata=data["key"][:solid],
        hovertext=[safe(text) for text in data["hover"][:solid]],
        hoverinfo="text",
        name=texts["value"],
    )
    if incomplete and len(data) > 1:
        chart.add_scatter(
            x=labels[-2:],
            y=data["value"][-2:],
            mode="lines+markers",
            line={"color": ACCENT, "width": 2.5, "dash": "dot"},
            marker={
                "size": [0, 8],
                "symbol": "circle-open",
                "color": ACCENT,
                "line": {"color": ACCENT, "width": 2},
            },
            customdata=data["key"][-2:],
            hovertext=[safe(text) for text in data["hover"][-2:]],
            hoverinfo="text",
            showlegend=False,
        )
    if target is not None:
        chart.add_scatter(
            x=[labels[0], labels[-1]] if labels else [],
            y=[target, target],
            mode="lines",
            line={"color": MUTED, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            name=texts["target"],
        )
    chart.update_xaxes(type="category", categoryorder="array", categoryarray=labels)
    chart.update_yaxes(title=axis)
    return chart


def shares_over(
    data: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    names: Mapping[str, str],
    axis: str,
    horizontal: bool = False,
    height: int = 320,
) -> go.Figure:
    """100 % bars: how a whole divides into ordered parts, per month or per group.

    data     columns label, key, part, share (percent), hover; one row per bar and part
    colours  part → colour, in the order of stacking
    names    part → name in the legend
    """
    chart = figure(height, barmode="stack", bargap=0.18)
    for part, colour in colours.items():
        rows = data[data["part"] == part]
        labels = [safe(label) for label in rows["label"]]
        chart.add_bar(
            x=rows["share"] if horizontal else labels,
            y=labels if horizontal else rows["share"],
            orientation="h" if horizontal else "v",
            marker={"color": colour},
            name=names[part],
            customdata=[[key, part] for key in rows["key"]],
            hovertext=[safe(text) for text in rows["hover"]],
            hoverinfo="text",
        )
    value = chart.update_xaxes if horizontal else chart.update_yaxes
    value(range=[0, 100], title=axis, ticksuffix=" %", tick0=0, dtick=25)
    groups = chart.update_yaxes if horizontal else chart.update_xaxes
    groups(
        type="category",
        categoryorder="array",
        categoryarray=_order(data, horizontal),
        tickmode="linear" if horizontal else "auto",
    )
    return chart


def _order(data: pd.DataFrame, reverse: bool) -> list[str]:
    labels = [safe(label) for label in dict.fromkeys(data["label"])]
    return labels[::-1] if reverse else labels
