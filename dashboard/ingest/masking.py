"""Masking of phone and identity numbers in free text, on the way in.

Only digit runs of a phone's or an identity number's own shape are touched; other numbers, such as
order numbers, amounts and dates, stay as they are. Full-width digits count as digits. RE2 has no
look-around, so a pattern takes the neighbours along and puts them back, and is applied twice:
where two numbers share one separator the first pass leaves the second number.

What a shape cannot tell: service numbers (400-…, 800-…), foreign numbers and landlines without an
area code are not masked, nor is a number that other digits touch. Three figures that stand like the
groups of a mobile number (150 1200 1300), a decimal of eleven places such as 3.13812345678 and an
order number of 15 digits that has a province and a day of birth in the right places are masked.
"""

from duckdb import Expression, fn, when

_D = "[0-9０-９]"
_BEFORE = r"(^|[^0-9０-９.]|(?:^|[^0-9０-９])[.])"
_AFTER = r"($|[^0-9０-９.]|[.](?:$|[^0-9０-９]))"
_AFTER_LIST_NUMBER = rf"(?:^|[^0-9０-９.])[1-9１-９]{_D}?[.]"
_BEFORE_PHONE = f"{_BEFORE[:-1]}|{_AFTER_LIST_NUMBER})"
_GAP = "[- －]?"
_BLANK = r" \t\x{00a0}\x{2002}-\x{200b}\x{202f}\x{3000}"
_MARK = r"[-.／/．－\x{2010}-\x{2015}\x{2212}]"
_LINE_GAP = f"[{_BLANK}]{{0,2}}{_MARK}?[{_BLANK}]{{0,2}}"
_WIDE_GAP = rf"[{_BLANK}\r\n]{{0,2}}{_MARK}?[{_BLANK}\r\n]{{0,2}}"

_IDENTITY = (
    f"([1-9１-９]{_D}{{2}}){_D}{{3}}{_GAP}"  # region
    f"(?:[1１][89８９]|[2２][0０]){_D}{{2}}"  # year of birth
    f"(?:[0０][1-9１-９]|[1１][0-2０-２])(?:[0-2０-２]{_D}|[3３][01０１]){_GAP}"  # month, day
    f"({_D}{{3}}[0-9０-９XxＸｘ])"
)
_PROVINCE = (
    "(?:[1１][1-5１-５]|[2２][1-3１-３]|[3３][1-7１-７]|[4４][1-6１-６]"
    "|[5５][0-4０-４]|[6６][1-5１-５]|[7７][1１]|[8８][12１２])"
)
_OLD_IDENTITY = (
    f"({_PROVINCE}{_D}){_D}{{3}}{_D}{{2}}"  # region, year of birth
    f"(?:[0０][1-9１-９]|[1１][0-2０-２])"  # month
    f"(?:[0０][1-9１-９]|[12１２]{_D}|[3３][01０１])"  # day
    f"({_D}{{3}})"
)
_COUNTRY = f"((?:[+＋]?[8８][6６]|[0０][0０][8８][6６]){_WIDE_GAP})?"
_MOBILE = f"{_COUNTRY}([1１][3-9３-９]{_D}){_WIDE_GAP}{_D}{{4}}{_WIDE_GAP}({_D}{{4}})"
_AREA = f"[0０](?:[1１][0０]|[2２]{_D}|[3-9３-９]{_D}{{2}})"
_LANDLINE = f"([(（]?{_AREA}[)）]?{_LINE_GAP})[2-9２-９]{_D}{{2,3}}{_LINE_GAP}({_D}{{4}})"

_MASKS = (
    (_BEFORE + _IDENTITY + _AFTER, r"\1\2***********\3\4"),
    (_BEFORE + _OLD_IDENTITY + _AFTER, r"\1\2*********\3\4"),
    (_BEFORE_PHONE + _MOBILE + _AFTER, r"\1\2\3****\4\5"),
    (_BEFORE + _LANDLINE + _AFTER, r"\1\2****\3\4"),
)

_IN_EVERY = f"{_D}{{3}}"
"""Three digits in a row, which every number that is masked has, and few texts."""


def masked(given: Expression) -> Expression:
    """The text with mobile numbers as 138****5678, landlines as 021-****5678 and identity numbers
    as 110***********1234, old ones of 15 digits as 110*********123."""
    bare = given
    for pattern, replacement in _MASKS * 2:
        bare = fn("regexp_replace", bare, pattern, replacement, "g")
    return when(fn("regexp_matches", given, _IN_EVERY)).then(bare).otherwise(given)
