"""Contribution bars: which groups moved a metric, and whether by rate or by mix."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import BAD, GOOD, MUTED, NEUTRAL, figure, safe, unique_labels

ROW_HEIGHT = 30
_HATCHED = {"rate": "", "mix": "/"}
_STRIPES = {"fillmode": "replace", "size": 6, "solidity": 0.45}


def contribution(
    data: pd.DataFrame,
    *,
    axis: str,
    texts: Mapping[str, str],
    higher_is_better: bool = True,
) -> go.Figure:
    """Rate and mix effect per group as bars apart, from top to bottom, and their sum as a mark.

    data   columns label, key, rate, mix (in the metric's unit), hover; a missing key (None) is of a
           row that stands for several groups and cannot be opened
    texts  ``rate``, ``mix`` and ``total``: names in the legend
    A bar to the better side is coloured good, to the worse side bad; mix effects are hatched.
    """
    chart = figure(ROW_HEIGHT * len(data) + 120, barmode="relative", bargap=0.35)
    labels = unique_labels(data["label"])
    hover = [safe(text) for text in data["hover"]]
    keys = [None if pd.isna(each) else each for each in data["key"]]
    for part, hatch in _HATCHED.items():
        chart.add_bar(
            x=data[part],
            y=labels,
            orientation="h",
            marker={
                "color": [_side(each, higher_is_better) for each in data[part]],
                "pattern": {"shape": hatch, **_STRIPES},
            },
            customdata=keys,
            hovertext=hover,
            hoverinfo="text",
            showlegend=False,
        )
        chart.add_bar(  # the legend's own mark: the bars have no single colour
            x=[None],
            y=labels[:1],
            orientation="h",
            marker={"color": NEUTRAL, "pattern": {"shape": hatch, **_STRIPES}},
            name=texts[part],
        )
    chart.add_scatter(
        x=data["rate"] + data["mix"],
        y=labels,
        mode="markers",
        marker={"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": MUTED}},
        customdata=keys,
        hovertext=hover,
        hoverinfo="text",
        name=texts["total"],
    )
    chart.update_xaxes(title=axis, zeroline=True, zerolinewidth=2, zerolinecolor=MUTED)
    chart.update_yaxes(
        type="category", categoryorder="array", categoryarray=labels[::-1], tickmode="linear"
    )
    return chart


def _side(effect: float, higher_is_better: bool) -> str:
    return GOOD if (effect > 0) == higher_is_better else BAD
