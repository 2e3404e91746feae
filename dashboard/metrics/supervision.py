"""Supervision and training: what inspections find, and who was trained."""

from functools import partial

from dashboard.metrics.model import Better, Metric, Population, Statistic, Unit

_share = partial(Metric, unit=Unit.PERCENT, better=Better.HIGH, statistic=Statistic.SHARE)

METRICS = (
    _share(
        "training_coverage",
        "Training coverage",
        "Staff of the selected projects who attended every required session held in the period "
        "while they were employed ÷ staff who had one. Filters on records leave it alone.",
        population=Population.TRAINEE,
        query="metric_trainee",
        target=90,
        needs="training.held_on",
    ),
    _share(
        "training_pass_rate",
        "Training pass rate",
        "Passed ÷ attended sessions held in the period, required or not, whose result is known, of "
        "the staff of the selected projects. Filters on records leave it alone.",
        population=Population.TRAINING,
        query="metric_training",
        target=85,
        needs="training.passed",
    ),
    Metric(
        "inspection_score",
        "Inspection score",
        "Mean score (0 to 100) of the inspections made in the period. Filters on records leave it "
        "alone.",
        unit=Unit.SCORE,
        better=Better.HIGH,
        statistic=Statistic.MEAN,
        population=Population.INSPECTION,
        query="metric_inspection",
        needs="inspection.score",
    ),
    _share(
        "rectified_on_time",
        "Findings rectified on time",
        "Findings rectified by their due date ÷ findings of inspections made in the period whose "
        "due date has come at the as-of time. Filters on records leave it alone.",
        population=Population.INSPECTION,
        query="metric_inspection",
        target=95,
        needs="inspection.due_on",
    ),
)
