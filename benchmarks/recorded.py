"""What the models reached when their figures were last recorded (`figures.toml`), and which figures have dropped since."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from knowledge.figures import Figure

RECORD = Path(__file__).parent / "figures.toml"
MARGIN = 0.005
_HEAD = """\
# What was measured when this was last recorded: python -m benchmarks.quality --record
# `make evaluate` names every figure that has become worse by more than 0.005. `sha256`: of the file it was measured on, its
# beginning; a figure of a file that has changed since is not compared.
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
    """One figure: its table and name, and the file it was measured on with the beginning of its hash."""

    table: str
    name: str
    value: float
    file: str
    sha256: str

    @property
    def key(self) -> tuple[str, str]:
        return self.table, self.name

    def is_worse_than(self, other: "Recorded") -> bool:
        lost = self.value - other.value if self.name in _LESS_IS_BETTER else other.value - self.value
        return lost > MARGIN


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
    """The record anew; of tables that were not measured now the old figures stay. A merit of 0 cannot be lost: none is kept."""
    found = list(measured)
    tables = {one.table for one in found}
    new = [one for one in found if one.value or one.name in _LESS_IS_BETTER]
    kept = [one for one in read_record().values() if one.table not in tables]
    RECORD.write_text(_HEAD + "".join(map(_entry, (*new, *kept))), encoding="utf-8")


def _entry(one: Recorded) -> str:
    words = {"table": one.table, "name": one.name, "file": one.file, "sha256": one.sha256}
    lines = "".join(f'{key} = "{value}"\n' for key, value in words.items())
    return f"\n[[figure]]\n{lines}value = {one.value}\n"


def dropped(measured: Iterable[Recorded]) -> list[str]:
    """A line for each figure that is worse than recorded."""
    record = read_record()
    return [
        f"{one.table}: {one.name}: {before.value:.3f} recorded, {one.value:.3f} now ({one.file})"
        for one in measured
        if (before := record.get(one.key)) and before.sha256 == one.sha256 and one.is_worse_than(before)
    ]


def changed_files(measured: Iterable[Recorded]) -> list[str]:
    """Files whose recorded figures are of another version of them."""
    record = read_record()
    return sorted(
        {one.file for one in measured if (before := record.get(one.key)) and before.sha256 != one.sha256}
    )
