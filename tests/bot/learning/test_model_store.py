"""Versions of the models are kept as plain arrays; whatever is wrong with one, the packaged version serves."""

import errno
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from bot.commands.failures import explained
from bot.errors import Conflict, NotFound
from bot.learning.card import PACKAGED
from bot.learning.model_store import ModelStore
from knowledge.models import MODEL_NAMES, Models
from knowledge.text import Segmenter
from tests.bot.learning.cards import CARD, of_another_program


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


def test_without_a_folder_the_packaged_version_is_current(store: ModelStore) -> None:
    assert store.current == PACKAGED
    assert store.cards() == ()
    assert store.in_use(store.current).version == PACKAGED


def test_a_kept_version_reads_back_the_same(
    store: ModelStore, packaged: Models, segmenter: Segmenter
) -> None:
    taught = replace(packaged, answers=packaged.answers.recalibrated(1.1, -0.5))

    card = store.keep(taught, CARD)
    again = store.load(card.version)

    assert store.card("1") == card
    assert (again.answers.stretch, again.answers.shift) == (taught.answers.stretch, taught.answers.shift)
    said = [models.flag.probabilities("听说明天封城", segmenter=segmenter) for models in (packaged, again)]
    assert said[0] == said[1]


def test_versions_are_numbered_and_none_becomes_current_by_itself(
    store: ModelStore, packaged: Models
) -> None:
    assert [store.keep(packaged, CARD).version for _ in range(3)] == ["1", "2", "3"]
    assert store.current == PACKAGED

    store.make_current("2")

    assert store.current == "2"
    assert [card.version for card in store.cards()] == ["1", "2", "3"]


def test_a_version_is_plain_arrays_and_a_card_and_nothing_is_left_beside_it(
    store: ModelStore, packaged: Models, tmp_path: Path
) -> None:
    store.keep(packaged, CARD)

    files = {path.relative_to(tmp_path / "models").as_posix() for path in (tmp_path / "models").rglob("*.*")}
    assert files == {"1/card.json", *(f"1/{name}.npz" for name in MODEL_NAMES)}
    for name in MODEL_NAMES:
        with np.load(tmp_path / "models" / "1" / f"{name}.npz", allow_pickle=False) as arrays:
            assert all(arrays[key].dtype != object for key in arrays.files)


@pytest.mark.parametrize("name", MODEL_NAMES)
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut off"], ids=["gone", "empty", "cut off"])
def test_a_damaged_version_is_not_used_and_a_warning_says_so(
    store: ModelStore, packaged: Models, tmp_path: Path, name: str, content: bytes | None
) -> None:
    version = store.keep(packaged, CARD).version
    file = tmp_path / "models" / version / f"{name}.npz"
    file.unlink() if content is None else file.write_bytes(content)

    with capture_logs() as logged:
        serving = store.in_use(version)

    assert serving.version == PACKAGED
    assert [(one["log_level"], one["event"], one["version"]) for one in logged] == [
        ("warning", "models_not_used", "1")
    ]


def test_whole_arrays_that_are_not_those_that_were_kept_are_refused(
    store: ModelStore, packaged: Models, tmp_path: Path
) -> None:
    version = store.keep(packaged, CARD).version
    np.savez(tmp_path / "models" / version / "flag.npz", kinds=np.array([{"a": 1}], dtype=object))

    with pytest.raises(Conflict, match="damaged"):
        store.load(version)


@pytest.mark.parametrize(
    "card", ["", "[]", "{}", '{"version": "1"}', "no json"], ids=["empty", "list", "bare", "cut off", "text"]
)
def test_a_version_with_a_broken_card_is_neither_used_nor_listed(
    store: ModelStore, packaged: Models, tmp_path: Path, card: str
) -> None:
    version = store.keep(packaged, CARD).version
    (tmp_path / "models" / version / "card.json").write_text(card)

    assert store.in_use(version).version == PACKAGED
    assert store.cards() == ()


def test_a_version_of_another_program_is_not_used(store: ModelStore, packaged: Models) -> None:
    version = store.keep(packaged, of_another_program()).version

    with pytest.raises(Conflict, match="another version of the program"):
        store.load(version)
    assert store.in_use(version).version == PACKAGED


@pytest.mark.parametrize("pointer", [b"", b"../../etc", b"0", b"\xff\xfe", b"12345678901"])
def test_a_pointer_that_names_no_version_means_the_packaged_one(
    store: ModelStore, tmp_path: Path, pointer: bytes
) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "current").write_bytes(pointer)

    assert store.current == PACKAGED


@pytest.mark.parametrize("version", ["7", "../1", "latest", ""])
def test_a_version_that_is_not_there_is_said_to_be_so(store: ModelStore, version: str) -> None:
    with pytest.raises(NotFound):
        store.load(version)


def test_a_half_written_version_has_no_number(store: ModelStore, packaged: Models, tmp_path: Path) -> None:
    (tmp_path / "models" / ".part-abc").mkdir(parents=True)

    assert store.keep(packaged, CARD).version == "1"


def test_a_full_disk_is_told_with_its_folder_and_leaves_nothing(
    store: ModelStore, packaged: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left") as raised:
        store.keep(packaged, CARD)

    assert explained(raised.value).message == (
        f"{tmp_path / 'models'}: no space left; make room there and try again"
    )
    assert list((tmp_path / "models").iterdir()) == []


def test_a_card_holds_no_text(store: ModelStore, packaged: Models, tmp_path: Path) -> None:
    store.keep(packaged, CARD)

    content = json.loads((tmp_path / "models" / "1" / "card.json").read_text(encoding="utf-8"))

    assert content.keys() == {
        "version",
        "created_at",
        "key",
        "data",
        "program",
        "form",
        "replaces",
        "learnt_from",
        "figures",
        "files",
    }


def test_versions_are_carried_to_another_machine_with_the_one_that_is_current(
    store: ModelStore, packaged: Models, tmp_path: Path
) -> None:
    store.make_current(store.keep(packaged, CARD).version)
    store.keep(packaged, CARD)
    other = ModelStore(tmp_path / "other" / "models")

    assert other.take_over(store.exported())

    assert other.current == "1"
    assert other.cards() == store.cards()
    assert other.in_use("1").version == "1"


def test_versions_that_are_there_already_are_kept(
    store: ModelStore, packaged: Models, tmp_path: Path
) -> None:
    other = ModelStore(tmp_path / "other")
    other.keep(packaged, of_another_program())
    store.keep(packaged, CARD)

    assert not other.take_over(store.exported())

    assert other.card("1").key == "another"


def test_without_versions_there_is_nothing_to_carry(store: ModelStore, tmp_path: Path) -> None:
    assert store.exported() == {}
    assert not ModelStore(tmp_path / "other").take_over({})


def test_only_files_of_versions_are_laid_out(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")

    store.take_over({"../evil": b"x", "1/../../evil": b"x", "1/evil.py": b"x", "current": b"\xff"})

    assert not list(tmp_path.rglob("*evil*"))
    assert store.current == PACKAGED
