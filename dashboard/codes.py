"""The codes of the data contract and their agreed English labels, in the agreed order.

The label of a code in another language is its translation in the catalogue under the code set as
context (``pgettext("tier", "Basic")``). Loads accept a code, or its label in any language.
"""

from collections.abc import Mapping
from types import MappingProxyType

CodeSet = Mapping[str, str]

_SETS: dict[str, dict[str, str]] = {
    "tier": {
        "basic": "Basic",
        "satisfying": "Satisfying",
        "exceeding": "Exceeding",
        "memorable": "Memorable",
    },
    "tier_delivered": {
        "below": "Below basic",
        "basic": "Basic",
        "satisfying": "Satisfying",
        "exceeding": "Exceeding",
        "memorable": "Memorable",
    },
    "dimension": {
        "reliability": "Reliability",
        "responsiveness": "Responsiveness",
        "assurance": "Assurance",
        "empathy": "Empathy",
        "tangibles": "Tangibles",
    },
    "kind": {
        "consultation": "Enquiry",
        "repair": "Repair",
        "complaint": "Complaint",
        "follow_up": "Follow-up",
        "visit": "Visit",
        "value_added": "Value-added",
        "praise": "Praise",
    },
    "stage": {
        "reception": "Reception",
        "information": "Information",
        "follow_up": "Sales follow-up",
        "contract": "Contract",
        "handover": "Handover",
        "after_sales": "After-sales",
    },
    "level": {"L1": "Level 1", "L2": "Level 2", "L3": "Level 3"},
    "channel": {
        "phone": "Phone",
        "face_to_face": "Face to face",
        "app": "App",
        "wechat": "WeChat",
        "email": "E-mail",
        "web": "Web",
        "other": "Other",
    },
    "status": {
        "open": "Open",
        "in_progress": "In progress",
        "resolved": "Resolved",
        "closed": "Closed",
        "cancelled": "Cancelled",
    },
    "risk": {
        "contract": "Contract terms",
        "construction": "Construction quality",
        "facilities": "Facilities delivered",
        "service": "Service response",
    },
    "remedy": {
        "apology": "Apology",
        "repair": "Repair",
        "compensation": "Compensation",
        "improvement": "Improvement",
        "other": "Other",
    },
    "handled_by": {"human": "Human", "ai": "AI"},
    "segment": {"potential": "Potential", "first_time": "First-time", "long_term": "Long-term"},
    "property_type": {
        "residential": "Residential",
        "office": "Office",
        "retail": "Retail",
        "mixed": "Mixed use",
    },
    "grade": {
        "frontline": "Frontline",
        "senior": "Senior",
        "specialist": "Specialist",
        "expert": "Expert",
    },
    "reviewer": {"manager": "Manager", "peer": "Peer", "self": "Self"},
    "inspection_phase": {
        "before": "Before service",
        "during": "During service",
        "after": "After service",
    },
    "severity": {"minor": "Minor", "moderate": "Moderate", "severe": "Severe"},
    "standard_state": {
        "draft": "Draft",
        "training": "Training",
        "pilot": "Pilot",
        "active": "Active",
        "retired": "Retired",
    },
    "target_scope": {"company": "Company", "region": "Region", "project": "Project"},
    "perspective": {
        "efficiency": "Efficiency",
        "quality": "Quality",
        "cost": "Cost",
        "value_add": "Value-add",
    },
    "rater": {"customer": "Customer", "manager": "Manager", "peer": "Peer", "self": "Self"},
    "complaint_step": {
        "accepted": "Accepted",
        "investigated": "Investigated",
        "handled": "Handled",
        "fed_back": "Fed back",
        "archived": "Archived",
    },
    "delay_grade": {
        "none": "None",
        "minor": "Minor",
        "moderate": "Moderate",
        "severe": "Severe",
    },
    "phase": {"plan": "Plan", "do": "Do", "check": "Check", "act": "Act"},
    "contract_kind": {
        "purchase": "Purchase",
        "repurchase": "Repurchase",
        "lease": "Lease",
        "service": "Service",
    },
}

CODES: Mapping[str, CodeSet] = MappingProxyType(
    {name: MappingProxyType(codes) for name, codes in _SETS.items()}
)
"""Code set → code → English label. The order of the codes is their order on every page."""
