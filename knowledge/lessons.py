"""What the models learn from, in our own words: lessons that come with the program, and what staff have decided since.

None of it is measured on: the labelled sets of tests/data are other sentences by other hands.
"""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, replace
from hashlib import sha256
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.fingerprint import folder_fingerprint
from knowledge.labelled import (
    LabelledLine,
    LabelledMessage,
    LabelledQuestion,
    read_lines,
    read_messages,
    read_questions,
)
from knowledge.typed_rows import read_rows


@dataclass(frozen=True, slots=True)
class LikeQuestions:
    """Two questions, and whether one answer serves both."""

    left: str
    right: str
    same: bool


@dataclass(frozen=True, slots=True)
class Lessons:
    """`questions`: of the packaged articles; `other_matters`: questions of which none of them says anything; `reports`:
    messages that repeat packaged claims, or resemble them; `messages`: whether a person should look; `lines`: their
    intents; `pairs`: questions side by side.
    """

    questions: tuple[LabelledQuestion, ...]
    other_matters: tuple[LabelledQuestion, ...]
    reports: tuple[LabelledMessage, ...]
    messages: tuple[LabelledMessage, ...]
    lines: tuple[LabelledLine, ...]
    pairs: tuple[LikeQuestions, ...]

    def with_decided(self, decided: Iterable[LabelledMessage]) -> "Lessons":
        """These lessons and messages that staff have decided on."""
        return replace(self, messages=(*self.messages, *decided))

    def where(self, kept: Callable[[str], bool]) -> "Lessons":
        """Those whose words `kept` accepts; of two questions side by side it must accept both."""
        return Lessons(
            questions=tuple(one for one in self.questions if kept(one.text)),
            other_matters=tuple(one for one in self.other_matters if kept(one.text)),
            reports=tuple(one for one in self.reports if kept(one.text)),
            messages=tuple(one for one in self.messages if kept(one.text)),
            lines=tuple(one for one in self.lines if kept(one.text)),
            pairs=tuple(one for one in self.pairs if kept(one.left) and kept(one.right)),
        )

    @property
    def texts(self) -> frozenset[str]:
        """Every wording that stands in them."""
        asked = {one.text for one in (*self.questions, *self.other_matters)}
        passed_on = {one.text for one in (*self.reports, *self.messages)}
        paired = {text for one in self.pairs for text in (one.left, one.right)}
        return frozenset(asked | passed_on | {one.text for one in self.lines} | paired)

    @property
    def key(self) -> str:
        """Changes whenever there is something else to learn, and is the same in every process: sets are sorted, for
        their own order differs from one start to the next.
        """
        kinds = (self.questions, self.other_matters, self.reports, self.messages, self.lines, self.pairs)
        plain = [[[_sorted(value) for value in astuple(one)] for one in kind] for kind in kinds]
        return sha256(repr(plain).encode()).hexdigest()[:16]


def _sorted(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def lessons_fingerprint() -> str:
    """Changes with the files of the lessons that come with the program, none of which it reads as lessons."""
    return folder_fingerprint(_packaged())


def _packaged() -> Traversable:
    return files("knowledge").joinpath("seed", "lessons")


def load_lessons() -> Lessons:
    """The lessons that come with the program."""
    with as_file(_packaged()) as folder:
        return Lessons(
            questions=read_questions(folder / "questions.jsonl"),
            other_matters=read_questions(folder / "other_matters.jsonl"),
            reports=read_messages(folder / "reports.jsonl"),
            messages=read_messages(folder / "messages.jsonl"),
            lines=read_lines(folder / "lines.jsonl"),
            pairs=_read_pairs(folder / "pairs.jsonl"),
        )


_PAIR = (
    ("left", str, "must be text"),
    ("right", str, "must be text"),
    ("same", bool, "must be true or false"),
)


def _read_pairs(path: Path) -> tuple[LikeQuestions, ...]:
    return tuple(LikeQuestions(row["left"], row["right"], row["same"]) for row in read_rows(path, _PAIR))
