"""Labelled headcount replies, as interfaces section 4 fixes them; every fault of a file named at once."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.households.headcount import Headcount, ReadingKind
from knowledge.jsonl import ImportFaults, LineFault, read_objects

FIGURES = tuple(field.name for field in fields(Headcount))


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """`kind` None: not labelled. `headcount` is empty but for counts."""

    text: str
    kind: ReadingKind | None
    headcount: Headcount


def read_replies(path: Path) -> tuple[LabelledReply, ...]:
    """The replies of `path`, in order.

    Raises:
        ImportFaults: one or more lines are wrong; all of them are named.

    """
    faults: list[LineFault] = []
    replies: list[LabelledReply] = []
    for number, values in read_objects(path, faults=faults):
        wrong = tuple(_faults(values))
        faults += [LineFault(path.name, number, field, reason) for field, reason in wrong]
        if not wrong:
            kind = values.get("kind")
            headcount = Headcount(**{name: values.get(name) for name in FIGURES})
            replies.append(LabelledReply(values["text"], ReadingKind(kind) if kind else None, headcount))
    if faults:
        raise ImportFaults(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(replies)


def _faults(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if not isinstance(values.get("text"), str):
        found.append(("text", "must be text"))
    if values.get("kind") is not None and values["kind"] not in list(ReadingKind):
        found.append(("kind", f"must be one of {', '.join(ReadingKind)}"))
    for name in FIGURES:
        people = values.get(name)
        if people is not None and (not isinstance(people, int) or isinstance(people, bool) or people < 0):
            found.append((name, "must be a whole number of people or null"))
    return found
