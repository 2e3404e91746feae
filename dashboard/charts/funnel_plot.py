"""Funnel plot: a rate against volume, with the limits within which chance alone would keep it."""

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
    figure,
    safe,
    short,
)

HEIGHT = 460
LABELLED = 8
LABEL_WIDTH = 16
_LIMITS = (("inner", "dot", "limits"), ("outer", "solid", "limits_wide"))


def funnel(
    data: pd.DataFrame,
    curve: pd.DataFrame,
    *,
    axes: tuple[str, str],
    texts: Mapping[str, str],
    centre: float,
    target: float | None = None,
    higher_is_better: bool = True,
    chosen: str = "",
) -> go.Figure:
    """One point per group at its volume and rate, between control limits around the whole.

    data    columns key, label, volume, value, n, beyond, hover; ``beyond`` is how far outside the
            95 % limits a point lies, in half widths of them, signed; 0 within
    curve   columns volume, inner_low, inner_high, outer_low, outer_high; volumes ascending
    axes    titles of the horizontal and the vertical axis
    texts   ``whole``, ``target``, ``limits`` (95 %) and ``limits_wide`` (99.8 %)
    centre  the rate of the whole
    chosen  key of the group that is marked with a ring
    Points outside the 95 % limits are coloured, the furthest of them named; small samples hollow.
    """
    chart = figure(HEIGHT)
    for name, dash, text in _LIMITS:
        for side in ("low", "high"):
            chart.add_scatter(
                x=curve["volume"],
                y=curve[f"{name}_{side}"],
                mode="lines",
                line={"color": MUTED, "width": 1.2, "dash": dash},
                hoverinfo="skip",
                legendgroup=name,
                name=texts[text],
                showlegend=side == "low",
            )
    for value, dash, text in ((centre, "solid", "whole"), (target, "dash", "target")):
        if value is not None and len(curve):
            chart.add_scatter(
                x=[curve["volume"].iloc[0], curve["volume"].iloc[-1]],
                y=[value, value],
                mode="lines",
                line={"color": ACCENT if text == "whole" else MUTED, "width": 1.5, "dash": dash},
                hoverinfo="skip",
                name=texts[text],
            )
    colours = [_colour(each, higher_is_better) for each in data["beyond"]]
    chart.add_scatter(
        x=data["volume"],
        y=data["value"],
        mode="markers+text",
        marker={
            "size": [16 if key == chosen else 10 for key in data["key"]],
            "symbol": ["circle-open" if n < SMALL_SAMPLE else "circle" for n in data["n"]],
            "color": colours,
            "line": {"color": colours, "width": 2},
        },
        text=_names(data, chosen),
        textposition=_sides(data),
        textfont={"size": 11},
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
    chart.update_xaxes(title=axes[0], rangemode="tozero")
    chart.update_yaxes(title=axes[1])
    return chart


def _colour(beyond: float, higher_is_better: bool) -> str:
    if beyond == 0:
        return NEUTRAL
    return GOOD if (beyond > 0) == higher_is_better else BAD


def _names(data: pd.DataFrame, chosen: str) -> list[str]:
    """Names of the points furthest outside, where no other name is in the way; else ''."""
    names = [""] * len(data)
    spans = [float(data[each].max() - data[each].min()) or 1.0 for each in ("volume", "value")]
    taken: list[tuple[float, float]] = []
    order = data["beyond"].abs().where(data["key"] != chosen, float("inf"))
    for row in order.reset_index(drop=True).sort_values(ascending=False, kind="stable").index:
        point = data.iloc[row]
        if len(taken) == LABELLED or (point["beyond"] == 0 and point["key"] != chosen):
            break
        place = (point["volume"] / spans[0], point["value"] / spans[1])
        if all(abs(place[0] - x) > 0.3 or abs(place[1] - y) > 0.05 for x, y in taken):
            taken.append(place)
            names[row] = short(point["label"], LABEL_WIDTH)
    return names


def _sides(data: pd.DataFrame) -> list[str]:
    """On which side of a point its name has room."""
    middle = data["volume"].max() / 2
    return ["middle right" if each <= middle else "middle left" for each in data["volume"]]
