"""Names of columns as they are compared, and the blanks that surround texts."""

BLANKS = " \t\r\n\u00a0\u3000\ufeff\u200b"
"""Characters that are cut off at both ends of every text."""

QUARANTINE_ID = "quarantine_id"
"""The column by which the rows of a download of refused rows are known again."""


def normal(name: str) -> str:
    """A name as names are compared: blanks around it aside, in any letter case."""
    return name.strip(BLANKS).lower()
