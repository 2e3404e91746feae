"""Tables and columns of the data contract in words, for those who load or enter data."""

from dashboard.i18n import Translator
from dashboard.ui.words import column_names


def table_names(t: Translator) -> dict[str, str]:
    """Table of the contract → its name, those that are loaded most first."""
    return {
        "service_record": t("Service records"),
        "survey": t("Surveys"),
        "survey_dimension": t("SERVQUAL ratings"),
        "project": t("Projects"),
        "staff": t("Staff"),
        "customer": t("Customers"),
        "category": t("Categories"),
        "review": t("360° reviews"),
        "training": t("Attended training"),
        "inspection": t("Inspections"),
        "standard": t("Standards"),
        "target": t("Targets"),
        "action": t("Improvement actions"),
        "contract": t("Contracts"),
        "record_step": t("Steps of records"),
        "handover_check": t("Checks at handover"),
        "event": t("Community events"),
        "skill": t("Skills"),
        "points": t("Service points"),
    }


def field_names(t: Translator, table: str) -> dict[str, str]:
    """Column of a table → its name, as one looks for it in an export."""
    return {**column_names(t), **_keys(t), **_described(t), **_more(t), **_own(t, table)}


def _keys(t: Translator) -> dict[str, str]:
    return {
        "record_id": t("Record number"),
        "project_id": t("Project (number or name)"),
        "customer_id": t("Customer number"),
        "staff_id": t("Staff number"),
        "survey_id": t("Survey number"),
        "review_id": t("Review number"),
        "training_id": t("Training number"),
        "inspection_id": t("Inspection number"),
        "standard_id": t("Standard number"),
        "action_id": t("Action number"),
        "contract_id": t("Contract number"),
        "check_id": t("Check number"),
        "event_id": t("Event number"),
        "entry_id": t("Entry number"),
        "owner_id": t("Staff number of the owner"),
        "scope_id": t("Region or project"),
        "step_no": t("Number of the step"),
    }


def _described(t: Translator) -> dict[str, str]:
    """Columns of projects, people and plans."""
    return {
        "project_name": t("Project name"),
        "city": t("City"),
        "property_type": t("Property type"),
        "households": t("Households"),
        "staff_name": t("Name"),
        "position": t("Position"),
        "grade": t("Staff grade"),
        "team": t("Staff team"),
        "hired_on": t("Hired"),
        "customer_name": t("Customer's name"),
        "phone": t("Telephone"),
        "label_zh": t("Chinese name"),
        "label_en": t("English name"),
        "version": t("Version"),
        "measure": t("What is measured"),
        "scope": t("Holds for"),
        "threshold": t("Threshold"),
        "unit": t("Unit"),
        "state": t("State"),
        "effective_from": t("In force from"),
        "effective_to": t("In force to"),
        "metric": t("Metric"),
        "scope_type": t("Holds for"),
        "month": t("Month"),
        "value": t("Target"),
    }


def _more(t: Translator) -> dict[str, str]:
    return {
        "investigated_at": t("Investigated"),
        "delay_notified_at": t("Delay announced"),
        "revenue": t("Revenue (yuan)"),
        "compensation": t("Compensation (yuan)"),
        "remedy": t("Remedy"),
        "handled_by": t("Handled by"),
        "detail": t("Description"),
        "reviewer": t("Reviewer"),
        "reviewed_on": t("Reviewed on"),
        "cause": t("Cause"),
        "opened_on": t("Opened on"),
        "closed_on": t("Closed on"),
        "signed_on": t("Signed on"),
        "amount": t("Amount (yuan)"),
        "step": t("Step"),
        "department": t("Department"),
        "done_at": t("Done"),
        "accepted": t("Was accepted"),
        "checked_on": t("Checked on"),
        "fixed_on": t("Fixed on"),
        "name": t("Name"),
        "invited": t("Invited"),
        "skill": t("Skill"),
        "certified": t("Is certified"),
        "assessed_on": t("Assessed on"),
        "earned_on": t("Earned on"),
        "points": t("Points"),
        "reason": t("Reason"),
    }


def _own(t: Translator, table: str) -> dict[str, str]:
    """Columns that another table calls the same and means otherwise."""
    return {
        "skill": {"level": t("Level, 0 to 5")},
        "event": {"name": t("Name of the event"), "attended": t("Number who came")},
        "standard": {"name": t("Name of the standard")},
        "category": {"category": t("Category code")},
        "training": {"score": t("Examination result")},
    }.get(table, {})
