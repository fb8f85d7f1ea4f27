"""Labelled files of interfaces section 4: questions, messages, routing lines; read with every fault named at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from knowledge.intent import Intent
from knowledge.jsonl import ImportFaults, LineFault, read_objects

T = TypeVar("T")


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


def read_questions(path: Path) -> tuple[LabelledQuestion, ...]:
    return _read(path, lambda values: LabelledQuestion(_text(values), _ids(values, "relevant")))


def read_messages(path: Path) -> tuple[LabelledMessage, ...]:
    return _read(
        path, lambda values: LabelledMessage(_text(values), _ids(values, "claims"), _truth(values, "rumour"))
    )


def read_lines(path: Path) -> tuple[LabelledLine, ...]:
    return _read(path, lambda values: LabelledLine(_text(values), _intent(values)))


class _WrongFieldError(ValueError):
    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


def _read(path: Path, build: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    faults: list[LineFault] = []
    read: list[T] = []
    for number, values in read_objects(path, faults=faults):
        try:
            read.append(build(values))
        except _WrongFieldError as wrong:
            faults.append(LineFault(path.name, number, wrong.field, wrong.reason))
    if faults:
        raise ImportFaults(tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(read)


def _text(values: Mapping[str, Any]) -> str:
    text = values.get("text")
    if not isinstance(text, str):
        raise _WrongFieldError("text", "must be text")
    return text


def _ids(values: Mapping[str, Any], field: str) -> frozenset[str] | None:
    ids = values.get(field)
    if ids is None:
        return None
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise _WrongFieldError(field, "must be a list of ids")
    return frozenset(ids)


def _truth(values: Mapping[str, Any], field: str) -> bool | None:
    truth = values.get(field)
    if truth is not None and not isinstance(truth, bool):
        raise _WrongFieldError(field, "must be true, false or null")
    return truth


def _intent(values: Mapping[str, Any]) -> Intent | None:
    intent = values.get("intent")
    if intent is None:
        return None
    if intent not in list(Intent):
        raise _WrongFieldError("intent", f"must be one of {', '.join(Intent)}")
    return Intent(intent)
