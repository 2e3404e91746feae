"""Scorecards of staff: indicators, shrinkage, intervals, rank bands, case mix and 360° review.

Pure: plain data in, frozen results out. What is weighed how stands in ``data/scorecard.toml``.
"""

from dashboard.scorecard.cards import Card, Indicator, cards
from dashboard.scorecard.casemix import NO_CASES, CaseMix, case_mix
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
    "review",
    "scheme",
]
