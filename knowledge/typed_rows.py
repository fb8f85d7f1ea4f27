"""Rows of a file whose fields are each of one type: pairs, variants."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.jsonl import ImportFaults, LineFault, read_objects

Field = tuple[str, type, str]
"""Its name, its type, and what to say of another one."""


def read_rows(path: Path, fields: Sequence[Field]) -> list[Mapping[str, Any]]:
    """The objects of a JSON Lines file. Raises ImportFaults with every fault, in the order of the lines."""
    faults: list[LineFault] = []
    rows = list(read_objects(path, faults=faults))
    faults += [
        LineFault(path.name, number, name, reason)
        for number, values in rows
        for name, kind, reason in fields
        if not isinstance(values.get(name), kind)
    ]
    if faults:
        raise ImportFaults(tuple(sorted(faults, key=lambda fault: fault.line)))
    return [values for _, values in rows]
