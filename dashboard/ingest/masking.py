"""Masking of phone and identity numbers in free text, on the way in.

Only digit runs of a phone's or an identity number's own shape are touched; other numbers, such as
order numbers, amounts and dates, stay as they are. Full-width digits count as digits. RE2 has no
look-around, so a pattern takes the neighbours along and puts them back, and is applied twice:
where two numbers share one separator the first pass leaves the second number.
"""

from duckdb import Expression, fn

_D = "[0-9０-９]"
_BEFORE = r"(^|[^0-9０-９.]|(?:^|[^0-9０-９])[.])"
_AFTER = r"($|[^0-9０-９.]|[.](?:$|[^0-9０-９]))"
_GAP = "[- －]?"

_IDENTITY = (
    f"([1-9１-９]{_D}{{2}}){_D}{{3}}{_GAP}"  # region
    f"(?:[1１][89８９]|[2２][0０]){_D}{{2}}"  # year of birth
    f"(?:[0０][1-9１-９]|[1１][0-2０-２])(?:[0-2０-２]{_D}|[3３][01０１]){_GAP}"  # month, day
    f"({_D}{{3}}[0-9０-９XxＸｘ])"
)
_COUNTRY = f"((?:[+＋]?[8８][6６]|[0０][0０][8８][6６]){_GAP})?"
_MOBILE = f"{_COUNTRY}([1１][3-9３-９]{_D}){_GAP}{_D}{{4}}{_GAP}({_D}{{4}})"
_AREA = f"[0０](?:[1１][0０]|[2２]{_D}|[3-9３-９]{_D}{{2}})"
_LANDLINE = f"([(（]?{_AREA}[)）]?[- －]?)[2-9２-９]{_D}{{2,3}}{_GAP}({_D}{{4}})"

_MASKS = (
    (_BEFORE + _IDENTITY + _AFTER, r"\1\2***********\3\4"),
    (_BEFORE + _MOBILE + _AFTER, r"\1\2\3****\4\5"),
    (_BEFORE + _LANDLINE + _AFTER, r"\1\2****\3\4"),
)


def masked(given: Expression) -> Expression:
    """The text with mobile numbers as 138****5678, landlines as 021-****5678 and identity numbers
    as 110***********1234."""
    for pattern, replacement in _MASKS * 2:
        given = fn("regexp_replace", given, pattern, replacement, "g")
    return given
