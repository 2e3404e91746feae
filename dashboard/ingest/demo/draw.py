"""Drawing and typing of arrays: everything random comes from a stream made here."""

from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Streams:
    """Independent random streams, one per named part, from one seed and one end date."""

    def __init__(self, seed: int, end: date) -> None:
        self._entropy = [seed, end.toordinal()]

    def __getitem__(self, part: str) -> np.random.Generator:
        return np.random.default_rng([*self._entropy, crc32(part.encode())])


def weighted(rng: np.random.Generator, weights: Sequence[float] | Floats, n: int) -> Ints:
    """n indexes drawn with the given weights."""
    cumulated = np.cumsum(np.asarray(weights, dtype=np.float64))
    drawn: Ints = np.searchsorted(cumulated, rng.random(n) * cumulated[-1], side="right")
    return drawn


def weighted_rows(rng: np.random.Generator, weights: Floats, row: Ints) -> Ints:
    """One index for each entry of row, drawn with the weights of that row of the matrix."""
    cumulated = np.cumsum(weights, axis=1)
    cumulated /= cumulated[:, -1:]
    u = rng.random(len(row))
    drawn = np.zeros(len(row), dtype=np.int64)
    for column in range(weights.shape[1] - 1):
        drawn += u >= cumulated[row, column]
    return drawn


def lognormal(rng: np.random.Generator, median: float | Floats, sigma: float, n: int) -> Floats:
    """n log-normal values with the given median and the standard deviation of their logarithm."""
    return np.asarray(median * np.exp(sigma * rng.standard_normal(n)), dtype=np.float64)


def chance(rng: np.random.Generator, p: float | Floats, n: int) -> Bools:
    """n yes or no answers, yes with probability p."""
    return np.asarray(rng.random(n) < p, dtype=np.bool_)


def ids(prefix: str, n: int, width: int) -> "pd.Series[str]":
    """Ids prefix + running number from 1, at least ``width`` digits."""
    numbers = pd.Series(np.arange(1, n + 1)).astype("str").str.zfill(width)
    return prefix + numbers


def pick(labels: "Sequence[str] | pd.Series[str]", index: Ints) -> "pd.Series[str]":
    """The label at each index as a text column; null where the index is negative."""
    array = pd.Series(labels, dtype="str").array
    return pd.Series(array.take(index, allow_fill=True), dtype="str")


def whole(values: Ints, known: Bools) -> "pd.Series[int]":
    """A nullable column of small whole numbers, null where not known."""
    numbers = np.where(known, values, 0).astype(np.int32)
    return pd.Series(pd.arrays.IntegerArray(numbers, ~known))


def flags(values: Bools, known: Bools) -> "pd.Series[bool]":
    """A nullable column of yes or no, null where not known."""
    return pd.Series(pd.arrays.BooleanArray(values & known, ~known))


def money(values: Floats) -> "pd.Series[float]":
    """Yuan with two decimals."""
    return pd.Series(np.round(values, 2))
