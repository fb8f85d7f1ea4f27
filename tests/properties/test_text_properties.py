import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.numerals import to_digits
from knowledge.text import Segmenter, bare, clauses, grams_of, normal_lines, normalise

LINE_ENDS = "\n\r\x0b\x0c\x1c\x85\u2028\u2029\t"
EMOJI = "😷👍🏻‼️❤️👨‍👩‍👧🇨🇳1️⃣#️⃣*️⃣\ufe0f\u200d\U0001f3fb"
SCRIPTS = "АбвΩσςĞıİßﬀﬁﬃǅàêłżअनुкལྷ་སาعربىעבריתかガﾊﾟ゛゜한국어ⅣⅷＫ㎏㈱①⑩㍻½"
TYPED = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "核酸三十廿万一二两天桌个的吗？！，。（）【】[]（shí）()áōabcＡ１２ 　\u200b\u3000﹏﹖#@"
        ),
        st.sampled_from("臺灣裡麵乾淨眞囬査爲喫噁銹薴"),
        st.sampled_from(LINE_ENDS + EMOJI + SCRIPTS),
    ),
    max_size=60,
)
PIECES = st.lists(
    st.sampled_from(
        [
            "听说", "\n", "\r\n", "#疫情#", "[捂脸]", "https://a.cn/b?c=1 ", "扎實(shí)", "３天", "......",
            "！！！", "哈哈哈哈", "😷😷", "👨‍👩‍👧", "【", "】", "１．５", "ＡＢ c", " ", "38.5度", "咋", "能不能", "怎么办",
            "两千五百块", "廿四", "(ct值)", "“", "”", "…", "www.x.cn", "\u200b", "zero\u0301",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip
NUMBERS = st.text(alphabet=st.sampled_from("0123458:：∶,. \n点分半刻一三十比晚-~"), max_size=14)
ANY = st.one_of(TYPED, PIECES, NUMBERS)
WRITTEN = st.text(alphabet="核酸三天哈妳臺囉苧0123458点，。！？：；％、,.!?:;% abw", max_size=24) | st.lists(
    st.sampled_from(["www.", "8:30", "1，200", "3、4", "哈哈", "哈", "么", "么么哒", "a.b", "，", "。"])
).map("".join)
"""Mostly tidy."""


@given(ANY)
def test_the_normal_form_of_a_normal_form_is_itself(typed: str) -> None:
    once = normalise(typed)

    assert normalise(once) == once


@example(
    [
        "8点30",
        "8点30\n集合",
        "百",
        "姓",
        "十",
        "号",
        "周",
        "十号",
        "5\n",
        "°",
        "核(",
        "shí)",
        ",",
        "",
        "1,",
        "200",
    ]
)
@example(
    [
        "乾",
        "隆",
        "臺",
        "妳",
        "苧",
        "囉",
        "哈哈",
        "哈",
        "www.",
        "a",
        "http:",
        "//a",
        "\r",
        "\0",
        "\ud800",
        "Ａ",
        "\u0301",
    ]
)
@given(st.lists(ANY | WRITTEN, min_size=1, max_size=8))
def test_many_texts_at_once_are_read_as_each_by_itself(segmenter: Segmenter, texts: list[str]) -> None:
    normal = list(map(normalise, texts))

    assert normal_lines(texts).split("\n") == normal
    assert segmenter.canonical_all(texts) == list(map(segmenter.canonical, normal))


@example("核酸，")
@example("www.a")
@example("哈哈哈")
@example("臺")
@example("妳")
@given(WRITTEN)
def test_what_looks_tidy_has_the_normal_form_that_tidying_gives(typed: str) -> None:
    unseen = "\u200b"  # keeps a text off the short way

    assert normalise(typed) == normalise(f"{unseen}{typed}") == normalise(f"{typed}{unseen}")


@given(ANY)
def test_a_normal_form_has_no_control_characters_and_no_edges_of_space(typed: str) -> None:
    normal = normalise(typed)

    assert normal == normal.strip()
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "So"} for char in normal)
    assert not set(LINE_ENDS) & set(normal)


@given(ANY)
def test_digits_stay_digits(typed: str) -> None:
    once = to_digits(normalise(typed))

    assert to_digits(once) == once


@given(ANY)
def test_every_clause_is_a_piece_of_the_text_and_says_something(typed: str) -> None:
    normal = normalise(typed)

    assert all(clause in normal and bare(clause) for clause in clauses(normal))


@given(ANY)
def test_the_canonical_wording_is_letters_and_digits_without_spaces(segmenter: Segmenter, typed: str) -> None:
    canonical = segmenter.canonical(normalise(typed))

    assert bare(canonical) == canonical


@given(ANY)
def test_the_canonical_wording_of_a_normal_form_does_not_change_when_it_is_normalised_again(
    segmenter: Segmenter, typed: str
) -> None:
    once = segmenter.canonical(normalise(typed))

    assert segmenter.canonical(normalise(normalise(typed))) == once
    assert segmenter.read(typed).canonical == once
    assert segmenter.grams(typed) == grams_of(once)


@given(
    st.text(alphabet="核酸在哪里做养老院能不能进去隔离三天", max_size=20),
    st.sampled_from("，。！？\n 　\u200b😷"),
)
def test_marks_and_spaces_around_a_text_change_nothing_of_its_canonical_wording(
    segmenter: Segmenter, typed: str, mark: str
) -> None:
    plain = segmenter.read(typed)
    decorated = segmenter.read(f"{mark}{typed}{mark}")

    assert decorated.canonical == plain.canonical
    assert decorated.words == plain.words
    assert decorated.asking == plain.asking


@given(ANY)
@settings(deadline=None)
def test_words_of_a_reading_come_once_and_stand_in_its_topic(segmenter: Segmenter, typed: str) -> None:
    reading = segmenter.read(typed)

    assert len(set(reading.words)) == len(reading.words)
    assert all(word in reading.asking.topic for word in reading.words)
    assert all(segmenter.rarity(word) > 0 for word in reading.words)
