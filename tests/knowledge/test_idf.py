import pytest

from knowledge.idf import Idf


def test_what_an_ngram_weighs_is_asked_for_once() -> None:
    asked: list[str] = []

    def weigh(gram: str) -> float:
        asked.append(gram)
        return float(len(gram))

    idf = Idf(weigh)

    assert idf["核酸"] == idf["核酸"] == 2
    assert idf.mass(("核酸", "核")) == 3
    assert asked == ["核酸", "核"]


def test_a_text_weighs_what_its_ngrams_weigh_together() -> None:
    idf = Idf({"a": 3.0, "b": 1.0, "c": 4.0}.__getitem__)

    assert idf.mass("abc") == 8
    assert idf.squares("abc") == 26
    assert idf.whole(frozenset("ab")) == idf.whole(frozenset("ba")) == (4, pytest.approx(10))
    assert idf.whole(frozenset()) == (0, 0)
