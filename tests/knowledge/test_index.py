import random

import numpy as np
import pytest

from knowledge.index import K1, B, Entry, Index


def entry(owner: str, text: str) -> Entry:
    return Entry(owner, text, frozenset(text))


def found(index: Index, query: str) -> list[str]:
    return [hit.owner for hit in index.search(frozenset(query), limit=10)]


def test_the_text_that_shares_most_rare_terms_comes_first() -> None:
    index = Index.build([entry("a", "xyz"), entry("b", "xy"), entry("c", "q")])

    assert found(index, "xyz") == ["a", "b"]


def test_scores_are_those_of_the_bm25_formula() -> None:
    index = Index.build([entry("a", "xy"), entry("b", "yzw")])
    idf = np.log1p((2 - 1 + 0.5) / (1 + 0.5))

    (hit,) = index.search(frozenset("x"), limit=5)

    assert hit.score == pytest.approx(idf * (K1 + 1) / (1 + K1 * (1 - B + B * 2 / 2.5)))


def test_nothing_is_found_in_an_empty_index_or_for_unknown_terms() -> None:
    assert Index.build([]).search(frozenset("x"), limit=5) == ()
    assert found(Index.build([entry("a", "xy")]), "q") == []


def test_an_added_text_is_found_and_the_old_index_stays_as_it_was() -> None:
    old = Index.build([entry("a", "xy")])
    new = old.with_added([entry("b", "pq")])

    assert found(new, "pq") == ["b"]
    assert found(old, "pq") == []


def test_a_removed_text_is_not_found_and_the_old_index_stays_as_it_was() -> None:
    old = Index.build([entry("a", "xy"), entry("b", "xz")])
    new = old.without("a")

    assert found(new, "x") == ["b"]
    assert len(new) == 1
    assert found(old, "xy") == ["a", "b"]


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = Index.build([entry("a", "xy")])

    assert found(index.without("q"), "x") == ["a"]


def test_grown_and_shrunk_bit_by_bit_ranks_as_built_at_once() -> None:
    chance = random.Random(3)  # noqa: S311 - repeatable test data
    texts = {f"o{n}": "".join(chance.choices("abcdefghijkl", k=chance.randint(2, 9))) for n in range(120)}
    grown = Index.build([])
    for owner, text in texts.items():
        grown = grown.with_added([entry(owner, text)])
    gone = set(chance.sample(sorted(texts), 70))
    for owner in gone:
        grown = grown.without(owner)
    for owner in sorted(gone)[:20]:
        grown = grown.with_added([entry(owner, texts[owner])])
        gone.discard(owner)

    rebuilt = Index.build([entry(owner, text) for owner, text in texts.items() if owner not in gone])

    assert len(grown) == len(rebuilt)
    for query in ("abc", "defg", "jkl", "a"):
        ours = {hit.owner: hit.score for hit in grown.search(frozenset(query), limit=200)}
        theirs = {hit.owner: hit.score for hit in rebuilt.search(frozenset(query), limit=200)}
        assert ours == pytest.approx(theirs)


def test_segments_are_merged_so_that_their_number_stays_small() -> None:
    index = Index.build([])
    for number in range(300):
        index = index.with_added([entry(f"o{number}", "xyz")])

    assert len(index._segments) <= 10


def test_a_term_no_text_holds_weighs_more_than_any_other() -> None:
    index = Index.build([entry("a", "xy"), entry("b", "xz")])
    weights = index.weights(frozenset("xyq"))

    assert weights["q"] > weights["y"] > weights["x"]
