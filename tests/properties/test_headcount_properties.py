"""Whatever is sent: a reading, never an exception. Whatever count is composed: read back exactly."""

from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from bot.households.fields import Field, read_fields
from bot.households.headcount import Headcount, Reading, ReadingKind
from bot.households.reading import read_headcount
from bot.households.register import Source
from bot.households.script import plain
from bot.households.tally import Tally, read_tally

DIGITS = "零一二三四五六七八九"
LIKELY = st.text(
    "我家里屋五口个人俩仨两三十廿0123456789９,，。、（）？ 在外地打工都没老娃大小共总不是错-~到几来岁户",
    max_size=40,
)
ANYTHING = st.one_of(st.text(max_size=120), LIKELY)
TRADITIONAL = OpenCC("s2t")
TEMPLATES = st.sampled_from(
    [
        "我家{total}口人，{away}个在外地，娃娃{children}个",
        "屋里{total}个人，外出{away}人，小孩{children}人",
        "一共{total}口，外头打工的{away}个，{children}个碎娃",
        "总人数:{total} 外出:{away} 儿童:{children}",
        "共{total}人（外出{away}人，其中儿童{children}人）",
        "{total}口人，在家{present}，外出{away}，小孩{children}",
        "外出{away}个，在家{present}个，一共{total}个，孩子{children}个",
    ]
)


@st.composite
def households(draw: st.DrawFn) -> tuple[int, int, int]:
    total = draw(st.integers(1, 30))
    return total, draw(st.integers(0, total)), draw(st.integers(0, total))


def in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def composed(household: tuple[int, int, int], template: str, *, digits: bool) -> tuple[str, Headcount]:
    total, away, children = household
    write = str if digits else in_characters
    text = template.format(
        total=write(total), away=write(away), present=write(total - away), children=write(children)
    )
    return text, Headcount(total=total, present=total - away, away=away, children=children)


@given(ANYTHING)
def test_any_text_gets_a_reading_whose_figures_hold_together(text: str):
    reading = read_headcount(text)
    assert (reading.headcount is not None) == (reading.kind is ReadingKind.COUNT)
    if reading.kind is ReadingKind.CONFLICT:
        assert reading.doubts
    if reading.headcount and None not in (reading.headcount.total, reading.headcount.present):
        assert (reading.headcount.present or 0) + (reading.headcount.away or 0) == reading.headcount.total


@given(ANYTHING, st.lists(st.sampled_from(Field), min_size=1, max_size=5, unique=True))
def test_any_text_is_an_acceptable_reply_to_a_question(text: str, asked: list[Field]):
    assert isinstance(read_fields(text, asked), Reading)


@given(household=households(), template=TEMPLATES, digits=st.booleans())
def test_a_composed_count_reads_back_exactly(household: tuple[int, int, int], template: str, *, digits: bool):
    text, headcount = composed(household, template, digits=digits)
    reading = read_headcount(text)
    assert (reading.kind, reading.headcount) == (ReadingKind.COUNT, headcount)


@given(household=households(), template=TEMPLATES, digits=st.booleans())
def test_width_and_traditional_characters_change_nothing(
    household: tuple[int, int, int], template: str, *, digits: bool
):
    text, _ = composed(household, template, digits=digits)
    assert read_headcount(full_width(text)) == read_headcount(text)
    assert read_headcount(TRADITIONAL.convert(text)) == read_headcount(text)


@given(LIKELY)
def test_a_text_made_plain_once_is_read_the_same(text: str):
    assert read_headcount(plain(text)) == read_headcount(text)


@given(
    households=st.integers(1, 999), people=st.integers(1, 999), missing=st.integers(0, 99), wide=st.booleans()
)
def test_a_tally_line_reads_back_exactly(households: int, people: int, missing: int, *, wide: bool):
    line = f"李家沟 {households}户 {people}人 缺{missing}户"
    assert read_tally(full_width(line) if wide else line) == Tally("李家沟", households, people, missing)


@given(LIKELY)
def test_nothing_is_both_a_households_count_and_a_tally(text: str):
    assert read_tally(text) is None or read_headcount(text).kind is not ReadingKind.COUNT


def test_sources_and_fields_fit_their_columns():
    assert max(map(len, Source)) <= 8
    assert {field.value for field in Field} == set(Headcount.__dataclass_fields__)
