"""Texts beside others that say the same, and beside others that look as much like them and say something else: what `sameness`
learns from, in our own words.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

from knowledge.jsonl import ImportFaults, LineFault, read_objects


@dataclass(frozen=True, slots=True)
class Variants:
    """What says or asks the `same` as a text, and what means something `other`, or the opposite."""

    text: str
    same: tuple[str, ...]
    other: tuple[str, ...]


_KINDS = (("text", str, "must be text"), ("same", list, "must be a list"), ("other", list, "must be a list"))


def load_variants() -> tuple[Variants, ...]:
    """Those that come with the program; neighbours are about different things. Raises ImportFaults with every fault."""
    faults: list[LineFault] = []
    packaged = files("knowledge").joinpath("seed", "lessons", "variants.jsonl")
    with as_file(packaged) as path:
        rows = list(read_objects(path, faults=faults))
    faults += [
        LineFault(packaged.name, number, field, reason)
        for number, values in rows
        for field, kind, reason in _KINDS
        if not isinstance(values.get(field), kind)
    ]
    if faults:
        raise ImportFaults(tuple(faults))
    return tuple(Variants(one["text"], tuple(one["same"]), tuple(one["other"])) for _, one in rows)
