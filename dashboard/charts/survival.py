"""How long until cases are resolved."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import ACCENT, BAND, MUTED, NEUTRAL, TEXT, figure, safe


def resolution(
    data: pd.DataFrame,
    *,
    marks: pd.DataFrame,
    axes: tuple[str, str],
    texts: Mapping[str, str],
    before: pd.DataFrame | None = None,
    target: tuple[float, float] | None = None,
    height: int = 360,
) -> go.Figure:
    """The share of cases resolved by each day (1 − Kaplan–Meier), with its 95 % band.

    data    columns day, resolved, low, high (percent); the share holds until the next day given
    before  the same of the period compared with
    marks   columns day, resolved, text, hover: the days that matter
    axes    titles of the horizontal and the vertical axis
    target  day and share that are wanted by then
    texts   resolved, interval, before, target: names in the legend
    """
    chart = figure(height)
    step = {"shape": "hv"}
    chart.add_scatter(
        x=data["day"],
        y=data["high"],
        mode="lines",
        line={"width": 0, **step},
        hoverinfo="skip",
        showlegend=False,
    )
    chart.add_scatter(
        x=data["day"],
        y=data["low"],
        mode="lines",
        fill="tonexty",
        fillcolor=BAND,
        line={"width": 0, **step},
        hoverinfo="skip",
        name=texts["interval"],
    )
    if before is not None:
        chart.add_scatter(
            x=before["day"],
            y=before["resolved"],
            mode="lines",
            line={"color": NEUTRAL, "width": 2, "dash": "dot", **step},
            hoverinfo="skip",
            name=texts["before"],
        )
    chart.add_scatter(
        x=data["day"],
        y=data["resolved"],
        mode="lines",
        line={"color": ACCENT, "width": 2.5, **step},
        hoverinfo="skip",
        name=texts["resolved"],
    )
    _add_marks(chart, marks)
    if target is not None:
        chart.add_scatter(
            x=[target[0]],
            y=[target[1]],
            mode="markers",
            marker={"symbol": "line-ew", "size": 22, "line": {"color": MUTED, "width": 3}},
            hoverinfo="skip",
            name=texts["target"],
        )
    chart.update_xaxes(title=axes[0], rangemode="tozero", showgrid=False)
    chart.update_yaxes(title=axes[1], range=[0, 104], tick0=0, dtick=25)
    return chart


def _add_marks(chart: go.Figure, marks: pd.DataFrame) -> None:
    for day in marks["day"]:
        chart.add_shape(
            type="line",
            x0=day,
            x1=day,
            y0=0,
            y1=1,
            yref="paper",
            line={"color": MUTED, "width": 1, "dash": "dot"},
        )
    # in a corner where the curve is not: beside the marks they would stand on each other
    chart.add_annotation(
        text="<br>".join(safe(text) for text in marks["text"]),
        xref="paper",
        yref="paper",
        x=1,
        y=0.04,
        xanchor="right",
        yanchor="bottom",
        align="right",
        showarrow=False,
        font={"color": TEXT},
    )
    chart.add_scatter(
        x=marks["day"],
        y=marks["resolved"],
        mode="markers",
        marker={"color": ACCENT, "size": 9},
        hovertext=[safe(text) for text in marks["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
