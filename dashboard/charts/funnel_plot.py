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
    text_width,
)

HEIGHT = 460
LABELLED = 8
LABEL_WIDTH = 16
RIGHT, LEFT = "middle right", "middle left"
NARROW = 230
"""Width of the plot on a phone in pixels, and of a letter and of the gap to the point."""
CHARACTER, GAP = 5.8, 12
LINE = 0.05
"""Height of a line of text, in parts of the plot's."""

_Box = tuple[float, float, float]
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
    names = _names(data, chosen)
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
        text=[name for name, _ in names],
        textposition=[side for _, side in names],
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


def _names(data: pd.DataFrame, chosen: str) -> list[tuple[str, str]]:
    """Name and side of each point: those furthest outside have one where it has room, else ''."""
    found = [("", RIGHT)] * len(data)
    points = list(zip(data["volume"], data["value"], strict=True))
    scale = float(data["volume"].max()), float(data["value"].max() - data["value"].min()) or 1.0
    taken: list[_Box] = []
    order = data["beyond"].abs().where(data["key"] != chosen, float("inf"))
    for row in order.reset_index(drop=True).sort_values(ascending=False, kind="stable").index:
        point = data.iloc[row]
        if len(taken) == LABELLED or (point["beyond"] == 0 and point["key"] != chosen):
            break
        name = short(point["label"], LABEL_WIDTH)
        boxes = {side: _box(points[row], name, side, scale) for side in (RIGHT, LEFT)}
        free = [
            side
            for side, box in boxes.items()
            if box[0] >= 0
            and box[1] <= 1
            and not any(_meet(box, other) for other in taken)
            and (point["key"] == chosen or not _within(box, points, scale))
        ]
        if free:
            side = min(free, key=lambda each: _within(boxes[each], points, scale))
            taken.append(boxes[side])
            found[row] = (name, side)
    return found


def _box(point: tuple[float, float], name: str, side: str, scale: tuple[float, float]) -> _Box:
    """Where a name lies on a phone: from, to and height, in parts of the width and the height."""
    place, length = point[0] / scale[0], (CHARACTER * text_width(name) + GAP) / NARROW
    height = point[1] / scale[1]
    return (place, place + length, height) if side == RIGHT else (place - length, place, height)


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and abs(one[2] - other[2]) < LINE


def _within(box: _Box, points: list[tuple[float, float]], scale: tuple[float, float]) -> int:
    """How many points a name lies on."""
    return sum(_meet(box, (x / scale[0], x / scale[0], y / scale[1])) for x, y in points)
