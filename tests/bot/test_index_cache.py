"""What was read of the texts is kept in files; a damaged one costs the reading anew, never a start."""

import errno
import os
import random
from hashlib import sha256
from pathlib import Path
from typing import IO

import numpy as np
import pytest
from structlog.testing import capture_logs

from bot.index_cache import ABANDONED, FileIndexCache

ARRAYS = {"terms": np.array(["口罩", "渡口"]), "lengths": np.arange(200, dtype=np.int64)}


@pytest.fixture
def cache(tmp_path: Path) -> FileIndexCache:
    cache = FileIndexCache(tmp_path)
    cache.save("articles-1", ARRAYS)
    return cache


def test_what_was_saved_is_loaded(cache: FileIndexCache) -> None:
    loaded = cache.load("articles-1")

    assert loaded is not None
    assert {name: array.tolist() for name, array in loaded.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }


def test_a_file_that_is_not_there_is_no_reason_for_a_warning(cache: FileIndexCache) -> None:
    with capture_logs() as logged:
        assert cache.load("claims-1") is None

    assert logged == []


def test_a_header_that_asks_for_what_zip_cannot_do_is_damage_like_any_other(
    cache: FileIndexCache, tmp_path: Path
) -> None:
    file = tmp_path / "articles-1.npz"
    content = bytearray(file.read_bytes())
    content[content.rfind(b"PK\x01\x02") + 8] ^= 0x20
    file.write_bytes(content)

    with capture_logs() as logged:
        assert cache.load("articles-1") is None

    assert [(one["event"], one["log_level"], one["file"]) for one in logged] == [
        ("index_not_read", "warning", "articles-1.npz")
    ]


def test_what_is_whole_but_no_archive_is_damage_too(cache: FileIndexCache, tmp_path: Path) -> None:
    content = b"PK\x03\x04 and nothing behind it"
    (tmp_path / "articles-1.npz").write_bytes(content + sha256(content).digest())

    with capture_logs() as logged:
        assert cache.load("articles-1") is None

    assert [one["event"] for one in logged] == ["index_not_read"]


def test_no_change_of_a_bit_is_ever_loaded_or_raises(cache: FileIndexCache, tmp_path: Path) -> None:
    file = tmp_path / "articles-1.npz"
    whole = file.read_bytes()
    chance = random.Random(20220712)  # noqa: S311 - which bits are tried, no secret

    for _ in range(500):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        assert cache.load("articles-1") is None


def test_a_file_that_was_cut_off_is_read_anew(cache: FileIndexCache, tmp_path: Path) -> None:
    file = tmp_path / "articles-1.npz"
    for length in (0, 10, 32, file.stat().st_size - 1):
        file.write_bytes(file.read_bytes()[:length])
        assert cache.load("articles-1") is None


def test_a_save_that_fails_leaves_nothing_behind(
    cache: FileIndexCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: IO[bytes], **_: object) -> None:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with capture_logs() as logged:
        cache.save("claims-1", ARRAYS)

    assert [one["event"] for one in logged] == ["index_not_kept"]
    assert [file.name for file in tmp_path.iterdir()] == ["articles-1.npz"]


def test_what_a_killed_process_left_is_swept_and_what_another_is_writing_is_not(
    cache: FileIndexCache, tmp_path: Path
) -> None:
    abandoned, being_written = tmp_path / "tmpold.part", tmp_path / "tmpnew.part"
    for part in (abandoned, being_written):
        part.write_bytes(b"half")
    long_ago = being_written.stat().st_mtime - 2 * ABANDONED.total_seconds()
    os.utime(abandoned, (long_ago, long_ago))

    cache.save("claims-1", ARRAYS)

    assert not abandoned.exists()
    assert being_written.exists()


def test_what_another_moves_into_place_meanwhile_is_no_reason_not_to_save(
    cache: FileIndexCache, tmp_path: Path
) -> None:
    """A name that leads nowhere is what a file is that was there a moment ago."""
    (tmp_path / "tmpmoved.part").symlink_to(tmp_path / "moved.npz")

    with capture_logs() as logged:
        cache.save("claims-1", ARRAYS)

    assert logged == []
    assert cache.load("claims-1") is not None
