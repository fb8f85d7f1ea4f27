"""Labelled files of interfaces section 4: questions, messages, routing lines; read with every fault named at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from knowledge.intent import Intent
from knowledge.jsonl import ImportFaults, LineFault, read_objects

T = TypeVar("T")

QUESTION_FIELDS = frozenset({"text", "relevant"})
MESSAGE_FIELDS = frozenset({"text", "claims", "rumour", "kind"})
LINE_FIELDS = frozenset({"text", "intent"})


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """`relevant`: the ids that would answer it; empty when nothing fits, None when nobody has labelled it."""

    text: str
    relevant: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """`claims`: the published claims it repeats; `rumour`: whether a person should look. None: not labelled."""

    text: str
    claims: frozenset[str] | None
    rumour: bool | None


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """`intent` None: not labelled."""

    text: str
    intent: Intent | None


@dataclass(frozen=True, slots=True)
class Strangers:
    """Ids that labels name and the list has not, and how many lines name some."""

    lines: int = 0
    ids: tuple[str, ...] = ()


NO_STRANGERS = Strangers()


def strangers(labels: Iterable[frozenset[str] | None], listed: Iterable[str]) -> Strangers:
    known = frozenset(listed)
    unknown = [ids - known for ids in labels if ids and ids - known]
    return Strangers(len(unknown), tuple(sorted(frozenset().union(*unknown))))


@dataclass(frozen=True, slots=True)
class Unread:
    """A field that no label has, on so many lines, the first of which is `line`."""

    field: str
    line: int
    lines: int


def unread_fields(path: Path, known: frozenset[str]) -> tuple[Unread, ...]:
    """What is passed over in a file: people keep notes beside their labels, but a label misspelt is none at all."""
    found: dict[str, list[int]] = {}
    for number, values in read_objects(path, faults=[]):
        for field in values.keys() - known:
            found.setdefault(field, []).append(number)
    return tuple(Unread(field, lines[0], len(lines)) for field, lines in sorted(found.items()))


def read_questions(path: Path) -> tuple[LabelledQuestion, ...]:
    return _read(path, lambda line: LabelledQuestion(line.text(), line.ids("relevant")))


def read_messages(path: Path) -> tuple[LabelledMessage, ...]:
    return _read(path, lambda line: LabelledMessage(line.text(), line.ids("claims"), line.truth("rumour")))


def read_lines(path: Path) -> tuple[LabelledLine, ...]:
    return _read(path, lambda line: LabelledLine(line.text(), line.intent()))


@dataclass(frozen=True, slots=True)
class _Line:
    """Taking a field of the wrong kind notes a fault and gives an empty value, so that all of a line are told at once."""

    values: Mapping[str, Any]
    note: Callable[[str, str], None]

    def text(self) -> str:
        text = self.values.get("text")
        if isinstance(text, str):
            return text
        self.note("text", "must be text")
        return ""

    def ids(self, field: str) -> frozenset[str] | None:
        ids = self.values.get(field)
        if ids is None:
            return None
        if isinstance(ids, list) and all(isinstance(one, str) for one in ids):
            return frozenset(ids)
        self.note(field, "must be a list of ids")
        return None

    def truth(self, field: str) -> bool | None:
        truth = self.values.get(field)
        if truth is None or isinstance(truth, bool):
            return truth
        self.note(field, "must be true, false or null")
        return None

    def intent(self) -> Intent | None:
        intent = self.values.get("intent")
        if intent is None or intent in list(Intent):
            return intent and Intent(intent)
        self.note("intent", f"must be one of {', '.join(Intent)}")
        return None


def _read(path: Path, build: Callable[[_Line], T]) -> tuple[T, ...]:
    faults: list[LineFault] = []
    read: list[T] = []
    for number, values in read_objects(path, faults=faults):
        read.append(build(_Line(values, partial(_note, faults, path.name, number))))
    if faults:
        raise ImportFaults(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(read)


def _note(faults: list[LineFault], file: str, line: int, field: str, reason: str) -> None:
    faults.append(LineFault(file, line, field, reason))
