from collections.abc import Sequence

import numpy as np
import pytest

from knowledge.index import Entry, Index, Wordings
from knowledge.retrieval import closeness, closest_wordings

TEXTS = {"a": ("xyz", "xq"), "b": ("yw", "zzyx", "p"), "c": ("rst",)}


def build(things: dict[str, tuple[str, ...]]) -> Index:
    return Index.build([Entry(owner, texts, tuple(map(frozenset, texts))) for owner, texts in things.items()])


def wordings_of(index: Index, owners: Sequence[str]) -> dict[str, Wordings]:
    """The wordings of things all of which hold an x or an r."""
    found = {hit.owner: index.wordings(hit) for hit in index.search(frozenset("xr"), limit=50)}
    return {owner: found[owner] for owner in owners}


def f2(window: str, wording: str, index: Index) -> float:
    """By the definition: the share of the wording in the window counts fourfold, that of the window in it once."""

    def mass(terms: set[str]) -> float:
        return sum(index.grams[term] for term in terms)

    shared = mass(set(window) & set(wording))
    return 5 * shared / (4 * mass(set(wording)) + mass(set(window))) if shared else 0.0


def compare_all(
    index: Index, owners: Sequence[str], windows: Sequence[str]
) -> tuple[list[float], list[float]]:
    groups = [*wordings_of(index, owners).values()]
    table = closeness([index.numbers(frozenset(window)) for window in windows], groups, index)
    expected = [f2(window, text, index) for group in groups for text in group.texts for window in windows]
    return table.ravel().tolist(), expected


def test_closeness_is_f2_over_the_rarity_of_what_is_shared() -> None:
    given, expected = compare_all(build(TEXTS), ("a", "b", "c"), ("x", "xyz", "wyq", "r", "new", ""))

    assert given == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "texts", [("", "xy"), ("xy", ""), ("xy", "", "zx"), ("", "", "xy", "q"), ("xy", "", "")]
)
def test_a_wording_without_a_single_term_is_close_to_nothing_and_shifts_no_other(
    texts: tuple[str, ...],
) -> None:
    index = build({**TEXTS, "gappy": texts})

    for owners in (("gappy",), ("a", "gappy"), ("gappy", "a")):
        given, expected = compare_all(index, owners, ("x", "xy", "q"))
        assert given == pytest.approx(expected, abs=1e-6)


def test_the_closest_wording_of_each_thing_is_told_with_how_close_it_comes() -> None:
    index = build(TEXTS)

    closest = closest_wordings(index.numbers("xyz"), wordings_of(index, ("a", "b")), index)

    assert {owner: text for owner, (text, _) in closest.items()} == {"a": "xyz", "b": "zzyx"}
    assert closest["a"][1] == pytest.approx(1)
    assert closest["b"][1] == pytest.approx(1)


def test_of_wordings_equally_close_the_first_is_taken() -> None:
    index = build({"a": ("xy", "yx"), "b": ("rx",)})

    assert closest_wordings(index.numbers("xy"), wordings_of(index, ("a",)), index)["a"][0] == "xy"


def test_nothing_found_has_no_closest_wording() -> None:
    assert closest_wordings(build(TEXTS).numbers("x"), {}, build(TEXTS)) == {}


def test_closeness_is_never_above_one_nor_below_nought() -> None:
    chance = np.random.default_rng(4)
    things = {
        f"o{number}": tuple(
            "x" + "".join(chance.choice(list("abcdefgh"), size=int(chance.integers(1, 8)))) for _ in range(3)
        )
        for number in range(30)
    }
    index = build(things)

    table, expected = compare_all(index, tuple(things), ("xab", "abcdefgh", "zzz"))

    assert table == pytest.approx(expected, abs=1e-6)
    assert all(0 <= one <= 1 for one in table)
