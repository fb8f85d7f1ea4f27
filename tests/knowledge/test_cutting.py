import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.cutting import Cutter
from knowledge.text import Segmenter

WRITTEN = "核酸检测哪里做封控小区物资配送明天定西临洮县的了是吗我们孙女彩礼饃咥abc3.5%+-_&# ，。？！、"


@pytest.fixture(scope="module")
def cutter(segmenter: Segmenter) -> Cutter:
    return segmenter.cutter


@pytest.fixture(scope="module")
def theirs(cutter: Cutter) -> jieba.Tokenizer:
    """jieba itself with our dictionary."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(cutter.frequencies), cutter.total, True
    return tokenizer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("核酸检测在哪里做", ["核酸检测", "在", "哪里", "做"]),
        ("封控 物资", ["封控", " ", "物资"]),
        ("39度5", ["39", "度", "5"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words_and_what_stands_between_them(
    cutter: Cutter, text: str, words: list[str]
) -> None:
    assert list(cutter.cut(text)) == words


@given(text=st.text(WRITTEN, max_size=60) | st.text(st.characters(exclude_characters="\r"), max_size=30))
def test_every_text_is_cut_as_jieba_cuts_it(cutter: Cutter, theirs: jieba.Tokenizer, text: str) -> None:
    assert list(cutter.cut(text)) == list(theirs.cut(text))


def test_the_dictionary_is_read_as_jieba_reads_it(segmenter: Segmenter, cutter: Cutter) -> None:
    with jieba.Tokenizer().get_dict_file() as file:
        theirs, _ = jieba.Tokenizer().gen_pfdict(file)
    ours = {*segmenter.vocabulary.words, *segmenter.vocabulary.canonical_forms}

    assert len(theirs) > 400_000
    assert all(
        cutter.frequencies[word] == frequency for word, frequency in theirs.items() if word not in ours
    )


def test_all_our_own_words_are_cut_as_jieba_cuts_them(
    segmenter: Segmenter, cutter: Cutter, theirs: jieba.Tokenizer
) -> None:
    line = "".join(segmenter.vocabulary.words)

    assert list(cutter.cut(line)) == list(theirs.cut(line))
