"""Surveys after a case, who answers, and how: ratings, the five dimensions, comments."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.ingest.demo.categories import COMPLAINT, REPAIR
from dashboard.ingest.demo.clients import Clients
from dashboard.ingest.demo.clock import DAY, HOUR, Period
from dashboard.ingest.demo.comments import comments
from dashboard.ingest.demo.draw import (
    Bools,
    Floats,
    Ints,
    chance,
    ids,
    lognormal,
    pick,
    weighted,
    whole,
)
from dashboard.ingest.demo.places import Projects
from dashboard.ingest.demo.records import Records
from dashboard.ingest.demo.stories import ORDINARY_RESPONSE, Stories
from dashboard.ingest.demo.words import REGIONS

DIMENSIONS = ("reliability", "responsiveness", "assurance", "empathy", "tangibles")
WEIGHTS = np.array([0.32, 0.27, 0.15, 0.2, 0.06])
"""How much each dimension moves the rating."""
CHANNELS = ("app", "wechat", "phone", "other")
SENT_SHARE = 0.58
DIMENSIONS_ASKED = 0.6
COMMENTED = 0.38
_CSAT_BOUNDS = np.array([-2.5, -1.95, -1.33, 0.2])
_NPS_BOUNDS = np.array([-2.9, -2.6, -2.3, -2.0, -1.7, -1.4, -1.15, -0.85, -0.3, 0.22])
_CES_BOUNDS = np.array([-2.4, -1.85, -1.4, -0.9, -0.2, 0.75])
_RATING_BOUNDS = np.array([-2.3, -1.6, -0.8, 0.45])
_EXPECTATION_BOUNDS = np.array([-3.0, -2.3, -1.2, 0.1])


@dataclass(frozen=True)
class Answers:
    """One entry per survey sent; felt holds the latent perception of the five dimensions."""

    record: Ints
    answered: Bools
    rating: Floats
    felt: Floats
    newcomer: Bools


def make_surveys(
    rng: np.random.Generator,
    period: Period,
    projects: Projects,
    clients: Clients,
    records: Records,
    stories: Stories,
) -> dict[str, pd.DataFrame]:
    """The tables ``survey`` and ``survey_dimension``."""
    record, newcomer = _sent_for(rng, records, stories.newcomer.perfect_surveys)
    n = len(record)
    sent = _office_hours(rng, records.resolved[record] + lognormal(rng, 5 * HOUR, 1.0, n))
    kept = sent <= period.last_second
    record, newcomer, sent = record[kept], newcomer[kept], sent[kept]
    n = len(record)
    responded = sent + lognormal(rng, 6 * HOUR, 1.1, n)
    region = projects.region[records.project[record]]
    silent = region == list(REGIONS).index(stories.silent.region)
    willing = (
        chance(rng, np.where(silent, stories.silent.response, ORDINARY_RESPONSE), n) | newcomer
    )
    answered = willing & (responded <= period.last_second)
    felt = _felt(rng, records, record)
    rating = felt @ WEIGHTS * 1.05 + 0.42 * rng.standard_normal(n)
    answers = Answers(record, answered, rating, felt, newcomer)
    survey_ids = ids("V", n, 7)
    table = pd.DataFrame(
        {
            "survey_id": survey_ids,
            "record_id": records.table["record_id"].take(record).reset_index(drop=True),
            "project_id": records.table["project_id"].take(record).reset_index(drop=True),
            "customer_id": records.table["customer_id"].take(record).reset_index(drop=True),
            "staff_id": records.table["staff_id"].take(record).reset_index(drop=True),
            "sent_at": period.timestamps(sent),
            "responded_at": period.timestamps(np.where(answered, responded, np.nan)),
            "channel": pick(CHANNELS, weighted(rng, (36, 42, 14, 8), n)),
            **_ratings(rng, answers),
        }
    )
    table = table.assign(record_id=table["record_id"].mask(chance(rng, 0.03, n) & ~newcomer))
    return {
        "survey": table,
        "survey_dimension": _dimensions(rng, answers, survey_ids, clients, records),
    }


def _sent_for(rng: np.random.Generator, records: Records, always: int) -> tuple[Ints, Bools]:
    """Records of known customers that are resolved; the newcomer's first few are always asked."""
    possible = np.isfinite(records.resolved) & (records.customer >= 0)
    chosen = possible & chance(rng, SENT_SHARE, len(records)) & ~records.newcomer
    theirs = np.flatnonzero(possible & records.newcomer)[:always]
    chosen[theirs] = True
    record = np.flatnonzero(chosen)
    record = record[np.argsort(records.resolved[record], kind="stable")]
    return record, records.newcomer[record]


def _office_hours(rng: np.random.Generator, seconds: Floats) -> Floats:
    """Surveys go out between nine and eight; what falls in the night waits for the morning."""
    hour = (seconds % DAY) / HOUR
    morning = 9 * HOUR + rng.uniform(0, HOUR, len(seconds))
    midnight = seconds - seconds % DAY
    waiting = np.where(hour < 9, midnight + morning, midnight + DAY + morning)
    return np.where((hour >= 9) & (hour < 20), seconds, waiting)


def _felt(rng: np.random.Generator, records: Records, record: Ints) -> Floats:
    """Latent perception of the dimensions: what was delivered, and what each suffers from."""
    n = len(record)
    felt = records.quality[record][:, None] + 0.5 * rng.standard_normal((n, 1))
    felt = felt + 0.55 * rng.standard_normal((n, len(DIMENSIONS)))
    felt[:, 1] -= 0.35 * records.late[record]
    felt[:, 0] -= 0.15 * np.isin(records.kind[record], (REPAIR, COMPLAINT))
    felt[:, 4] += 0.1
    return np.asarray(felt)


def _ratings(rng: np.random.Generator, answers: Answers) -> dict[str, pd.Series]:
    """nps, csat, ces, the four aspects and the comment; some questions are skipped."""
    n = len(answers.rating)
    noise = rng.standard_normal((n, 8))
    perfect = answers.newcomer
    csat = np.where(perfect, 5, 1 + np.searchsorted(_CSAT_BOUNDS, answers.rating))
    nps = np.searchsorted(_NPS_BOUNDS, answers.rating + 0.45 * noise[:, 0])
    ces = 1 + np.searchsorted(_CES_BOUNDS, 0.8 * answers.felt[:, 1] + 0.7 * noise[:, 1])
    columns = {
        "nps": whole(np.where(perfect, 10, nps), _asked(rng, answers, 0.92)),
        "csat": whole(csat, _asked(rng, answers, 0.985)),
        "ces": whole(np.where(perfect, 7, ces), _asked(rng, answers, 0.8)),
    }
    aspects = {"attitude": 3, "ability": 2, "efficiency": 1, "content_quality": 0, "after_sales": 0}
    for place, (name, dimension) in enumerate(aspects.items()):
        latent = answers.felt[:, dimension] + 0.5 * noise[:, 2 + place]
        score = np.where(perfect, 5, 1 + np.searchsorted(_RATING_BOUNDS, latent))
        columns[name] = whole(score, _asked(rng, answers, 0.7))
    low = csat <= 3
    theme = np.where(low, answers.felt.argmin(axis=1), answers.felt.argmax(axis=1))
    written = answers.answered & chance(rng, COMMENTED, n)
    columns["comment"] = comments(rng, csat, theme, written)
    return columns


def _asked(rng: np.random.Generator, answers: Answers, share: float) -> Bools:
    """Answered surveys in which this question was not skipped."""
    return answers.answered & (chance(rng, share, len(answers.rating)) | answers.newcomer)


def _dimensions(
    rng: np.random.Generator,
    answers: Answers,
    survey_ids: "pd.Series[str]",
    clients: Clients,
    records: Records,
) -> pd.DataFrame:
    """Expectation and perception of the five dimensions for the longer surveys."""
    long = np.flatnonzero(answers.answered & chance(rng, DIMENSIONS_ASKED, len(answers.rating)))
    vip = clients.vip[records.customer[answers.record[long]]]
    demand = np.array([0.15, 0.2, 0.0, -0.05, -0.3]) + 0.4 * vip[:, None]
    shape = (len(long), len(DIMENSIONS))
    expectation = 1 + np.searchsorted(_EXPECTATION_BOUNDS, demand + rng.standard_normal(shape))
    perception = 1 + np.searchsorted(_RATING_BOUNDS, answers.felt[long])
    perception[answers.newcomer[long]] = 5
    known = ~chance(rng, 0.02, shape[0] * shape[1])
    return pd.DataFrame(
        {
            "survey_id": survey_ids.take(np.repeat(long, shape[1])).reset_index(drop=True),
            "dimension": pick(DIMENSIONS, np.tile(np.arange(shape[1]), shape[0])),
            "expectation": whole(expectation.ravel(), known),
            "perception": whole(perception.ravel(), np.ones(known.shape, dtype=np.bool_)),
        }
    )
