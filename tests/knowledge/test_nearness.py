import numpy as np

from knowledge.index import Entry, Index
from knowledge.nearness import Nearness, nearness_of
from knowledge.retrieval import closeness

TEXTS = {"a": ("xyz", "xq"), "b": ("yw", "zzyx", "p"), "c": ("xrst",)}
CLAUSES = ("xq", "rs", "yxz")


def build(things: dict[str, tuple[str, ...]]) -> Index:
    return Index.build([Entry(owner, texts, tuple(map(frozenset, texts))) for owner, texts in things.items()])


def look(index: Index, *clauses: str) -> Nearness:
    hits = index.search(frozenset().union(*clauses), limit=50)
    return nearness_of(hits, [index.numbers(frozenset(clause)) for clause in clauses], index)


def test_each_thing_is_told_with_the_wording_and_the_clause_that_come_closest_to_each_other() -> None:
    index = build(TEXTS)

    found = look(index, *CLAUSES)

    assert {hit.owner for hit in found.hits} == {*TEXTS}
    for place, hit in enumerate(found.hits):
        wordings, near = index.wordings(hit), found.near(place)
        table = closeness(found.clauses, [wordings], index)
        assert near.hit == hit
        assert near.close == found.close[place] == table.max()
        assert table[wordings.texts.index(near.text), near.clause] == table.max()


def test_what_several_segments_of_an_index_hold_stands_in_the_order_of_the_hits() -> None:
    index = build(TEXTS).with_added([Entry("d", ("rs",), (frozenset("rs"),))])

    found = look(index, *CLAUSES)

    near = [found.near(place) for place in range(len(found.hits))]
    assert {hit.segment for hit in found.hits} == {0, 1}
    assert [one.hit for one in near] == [*found.hits]
    assert all(one.text in index.wordings(one.hit).texts for one in near)
    assert found.close.tolist() == [one.close for one in near]


def test_of_wordings_and_clauses_that_come_equally_close_the_first_is_told() -> None:
    found = look(build({"a": ("xy", "yx"), "b": ("q",)}), "q", "xy", "yx")

    near = {hit.owner: found.near(place) for place, hit in enumerate(found.hits)}

    assert (near["a"].text, near["a"].clause) == ("xy", 1)
    assert (near["b"].text, near["b"].clause) == ("q", 0)


def test_what_every_thing_says_counts_once_an_n_gram_if_nothing_is_weighed() -> None:
    index = build({f"thing{number}": ("xyzw",) for number in range(50)})

    found = look(index, "xyz")

    assert found.said_anyhow(0) == 5 * 3 / (4 * 4 + 3)


def test_a_clause_of_which_nothing_is_known_comes_near_nothing() -> None:
    index = build(TEXTS)
    hits = index.search("x", limit=50)

    found = nearness_of(hits, [np.asarray([-1], dtype=np.int32)], index)

    assert found.close.tolist() == [0] * len(hits)
    assert found.said_anyhow(0) == 0
