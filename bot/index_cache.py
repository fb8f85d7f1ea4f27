"""Keeps what was read of the texts in files between two starts: plain arrays, no pickle, keyed by what read them.

With 2,000 articles and 10,000 claims it saves most of the start. A file that is missing, broken or of another key costs
nothing but the reading it would have saved; it is written aside and moved into place, so nobody reads half of one.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray

log = structlog.get_logger()

# Articles and claims of this start and of the one before.
KEPT = 4


class FileIndexCache:
    """`knowledge.kept_rows.RowCache` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> Mapping[str, NDArray[Any]] | None:
        """The arrays saved under this key."""
        try:
            with (self._folder / f"{key}.npz").open("rb") as file, np.load(file, allow_pickle=False) as saved:
                return {name: saved[name] for name in saved.files}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep the arrays; a folder that cannot be written to is no reason not to start."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as part:
                np.savez(part, allow_pickle=False, **arrays)
            Path(part.name).replace(self._folder / f"{key}.npz")
            self._forget_older()
        except OSError as error:
            log.warning("index_not_kept", reason=type(error).__name__)

    def _forget_older(self) -> None:
        files = sorted(self._folder.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)
