import gc
import weakref

import numpy as np
import pytest

from knowledge.idf import Idf, Scales
from knowledge.terms import Terms
from tests.knowledge.hash_seeds import printed_under_every_seed

UNSEEN = 9.0


def weights() -> Idf:
    return Idf(Terms(("a", "b", "c")), np.asarray((3.0, 1.0, UNSEEN)))


def test_an_ngram_weighs_what_the_index_says() -> None:
    idf = weights()

    assert (idf["a"], idf["b"]) == (3, 1)
    assert dict(idf) == {"a": 3, "b": 1}


def test_one_that_nothing_holds_or_that_is_younger_than_the_index_weighs_most_and_is_not_kept() -> None:
    idf = weights()

    assert idf["x"] == idf["c"] == idf.unseen == UNSEEN
    assert dict(idf) == {}


def test_a_text_weighs_what_its_ngrams_weigh_together() -> None:
    scales = Scales(Idf(Terms("abc"), np.asarray((3.0, 1.0, 4.0, UNSEEN))))

    assert scales.mass("abc") == 8
    assert scales.both("abc") == (8, 26)
    assert scales.whole(frozenset("ab")) == scales.whole(frozenset("ba")) == (4, 10)
    assert scales.known(frozenset("ab")) == scales.known(frozenset("ba")) == (4, 10)
    assert scales.whole(frozenset()) == scales.known(frozenset()) == (0, 0)


def test_what_a_known_text_weighs_is_kept_and_what_a_message_weighs_is_not() -> None:
    idf = weights()
    text, message = frozenset("a"), frozenset("b")

    assert Scales(idf).known(text) is Scales(idf).known(text)
    assert Scales(idf).whole(message) is not Scales(idf).whole(message)


def test_no_more_texts_are_kept_than_there_is_room_for_and_the_rest_weigh_as_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("knowledge.idf.REMEMBERED", 1)
    idf = weights()
    first, second = frozenset("a"), frozenset("b")

    assert idf.of_known(first) is idf.of_known(first)
    assert idf.of_known(second) == idf.of_known(second) == idf.both(second)
    assert idf.of_known(second) is not idf.of_known(second)


def test_what_an_index_no_longer_used_has_kept_goes_with_it() -> None:
    idf = weights()
    idf.of_known(frozenset("a"))
    gone = weakref.ref(idf)

    gc.disable()
    try:
        del idf
        assert gone() is None
    finally:
        gc.enable()


def test_a_message_is_judged_alike_in_every_process() -> None:
    """Sets have another order under every hash seed; sums and searches must not notice."""
    program = """
from datetime import date
from knowledge.claim import Claim, Verdict
from knowledge.claim_seeds import sample_claims
from knowledge.library import Library
from knowledge.rumours import check_rumour
from knowledge.seeds import sample_articles
from knowledge.answering import find_answer
day = date(2022, 7, 14)
names = "通渭县 陇西县 渭源县 临洮县 岷县 兰州 西安 天水 平凉 庆阳 白银 武威 张掖 板蓝根 连花清瘟".split()
named = [
    Claim(f"named-{first}", "、".join(names[first : first + 6]) + "的口罩都卖断货了", Verdict.FALSE, "")
    for first in range(len(names) - 5)
]
library = Library.build(sample_articles(day=day), (*sample_claims(day=day), *named))
for said in (
    "听说喝茶能杀病毒，还说明天全市封路，是真的吗",
    "娃娃在外地上学咋回来，要做几次核酸",
    *(f"听说{one}、{other}的口罩卖断货了" for one, other in zip(names, names[1:])),
):
    for one in check_rumour(said, library=library, area_path=(), day=day).matches:
        print(one.claim.id, repr(one.score))
    for one in find_answer(said, library=library, area_path=(), day=day).candidates:
        print(one.article.id, repr(one.score))
"""
    printed = printed_under_every_seed(program)
    assert len(printed) == 1
    assert printed.pop().count("\n") > 10
