"""The categories of the demo company and how often each kind of record is about them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Category:
    """A category code with its labels, risk dimension, weights of L1, L2, L3 and median cost."""

    code: str
    zh: str
    en: str
    risk: str
    levels: tuple[float, float, float]
    cost: float


CATEGORIES: tuple[Category, ...] = (
    Category("leak", "渗漏水", "Leaks", "construction", (0.06, 0.92, 0.02), 420),
    Category(
        "decoration_delay", "装修延期", "Decoration delay", "construction", (0, 0.3, 0.7), 300
    ),
    Category(
        "material_procurement",
        "材料采购",
        "Material procurement",
        "construction",
        (0, 0.3, 0.7),
        380,
    ),
    Category("listing_info", "房源信息", "Listing information", "contract", (0, 0, 1), 40),
    Category("attitude", "服务态度", "Staff attitude", "service", (0, 0.15, 0.85), 30),
    Category("contract_terms", "合同条款", "Contract terms", "contract", (0, 0, 1), 90),
    Category("facilities", "配套设施", "Facilities", "facilities", (0.04, 0.84, 0.12), 260),
    Category("noise", "噪音扰民", "Noise", "service", (0, 0.5, 0.5), 50),
    Category("parking", "停车管理", "Parking", "facilities", (0, 0.55, 0.45), 60),
    Category("elevator", "电梯故障", "Lifts", "facilities", (0.9, 0.1, 0), 350),
    Category("water_power", "水电故障", "Water and power", "construction", (0.82, 0.18, 0), 160),
    Category("landscaping", "园林绿化", "Landscaping", "facilities", (0, 0.85, 0.15), 120),
    Category("cleaning", "环境保洁", "Cleaning", "service", (0, 0.85, 0.15), 45),
    Category("security", "安全秩序", "Security", "service", (0.6, 0.25, 0.15), 55),
)
CODES = tuple(category.code for category in CATEGORIES)

KINDS = ("consultation", "repair", "complaint", "follow_up", "visit", "value_added", "praise")
CONSULTATION, REPAIR, COMPLAINT, FOLLOW_UP, VISIT, VALUE_ADDED, PRAISE = range(len(KINDS))

Mix = Mapping[str, Mapping[str, float]]

OWNERS: Mix = {
    "consultation": {
        "parking": 3,
        "facilities": 4,
        "decoration_delay": 2,
        "contract_terms": 2,
        "water_power": 3,
        "security": 2,
        "cleaning": 1,
        "landscaping": 1,
    },
    "repair": {
        "leak": 6,
        "water_power": 9,
        "elevator": 4.5,
        "facilities": 6,
        "landscaping": 1.5,
        "cleaning": 2.5,
        "security": 1.5,
        "parking": 1,
    },
    "complaint": {
        "leak": 3.2,
        "decoration_delay": 1.6,
        "material_procurement": 1.1,
        "attitude": 2.3,
        "contract_terms": 1.1,
        "facilities": 2.5,
        "noise": 2.2,
        "parking": 1.6,
        "elevator": 1.6,
        "water_power": 1.5,
        "landscaping": 0.7,
        "cleaning": 1.5,
        "security": 1.1,
        "listing_info": 0.4,
    },
    "follow_up": {"leak": 3, "facilities": 3, "decoration_delay": 2, "water_power": 3},
    "visit": {"contract_terms": 1, "parking": 1.2, "facilities": 1},
    "value_added": {"cleaning": 3, "facilities": 2, "landscaping": 0.7, "water_power": 1.3},
    "praise": {"attitude": 2, "security": 0.8, "cleaning": 0.8, "landscaping": 0.4},
}
"""Weights for people who live there; together about 100."""

BUYERS: Mix = {
    "consultation": {"listing_info": 20, "contract_terms": 9, "facilities": 5, "parking": 2},
    "visit": {"listing_info": 17, "facilities": 3, "contract_terms": 3},
    "follow_up": {"contract_terms": 9, "listing_info": 10, "decoration_delay": 2},
    "complaint": {
        "listing_info": 4,
        "contract_terms": 4,
        "decoration_delay": 3,
        "attitude": 1.5,
        "material_procurement": 1.5,
    },
    "praise": {"attitude": 1.5},
}
"""Weights for people before their handover; together about 100."""


@dataclass(frozen=True)
class Reason:
    """Why somebody gets in touch: indexes of kind and category, before handover or after."""

    kind: int
    category: int
    buyer: bool
    weight: float


def _reasons(mix: Mix, buyer: bool) -> tuple[Reason, ...]:
    return tuple(
        Reason(KINDS.index(kind), CODES.index(code), buyer, weight)
        for kind, codes in mix.items()
        for code, weight in codes.items()
    )


REASONS = _reasons(OWNERS, False) + _reasons(BUYERS, True)


def category_table() -> pd.DataFrame:
    """The table ``category``."""
    return pd.DataFrame(
        {
            "category": CODES,
            "label_zh": [category.zh for category in CATEGORIES],
            "label_en": [category.en for category in CATEGORIES],
            "risk": [category.risk for category in CATEGORIES],
        },
        dtype="str",
    )
