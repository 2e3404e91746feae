"""Importance against performance: what drives satisfaction, and how well it is done.

Martilla & James (1977), Importance-Performance Analysis, Journal of Marketing 41(1): both axes are
cut at their means, and each of the four fields says what to do.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import ACCENT, MUTED, TEXT, figure, safe, text_width

HEIGHT = 380
CHARACTER = 0.02
"""Width of a Latin character, and …"""
LINE = 0.07
"""… height of a line of text, both as parts of the drawing area of a narrow card."""
_PLACES = {
    "top center": (0.0, 1.0),
    "bottom center": (0.0, -1.0),
    "middle right": (1.0, 0.0),
    "middle left": (-1.0, 0.0),
}
"""Where a label can stand → direction from its point."""

MARK = 0.02
"""Half the size of a point."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, as parts of the drawing area."""

_CORNERS: tuple[Box, ...] = (
    (0, 0, 0.3, LINE),
    (0.7, 0, 1, LINE),
    (0, 1 - LINE, 0.3, 1),
    (0.7, 1 - LINE, 1, 1),
)
"""Where the names of the fields stand."""


def driver_map(
    data: pd.DataFrame, *, axes: tuple[str, str], fields: Mapping[str, str]
) -> go.Figure:
    """Importance over performance, in four fields cut at the means.

    data    columns label, key, performance, importance, hover
    axes    titles of the performance and of the importance axis
    fields  names of the fields: ``act`` (important, weak), ``keep`` (important, strong), ``low``
            (unimportant, weak) and ``over`` (unimportant, strong)
    """
    chart = figure(HEIGHT)
    across, up = _span(data["performance"]), _span(data["importance"])
    places = [
        (_part(x, across), _part(y, up))
        for x, y in zip(data["performance"], data["importance"], strict=True)
    ]
    chart.add_scatter(
        x=data["performance"],
        y=data["importance"],
        mode="markers+text",
        text=[safe(label) for label in data["label"]],
        textposition=label_places(list(data["label"]), places),
        marker={"size": 13, "color": ACCENT},
        cliponaxis=False,
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
        showlegend=False,
    )
    line = {"color": MUTED, "width": 1, "dash": "dot"}
    chart.add_vline(x=data["performance"].mean(), line=line)
    chart.add_hline(y=data["importance"].mean(), line=line)
    for field, x, y in (("act", 0, 1), ("keep", 1, 1), ("low", 0, 0), ("over", 1, 0)):
        chart.add_annotation(
            text=safe(fields[field]),
            xref="paper",
            yref="paper",
            x=x,
            y=y,
            xanchor="right" if x else "left",
            yanchor="top" if y else "bottom",
            showarrow=False,
            font={"color": TEXT},
        )
    chart.update_xaxes(title=axes[0], range=across, zeroline=False)
    chart.update_yaxes(title=axes[1], range=up, zeroline=False)
    return chart


def label_places(labels: Sequence[str], points: Sequence[tuple[float, float]]) -> list[str]:
    """A place for the label of each point (parts of the drawing area) where it covers least.

    One after the other takes the place that overlaps least with the labels already placed, with
    the points, with the fields' names in the corners, and with what is beyond the edges.
    """
    marks = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in points]
    taken = list(_CORNERS)
    chosen: list[str] = []
    for label, point in zip(labels, points, strict=True):
        boxes = {name: _box(label, point, way) for name, way in _PLACES.items()}
        costs = {name: _covered(box, [*taken, *marks]) for name, box in boxes.items()}
        best = min(costs, key=costs.__getitem__)
        taken.append(boxes[best])
        chosen.append(best)
    return chosen


def _box(label: str, point: tuple[float, float], way: tuple[float, float]) -> Box:
    width, height = CHARACTER * text_width(label), LINE
    x = point[0] + way[0] * (width / 2 + MARK)
    y = point[1] + way[1] * (height / 2 + MARK)
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _covered(box: Box, others: Sequence[Box]) -> float:
    """How much of a box lies on others, or outside the drawing area."""
    inside = _overlap(box, (0, 0, 1, 1))
    area = (box[2] - box[0]) * (box[3] - box[1])
    return area - inside + sum(_overlap(box, other) for other in others)


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0) * max(height, 0)


def _span(values: pd.Series) -> list[float]:
    """The range of an axis, with room for labels on both sides."""
    low, high = float(values.min()), float(values.max())
    room = 0.3 * (high - low) or 0.5
    return [low - room, high + room]


def _part(value: float, span: list[float]) -> float:
    return (value - span[0]) / (span[1] - span[0])
