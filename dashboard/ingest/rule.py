"""What a rule of the contract is to the loader: a condition over columns, and what to say of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from duckdb import Expression, col, fn, lit, when

TEXT = "text of "
"""Before a column's name: the column with its text as the mapping gave it, blank = null."""

NONE = lit(None).cast("VARCHAR")

_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Rule:
    """``broken`` says where ``column`` breaks the rule; ``says`` completes “column: …”.

    ``given`` is the text that breaks it, null where there is none.
    """

    column: str
    name: str
    broken: Expression
    says: Expression
    given: Expression = NONE


def text(column: str) -> Expression:
    """The source text of a contract column, null where blank."""
    return col(TEXT + column)


def quoted(column: str) -> Expression:
    """The source text as a reason shows it: in quotes, cut where it is long."""
    return sentence("'", fn("left", text(column), _LONGEST_QUOTE), "'")


def sentence(*parts: Expression | str) -> Expression:
    """Texts put together; a null part is left out."""
    return fn("concat", *parts)


def any_of(conditions: Sequence[Expression]) -> Expression:
    """True where at least one condition holds; a condition that is null does not."""
    found: Expression = lit(False)
    for condition in conditions:
        found = found | fn("ifnull", condition, False)
    return found


def problems(rules: Sequence[Rule]) -> Expression:
    """The broken rules of a row as ``[[column, rule, sentence, given], …]``, empty where all
    hold."""
    entries = [when(rule.broken).then(_entry(rule)).end() for rule in rules]
    given = fn("list_filter", fn("list_value", *entries), is_not_null())
    # Most rows break nothing: the sentences are formed only where a condition holds.
    return when(any_of([rule.broken for rule in rules])).then(given).otherwise(no_problems())


def _entry(rule: Rule) -> Expression:
    reason = sentence(lit(f"{rule.column}: "), rule.says)
    return fn("list_value", lit(rule.column), lit(rule.name), reason, rule.given)


def no_problems() -> Expression:
    """An empty list of problems."""
    return fn("list_value").cast("VARCHAR[][]")


def is_not_null() -> Expression:
    """The lambda that keeps the entries of a list that are not null."""
    return duckdb.LambdaExpression("entry", col("entry").is_not_null())
