"""Heatmaps: a number in every cell of two groups, coloured so that no outlier flattens the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from dashboard.charts.base import CLEAR, GROUND, SEQUENTIAL, TEXT, figure, safe, short

Axis = Sequence[tuple[str, str]]
"""(key, label) of the rows or columns, in order."""

CLASSES = 7
"""The most colours above none at all that a reader can tell apart."""
MARKED = 3.0
"""Diverging values beyond this are ticked on the scale."""
LARGEST_LIMIT = 8.0
"""Where the diverging scale ends at the latest; what lies beyond has the last colour."""

DIVERGING = [
    (0.0, "rgba(38, 120, 160, 0.75)"),
    (0.5, "rgba(132, 147, 160, 0.06)"),
    (1.0, "rgba(210, 96, 58, 0.75)"),
]
"""From less to more than expected; 0 is hardly seen on a light and on a dark ground."""

PALE = 6
"""So many of the theme's colours are near the page's own: the theme's text is read on them, on the
others what has the page's colour. tests/test_heat.py holds the themes to that."""

_STEPS = [
    (place / len(SEQUENTIAL), colour)
    for number, colour in enumerate(SEQUENTIAL)
    for place in (number, number + 1)
]
"""The theme's colours unmixed: number k of them is drawn from k − ½ to k + ½."""

ROW_HEIGHT = 24
MINIMUM_HEIGHT = 300
TEXT_SIZE = 12
_WIDE, _NEAR = 450, 20


@dataclass(frozen=True)
class _Colours:
    """The numbers behind the colours of a heatmap, their scale, and how its legend reads."""

    z: NDArray[np.float64]
    ends: tuple[float, float]
    scale: list[tuple[float, str]]
    ticks: dict[float, str]


def heatmap(
    data: pd.DataFrame,
    *,
    rows: Axis,
    columns: Axis,
    colour_title: str,
    axes: tuple[str, str],
    value: str = "count",
    number: Callable[[float], str] = "{:,.0f}".format,
    diverging: bool = False,
    chosen: tuple[str, str] | None = None,
) -> go.Figure:
    """Numbers over two groups; a cell can be clicked.

    data       columns row, column (keys), hover and the one that ``value`` names; optionally text,
               what stands in the cell instead of the number. A cell that is absent is 0, one
               without a value is left blank
    rows       (key, label) from top to bottom; columns the same from left to right
    colour_title  what the colours show, with the unit
    axes       titles of the horizontal and the vertical axis
    number     how the cells, and the legend of a diverging scale, write a number
    diverging  the numbers lie on both sides of 0: the scale is symmetric about it and has a
               legend; otherwise they are coloured by rank, in classes of about as many cells each
    chosen     (row key, column key) of the cell that is outlined
    The clicked point's custom data is [row key, column key].
    """
    cells = _placed(data, rows, columns)
    table = np.zeros((len(rows), len(columns)))
    table[cells["down"], cells["across"]] = cells[value].astype(float)
    colours = _diverging(table, number) if diverging else _ranked(table)
    chart = figure(max(MINIMUM_HEIGHT, ROW_HEIGHT * len(rows) + 110))
    chart.update_layout(margin_t=8)  # there is no legend above
    chart.add_heatmap(
        z=[[None if np.isnan(each) else each for each in line] for line in colours.z],
        zmin=colours.ends[0],
        zmax=colours.ends[1],
        colorscale=colours.scale,
        xgap=1,
        ygap=1,
        hoverinfo="skip",
        showscale=diverging,  # else the numbers in the cells say what the colours mean
        colorbar={
            "title": {"text": safe(colour_title), "side": "right"},
            "thickness": 12,
            "len": 1,
            "tickvals": list(colours.ticks),
            "ticktext": list(colours.ticks.values()),
        },
    )
    texts = _texts(cells, value, number)
    numbers = colours.z[cells["down"], cells["across"]]
    inks = [GROUND if each >= PALE and not diverging else TEXT for each in numbers]
    _add_cells(chart, cells, texts, inks, len(columns))
    _name_axes(chart, rows, columns, axes)
    _outline(chart, rows, columns, chosen)
    return chart


def ranked_classes(values: ArrayLike, most: int = CLASSES) -> NDArray[np.int64]:
    """The class of each number, 0 … at most ``most`` − 1, by its rank among all of them.

    Classes hold about as many numbers each, equal numbers share one, a larger number never has a
    smaller class, and how far the largest lies from the others changes nothing.
    """
    numbers = np.asarray(values, float)
    breaks = np.unique(np.quantile(numbers, np.arange(1, most) / most, method="higher"))
    found = np.searchsorted(breaks, numbers, side="right")
    return np.unique(found, return_inverse=True)[1].reshape(numbers.shape)


def _ranked(table: NDArray[np.float64]) -> _Colours:
    """Colours by rank above 0; 0 has a colour of its own below them.

    The number of a cell is that of its colour in the theme: none is mixed of two.
    """
    some, last = table > 0, len(SEQUENTIAL) - 1
    z = np.where(np.isnan(table), np.nan, 0.0)
    if some.any():
        classes = ranked_classes(table[some]) + 1
        z[some] = np.round(classes * last / classes.max())
    return _Colours(z, (-0.5, last + 0.5), _STEPS, {})


def _diverging(table: NDArray[np.float64], number: Callable[[float], str]) -> _Colours:
    """Colours symmetric about 0, up to a limit beyond which all look the same."""
    known = np.abs(table[~np.isnan(table)])
    furthest = float(known.max()) if known.size else 0.0
    limit = min(max(furthest, MARKED), LARGEST_LIMIT)
    marks = (-MARKED, 0.0, MARKED) if limit > 1.5 * MARKED else (0.0,)
    ticks = {each: number(each) for each in (-limit, *marks, limit)}
    if furthest > limit:
        ticks |= {-limit: f"≤ {number(-limit)}", limit: f"≥ {number(limit)}"}
    return _Colours(np.clip(table, -limit, limit), (-limit, limit), DIVERGING, ticks)


def _placed(data: pd.DataFrame, rows: Axis, columns: Axis) -> pd.DataFrame:
    """The cells that are drawn, with their places ``across`` and ``down``."""
    across = {key: index for index, (key, _) in enumerate(columns)}
    down = {key: index for index, (key, _) in enumerate(rows)}
    drawn = data[data["row"].isin(down) & data["column"].isin(across)]
    return drawn.assign(across=drawn["column"].map(across), down=drawn["row"].map(down))


def _texts(cells: pd.DataFrame, value: str, number: Callable[[float], str]) -> list[str]:
    """What stands in the cells: nothing where there is nothing."""
    given = cells["text"] if "text" in cells else cells[value].map(number)
    return [
        safe(text) if pd.notna(amount) else ""
        for text, amount in zip(given, cells[value], strict=True)
    ]


def _add_cells(
    chart: go.Figure, cells: pd.DataFrame, texts: list[str], inks: list[str], columns: int
) -> None:
    """What is written in the cells, and unseen markers: those can be chosen, cells cannot."""
    chart.add_scatter(
        text=texts,
        textfont={"color": inks, "size": TEXT_SIZE},
        textposition="middle center",
        x=cells["across"],
        y=cells["down"],
        customdata=cells[["row", "column"]].to_numpy(),
        hovertext=[safe(text) for text in cells["hover"]],
        hoverinfo="text",
        mode="markers+text",
        marker={"symbol": "square", "size": 22, "color": CLEAR, "line": {"width": 0}},
        showlegend=False,
    )
    chart.update_layout(hoverdistance=max(_NEAR, _WIDE // max(columns, 1)))


def _name_axes(chart: go.Figure, rows: Axis, columns: Axis, axes: tuple[str, str]) -> None:
    chart.update_xaxes(
        title=axes[0],
        range=[-0.5, len(columns) - 0.5],
        tickvals=list(range(len(columns))),
        ticktext=[short(label) for _, label in columns],
        showgrid=False,
        zeroline=False,
    )
    chart.update_yaxes(
        title=axes[1],
        range=[len(rows) - 0.5, -0.5],
        tickvals=list(range(len(rows))),
        ticktext=[short(label) for _, label in rows],
        showgrid=False,
        zeroline=False,
    )


def _outline(chart: go.Figure, rows: Axis, columns: Axis, chosen: tuple[str, str] | None) -> None:
    """A dark and a light line around the chosen cell, so that one is seen on any colour."""
    down = [index for index, (key, _) in enumerate(rows) if chosen and key == chosen[0]]
    across = [index for index, (key, _) in enumerate(columns) if chosen and key == chosen[1]]
    if not down or not across:
        return
    for colour, width in (("#0B141A", 5), ("#FFFFFF", 2)):
        chart.add_shape(
            type="rect",
            x0=across[0] - 0.5,
            x1=across[0] + 0.5,
            y0=down[0] - 0.5,
            y1=down[0] + 0.5,
            line={"color": colour, "width": width},
            fillcolor=CLEAR,
        )
