import random
from collections.abc import Iterable, Mapping

import numpy as np
import pytest

from knowledge.index import K1, B, Entry, Index
from knowledge.segment import ranges


def entry(owner: str, *texts: str) -> Entry:
    """A thing whose terms are the characters of its wordings."""
    return Entry(owner, texts, tuple(map(frozenset, texts)))


def found(index: Index, query: str, *, limit: int = 10) -> list[str]:
    return [hit.owner for hit in index.search(frozenset(query), limit=limit)]


def scores(index: Index, query: str) -> dict[str, float]:
    return {hit.owner: hit.score for hit in index.search(frozenset(query), limit=1000)}


def by_formula(things: Mapping[str, Iterable[str]], query: str) -> dict[str, float]:
    """BM25 with term frequency 1, over the distinct terms of all wordings of each thing."""
    held = {owner: set("".join(texts)) for owner, texts in things.items()}
    mean = sum(map(len, held.values())) / len(held)
    frequency = {term: sum(term in terms for terms in held.values()) for term in set(query)}
    idf = {term: np.log1p((len(held) - df + 0.5) / (df + 0.5)) for term, df in frequency.items()}
    return {
        owner: sum(idf[term] for term in terms & set(query))
        * (K1 + 1)
        / (1 + K1 * (1 - B + B * len(terms) / mean))
        for owner, terms in held.items()
        if terms & set(query)
    }


def test_the_thing_that_shares_most_rare_terms_comes_first() -> None:
    index = Index.build([entry("a", "xyz"), entry("b", "xy"), entry("c", "q")])

    assert found(index, "xyz") == ["a", "b"]


def test_a_thing_is_found_once_however_many_of_its_wordings_fit() -> None:
    index = Index.build([entry("a", "xy", "xz", "yz"), entry("b", "xq")])

    assert found(index, "xyz") == ["a", "b"]


def test_a_thing_is_found_by_words_of_two_of_its_wordings_together() -> None:
    index = Index.build([entry("both", "xp", "yq"), entry("left", "xp", "rs"), entry("right", "tu", "yq")])

    assert found(index, "xy")[0] == "both"
    assert scores(index, "xy")["both"] > scores(index, "xy")["left"]


def test_a_hit_brings_all_wordings_of_its_thing_each_with_its_own_terms() -> None:
    index = Index.build([entry("other", "abc"), entry("a", "xy", "yzw")])

    (hit,) = index.search(frozenset("w"), limit=5)

    wordings = index.wordings(hit)
    assert wordings.texts == ("xy", "yzw")
    assert [set(wordings.terms_of(place).tolist()) for place in (0, 1)] == [
        set(index.numbers("xy").tolist()),
        set(index.numbers("yzw").tolist()),
    ]


def test_of_the_wordings_of_a_thing_the_first_can_be_had_with_their_own_terms() -> None:
    index = Index.build([entry("a", "xy", "", "yzw", "q")])
    (hit,) = index.search(frozenset("w"), limit=5)

    first = index.wordings(hit).first(3)

    assert first.texts == ("xy", "", "yzw")
    assert [set(first.terms_of(place).tolist()) for place in (0, 1, 2)] == [
        set(index.numbers("xy").tolist()),
        set(),
        set(index.numbers("yzw").tolist()),
    ]


def test_ranges_are_numbered_one_after_another_and_an_empty_one_has_no_numbers() -> None:
    starts, lengths = np.asarray([7, 0, 3, 7]), np.asarray([2, 0, 3, 1])

    assert ranges(starts, lengths).tolist() == [7, 8, 3, 4, 5, 7]
    assert ranges(starts[:0], lengths[:0]).tolist() == []


def test_the_wordings_of_several_things_can_be_had_together_those_of_one_after_those_of_another() -> None:
    index = Index.build([entry("a", "xy", "yzw"), entry("b", "xq"), entry("c", "p")])
    grown = index.with_added([entry("d", "wq", "v")])
    hits = grown.search(frozenset("xwq"), limit=5)

    wordings, counts = grown.wordings_of(hits)

    each = [grown.wordings(hit) for hit in hits]
    assert {hit.segment for hit in hits} == {0, 1}
    assert counts.tolist() == [len(one.texts) for one in each]
    assert wordings.texts == tuple(text for one in each for text in one.texts)
    assert wordings.lengths.tolist() == [length for one in each for length in one.lengths.tolist()]
    assert wordings.terms.tolist() == [term for one in each for term in one.terms.tolist()]


def test_of_things_found_it_is_told_which_terms_any_wording_of_each_holds() -> None:
    index = Index.build([entry("a", "xy", "yzw"), entry("b", "xq")]).with_added([entry("c", "wq", "v")])
    hits = index.search(frozenset("xwq"), limit=5)

    asked = dict(zip(index.numbers("xwqv?").tolist(), "xwqv?", strict=True))

    held = dict(zip((hit.owner for hit in hits), index.held(hits, asked), strict=True))

    assert held == {"a": {"x", "w"}, "b": {"x", "q"}, "c": {"w", "q", "v"}}


def test_a_term_that_is_named_twice_counts_twice() -> None:
    index = Index.build([entry("a", "xa"), entry("b", "xb"), entry("c", "xc")])

    once, twice = ({hit.owner: hit.score for hit in index.search(terms, limit=3)} for terms in ("xb", "xbxb"))

    assert twice == pytest.approx({owner: 2 * score for owner, score in once.items()})
    assert found(index, "xb" * 40) == ["b", "a", "c"]


def test_what_a_segment_does_not_know_nothing_in_it_holds() -> None:
    index = Index.build([entry("a", "xy"), entry("b", "y")])
    (segment,) = index._segments
    next_one = len(segment.held_by)
    asked = np.asarray([-1, *index.numbers("y").tolist(), next_one, 10_000], dtype=np.int32)

    assert segment.matched(asked, np.asarray([5, 2, 3, 7], dtype=np.int32)).tolist() == [2, 2]
    assert segment.matched(asked[:1], np.asarray([5], dtype=np.int32)).tolist() == [0, 0]


def test_scores_are_those_of_the_bm25_formula_over_the_distinct_terms_of_all_wordings() -> None:
    things = {"a": ("xy", "xz", "yx"), "b": ("yzw",), "c": ("pqrst", "uvw")}
    index = Index.build([entry(owner, *texts) for owner, texts in things.items()])

    for query in ("x", "xyz", "w", "wyq"):
        assert scores(index, query) == pytest.approx(by_formula(things, query))


def test_a_term_repeated_in_a_thing_or_in_a_query_counts_once() -> None:
    once = Index.build([entry("a", "xy"), entry("b", "q")])
    often = Index.build([entry("a", "xy", "yx", "xyxy"), entry("b", "q")])

    assert scores(often, "xxyy") == pytest.approx(scores(once, "xy"))


def test_nothing_is_found_in_an_empty_index_or_for_unknown_terms() -> None:
    assert Index.build([]).search(frozenset("x"), limit=5) == ()
    assert found(Index.build([entry("a", "xy")]), "q") == []
    assert found(Index.build([entry("a", "xy")]), "") == []


def test_a_thing_without_a_single_term_is_never_found_and_disturbs_nothing() -> None:
    index = Index.build([entry("mute", ""), entry("a", "xy")])

    assert found(index, "xy") == ["a"]
    assert found(index.without("a"), "xy") == []
    assert len(index.without("mute")) == 1


def test_of_a_long_query_the_terms_that_weigh_most_are_looked_for_and_all_that_weigh_as_much() -> None:
    index = Index.build(
        [
            entry("rare", "x"),
            entry("second", "yz"),
            entry("third", "yz"),
            *(entry(one, "w") for one in "abcd"),
        ]
    )

    found_by_most = {
        longest: {hit.owner for hit in index.search(frozenset("wxyz"), limit=10, longest=longest)}
        for longest in (1, 2, 3, 4)
    }

    assert found_by_most[1] == {"rare"}
    assert found_by_most[2] == found_by_most[3] == {"rare", "second", "third"}
    assert found_by_most[4] == {"rare", "second", "third", *"abcd"}


def test_things_alike_come_in_the_order_they_were_added_also_where_the_list_is_cut() -> None:
    index = Index.build([entry(f"o{number}", "xyz") for number in range(3000)])

    assert found(index, "xy", limit=7) == [f"o{number}" for number in range(7)]


def test_a_short_list_out_of_many_things_is_the_beginning_of_the_long_one() -> None:
    chance = random.Random(5)  # noqa: S311 - repeatable test data
    texts = ("".join(chance.sample("abcdefghij", chance.randint(1, 5))) for _ in range(3_000))
    index = Index.build(entry(f"o{number}", text) for number, text in enumerate(texts)).without("o7")

    for query in ("abc", "j", "fga", "abcdefghij"):
        assert found(index, query, limit=40) == found(index, query, limit=3_000)[:40]


@pytest.mark.parametrize("every", [2, 50, 2_999, 4_000])
def test_of_what_is_accepted_the_best_are_found_whether_it_is_much_or_little(every: int) -> None:
    chance = random.Random(5)  # noqa: S311 - repeatable test data
    texts = ("".join(chance.sample("abcdefghij", chance.randint(1, 5))) for _ in range(3_000))
    index = Index.build(entry(f"o{number}", text) for number, text in enumerate(texts, start=1))
    accepted = {f"o{number}" for number in range(every, 3_001, every)}

    for query in ("abc", "j", "abcdefghij"):
        numbers = index.numbers(query)
        hits = index.search_numbers(numbers, limit=7, among=accepted.__contains__)
        everything = index.search_numbers(numbers, limit=3_000)

        assert list(hits) == [hit for hit in everything if hit.owner in accepted][:7]


def test_an_added_thing_is_found_and_the_old_index_stays_as_it_was() -> None:
    old = Index.build([entry("a", "xy")])
    new = old.with_added([entry("b", "pq")])

    assert found(new, "pq") == ["b"]
    assert found(old, "pq") == []


def test_a_removed_thing_is_not_found_and_the_old_index_stays_as_it_was() -> None:
    old = Index.build([entry("a", "xy", "z"), entry("b", "xz")])
    new = old.without("a")

    assert found(new, "xy") == ["b"]
    assert len(new) == 1
    assert found(old, "xy") == ["a", "b"]


def test_removing_what_is_not_there_changes_nothing() -> None:
    index = Index.build([entry("a", "xy")])

    assert found(index.without("q"), "x") == ["a"]
    assert found(index.without("a").without("a"), "x") == []


def test_an_id_added_again_after_its_removal_is_found_by_its_new_wordings_only() -> None:
    index = Index.build([entry("a", "xy"), entry("b", "pq")]).without("a").with_added([entry("a", "zw", "q")])

    assert found(index, "x") == []
    assert found(index, "z") == ["a"]
    assert len(index) == 2
    assert found(index.without("a"), "xyzw") == []


def test_grown_and_shrunk_in_any_order_ranks_as_built_at_once() -> None:
    chance = random.Random(3)  # noqa: S311 - repeatable test data
    present: dict[str, tuple[str, ...]] = {}
    grown = Index.build([])
    for _ in range(600):
        owner = f"o{chance.randrange(90)}"
        grown = grown.without(owner)
        present.pop(owner, None)
        if chance.random() < 0.7:
            present[owner] = tuple(
                "".join(chance.choices("abcdefghijklmn", k=chance.randint(1, 7)))
                for _ in range(chance.randint(1, 4))
            )
            grown = grown.with_added([entry(owner, *present[owner])])

    rebuilt = Index.build([entry(owner, *texts) for owner, texts in present.items()])

    assert len(grown) == len(rebuilt) == len(present)
    for query in ("abc", "defg", "jklmn", "a", "nq"):
        assert scores(grown, query) == pytest.approx(scores(rebuilt, query))
        assert scores(grown, query) == pytest.approx(by_formula(present, query))
        assert found(grown, query, limit=1000) == found(rebuilt, query, limit=1000)


def test_two_indexes_grown_from_one_do_not_disturb_each_other() -> None:
    root = Index.build([entry("a", "xy")])
    left = root.with_added([entry("b", "xp")])
    right = root.with_added([entry("c", "xq", "pr")])

    assert sorted(found(left, "xpq")) == ["a", "b"]
    assert sorted(found(right, "xpq")) == ["a", "c"]
    assert scores(left, "xpq") == pytest.approx(by_formula({"a": ("xy",), "b": ("xp",)}, "xpq"))


def test_segments_are_merged_so_that_their_number_stays_small() -> None:
    index = Index.build([])
    for number in range(300):
        index = index.with_added([entry(f"o{number}", "xyz", "zw")])

    assert len(index._segments) <= 10
    assert len(index) == 300


def test_a_merge_drops_what_was_removed() -> None:
    index = Index.build([entry(f"o{number}", "xyz") for number in range(100)])
    for number in range(60):
        index = index.without(f"o{number}")

    merged = index.with_added([entry("new", "xw")])

    assert sum(len(segment.owners) for segment in merged._segments) == len(merged) == 41


def test_a_term_nothing_holds_weighs_more_than_any_other() -> None:
    index = Index.build([entry("a", "xy"), entry("b", "xz")])
    weights = index.grams

    assert weights["q"] == weights.unseen > weights["y"] > weights["x"] > 0


def test_a_term_held_only_by_what_was_removed_weighs_as_one_nothing_holds() -> None:
    index = Index.build([entry("a", "xy"), entry("b", "xz")]).without("b")

    assert index.grams["z"] == pytest.approx(index.grams.unseen)
