"""Texts beside others that say the same, and beside others that look as much like them and say something else: what `sameness`
learns from, in our own words.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

from knowledge.typed_rows import read_rows


@dataclass(frozen=True, slots=True)
class Variants:
    """What says or asks the `same` as a text, and what means something `other`, or the opposite."""

    text: str
    same: tuple[str, ...]
    other: tuple[str, ...]


_FIELDS = (
    ("text", str, "must be text"),
    ("same", list, "must be a list of texts"),
    ("other", list, "must be a list of texts"),
)


def load_variants() -> tuple[Variants, ...]:
    """Those that come with the program; neighbours are about different things. Raises ImportFaults with every fault."""
    with as_file(files("knowledge").joinpath("seed", "lessons", "variants.jsonl")) as path:
        rows = read_rows(path, _FIELDS)
    return tuple(Variants(one["text"], tuple(one["same"]), tuple(one["other"])) for one in rows)
