"""What all charts share: colours that mean something, label handling, the bare figure.

Charts are pure: data frames and texts in, a figure out. They carry no theme; the app's own theme
gives fonts, axis colours and palettes, in light and dark. Colours named here hold in both.
"""

import html
import textwrap
from collections.abc import Iterable

import plotly.graph_objects as go

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
MUTED = "#8493A0"
CLEAR = "rgba(0, 0, 0, 0)"
LABEL_LENGTH = 14
SMALL_SAMPLE = 30


def safe(text: object) -> str:
    """Text that the chart shows as it is: its markup (links, bold) is not interpreted."""
    return html.escape(str(text), quote=False)


def short(text: object, length: int = LABEL_LENGTH) -> str:
    """A label for an axis: safe, on two lines where it is long, and cut only beyond these."""
    lines = textwrap.wrap(str(text), length, max_lines=2, placeholder="…") or [""]
    return "<br>".join(safe(line) for line in lines)


def unique_labels(texts: Iterable[object], length: int = LABEL_LENGTH) -> list[str]:
    """Short labels that stay distinct: an axis would merge two equal ones into one row."""
    seen: dict[str, int] = {}
    labels = []
    for text in texts:
        label = short(text, length)
        seen[label] = seen.get(label, 0) + 1
        labels.append(label + "\u200b" * (seen[label] - 1))  # zero-width: equal to the eye only
    return labels


def figure(height: int, **layout: object) -> go.Figure:
    """An empty figure with the layout that every chart starts from."""
    chart = go.Figure()
    chart.update_layout(
        height=height,
        margin={"l": 8, "r": 12, "t": 28, "b": 8},
        hovermode="closest",
        dragmode=False,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "title": ""},
        xaxis={"automargin": True, "fixedrange": True},
        yaxis={"automargin": True, "fixedrange": True},
        **layout,
    )
    return chart
