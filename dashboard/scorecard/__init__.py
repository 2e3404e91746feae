"""Scorecards of staff: indicators, shrinkage, intervals, rank bands, case mix and 360° review.

Plain data in, frozen results out. What is weighed how stands in ``data/scorecard.toml``, or in the
company's own file beside its store.
"""

from dashboard.scorecard.cards import Card, Indicator, cards
from dashboard.scorecard.casemix import NO_CASES, CaseMix, case_mix
from dashboard.scorecard.company import in_force
from dashboard.scorecard.indicators import Costs, Share, Tallies
from dashboard.scorecard.review import Rating, Review, review
from dashboard.scorecard.scheme import SHARES, Goal, Scheme, scheme
from dashboard.scorecard.words import WORDS, Words

__all__ = [
    "NO_CASES",
    "SHARES",
    "WORDS",
    "Card",
    "CaseMix",
    "Costs",
    "Goal",
    "Indicator",
    "Rating",
    "Review",
    "Scheme",
    "Share",
    "Tallies",
    "Words",
    "cards",
    "case_mix",
    "in_force",
    "review",
    "scheme",
]
