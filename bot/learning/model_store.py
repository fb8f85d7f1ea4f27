"""Versions of the models in a folder: plain arrays and a card each, and the name of the one that is current.

Whatever is wrong with a version (missing, cut off, changed, made for another program), the one that comes with the program
serves at once and a warning says why: a resident never sees it. A version is written aside and moved into place.
"""

import io
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.errors import Conflict, NotFound
from bot.learning.card import PACKAGED, Card, program_key
from bot.learning.turn import turn_in
from bot.private_file import write_private
from knowledge.models import MODEL_NAMES, Models, load_models, models_from

MODELS_FOLDER = "models"
POINTER = "current"
CARD = "card.json"
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_FILE = re.compile(rf"(?:{'|'.join(MODEL_NAMES)})\.npz|{re.escape(CARD)}")

log = structlog.get_logger()


Stamp = tuple[tuple[int, ...], ...]
"""Changes when a file of a version is replaced, whatever its date."""


@dataclass(frozen=True, slots=True)
class InUse:
    """The models that serve, and the version they are."""

    version: str
    models: Models


class ModelStore:
    """`key`: what this program's models fit, asked only when there is a version to compare with."""

    def __init__(self, folder: Path, *, key: Callable[[], str] = program_key) -> None:
        self._folder = folder
        self.key = key

    @property
    def current(self) -> str:
        """The version that is to serve, as the pointer says it."""
        try:
            name = (self._folder / POINTER).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return PACKAGED
        return name if _NUMBER.fullmatch(name) else PACKAGED

    def make_current(self, version: str) -> None:
        """Let `version` serve from now on; who changes it also raises the knowledge revision, so that all notice."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_private(self._folder / POINTER, f"{version}\n".encode())

    def alone(self) -> AbstractContextManager[None]:
        """For the length of a training. Raises Conflict while another one runs."""
        return turn_in(self._folder)

    def cards(self) -> tuple[Card, ...]:
        """Of every version with a readable card, oldest first."""
        found = []
        for version in self.versions():
            with suppress(NotFound, Conflict):
                found.append(self.card(version))
        return tuple(found)

    def versions(self) -> tuple[str, ...]:
        """All that lie there, readable or not, oldest first."""
        return tuple(map(str, self._numbers()))

    def card(self, version: str) -> Card:
        """Raises NotFound when there is no such version, Conflict when its card cannot be read."""
        if not _NUMBER.fullmatch(version):
            raise NotFound(f"there is no version {version} of the models; see: dingxin knowledge models")
        try:
            return Card.from_json((self._folder / version / CARD).read_text(encoding="utf-8"))
        except OSError:
            raise NotFound(f"version {version} of the models is not there") from None
        except (ValueError, KeyError, TypeError):
            raise Conflict(f"version {version} of the models has no readable card") from None

    def load(self, version: str) -> Models:
        """Raises NotFound and Conflict: not there, damaged, or made for another program."""
        if version == PACKAGED:
            return load_models()
        card = self.card(version)
        if card.key != self.key():
            raise Conflict(f"version {version} of the models was made for another version of the program")
        try:
            return models_from(lambda name: self._arrays(version, name, card.files[name]))
        except (OSError, ValueError, KeyError, TypeError):
            raise Conflict(f"version {version} of the models is damaged") from None

    def fault(self, version: str) -> str:
        """Why it cannot serve; empty when it can."""
        try:
            self.load(version)
        except (NotFound, Conflict) as error:
            return str(error)
        return ""

    def named(self, version: str) -> InUse:
        """This version and no other. Raises NotFound and Conflict."""
        return InUse(version, self.load(version))

    def in_use(self, version: str) -> InUse:
        """This version, or the packaged one where it cannot serve."""
        try:
            return self.named(version)
        except (NotFound, Conflict) as error:
            log.warning("models_not_used", version=version, reason=str(error), instead=PACKAGED)
            return InUse(PACKAGED, load_models())

    def keep(self, models: Models, card: Card) -> Card:
        """Save a new version; its card with the number it got. Raises OSError that says where."""
        self._folder.mkdir(parents=True, exist_ok=True)
        contents = {name: _packed(arrays) for name, arrays in models.to_arrays().items()}
        hashes = {name: sha256(content).hexdigest() for name, content in contents.items()}
        aside = Path(mkdtemp(dir=self._folder, prefix=".part-"))
        try:
            for name, content in contents.items():
                (aside / f"{name}.npz").write_bytes(content)
            return self._move_into_place(aside, replace(card, files=hashes))
        except OSError as error:
            error.filename = error.filename or str(self._folder)
            raise
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def stamp(self, version: str) -> Stamp:
        """Of the files that are there; read before the version is, so that what comes between is seen the next time."""
        if version == PACKAGED:
            return ()
        stamps = []
        for name in (CARD, *(f"{name}.npz" for name in MODEL_NAMES)):
            with suppress(OSError):
                file = (self._folder / version / name).stat()
                stamps.append((file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns))
        return tuple(stamps)

    def exported(self) -> dict[str, bytes]:
        """All versions and the pointer, by their names below the folder: for a backup. The pointer is read first, so that
        the version it names is there.
        """
        pointer = {POINTER: f"{self.current}\n".encode()}
        folders = [self._folder / str(number) for number in self._numbers()]
        found = [file for folder in folders for file in folder.iterdir() if _FILE.fullmatch(file.name)]
        files = {f"{file.parent.name}/{file.name}": file.read_bytes() for file in found}
        return {**files, **pointer} if files else {}

    def take_over(self, files: Mapping[str, bytes]) -> bool:
        """Lay out what was exported, unless there are versions here already; whether it was done."""
        if self._numbers() or not files:
            return False
        for name, content in files.items():
            number, _, file = name.partition("/")
            if _NUMBER.fullmatch(number) and _FILE.fullmatch(file):
                (self._folder / number).mkdir(parents=True, exist_ok=True)
                write_private(self._folder / number / file, content)
        pointer = files.get(POINTER, b"").decode("ascii", "replace").strip()
        if _NUMBER.fullmatch(pointer):
            self.make_current(pointer)
        return True

    def _move_into_place(self, aside: Path, card: Card) -> Card:
        """Under the next number; whoever copies versions here may have taken it meanwhile."""
        while True:
            numbered = replace(card, version=str(max(self._numbers(), default=0) + 1))
            (aside / CARD).write_text(numbered.to_json(), encoding="utf-8")
            target = self._folder / numbered.version
            try:
                aside.rename(target)
            except OSError:
                if not target.exists():
                    raise
            else:
                return numbered

    def _numbers(self) -> list[int]:
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return sorted(int(one.name) for one in folders if _NUMBER.fullmatch(one.name))

    def _arrays(self, version: str, name: str, expected: str) -> Mapping[str, NDArray[Any]]:
        """Only what we wrote ourselves: bytes of another hash are never parsed, and nothing is ever unpickled."""
        content = (self._folder / version / f"{name}.npz").read_bytes()
        if sha256(content).hexdigest() != expected:
            raise ValueError(f"{name} is not what was written")
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return dict(arrays)


def _packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()
