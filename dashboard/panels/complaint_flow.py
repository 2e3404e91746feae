"""How complaints are dealt with: flow and backlog, time to resolution, the closed loop."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from dashboard import charts, estimators, stats, ui
from dashboard.measures import Measure
from dashboard.ui import Page, frames, series

PERIODS = 60
HORIZON, STEPS_OF_A_DAY = 90, 4
MARKS = (3, 7, 30)
WITHIN = "resolved_within_30d"


def only_complaints(page: Page) -> Page | None:
    """The page narrowed to complaints; ``None`` where its filters leave them out."""
    kinds = page.selection.kinds
    if kinds and "complaint" not in kinds:
        return None
    return page.focused({**page.focus, "in_kind": "complaint"})


def flow_and_backlog(page: Page) -> None:
    """Complaints raised and resolved by month or week, and what was open at the end of each."""
    t = page.t
    unit = ui.choice(page, "flow_by", t("By"), {"month": t("Month"), "week": t("Week")})
    data, start = _flow(page, unit)
    figure = None
    if len(data):
        figure = charts.flow(
            data,
            axes=(t("Complaints"), t("Open at the end")),
            texts={"created": t("Raised"), "resolved": t("Resolved complaints"), **_ages(page)},
        )
        firsts = [_days(key)[0] for key in data["key"]]
        skeleton, most = {"month": ("MMM", 6), "week": ("MMMd", 4)}[unit]
        charts.ticked(figure, t.time_ticks(firsts, skeleton, most))
    known = len(data) and int(data["known"].iloc[0])
    ui.chart(
        page,
        figure,
        title=t("Are complaints resolved as fast as they come in?"),
        note=t.text(
            t.plural(
                "{n} complaint was open when this began; earlier ones count.",
                "{n} complaints were open when this began; earlier ones count.",
                start,
            ),
            t("Choose a bar of those raised to open them."),
            "" if not len(data) or data["whole"].all() else t("Pale: not a whole period."),
            frames.left_out(page, t("Period"), PERIODS, known),
        ),
        alt=_flow_told(page, data),
        metric=("complaint_count", "age_bucket"),
        empty=page.reason("complaint_count"),
        drill=lambda point: _raised(page, point[1]),
        link=page.drill("complaint_count"),
        data=data,
        columns={
            "label": t("Period"),
            "created": t("Raised"),
            "resolved": t("Resolved complaints"),
            "open": t("Open at the end"),
            **_ages(page),
        },
    )


def time_to_resolution(page: Page) -> None:
    """The share of complaints resolved by each day, against the 3, 7 and 30 days."""
    t, complaints = page.t, only_complaints(page)
    now = complaints.total((WITHIN,))[WITHIN] if complaints else None
    figure, data = None, pd.DataFrame()
    if complaints and now and now.n:
        data, marks = _resolved(now), _marks(page, now)
        before = complaints.total((WITHIN,), complaints.compared) if complaints.compared else {}
        earlier = before.get(WITHIN)
        target = complaints.bound(WITHIN)
        figure = charts.resolution(
            data,
            marks=marks,
            axes=(t("Days since the complaint was raised"), t("Resolved (%)")),
            texts={
                "resolved": t("Resolved complaints"),
                "interval": t("95 % interval"),
                "before": t("Period compared with"),
                "target": t("Target"),
            },
            before=_resolved(earlier) if earlier and earlier.n else None,
            target=None if target is None else (30.0, target),
        )
    ui.chart(
        page,
        figure,
        title=t("How long until a complaint is resolved?"),
        note=t("Estimated from resolved and open complaints (1 − Kaplan–Meier)."),
        alt=" ".join(_marks(page, now)["hover"]) if now and now.n else "",
        metric=WITHIN,
        empty=page.reason("complaint_count"),
        link=complaints.drill(WITHIN) if complaints else None,
        data=data,
        columns={
            "day": t("Days since the complaint was raised"),
            "resolved": t("Resolved (%)"),
            "low": t("95 % interval, from"),
            "high": t("95 % interval, to"),
        },
    )


def closed_loop(page: Page) -> None:
    """How many complaints reach each of the five steps, and where the others stop."""
    t = page.t
    loop = page.total(("closed_loop_rate",))["closed_loop_rate"]
    data = _steps(page, loop)
    figure = None
    if len(data):
        figure = charts.steps(
            data,
            axis=t("Share of the complaints (%)"),
            texts={"reached": t("Reached"), "missed": t("Stopped before")},
        )
    ui.chart(
        page,
        figure,
        title=t("Where do complaints drop out of the closed loop?"),
        note=t(
            "Complaints older than 30 days, n = {n}. A loop closes without a record of the "
            "investigation. Choose a bar to open its complaints.",
            n=t.number(loop.n),
        ),
        alt=" ".join(data["hover"]) if len(data) else "",
        metric="closed_loop_rate",
        empty=t("No complaint of the selection is older than 30 days."),
        drill=lambda part: page.drill("closed_loop_rate", part),
        link=page.drill("closed_loop_rate"),
        data=data,
        columns={
            "label": t("Step"),
            "count": t("Reached"),
            "reached": t("Reached (%)"),
            "lost": t("Stopped before"),
            "missed": t("Stopped before (%)"),
        },
    )


def _flow(page: Page, unit: str) -> tuple[pd.DataFrame, int]:
    """The last periods, as ``charts.flow`` asks, and how many were open before the first of them.

    ``known`` is how many periods there are.
    """
    t = page.t
    found = page.rows("complaint_flow", unit=unit).to_dict("records")
    shown = found[1:][-PERIODS:]
    rows = []
    for each in shown:
        first, last = each["first_day"].date(), each["last_day"].date()
        label = t.month(first) if unit == "month" else t.day(first)
        values = {"period": label, "open": t.number(each["open"])}
        rows.append(
            {
                "label": label,
                "key": f"{first}/{last}",
                "created": each["created"],
                "resolved": each["resolved"],
                "open": each["open"],
                **each["age_bucket"],
                "hover_created": t("{period}: {n} raised", n=t.number(each["created"]), **values),
                "hover_resolved": t(
                    "{period}: {n} resolved", n=t.number(each["resolved"]), **values
                ),
                "hover_open": t(
                    "{period}: {open} open at the end, {old} of them for 30 days and more",
                    old=t.number(each["age_bucket"][">30"]),
                    **values,
                ),
                "known": len(found) - 1,
                "whole": series.whole(page, unit, first, last),
            }
        )
    start = found[-len(shown) - 1]["open"] if found else 0
    return pd.DataFrame(rows), int(start)


def _ages(page: Page) -> dict[str, str]:
    t = page.t
    return {
        "0-3": t("open under 3 days"),
        "3-7": t("open 3–7 days"),
        "7-30": t("open 7–30 days"),
        ">30": t("open 30 days and more"),
    }


def _flow_told(page: Page, data: pd.DataFrame) -> str:
    t = page.t
    if data.empty:
        return t("Complaints raised, resolved and open")
    return t(
        "{created} complaints raised, {resolved} resolved, {open} open at the end",
        created=t.number(data["created"].sum()),
        resolved=t.number(data["resolved"].sum()),
        open=t.number(data["open"].iloc[-1]),
    )


def _days(key: str) -> tuple[date, date]:
    """First and last day of a period, from its key."""
    first, last = key.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def _raised(page: Page, key: str) -> dict[str, Any]:
    first, last = _days(key)
    return page.drill(
        "complaint_count", within=replace(page.selection, date_from=first, date_to=last)
    )


def _resolved(measure: Measure) -> pd.DataFrame:
    """Day, and the percentage resolved by then with its band."""
    curve = estimators.survival(measure.parts)
    days = [step / STEPS_OF_A_DAY for step in range(HORIZON * STEPS_OF_A_DAY + 1)]
    rows = [(day, *_resolved_by(curve, day)) for day in days]
    return pd.DataFrame(rows, columns=["day", "resolved", "low", "high"])


def _resolved_by(curve: stats.SurvivalCurve, day: float) -> tuple[float, float, float]:
    waiting = curve.at(24 * day)
    resolved, low, high = (
        100 * (1 - (each or 0.0)) for each in (waiting.value, waiting.high, waiting.low)
    )
    return resolved, low, high


def _marks(page: Page, measure: Measure) -> pd.DataFrame:
    t, curve = page.t, estimators.survival(measure.parts)
    rows = []
    for day in MARKS:
        resolved, low, high = _resolved_by(curve, day)
        share = t.number(resolved, 1)
        hover = t(
            "{share} % resolved within {day} days (95 %: {low} to {high} %, n = {n})",
            share=share,
            day=day,
            low=t.number(low, 1),
            high=t.number(high, 1),
            n=t.number(measure.n),
        )
        rows.append((day, resolved, t("{day} d: {share} %", day=day, share=share), hover))
    return pd.DataFrame(rows, columns=["day", "resolved", "text", "hover"])


def _steps(page: Page, loop: Measure) -> pd.DataFrame:
    """The five steps as ``charts.steps`` asks, with the numbers behind the shares."""
    t, n = page.t, loop.n
    recorded = bool(page.rows_of_store("store_contents").iloc[0]["investigated"])
    rows = []
    for step, label in page.codes("complaint_step").items() if n else ():
        if step == "investigated" and not recorded:
            told = t("not recorded")
            hover = t("{label}: not recorded", label=label)
            rows.append((label, step, None, None, None, None, told, hover, hover))
            continue
        count, lost = loop.parts[step], loop.parts[f"not_{step}"]
        share = t.number(100 * count / n, 1)
        counts = {"label": label, "n": t.number(n)}
        rows.append(
            (
                label,
                step,
                100 * count / n,
                100 * lost / n,
                count,
                lost,
                t("{share} % ({count})", share=share, count=t.number(count)),
                t(
                    "{label}: reached by {count} of {n} complaints ({share} %)",
                    count=t.number(count),
                    share=share,
                    **counts,
                ),
                t(
                    "{label}: {count} of {n} complaints stopped before it ({share} %)",
                    count=t.number(lost),
                    share=t.number(100 * lost / n, 1),
                    **counts,
                ),
            )
        )
    names = ["label", "key", "reached", "missed", "count", "lost", "text", "hover", "hover_missed"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.astype({"reached": float, "missed": float, "count": "Int64", "lost": "Int64"})
