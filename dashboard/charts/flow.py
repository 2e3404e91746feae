"""What comes in, what goes out, and what stays: flow and backlog, and the steps of a procedure."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import ACCENT, BAD, NEUTRAL, UNFINISHED, figure, safe

AGE_COLOURS = {"0-3": "#C2DAE6", "3-7": "#6FB1D1", "7-30": "#2E7FB0", ">30": BAD}
"""Age of what is open → its colour: darker the longer it waits, the last one is the warning."""

_UPPER, _LOWER = (0.58, 1.0), (0.0, 0.5)


def flow(
    data: pd.DataFrame, *, axes: tuple[str, str], texts: Mapping[str, str], height: int = 440
) -> go.Figure:
    """Cases raised and resolved per period above the backlog at the end of each, by age.

    data   columns label, key, created, resolved, hover_created, hover_resolved, hover_open, and one
           per age of AGE_COLOURS; in order of time; a period that is not whole has whole False
    axes   titles of the upper and the lower value axis
    texts  created, resolved and the ages: names in the legend
    The clicked point's custom data is ["created", key] of a bar of those raised; nothing else can
    be opened by its date.
    """
    chart = figure(height, barmode="stack", bargap=0.25)
    labels = [safe(label) for label in data["label"]]
    opacity = [1.0 if each else UNFINISHED for each in data["whole"]]
    for name, colour, place in (("created", NEUTRAL, 0), ("resolved", ACCENT, 1)):
        chart.add_bar(
            x=labels,
            y=data[name],
            xaxis="x2",
            yaxis="y2",
            offsetgroup=str(place),
            marker={"color": colour, "opacity": opacity},
            name=texts[name],
            customdata=[["created", key] for key in data["key"]] if name == "created" else None,
            hovertext=[safe(text) for text in data[f"hover_{name}"]],
            hoverinfo="text",
        )
    for age, colour in AGE_COLOURS.items():
        chart.add_bar(
            x=labels,
            y=data[age],
            marker={"color": colour},
            name=texts[age],
            hovertext=[safe(text) for text in data["hover_open"]],
            hoverinfo="text",
        )
    in_order = {"type": "category", "categoryorder": "array", "categoryarray": labels}
    chart.update_layout(
        xaxis=in_order,
        xaxis2={**in_order, "anchor": "y2", "showticklabels": False, "fixedrange": True},
        yaxis={"title": axes[1], "domain": _LOWER, "rangemode": "tozero"},
        yaxis2={
            "title": axes[0],
            "domain": _UPPER,
            "rangemode": "tozero",
            "anchor": "x2",
            "automargin": True,
            "fixedrange": True,
        },
    )
    return chart


def steps(
    data: pd.DataFrame, *, axis: str, texts: Mapping[str, str], height: int = 300
) -> go.Figure:
    """How many cases reach each step of a procedure, and how many stop before it.

    data   columns label, key, reached, missed (percent of all), text, hover, hover_missed; from the
           first step to the last; a step that is not recorded has no reached and its text says so
    texts  reached, missed: names in the legend
    The clicked point's custom data is the key of the step, "not_" before it of those that stopped.
    """
    chart = figure(height, barmode="stack", bargap=0.3)
    labels = [safe(label) for label in data["label"]]
    chart.add_bar(
        x=data["reached"].fillna(0),
        y=labels,
        orientation="h",
        marker={"color": ACCENT},
        name=texts["reached"],
        text=[safe(text) for text in data["text"]],
        textposition="auto",
        insidetextanchor="start",
        customdata=data["key"],
        hovertext=[safe(text) for text in data["hover"]],
        hoverinfo="text",
    )
    chart.add_bar(
        x=data["missed"].fillna(0),
        y=labels,
        orientation="h",
        marker={"color": BAD},
        name=texts["missed"],
        customdata=[f"not_{key}" for key in data["key"]],
        hovertext=[safe(text) for text in data["hover_missed"]],
        hoverinfo="text",
    )
    chart.update_xaxes(title=axis, range=[0, 100], tickvals=[0, 25, 50, 75, 100])
    chart.update_yaxes(type="category", categoryorder="array", categoryarray=labels[::-1])
    return chart
