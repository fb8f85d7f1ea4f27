from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.index_cache import FileIndexCache
from knowledge.article import Article
from knowledge.kept_rows import END, KeptRows
from knowledge.shelf import Shelf, fill_shelf
from knowledge.text import Segmenter
from tests.knowledge.shelves import ARTICLES, TESTING

QUESTIONS = ("核酸在哪里做", "结婚能请几个人", "养老院让进吗", "封控", "民政局", "qqq")


@pytest.fixture
def cache(tmp_path: Path) -> FileIndexCache:
    return FileIndexCache(tmp_path / "kept")


def fill(
    segmenter: Segmenter, cache: FileIndexCache | None = None, articles: Sequence[Article] = ARTICLES
) -> Shelf[Article]:
    return fill_shelf(articles, segmenter=segmenter, cache=cache, name="articles")


def found_on(shelf: Shelf[Article], segmenter: Segmenter) -> list[list[tuple[str, float, tuple[str, ...]]]]:
    """Everything the shelf finds by wordings and by bodies: ids, scores, texts."""
    return [
        [
            (hit.owner, round(hit.score, 9), index.wordings(hit).texts)
            for hit in index.search(segmenter.grams(question), limit=20)
        ]
        for index in (shelf.index, shelf.bodies)
        for question in QUESTIONS
    ]


def test_a_shelf_filled_through_a_cache_finds_what_one_filled_without_finds(
    segmenter: Segmenter, cache: FileIndexCache
) -> None:
    plain = found_on(fill(segmenter), segmenter)

    assert found_on(fill(segmenter, cache), segmenter) == plain
    assert found_on(fill(segmenter, cache), segmenter) == plain


def test_what_was_kept_is_not_read_again(segmenter: Segmenter, cache: FileIndexCache, tmp_path: Path) -> None:
    fill(segmenter, cache)
    (file,) = (tmp_path / "kept").iterdir()
    before = file.stat().st_mtime_ns

    fill(segmenter, cache)

    assert [one.stat().st_mtime_ns for one in (tmp_path / "kept").iterdir()] == [before]


def test_articles_new_changed_and_gone_since_are_right_on_the_next_shelf(
    segmenter: Segmenter, cache: FileIndexCache
) -> None:
    fill(segmenter, cache)
    later = [
        *ARTICLES[2:],
        replace(TESTING, phrasings=("采样点地址",), answer="改在体育馆。"),
        Article("new", "民政局几点上班", "九点。"),
    ]

    for _ in range(2):
        assert found_on(fill(segmenter, cache, later), segmenter) == found_on(
            fill(segmenter, articles=later), segmenter
        )


def test_a_shelf_filled_through_a_cache_grows_and_shrinks_as_any_other(
    segmenter: Segmenter, cache: FileIndexCache
) -> None:
    fill(segmenter, cache)
    new = Article("new", "民政局几点上班", "九点。")

    changed = [
        shelf.with_item(new, segmenter=segmenter).without("testing").with_item(TESTING, segmenter=segmenter)
        for shelf in (fill(segmenter, cache), fill(segmenter))
    ]

    assert found_on(changed[0], segmenter) == found_on(changed[1], segmenter)


@pytest.mark.parametrize(
    "content", [b"", b"no archive at all", b"PK\x03\x04 half an archive", b"\x93NUMPY\x01\x00"]
)
def test_a_broken_file_is_ignored_and_replaced(
    segmenter: Segmenter, cache: FileIndexCache, tmp_path: Path, content: bytes
) -> None:
    fill(segmenter, cache)
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(content)

    assert found_on(fill(segmenter, cache), segmenter) == found_on(fill(segmenter), segmenter)
    assert file.read_bytes() != content


def test_a_file_cut_off_in_the_middle_is_ignored(
    segmenter: Segmenter, cache: FileIndexCache, tmp_path: Path
) -> None:
    fill(segmenter, cache)
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    assert found_on(fill(segmenter, cache), segmenter) == found_on(fill(segmenter), segmenter)


@pytest.mark.parametrize("broken", ["terms", "texts", "lengths", "row_terms"])
def test_a_file_that_lacks_an_array_is_ignored(
    segmenter: Segmenter, cache: FileIndexCache, tmp_path: Path, broken: str
) -> None:
    _rewrite(cache, segmenter, tmp_path, lambda arrays: {k: v for k, v in arrays.items() if k != broken})

    assert found_on(fill(segmenter, cache), segmenter) == found_on(fill(segmenter), segmenter)


def test_a_file_whose_arrays_do_not_belong_together_is_ignored(
    segmenter: Segmenter, cache: FileIndexCache, tmp_path: Path
) -> None:
    _rewrite(cache, segmenter, tmp_path, lambda arrays: {**arrays, "lengths": arrays["lengths"][:-2]})

    assert found_on(fill(segmenter, cache), segmenter) == found_on(fill(segmenter), segmenter)


def _rewrite(cache: FileIndexCache, segmenter: Segmenter, folder: Path, change: Any) -> None:
    """Keeps a shelf's rows, and changes what was kept."""
    fill(segmenter, cache)
    (file,) = (folder / "kept").iterdir()
    arrays = cache.load(file.stem)
    assert arrays is not None
    changed: Mapping[str, NDArray[Any]] = change(dict(arrays))
    cache.save(file.stem, changed)


def test_a_folder_that_cannot_be_written_to_is_no_reason_not_to_start(
    segmenter: Segmenter, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    cache = FileIndexCache(tmp_path / "file")

    assert found_on(fill(segmenter, cache), segmenter) == found_on(fill(segmenter), segmenter)


def test_rows_come_back_as_they_were_kept(segmenter: Segmenter) -> None:
    texts = {"a": ("核酸在哪里做", "做核酸", "做核酸"), "b": ("？？", "")}
    first = KeptRows()
    rows = first.rows_of(texts, segmenter=segmenter)

    again = KeptRows(first.to_arrays())
    reread = again.rows_of(texts, segmenter=segmenter)

    assert first.has_learnt
    assert not again.has_learnt
    assert rows.counts.tolist() == reread.counts.tolist() == [2, 2]
    assert list(rows.texts) == list(reread.texts) == ["核酸在哪里做", "做核酸", "？？", ""]
    assert rows.lengths.tolist() == reread.lengths.tolist()
    assert np.array_equal(rows.row_terms, reread.row_terms)
    assert list(again.terms) == list(first.terms)


def test_a_text_that_holds_the_mark_between_texts_is_read_again_and_disturbs_none(
    segmenter: Segmenter,
) -> None:
    texts = {"a": (f"核酸{END}疫苗", "口罩"), "b": ("公交车",)}
    first = KeptRows()
    rows = first.rows_of(texts, segmenter=segmenter)

    again = KeptRows(first.to_arrays())
    reread = again.rows_of(texts, segmenter=segmenter)

    assert again.has_learnt
    assert np.array_equal(rows.row_terms, reread.row_terms)
    assert rows.lengths.tolist() == reread.lengths.tolist()


def test_an_empty_shelf_keeps_nothing(segmenter: Segmenter, cache: FileIndexCache, tmp_path: Path) -> None:
    assert len(fill(segmenter, cache, []).index) == 0
    assert not (tmp_path / "kept").exists()


def test_two_shelves_in_one_folder_keep_apart(segmenter: Segmenter, cache: FileIndexCache) -> None:
    other = Article("other", "民政局几点上班", "九点。")
    fill(segmenter, cache)
    fill_shelf([other], segmenter=segmenter, cache=cache, name="others")

    again = fill_shelf([other], segmenter=segmenter, cache=cache, name="others")

    assert list(again.items) == ["other"]
    assert found_on(fill(segmenter, cache), segmenter) == found_on(fill(segmenter), segmenter)


def test_what_is_no_longer_asked_for_is_not_kept_again(segmenter: Segmenter) -> None:
    first = KeptRows()
    first.rows_of({"a": ("核酸在哪里做", "做核酸"), "b": ("口罩",)}, segmenter=segmenter)
    second = KeptRows(first.to_arrays())
    second.rows_of({"b": ("口罩", "公交车")}, segmenter=segmenter)

    kept = second.to_arrays()

    assert kept["texts"].tobytes().decode().split(END) == ["口罩", "公交车"]
    assert len(kept["lengths"]) == 2


def test_texts_asked_for_in_another_order_have_their_own_terms(segmenter: Segmenter) -> None:
    texts = ("核酸在哪里做", "", "做核酸", "口罩")
    kept = KeptRows()
    kept.rows_of({"a": texts}, segmenter=segmenter)

    rows = kept.rows_of({"b": texts[:0:-1], "c": texts[:2]}, segmenter=segmenter)

    names = list(kept.terms)
    found = np.split(rows.row_terms, rows.lengths.cumsum()[:-1])
    assert [{names[number] for number in row.tolist()} for row in found] == [
        segmenter.grams(text) for text in rows.texts
    ]
