"""The best that the models reached (`figures.toml`), what of it was given up on purpose, and which figures have dropped since.

A decision that is worth it costs something elsewhere. The record keeps what was reached and, beside it, what was paid and for what,
so that the next drop, which nobody decided, is not lost among those.
"""

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from knowledge.figures import Figure

RECORD = Path(__file__).parent / "figures.toml"
MARGIN = 0.005
_ORDER = ("table", "name", "file", "sha256", "value", "given_up", "why")
"""In which the record names them."""
_HEAD = """\
# The best that was measured: python -m benchmarks.quality --record writes what is better now, and of files that have changed.
# `make evaluate` fails for every figure that is worse by more than 0.005. `sha256`: of the file it was measured on, its beginning;
# a figure of a file that has changed since is not compared. `given_up`: what a figure may fall to, for the reason `why`; to be
# written by hand, and taken out again once the figure is reached again.
"""
_NOT_RECORDED = ("time per message", "threshold", "reliability")
_NO_MERIT = frozenset({"share answered"})
"""Whoever answers less is not worse for it: precision, and what is answered right, are recorded."""
_LESS_IS_BETTER = frozenset(
    {
        "expected calibration error",
        "flipped: answered by the wrong partner",
        "flipped: given the wrong verdict",
        "paraphrase: vetoed",
        "flag: news flagged at 5% false alarms",
        "flag: news flagged in force",
        "false counts on other",
    }
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One figure: its table and name, and the file it was measured on with the beginning of its hash. `given_up`: to what it may have
    become worse, for the reason `why`. Raises ValueError for either without the other.
    """

    table: str
    name: str
    value: float
    file: str
    sha256: str
    given_up: float | None = None
    why: str = ""

    def __post_init__(self) -> None:
        if (self.given_up is None) != (not self.why):
            raise ValueError(f"{self.table}: {self.name}: `given_up` needs a `why`, and `why` needs it")

    @property
    def key(self) -> tuple[str, str]:
        return self.table, self.name

    @property
    def least(self) -> float:
        """What is still as good as was decided."""
        return self.value if self.given_up is None else self.given_up

    @property
    def standing(self) -> str:
        return f"{self.least:.3f} {'recorded' if self.given_up is None else 'given up'}"

    def is_worse_than(self, value: float) -> bool:
        return self._lost(value) > MARGIN

    def is_better_than(self, value: float) -> bool:
        return self._lost(value) < 0

    def _lost(self, value: float) -> float:
        return self.value - value if self.name in _LESS_IS_BETTER else value - self.value


def to_record(table: str, file: Path, figures: Iterable[Figure]) -> list[Recorded]:
    """Those of the figures that are worth comparing later. Only the last two parts of a file's place are kept."""
    name, digest = "/".join(file.parts[-2:]), sha256(file.read_bytes()).hexdigest()[:16]
    return [
        Recorded(table, figure.name, round(figure.value, 5), name, digest)
        for figure in figures
        if math.isfinite(figure.value)
        and not figure.name.startswith(_NOT_RECORDED)
        and figure.name not in _NO_MERIT
    ]


def read_record() -> Mapping[tuple[str, str], Recorded]:
    """By table and name; empty before anything was recorded."""
    rows = tomllib.loads(RECORD.read_text("utf-8")).get("figure", ()) if RECORD.exists() else ()
    return {one.key: one for one in (Recorded(**row) for row in rows)}


def write_record(measured: Iterable[Recorded]) -> None:
    """What is better than recorded, or was measured on another version of its file; all else stays as it is. A merit of 0 cannot be
    lost: none is kept.
    """
    record, found = read_record(), list(measured)
    tables = {one.table for one in found}
    best = [_best(one, record.get(one.key)) for one in found]
    new = [one for one in best if one.value or one.name in _LESS_IS_BETTER]
    kept = [one for one in record.values() if one.table not in tables]
    RECORD.write_text(_HEAD + "".join(map(_entry, (*new, *kept))), encoding="utf-8")


def _best(now: Recorded, before: Recorded | None) -> Recorded:
    is_best = before is None or before.sha256 != now.sha256 or now.is_better_than(before.value)
    return now if is_best or before is None else before


def _entry(one: Recorded) -> str:
    said = ((name, getattr(one, name)) for name in _ORDER)
    lines = (f"{name} = {json.dumps(value)}\n" for name, value in said if value not in {None, ""})
    return "\n[[figure]]\n" + "".join(lines)


def dropped(measured: Iterable[Recorded]) -> list[str]:
    """A line for each figure that is worse than recorded, and than what was given up of it."""
    return [
        f"{now.table}: {now.name}: {before.standing}, {now.value:.3f} now ({now.file})"
        for before, now in _compared(measured)
        if now.is_worse_than(before.least)
    ]


def given_up(measured: Iterable[Recorded]) -> list[str]:
    """A line for each figure that is worse than recorded on purpose."""
    return [
        f"{now.table}: {now.name}: {before.value:.3f} recorded, {now.value:.3f} now: {before.why}"
        for before, now in _compared(measured)
        if now.is_worse_than(before.value) and not now.is_worse_than(before.least)
    ]


def regained(measured: Iterable[Recorded]) -> list[str]:
    """A line for each figure that was given up and is reached again: from now on it may be lost no more."""
    return [
        f"{now.table}: {now.name}: {before.value:.3f} recorded, {now.value:.3f} now"
        for before, now in _compared(measured)
        if before.given_up is not None and not now.is_worse_than(before.value)
    ]


def _compared(measured: Iterable[Recorded]) -> Iterator[tuple[Recorded, Recorded]]:
    """What is recorded beside what is measured now, on the same file."""
    record = read_record()
    for now in measured:
        before = record.get(now.key)
        if before and before.sha256 == now.sha256:
            yield before, now


def changed_files(measured: Iterable[Recorded]) -> list[str]:
    """Files whose recorded figures are of another version of them."""
    record = read_record()
    return sorted(
        {one.file for one in measured if (before := record.get(one.key)) and before.sha256 != one.sha256}
    )
