"""Case mix: satisfied customers observed ÷ expected of the kinds and levels that a person handles.

Indirect standardisation, as in the catalogue, “Case mix”.
"""

from dataclasses import dataclass

import pandas as pd

from dashboard.scorecard.scheme import Scheme


@dataclass(frozen=True)
class CaseMix:
    """Satisfied customers of a person, over surveys with a record: observed and expected, of n.

    ``ratio`` is ``None`` for fewer than the scheme's minimum n, or where nobody is expected to be
    satisfied.
    """

    n: int
    observed: int
    expected: float
    ratio: float | None


NO_CASES = CaseMix(0, 0, 0.0, None)


def case_mix(scheme: Scheme, cells: pd.DataFrame) -> dict[str, CaseMix]:
    """Person → case mix.

    ``cells`` [staff_id, kind, level, x, n] has the satisfied x of the n surveys of the whole
    selection, by person (null: nobody named), kind and level (null: none). The expected share of a
    cell with fewer than ``minimum_cell`` surveys is that of its kind, of such a kind that of all.
    """
    if cells.empty:
        return {}
    keyed = cells.assign(level=cells["level"].fillna(""))
    cell, kind = (
        keyed.groupby(keys)[["x", "n"]].transform("sum") for keys in (["kind", "level"], ["kind"])
    )
    share = cell["x"] / cell["n"]
    share = share.where(cell["n"] >= scheme.minimum_cell, kind["x"] / kind["n"])
    everything = keyed["x"].sum() / keyed["n"].sum()
    share = share.where(
        (cell["n"] >= scheme.minimum_cell) | (kind["n"] >= scheme.minimum_cell), everything
    )
    people = keyed.assign(expected=keyed["n"] * share).groupby("staff_id")
    sums = people[["n", "x", "expected"]].sum()
    return {
        str(person): CaseMix(
            int(n),
            int(x),
            float(expected),
            float(x / expected) if n >= scheme.minimum_n and expected > 0 else None,
        )
        for person, n, x, expected in sums.itertuples(name=None)
    }
