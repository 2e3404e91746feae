"""Both languages are complete, and numbers, dates and labels follow the reader's language."""

import json
import re
from datetime import date, datetime

import pytest

from dashboard.codes import CODES
from dashboard.errors import LoadError, Said
from dashboard.i18n import CATALOGUES, Translator, code_labels, translator
from dashboard.settings import LANGUAGES
from tests import catalogue
from tests.catalogue import Text

TRANSLATED = [language for language in LANGUAGES if language != "en"]
WANTED = catalogue.wanted(catalogue.sources())
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Names and signs that Chinese readers use as they are.
SAME_IN_CHINESE = {
    "APP",
    "CSAT",
    "CES",
    "NPS",
    "SERVQUAL",
    "PDF",
    "XLSX",
    "CSV",
    "VIP",
    "KB",
    "MB",
    "n",
}


def missing(wanted: dict[tuple[str, str], Text], language: str) -> list[str]:
    """Catalogue entries to add: texts that have no translation, or only a doubtful one."""
    known = catalogue.messages(language)
    return [
        text.entry()
        for key, text in wanted.items()
        if key not in known
        or known[key].fuzzy
        or not all(catalogue.translations(known[key]))
        or isinstance(known[key].id, str) == bool(text.plural)
    ]


@pytest.mark.parametrize("language", TRANSLATED)
class TestCatalogue:
    def test_every_text_is_translated(self, language: str) -> None:
        entries = missing(WANTED, language)
        assert not entries, "add to the catalogue:\n\n" + "\n\n".join(entries)

    def test_no_entry_is_orphaned(self, language: str) -> None:
        assert not catalogue.messages(language).keys() - WANTED.keys()

    def test_no_entry_stands_twice(self, language: str) -> None:
        text = (CATALOGUES / f"{language}.po").read_text(encoding="utf-8")
        assert len(re.findall(r"^msgid ", text, re.MULTILINE)) - 1 == len(
            catalogue.messages(language)
        )

    def test_placeholders_are_kept(self, language: str) -> None:
        different = [
            message.id
            for message in catalogue.messages(language).values()
            for translation in catalogue.translations(message)
            if catalogue.placeholders(translation)
            != catalogue.placeholders(message.id if isinstance(message.id, str) else message.id[1])
        ]
        assert not different


def test_chinese_texts_are_chinese() -> None:
    left = {
        word
        for message in catalogue.messages("zh_CN").values()
        for translation in catalogue.translations(message)
        if not CHINESE.search(bare := " ".join(catalogue.literals(translation)))
        for word in re.findall("[A-Za-z]+", bare)
    }
    assert left <= SAME_IN_CHINESE


def test_chinese_writes_the_per_cent_sign_without_a_blank() -> None:
    apart = [
        translation
        for message in catalogue.messages("zh_CN").values()
        for translation in catalogue.translations(message)
        if re.search(r"\s[%‰](?!z\b)", translation)
    ]
    assert apart == []


class TestFindingTexts:
    def test_planted_text_is_missing(self) -> None:
        planted = catalogue.texts_in('st.title(page.t("A text that nobody translated"))', "here.py")
        assert missing({text.key: text for text in planted}, "zh_CN") == [
            '#. here.py:1\nmsgid "A text that nobody translated"\nmsgstr ""'
        ]

    def test_planted_plural_of_a_singular_is_missing(self) -> None:
        planted = catalogue.texts_in('t.plural("None", "all", n)', "here.py")
        assert len(missing({text.key: text for text in planted}, "zh_CN")) == 1

    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            ('t("a", n=1)', [("a", "")]),
            ('self.t("a")', [("a", "")]),
            ('N_("a")', [("a", "")]),
            ('context.t("a" if many else "b")', [("a", ""), ("b", "")]),
            ('page.t.plural("one", "many", 3)', [("one", "many")]),
            ('t("a "\n  "b")', [("a b", "")]),
            ("t(metric.name)", []),
            ('LoadError("a", "b" if many else "c", n=n)', [("a", ""), ("b", ""), ("c", "")]),
            ('LoadError("a", cause=Said("b"))', [("a", ""), ("b", "")]),
            ('HINT = N_("b")\nLoadError("a", HINT)', [("b", ""), ("a", "")]),
            ('LoadError("a", mend.text)', [("a", "")]),
            ('ValueError(f"{n} is a defect")', []),
            ('other("a")', []),
        ],
    )
    def test_forms(self, source: str, texts: list[tuple[str, str]]) -> None:
        assert [(text.text, text.plural) for text in catalogue.texts_in(source)] == texts

    @pytest.mark.parametrize(
        "source",
        [
            't(f"{n} records")',
            't("a" + b)',
            't("%s" % n)',
            'Said(f"{n} records")',
            'LoadError(f"{n} records")',
            'LoadError("a", f"{n} records")',
            'LoadError("a" + b)',
            'LoadError("{} records".format(n))',
            'LoadError("a", HINT)',
        ],
    )
    def test_sentences_are_not_put_together(self, source: str) -> None:
        with pytest.raises(catalogue.UntranslatableError):
            list(catalogue.texts_in(source))

    @pytest.mark.parametrize(
        "source",
        ['LoadError("{n} of {m}", n=n)', 'LoadError("a", n=n)', 'Said("{n}")', 'Said("a", n=n)'],
    )
    def test_planted_value_is_missing(self, source: str) -> None:
        assert list(catalogue.unfilled_in(source))

    def test_errors_have_the_values_of_their_placeholders(self) -> None:
        modules = catalogue.sources()
        assert not [
            found
            for path in modules
            for found in catalogue.unfilled_in(path.read_text(encoding="utf-8"))
        ]


class TestErrors:
    error = LoadError(
        "{file}, line {line}: byte {byte} is not {encoding}.",
        'Save it as "CSV UTF-8" and load that.',
        file="a{b}.csv",
        line="1,000",
        byte="0xFF",
        encoding="UTF-8",
    )
    nested = LoadError(
        "{file} is damaged: {cause}.",
        "",
        file="a.zip",
        cause=Said("its content does not unpack"),
    )

    def test_english_is_what_the_code_says(self) -> None:
        told = translator("en").told(self.error)
        assert told == (self.error.message, self.error.hint)
        assert told[0] == "a{b}.csv, line 1,000: byte 0xFF is not UTF-8."

    def test_message_and_hint_are_translated(self) -> None:
        message, hint = translator("zh_CN").told(self.error)
        assert message == "a{b}.csv 第 1,000 行：字节 0xFF 不是有效的 UTF-8。"
        assert hint == "请另存为“CSV UTF-8”后再导入。"

    def test_what_is_said_within_is_translated(self) -> None:
        assert self.nested.message == "a.zip is damaged: its content does not unpack."
        assert translator("zh_CN").told(self.nested) == ("a.zip 已损坏：内容无法解压。", "")

    @pytest.mark.parametrize("each", [error, nested])
    def test_another_process_tells_it(self, each: LoadError) -> None:
        arrived = LoadError.from_json(json.loads(json.dumps(each.as_json())))
        assert (arrived.texts, str(arrived)) == (each.texts, str(each))
        assert translator("zh_CN").told(arrived) == translator("zh_CN").told(each)


class TestLabels:
    @pytest.mark.parametrize(
        ("code_set", "code", "chinese", "english"),
        [
            ("tier", "memorable", "难忘服务", "Memorable"),
            ("tier_delivered", "below", "未达基本", "Below basic"),
            ("dimension", "empathy", "同情心", "Empathy"),
            ("dimension", "assurance", "保证性", "Assurance"),
            ("kind", "consultation", "咨询", "Enquiry"),
            ("kind", "repair", "报修", "Repair"),
            ("remedy", "repair", "维修", "Repair"),
            ("stage", "handover", "交房", "Handover"),
            ("level", "L1", "一级响应", "Level 1"),
            ("reviewer", "peer", "同事", "Peer"),
            ("standard_state", "pilot", "试行中", "Pilot"),
            ("severity", "moderate", "一般", "Moderate"),
            ("risk", "facilities", "配套交付", "Facilities delivered"),
            ("phase", "act", "处理", "Act"),
            ("status", "closed", "已关闭", "Closed"),
        ],
    )
    def test_agreed(self, code_set: str, code: str, chinese: str, english: str) -> None:
        assert translator("zh_CN").label(code_set, code) == chinese
        assert translator("en").label(code_set, code) == english

    @pytest.mark.parametrize("code_set", CODES)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_labels_of_a_set_are_distinct(self, language: str, code_set: str) -> None:
        labels = [translator(language).label(code_set, code) for code in CODES[code_set]]
        assert len(set(labels)) == len(labels)

    def test_none_and_unknown(self) -> None:
        assert translator("zh_CN").label("kind", None) == "未填写"
        assert translator("en").label("kind", "") == "Not given"
        assert translator("en").label("kind", "unheard_of") == "unheard_of"

    def test_loads_accept_both_languages(self) -> None:
        assert code_labels("kind")["complaint"] == ("投诉", "Complaint")


class TestForms:
    zh = Translator("zh_CN")
    en = Translator("en")

    @pytest.mark.parametrize(
        ("value", "decimals", "text"),
        [
            (0, 0, "0"),
            (1234567, 0, "1,234,567"),
            (1234.56, 1, "1,234.6"),
            (2, 1, "2.0"),
            (-0.04, 1, "0.0"),
            (-3.25, 2, "−3.25"),
            (None, 1, "—"),
            (float("nan"), 0, "—"),
        ],
    )
    def test_number(self, value: float | None, decimals: int, text: str) -> None:
        assert self.zh.number(value, decimals) == text
        assert self.en.number(value, decimals) == text

    @pytest.mark.parametrize(
        ("value", "text"), [(3.14, "+3.1"), (-3.14, "−3.1"), (0.0, "±0.0"), (None, "—")]
    )
    def test_signed(self, value: float | None, text: str) -> None:
        assert self.en.signed(value, 1) == text

    def test_signed_change_that_rounds_to_nothing(self) -> None:
        assert self.en.signed(0.04, 1) == self.en.signed(-0.04, 1) == "±0.0"

    @pytest.mark.parametrize(
        ("value", "chinese", "english"),
        [
            (0.26, "0.3 小时", "0.3 h"),
            (71.9, "71.9 小时", "71.9 h"),
            (72, "3.0 天", "3.0 d"),
            (None, "—", "—"),
        ],
    )
    def test_hours(self, value: float | None, chinese: str, english: str) -> None:
        assert self.zh.hours(value) == chinese
        assert self.en.hours(value) == english

    def test_placeholders_are_filled_after_translation(self) -> None:
        assert self.zh("{value} h", value=5) == "5 小时"
        assert self.en("{value} h", value=5) == "5 h"

    def test_unknown_text_stays_english(self) -> None:
        assert self.zh("nobody translated this") == "nobody translated this"

    def test_braces_in_values_are_not_placeholders(self) -> None:
        assert self.en("{value} h", value="{value}") == "{value} h"

    def test_plural(self) -> None:
        assert self.en.plural("{n} cat", "{n} cats", 1) == "1 cat"
        assert self.en.plural("{n} cat", "{n} cats", 1234) == "1,234 cats"
        assert self.en.plural("{n} cat in {place}", "{n} cats in {place}", 2, place="a box") == (
            "2 cats in a box"
        )

    def test_dates(self) -> None:
        assert self.zh.day(date(2025, 3, 9)) == "2025年3月9日"
        assert self.en.day(date(2025, 3, 9)) == "Mar 9, 2025"
        assert self.zh.time(datetime(2025, 3, 9, 7, 5)) == "2025-03-09 07:05"
        assert self.zh.month(date(2025, 3, 9)) == "25年3月"
        assert self.en.month(date(2025, 3, 9)) == "Mar 25"

    @pytest.mark.parametrize(
        ("months", "named"),
        [
            (0, {}),
            (1, {0: "Nov\n2025"}),
            (3, {0: "Nov\n2025", 1: "Dec", 2: "Jan\n2026"}),
            (12, {1: "Dec\n2025", 3: "Feb\n2026", 5: "Apr", 7: "Jun", 9: "Aug", 11: "Oct"}),
            (25, {0: "Nov\n2025", 6: "May\n2026", 12: "Nov", 18: "May\n2027", 24: "Nov"}),
        ],
    )
    def test_an_axis_over_months_names_some_of_them_and_the_last(
        self, months: int, named: dict[int, str]
    ) -> None:
        days = [date(2025 + (10 + each) // 12, (10 + each) % 12 + 1, 1) for each in range(months)]
        assert self.en.time_ticks(days) == named

    def test_an_axis_over_time_is_in_the_language(self) -> None:
        assert self.zh.time_ticks([date(2025, 3, 9)]) == {0: "3月\n2025"}
        assert self.zh.time_ticks([date(2025, 3, 9)], "MMMd") == {0: "3月9日\n2025"}

    def test_weekdays_start_on_monday(self) -> None:
        assert self.zh.weekdays() == ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
        assert self.en.weekdays()[0] == "Mon"

    def test_sentences_follow_each_other(self) -> None:
        assert self.en.text("One.", "", "Two.") == "One. Two."
        assert self.zh.text("一。", "", "二。") == "一。二。"

    def test_enumeration(self) -> None:
        assert self.en.enumeration(["A"]) == "A"
        assert self.en.enumeration(["A", "B", "C"]) == "A, B, and C"
        assert self.zh.enumeration(["甲", "乙", "丙"]) == "甲、乙和丙"
