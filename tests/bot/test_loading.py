"""The library is loaded from the database, kept in a file between starts, and kept up change by change."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from bot.index_cache import KEPT, FileIndexCache
from bot.learning.model_store import ModelStore
from bot.live import Live
from bot.loading import Held, LibraryLoader, library_loader, read_ahead
from bot.store.areas import replace_or_add
from bot.store.articles import upsert_articles
from bot.store.claims import upsert_claims
from bot.store.engine import Database
from bot.store.revisions import KNOWLEDGE, raise_revision
from bot.store.tables import ArticleRow
from knowledge import shelf as shelves
from knowledge.article import Article
from knowledge.claim import Claim, Verdict
from knowledge.library import Library
from knowledge.models import Models, load_models
from knowledge.text import Segmenter, build_segmenter
from tests.bot.learning.cards import CARD
from tests.bot.places import AREAS
from tests.bot.processes import ROOT, eventually
from tests.clocks import TestClock

ARTICLES = (
    Article("mask", "一个口罩能戴多久？", "不超过八小时。", ("口罩戴几个小时要换",)),
    Article("ferry", "渡口还开不开？", "停航。", ("筏子还能坐吗",)),
)
START = """
import sys
from pathlib import Path
from bot.loading import library_loader
from bot.store.engine import open_database
from knowledge.text import Segmenter, build_segmenter

read, grams = [], Segmenter.grams
Segmenter.grams = lambda self, text: read.append(text) or grams(self, text)
loader = library_loader(build_segmenter(), Path(sys.argv[2]))
with open_database(sys.argv[1]).reading() as session:
    library = loader(session)
print(len(library.articles), library.models.answers.shift, read, "sklearn" in sys.modules)
"""
"""The loader in a process of its own: in this one, tests have long imported scikit-learn."""
CLAIM = Claim("liquor", "喝白酒能杀死病毒", Verdict.FALSE, "不能。", ("听说喝酒防病毒",))


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return build_segmenter()


def publish(database: Database, articles: Sequence[Article] = ARTICLES) -> None:
    with database.transaction() as session:
        upsert_articles(session, articles, now=TestClock().now)
        upsert_claims(session, [CLAIM], now=TestClock().now)


def load(database: Database, loader: LibraryLoader) -> Library:
    with database.reading() as session:
        return loader(session)


def found(library: Library, words: str) -> list[tuple[str, float]]:
    grams = library.profiler.segmenter.grams(words)
    return [(hit.owner, round(hit.score, 6)) for hit in library.shelves.articles.index.search(grams, limit=5)]


def count_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read from now on, one by one or many at once."""
    read: list[str] = []
    grams, canonical_all = Segmenter.grams, Segmenter.canonical_all

    def counted(self: Segmenter, text: str) -> frozenset[str]:
        read.append(text)
        return grams(self, text)

    def all_counted(self: Segmenter, texts: Sequence[str]) -> list[str]:
        read.extend(texts)
        return canonical_all(self, texts)

    monkeypatch.setattr(Segmenter, "grams", counted)
    monkeypatch.setattr(Segmenter, "canonical_all", all_counted)
    return read


def test_a_second_start_reads_no_text_again_and_finds_the_same(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    first = load(sqlite, library_loader(segmenter, tmp_path))
    read = count_reading(monkeypatch)

    second = load(sqlite, library_loader(segmenter, tmp_path))

    assert read == []
    assert found(second, "口罩戴多久") == found(first, "口罩戴多久") != []
    assert second.articles == first.articles


def test_a_restored_library_goes_on_growing_and_shrinking(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    load(sqlite, library_loader(segmenter, tmp_path))
    restored = load(sqlite, library_loader(segmenter, tmp_path))

    restored.publish_article(Article("bus", "公交车停了没？", "停了。"))
    restored.withdraw_article("ferry")

    assert found(restored, "公交车停了吗")[0][0] == "bus"
    assert all(owner != "ferry" for owner, _ in found(restored, "渡口还开吗"))


def test_of_changed_articles_only_the_new_wordings_are_read(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    load(sqlite, library_loader(segmenter, tmp_path))
    publish(sqlite, [Article("ferry", "公交车停了没？", "停了。")])
    read = count_reading(monkeypatch)

    library = load(sqlite, library_loader(segmenter, tmp_path))

    assert read == ["公交车停了没？"]
    assert found(library, "公交车停了吗")[0][0] == "ferry"
    assert all(owner != "ferry" for owner, _ in found(library, "筏子"))


def test_a_text_with_a_nul_is_read_every_time_and_spoils_nothing(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite, [*ARTICLES, Article("odd", "渡口\0几点开？", "八点。")])
    first = load(sqlite, library_loader(segmenter, tmp_path))

    second = load(sqlite, library_loader(segmenter, tmp_path))

    assert found(second, "渡口几点开") == found(first, "渡口几点开") != []


def test_another_lexicon_makes_another_key(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    load(sqlite, library_loader(segmenter, tmp_path))
    before = set((tmp_path / "index").iterdir())
    monkeypatch.setattr(shelves, "form_fingerprint", lambda: "as after an update")

    load(sqlite, library_loader(segmenter, tmp_path))

    assert set((tmp_path / "index").iterdir()) > before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no zip at all"], ids=range(3))
def test_a_broken_file_is_built_anew(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, content: bytes
) -> None:
    publish(sqlite)
    whole = load(sqlite, library_loader(segmenter, tmp_path))
    for file in (tmp_path / "index").iterdir():
        file.write_bytes(content)

    again = load(sqlite, library_loader(segmenter, tmp_path))

    assert found(again, "口罩戴多久") == found(whole, "口罩戴多久")


def test_a_folder_that_cannot_be_written_does_not_stop_the_start(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    (tmp_path / "taken").write_text("a file where the folder should be")

    library = load(sqlite, library_loader(segmenter, tmp_path / "taken"))

    assert found(library, "口罩戴多久")


def test_a_pickle_is_never_read(tmp_path: Path) -> None:
    np.savez(tmp_path / "evil.npz", terms=np.array([{"a": 1}], dtype=object))

    assert FileIndexCache(tmp_path).load("evil") is None


def test_only_the_newest_files_are_kept(tmp_path: Path) -> None:
    cache = FileIndexCache(tmp_path)
    for number in range(KEPT + 3):
        cache.save(f"key{number}", {"lengths": np.zeros(1, dtype=np.int64)})

    assert len(list(tmp_path.iterdir())) == KEPT


def test_a_change_is_made_in_the_library_there_is(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    loader = library_loader(segmenter, tmp_path)
    before = load(sqlite, loader)
    publish(sqlite, [Article("bus", "公交车停了没？", "停了。")])
    with sqlite.transaction() as session:
        session.delete(session.get_one(ArticleRow, "ferry"))
    monkeypatch.setattr(Library, "build", None)

    after = load(sqlite, loader)

    assert after is before
    assert set(after.articles) == {"mask", "bus"}
    assert found(after, "公交车停了吗")[0][0] == "bus"


def test_reading_ahead_spares_the_next_start_every_text(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    read_ahead(sqlite, tmp_path)
    read = count_reading(monkeypatch)

    library = load(sqlite, library_loader(segmenter, tmp_path))

    assert read == []
    assert found(library, "口罩戴多久")


def test_nothing_is_read_ahead_where_nothing_is_published(sqlite: Database, tmp_path: Path) -> None:
    read_ahead(sqlite, tmp_path)

    assert not (tmp_path / "index").exists()


def an_other(models: Models) -> Models:
    return replace(models, answers=models.answers.recalibrated(1.0, -1.0))


def make_current(database: Database, store: ModelStore, version: str) -> None:
    with database.transaction() as session:
        raise_revision(session, KNOWLEDGE)
        store.make_current(version)


def test_another_version_of_the_models_is_used_without_reading_a_text_again(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    loader, store = library_loader(segmenter, tmp_path), ModelStore(tmp_path / "models")
    before = load(sqlite, loader)
    version = store.keep(an_other(before.models), CARD).version
    make_current(sqlite, store, version)
    read = count_reading(monkeypatch)

    after = load(sqlite, loader)

    assert read == []
    assert after.models.answers.shift == before.models.answers.shift - 1.0
    assert after.shelves is before.shelves
    make_current(sqlite, store, "packaged")
    assert load(sqlite, loader).models.answers.shift == before.models.answers.shift


def test_changes_of_the_knowledge_are_made_in_the_library_with_the_new_models(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    loader, store = library_loader(segmenter, tmp_path), ModelStore(tmp_path / "models")
    before = load(sqlite, loader)
    make_current(sqlite, store, store.keep(an_other(before.models), CARD).version)
    changed = load(sqlite, loader)
    publish(sqlite, [Article("bus", "公交车停了没？", "停了。")])

    after = load(sqlite, loader)

    assert "bus" in after.articles
    assert after.models is changed.models


def test_a_running_process_knows_the_places_that_were_imported_since(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    running = Live(sqlite, KNOWLEDGE, library_loader(segmenter, tmp_path))
    with sqlite.transaction() as session:
        replace_or_add(session, AREAS)

    library = running.refresh()

    assert library.profiler.places.named_in("马营镇和平村") == {"马营", "和平村"}
    assert set(library.articles) == {"mask", "ferry"}


def test_every_running_process_uses_a_new_version_within_five_seconds(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    store, clock = ModelStore(tmp_path / "models"), TestClock()

    def ticks() -> float:
        return clock.now.timestamp()

    loaders = [library_loader(segmenter, tmp_path) for _ in range(2)]
    running = [Live(sqlite, KNOWLEDGE, loader, ticks=ticks) for loader in loaders]
    before = running[0].get().models
    version = store.keep(an_other(before), CARD).version

    make_current(sqlite, store, version)
    clock.advance(seconds=5)

    assert eventually(
        lambda: all(one.get().models.answers.shift == before.answers.shift - 1.0 for one in running)
    )


def test_a_version_that_breaks_under_a_running_service_leaves_residents_served(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    loader, store = library_loader(segmenter, tmp_path), ModelStore(tmp_path / "models")
    before = load(sqlite, loader)
    version = store.keep(an_other(before.models), CARD).version
    (tmp_path / "models" / version / "answers.npz").write_bytes(b"half")
    make_current(sqlite, store, version)

    assert load(sqlite, loader).models.answers.shift == before.models.answers.shift


@pytest.mark.parametrize("harm", ["cut off", "away"])
def test_a_version_that_was_mended_is_used_though_its_name_is_the_same(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, harm: str
) -> None:
    publish(sqlite)
    loader, store = library_loader(segmenter, tmp_path), ModelStore(tmp_path / "models")
    before = load(sqlite, loader)
    version = store.keep(an_other(before.models), CARD).version
    file = tmp_path / "models" / version / "answers.npz"
    whole = file.read_bytes()
    file.write_bytes(whole[:10]) if harm == "cut off" else file.unlink()
    make_current(sqlite, store, version)
    assert load(sqlite, loader).models.answers.shift == before.models.answers.shift

    file.write_bytes(whole)

    assert load(sqlite, loader).models.answers.shift == before.models.answers.shift - 1.0


def test_a_version_that_cannot_be_used_is_tried_once(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path
) -> None:
    publish(sqlite)
    loader, store = library_loader(segmenter, tmp_path), ModelStore(tmp_path / "models")
    version = store.keep(load_models(), CARD).version
    (tmp_path / "models" / version / "answers.npz").write_bytes(b"half")
    make_current(sqlite, store, version)

    with capture_logs() as logged:
        for _ in range(3):
            load(sqlite, loader)

    assert [one["event"] for one in logged] == ["models_not_used"]


def test_a_start_with_a_kept_version_reads_no_text_and_fits_nothing(sqlite: Database, tmp_path: Path) -> None:
    publish(sqlite)
    read_ahead(sqlite, tmp_path)
    store, kept = ModelStore(tmp_path / "models"), an_other(load_models())
    make_current(sqlite, store, store.keep(kept, CARD).version)

    start = [sys.executable, "-c", START, sqlite.engine.url.render_as_string(), str(tmp_path)]
    told = subprocess.run(start, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 - our own program

    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == [str(len(ARTICLES)), str(kept.answers.shift), "[]", "False"]


def test_who_begins_with_a_library_that_is_held_reads_what_differs_and_changes_nobody_elses(
    sqlite: Database, segmenter: Segmenter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(sqlite)
    first = load(sqlite, library_loader(segmenter, tmp_path))
    publish(sqlite, [Article("bus", "公交车停了没？", "停了。")])
    read = count_reading(monkeypatch)

    second = load(sqlite, library_loader(segmenter, tmp_path / "another", held=Held(first, ())))

    assert set(read) == {"公交车停了没？"}
    assert set(second.articles) == {"mask", "ferry", "bus"}
    assert set(first.articles) == {"mask", "ferry"}
    assert found(first, "公交车停了吗") != found(second, "公交车停了吗")
