"""What all charts share: colours that mean something, label handling, the bare figure.

Charts are pure: data frames and texts in, a figure out. They carry no theme; the app's own theme
gives fonts, axis colours and palettes, in light and dark. Colours named here hold in both.
"""

import html
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseTraceType

TIER_COLOURS = {
    "below": "#D2603A",
    "basic": "#9AA7B2",
    "satisfying": "#6FB1D1",
    "exceeding": "#2E7FB0",
    "memorable": "#7A5BB0",
}
GOOD, NEUTRAL, BAD = "#2E8FA8", "#9AA7B2", "#D2603A"
ACCENT = "#2678A0"
BAND = "rgba(38, 120, 160, 0.16)"
TEXT = "#000037"  # stands for the theme's text colour: Streamlit puts that in, in light and dark
GROUND = "#000038"  # the same for the colour of the page
SEQUENTIAL = [f"#0000{number}" for number in range(11, 21)]
"""The same for the theme's ten colours from few to many."""
MUTED = "#8493A0"
CLEAR = "rgba(0, 0, 0, 0)"
UNFINISHED = 0.5
"""Opacity of bars of a period that has not ended or is not wholly selected."""
LABEL_WIDTH = 24
SMALL_SAMPLE = 30


def safe(text: object) -> str:
    """Text that the chart shows as it is: its markup (links, bold) is not interpreted."""
    return html.escape(str(text), quote=False)


def short(text: object, width: int = LABEL_WIDTH) -> str:
    """A label for an axis: safe, and cut where it is wider than ``width`` Latin characters."""
    plain = str(text)
    if text_width(plain) <= width:
        return safe(plain)
    while text_width(plain) > width - 1:
        plain = plain[:-1]
    return safe(plain.rstrip() + "…")


def parted(text: object, width: int = LABEL_WIDTH) -> str:
    """A label in two lines where it is wider than ``width``, each of them safe and short."""
    plain = str(text)
    blanks = [place for place, each in enumerate(plain) if each == " "]
    if text_width(plain) <= width or not blanks:
        return short(plain, width)
    middle = min(blanks, key=lambda place: abs(place - len(plain) / 2))
    return "<br>".join(short(each, width) for each in (plain[:middle], plain[middle + 1 :]))


def text_width(text: str) -> int:
    """Width in Latin characters; a Chinese one takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def unique_labels(
    texts: Iterable[object],
    width: int = LABEL_WIDTH,
    made: Callable[[object, int], str] = short,
) -> list[str]:
    """Labels that stay distinct: an axis would merge two equal ones into one row.

    ``made`` makes one of a text and the width.
    """
    seen: dict[str, int] = {}
    labels = []
    for text in texts:
        label = made(text, width)
        seen[label] = seen.get(label, 0) + 1
        labels.append(label + "\u200b" * (seen[label] - 1))  # zero-width: equal to the eye only
    return labels


def ink(ground: str) -> str:
    """Black or white, whichever is easier to read on a colour (WCAG 2 contrast)."""
    channels = [int(ground[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    luminance = sum(
        weight * each for weight, each in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#FFFFFF"


def figure(height: int, **layout: object) -> go.Figure:
    """An empty figure with the layout that every chart starts from."""
    chart = go.Figure()
    chart.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 28, "b": 8},
        hovermode="closest",
        dragmode=False,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": ""},
        # a label at the end of an axis makes itself room; by default it is left out
        xaxis={"automargin": True, "fixedrange": True, "ticklabeloverflow": "allow"},
        yaxis={"automargin": True, "fixedrange": True},
        **layout,
    )
    return chart


def ticked(chart: go.Figure, ticks: Mapping[Any, str]) -> go.Figure:
    """The figure with these places of its horizontal axis named, upright on any width.

    ticks  place (its number, or a value of the axis) → name; a line break begins a second line
    """
    names = [safe(name).replace("\n", "<br>") for name in ticks.values()]
    chart.update_xaxes(tickmode="array", tickvals=list(ticks), ticktext=names, tickangle=0)
    return chart


def cells(chart: go.Figure) -> dict[str, list[Any]]:
    """What a chart says of each mark of two groups → the custom data of that mark."""
    return {
        html.unescape(text): list(keys)
        for trace in chart.data
        if trace.customdata is not None and trace.hovertext is not None
        for text, keys in zip(trace.hovertext, trace.customdata, strict=True)
        if isinstance(keys, list | tuple | np.ndarray)
    }


def legible(chart: go.Figure) -> go.Figure:
    """The figure with its axes, colour scales and free labels in the theme's text colour.

    Streamlit's own grey of axes has a contrast of 3.7:1 on white; small text needs 4.5:1 (WCAG AA).
    """
    written = {"tickfont": {"color": TEXT}, "title": {"font": {"color": TEXT}}}
    chart.update_xaxes(written)
    chart.update_yaxes(written)
    chart.update_traces(colorbar=written, selector={"type": "heatmap"})
    for bar in chart.select_traces({"type": "bar"}):
        bar.outsidetextfont.color = TEXT
        bar.insidetextfont.color = bar.insidetextfont.color or _inks(bar.marker.color)
    chart.update_traces(textfont={"color": TEXT}, selector=_is_free_text)
    return chart


def _inks(grounds: str | Sequence[str] | None) -> str | list[str]:
    """What can be read on a bar's colours; on a translucent one the theme's text colour."""
    if grounds is None or isinstance(grounds, str):
        return ink(grounds) if grounds and grounds.startswith("#") else TEXT
    return [ink(each) if each.startswith("#") else TEXT for each in grounds]


def _is_free_text(trace: BaseTraceType) -> bool:
    return trace.type == "scatter" and "text" in (trace.mode or "") and not trace.textfont.color
