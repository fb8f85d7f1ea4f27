from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import Entry, Index
from knowledge.text import grams_of

WORDS = st.text(alphabet="核酸疫苗在哪里做abc1", max_size=8)
THINGS = st.dictionaries(
    st.sampled_from("ABCDEFGH"), st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple), max_size=8
)
SOMETHING = grams_of("核酸")


def entry(owner: str, texts: tuple[str, ...]) -> Entry:
    return Entry(owner, texts, tuple(map(grams_of, texts)))


def build(things: dict[str, tuple[str, ...]]) -> Index:
    """An index with one thing that says something: the mean size of things that say nothing is nought."""
    return Index.build([Entry("", ("核酸",), (SOMETHING,)), *(entry(*thing) for thing in things.items())])


@given(THINGS, st.text(max_size=40), st.integers(1, 20))
def test_searching_for_any_text_gives_things_once_best_first(
    things: dict[str, tuple[str, ...]], query: str, limit: int
) -> None:
    index = build(things)

    hits = index.search(grams_of(query), limit=limit)

    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
    assert len({hit.owner for hit in hits}) == len(hits) <= limit


@given(THINGS, WORDS)
def test_exactly_those_things_are_found_that_share_a_term(
    things: dict[str, tuple[str, ...]], query: str
) -> None:
    index = build(things)

    found = {hit.owner for hit in index.search(grams_of(query), limit=100)}

    shared = {
        owner for owner, texts in things.items() if grams_of(query) & frozenset().union(*map(grams_of, texts))
    }
    assert found - {""} == shared


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEFGH"), st.none() | st.lists(WORDS, min_size=1, max_size=3).map(tuple))
    ),
    WORDS,
)
def test_an_index_changed_in_any_way_finds_what_one_built_at_once_finds(
    changes: list[tuple[str, tuple[str, ...] | None]], query: str
) -> None:
    grown, present = build({}), dict[str, tuple[str, ...]]()
    for owner, texts in changes:
        grown = grown.without(owner)
        present.pop(owner, None)
        if texts is not None:
            grown = grown.with_added([entry(owner, texts)])
            present[owner] = texts

    def found(index: Index) -> dict[str, float]:
        return {hit.owner: round(hit.score, 9) for hit in index.search(grams_of(query), limit=100)}

    assert len(grown) == len(present) + 1
    assert found(grown) == found(build(present))


@given(THINGS, st.lists(st.text(max_size=3), max_size=10))
def test_every_term_has_a_weight_and_none_weighs_more_than_one_nothing_holds(
    things: dict[str, tuple[str, ...]], terms: list[str]
) -> None:
    index = build(things)

    assert all(0 < index.grams[term] <= index.grams.unseen for term in terms)
