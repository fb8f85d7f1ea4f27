"""Keeps what was read of the texts in files between two starts: plain arrays, no pickle, keyed by what read them.

With 2,000 articles and 10,000 claims it saves most of the start. A file that is missing, broken or of another key costs
nothing but the reading it would have saved; it is written aside and moved into place, so nobody reads half of one. Behind
the arrays stands their SHA-256: what does not agree with it is never unpacked, for nobody can say what a damaged header
would have zipfile and numpy do.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any
from zipfile import BadZipFile

import numpy as np
import structlog
from numpy.typing import NDArray

log = structlog.get_logger()

# Articles and claims of this start and of the one before.
KEPT = 4
# Nobody writes for so long.
ABANDONED = timedelta(hours=1)
_SEAL = sha256().digest_size
_CHUNK = 1 << 20


class FileIndexCache:
    """`knowledge.kept_rows.RowCache` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> Mapping[str, NDArray[Any]] | None:
        """The arrays saved under this key."""
        path = self._folder / f"{key}.npz"
        try:
            with path.open("rb") as file:
                _require_whole(file)
                with np.load(file, allow_pickle=False) as saved:
                    return {name: saved[name] for name in saved.files}
        except FileNotFoundError:
            return None
        except (OSError, ValueError, BadZipFile) as error:
            log.warning("index_not_read", file=path.name, reason=str(error))
            return None

    def save(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep the arrays; a folder that cannot be written to is no reason not to start."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
                aside = Path(part.name)
                try:
                    self._sweep(now=aside.stat().st_mtime)
                    np.savez(part, allow_pickle=False, **arrays)
                    _seal(part)
                    part.flush()
                    aside.replace(self._folder / f"{key}.npz")
                finally:
                    aside.unlink(missing_ok=True)
            self._forget_older()
        except OSError as error:
            log.warning("index_not_kept", reason=error.strerror or type(error).__name__)

    def _sweep(self, *, now: float) -> None:
        """Away with what a process that was killed left half written; `now`: by the clock of the folder.

        Another role may move its own into place between our seeing it and our looking at it.
        """
        for part in self._folder.glob("*.part"):
            with suppress(FileNotFoundError):
                if part.stat().st_mtime < now - ABANDONED.total_seconds():
                    part.unlink()

    def _forget_older(self) -> None:
        files = sorted(self._folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)


def _seal(file: IO[bytes]) -> None:
    length = file.seek(0, SEEK_END)
    file.write(_digest(file, length))


def _require_whole(file: IO[bytes]) -> None:
    """Raises ValueError unless the file ends with the hash of what stands before; leaves it at its beginning."""
    length = file.seek(0, SEEK_END) - _SEAL
    if _digest(file, length) != file.read():
        raise ValueError("is not what was written")
    file.seek(0)


def _digest(file: IO[bytes], length: int) -> bytes:
    """Of the first `length` bytes; the file stands behind them afterwards. Little by little: an index may be large."""
    digest = sha256()
    file.seek(0)
    for start in range(0, length, _CHUNK):
        digest.update(file.read(min(length - start, _CHUNK)))
    return digest.digest()
