"""What residents wrote teaches, but its n-grams never stand in a model's file."""

from dataclasses import replace

import numpy as np
import pytest

from bot.learning.course import fit, naming_only
from bot.learning.held_back import is_held_back, is_taught
from bot.learning.material import MOST_LISTED, Material, Seed
from knowledge.intent import Intent
from knowledge.labelled import LabelledLine, LabelledMessage
from knowledge.models import RUMOUR, Models
from knowledge.text import Segmenter
from tests.bot.learning.lessons import few_lessons
from tests.knowledge.shelves import ARTICLES, CLAIMS

SECRET = "鱻麤龘"
"""Characters that stand in nothing that is published."""
LESSONS = few_lessons()
SEED = Seed(LESSONS, ARTICLES, CLAIMS)
DECIDED = tuple(
    LabelledMessage(f"{where}{SECRET}传播，快跑{number}", frozenset({"liquor"}), rumour=True)
    for number, where in enumerate("东西南北上下左右前后")
)


@pytest.fixture(scope="module")
def plain(packaged: Models, segmenter: Segmenter) -> Models:
    return fit(Material(SEED), packaged=packaged, segmenter=segmenter)


@pytest.fixture(scope="module")
def taught(packaged: Models, segmenter: Segmenter) -> Models:
    return fit(Material(SEED, decided=DECIDED), packaged=packaged, segmenter=segmenter)


def test_a_decision_of_staff_changes_what_is_thought_of_such_a_message(
    plain: Models, taught: Models, segmenter: Segmenter
) -> None:
    before, after = (
        models.flag.probabilities("听说要传播了，快跑", segmenter=segmenter)[RUMOUR]
        for models in (plain, taught)
    )
    assert after > before


def test_no_word_that_only_residents_wrote_stands_in_a_file(taught: Models) -> None:
    written = "".join(
        str(array)
        for arrays in taught.to_arrays().values()
        for array in arrays.values()
        if array.dtype.kind == "U"
    )
    named = {gram for model in (taught.flag, taught.routing) for gram in model.grams}
    assert named
    assert not any(set(SECRET) & set(gram) for gram in named)
    assert not set(SECRET) & set(written)


def test_words_of_published_claims_do(taught: Models) -> None:
    assert "白酒" in taught.flag.grams


def test_a_model_without_some_columns_says_the_same_where_they_do_not_occur(
    plain: Models, segmenter: Segmenter
) -> None:
    kept = frozenset(plain.flag.grams) - {"酒"}

    fewer = naming_only(kept, plain.flag)

    assert set(fewer.grams) == kept
    assert fewer.idf.shape == (len(kept),)
    assert fewer.gram_weights.shape == (2, len(kept))
    before, after = (
        model.probabilities("明天封城", segmenter=segmenter)[RUMOUR] for model in (plain.flag, fewer)
    )
    assert np.isclose(before, after)


def test_the_judges_stay_the_packaged_ones_without_a_list_to_calibrate_on(
    taught: Models, packaged: Models
) -> None:
    assert taught.answers is packaged.answers
    assert taught.claims is packaged.claims


def test_one_text_in_five_is_held_back_however_it_is_punctuated() -> None:
    texts = [f"第{number}条消息" for number in range(1000)]

    assert 150 < sum(map(is_held_back, texts)) < 250
    assert all(is_held_back(text) == is_held_back(f"【{text}】！！") for text in texts)
    assert all(is_held_back(text) != is_taught(text) for text in texts)


def test_what_is_held_back_teaches_nothing(packaged: Models, segmenter: Segmenter, plain: Models) -> None:
    held = tuple(one for one in (_message(number) for number in range(60)) if is_held_back(one.text))
    assert held

    same = fit(Material(SEED, decided=held), packaged=packaged, segmenter=segmenter)

    assert np.array_equal(same.flag.gram_weights, plain.flag.gram_weights)


def _message(number: int) -> LabelledMessage:
    return LabelledMessage(f"核酸还做吗{number}", frozenset(), rumour=True)


def test_there_is_no_news_in_what_comes_with_the_program() -> None:
    assert not Material(SEED, ARTICLES, CLAIMS).has_news
    assert Material(SEED, decided=DECIDED).has_news


def test_what_nobody_has_judged_teaches_nothing_and_is_not_counted() -> None:
    open_message, open_line = LabelledMessage("明天有雨吗", None, None), LabelledLine("你好", None)
    judged = Material(SEED, decided=DECIDED, lines=(LabelledLine("在吗", Intent.CHAT),))

    nothing = Material(SEED, decided=(open_message,), lines=(open_line,))
    among_others = Material(SEED, decided=(open_message, *judged.decided), lines=(*judged.lines, open_line))

    assert (nothing.has_news, nothing.key) == (False, Material(SEED).key)
    assert (among_others.key, among_others.counts) == (judged.key, judged.counts)


def test_the_key_follows_the_decisions() -> None:
    assert Material(SEED).key == Material(SEED).key != Material(SEED, decided=DECIDED).key


def test_a_long_list_does_not_drown_the_lessons() -> None:
    claims = tuple(replace(CLAIMS[0], id=f"c{number}") for number in range(500))

    taught = Material(SEED, claims=claims).taught_claims

    assert set(CLAIMS) <= set(taught)
    assert len(taught) == len(CLAIMS) + MOST_LISTED
    assert Material(SEED, claims=claims[::-1]).taught_claims == taught
