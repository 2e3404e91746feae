"""Texts, numbers and dates in the reader's language.

English texts stand in the code; every other language is one catalogue,
``dashboard/locale/LANGUAGE.po``, read as it is (nothing has to be compiled). A language's forms of
numbers and dates come from the Unicode locale data in Babel.
"""

import gettext
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from math import isnan
from pathlib import Path

from babel import Locale, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dashboard.codes import CODES
from dashboard.errors import Said, Told
from dashboard.settings import LANGUAGES

CATALOGUES = Path(__file__).parent / "locale"
MISSING = "—"
DAYS_FROM_HOURS = 72
_STEPS = (1, 2, 3, 6, *(12 * years for years in range(1, 200)))
"""Every how many places an axis over months is named, from the densest."""


class Translator:
    """One language. Called with an English text, it gives the text in that language.

    Placeholders are named (``t("{n} records", n=5)``) and filled after translation, so that no
    sentence is put together from fragments.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = _catalogue(language)
        self._locale = Locale.parse(language)

    def __call__(self, text: str, /, **values: object) -> str:
        """The text in this language, its named placeholders filled with ``values``."""
        translated = self._catalogue.gettext(text)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The form that ``count`` asks for; ``{n}`` is filled with the formatted count."""
        form = self._catalogue.ngettext(one, many, count)
        return form.format(n=self.number(count), **values)

    def told(self, told: Told) -> tuple[str, str]:
        """Message and hint, of an error say; the hint is empty where there is none.

        What another process tells comes back by ``from_json``.
        """
        message, hint = (self._said(text, told.values) for text in told.texts)
        return message, hint

    def _said(self, text: str, values: Mapping[str, object]) -> str:
        translated = self._catalogue.gettext(text) if text else ""
        return translated.format(
            **{
                name: self._said(value.text, value.values) if isinstance(value, Said) else value
                for name, value in values.items()
            }
        )

    def text(self, *sentences: str) -> str:
        """Sentences one after the other, without empty ones; Chinese puts no blank between them."""
        between = "" if self._locale.language == "zh" else " "
        return between.join(each for each in sentences if each)

    def title(self, text: str) -> str:
        """The title of a page; a metric or column of the same English name may differ."""
        return self._catalogue.pgettext("page", text)

    def label(self, code_set: str, code: str | None) -> str:
        """The agreed label of a code; an unknown code stands for itself, none is “Not given”."""
        if code is None or code == "":
            return self("Not given")
        english = CODES[code_set].get(code)
        return self._catalogue.pgettext(code_set, english) if english else code

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number with grouped thousands and exactly ``decimals`` decimals."""
        if value is None or isnan(value):
            return MISSING
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        rounded = round(value, decimals) + 0.0  # no negative zero
        shown = str(numbers.format_decimal(rounded, format=pattern, locale=self._locale))
        return shown.replace("-", "−")

    def signed(self, value: float | None, decimals: int = 0) -> str:
        """A change: like ``number`` with an explicit sign, ± where it rounds to nothing."""
        if value is None or isnan(value):
            return MISSING
        rounded = round(value, decimals)
        sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
        return sign + self.number(abs(rounded), decimals)

    def hours(self, value: float | None) -> str:
        """A duration in hours: hours below 72, days from there on."""
        if value is None or isnan(value):
            return MISSING
        if abs(value) < DAYS_FROM_HOURS:
            return self("{value} h", value=self.number(value, 1))
        return self("{value} d", value=self.number(value / 24, 1))

    def day(self, value: date) -> str:
        """A date in the language's medium form."""
        return dates.format_date(value, "medium", locale=self._locale)

    def time(self, value: datetime) -> str:
        """A time to the minute, in the company's wall clock."""
        return f"{value:%Y-%m-%d %H:%M}"

    def month(self, value: date) -> str:
        """Month and year, as short as an axis needs."""
        return dates.format_date(value, self("MMM yy"), locale=self._locale)

    def month_named(self, value: date) -> str:
        """Month and year as a sentence has them."""
        return dates.format_date(value, self("MMMM y"), locale=self._locale)

    def time_ticks(
        self, days: Sequence[date], skeleton: str = "MMM", most: int = 6
    ) -> dict[int, str]:
        """Place on an axis over time → its name, of about ``most`` places; the last is among them.

        The year stands in a second line where it is first named. ``skeleton`` says in Unicode's
        letters what of a day is told: "MMM" the month, "MMMd" also the day.
        """
        step = next(each for each in _STEPS if each * most >= len(days))
        named: dict[int, str] = {}
        year = 0
        for place in range((len(days) - 1) % step, len(days), step):
            day = days[place]
            name = dates.format_skeleton(skeleton, day, locale=self._locale)
            named[place] = name if day.year == year else f"{name}\n{day.year}"
            year = day.year
        return named

    def weekdays(self) -> list[str]:
        """Short names of the weekdays, Monday first."""
        names = dates.get_day_names("abbreviated", locale=self._locale)
        return [names[index] for index in range(7)]

    def enumeration(self, parts: Iterable[str]) -> str:
        """A list in words: “A, B and C”."""
        return lists.format_list(list(parts), locale=self._locale)


@cache
def translator(language: str) -> Translator:
    """The translator of one of ``settings.LANGUAGES``."""
    return Translator(language)


@cache
def code_labels(code_set: str) -> dict[str, tuple[str, ...]]:
    """Code → its labels in every language: what a load accepts in place of the code."""
    return {
        code: tuple(translator(language).label(code_set, code) for language in LANGUAGES)
        for code in CODES[code_set]
    }


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    source = CATALOGUES / f"{language}.po"
    if not source.exists():
        return gettext.NullTranslations()
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return text
