"""The fingerprint of a folder: the same as long as its files are."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.fingerprint import folder_fingerprint
from knowledge.lessons import lessons_fingerprint


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").write_text("停水", encoding="utf-8")
    (tmp_path / "b").write_text("停电", encoding="utf-8")
    return tmp_path


def test_a_copy_has_the_same_fingerprint_and_another_folder_in_it_changes_nothing(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copied = shutil.copytree(folder, tmp_path_factory.mktemp("copied") / "folder")
    (copied / "below").mkdir()

    assert folder_fingerprint(copied) == folder_fingerprint(folder)


@pytest.mark.parametrize(
    ("before", "after", "content"),
    [("a", "a", "停气"), ("b", "b", "停电\n"), ("b", "c", "停电"), ("a", "ab", "停水")],
)
def test_another_word_or_another_name_makes_another_fingerprint(
    folder: Path, before: str, after: str, content: str
) -> None:
    fingerprint = folder_fingerprint(folder)

    (folder / before).unlink()
    (folder / after).write_text(content, encoding="utf-8")

    assert folder_fingerprint(folder) != fingerprint


def test_that_of_the_lessons_is_of_their_files() -> None:
    assert lessons_fingerprint() == folder_fingerprint(files("knowledge").joinpath("seed", "lessons"))
