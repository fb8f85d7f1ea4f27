"""New unanswered questions to the groups that ask the same, within seconds and off the resident's path.

The groups that wait for an answer stand on a shelf in memory, kept up by the revision counter "question groups". Thinking is
done outside of any write transaction; what was thought is written only if nobody changed the groups meanwhile, and each
question is sorted once, by a condition on its own row, however many workers try.
"""

from dataclasses import dataclass, replace

import structlog

from bot.kept_shelf import KeptShelf
from bot.runtime import Runtime
from bot.scrubbing import first_text
from bot.store import question_groups, questions
from bot.store.engine import Session
from bot.store.questions import GrowingGroup, Unsorted
from bot.store.revisions import QUESTION_GROUPS, revision
from bot.store.turns import take_turn
from knowledge.grouping import Fit
from knowledge.library import Library
from knowledge.question_groups import group_question
from knowledge.shelf import Shelf

log = structlog.get_logger()

TURN = "question grouping"
BATCH = 20
# A group that is thought of but not founded yet: it stands on the shelf under the number of its first question.
UNBORN = "question "


@dataclass(frozen=True, slots=True)
class Sorting:
    """What is to become of a question. `group`: the id on the shelf of the group it goes to, or founds."""

    question: Unsorted
    fit: Fit
    group: str


class QuestionGrouper:
    """One a process; calls take turns on the caller's side (a worker's step)."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._shelf = KeptShelf(QUESTION_GROUPS, questions.growing_groups)

    def sort_next(self) -> bool:
        """One batch of new questions; whether there may be more."""
        with self._runtime.database.reading() as session:
            waiting = questions.unsorted_questions(session, limit=BATCH)
            if not waiting:
                return False
            shelf, current = self._shelf.as_of_now(session, segmenter=self._library.profiler.segmenter)
        sortings, shelf = self._think(waiting, shelf)
        with self._runtime.database.transaction() as session:
            take_turn(session, TURN)
            if revision(session, QUESTION_GROUPS) != current:
                return True
            founded = _write(session, sortings)
            raised = revision(session, QUESTION_GROUPS)
        # Only if nothing but these came in between does the shelf at hand say what the database says.
        if raised == current + len(founded):
            self._shelf.keep(self._born(shelf, founded), raised)
        return True

    @property
    def _library(self) -> Library:
        return self._runtime.library.get()

    def _think(
        self, waiting: tuple[Unsorted, ...], shelf: Shelf[GrowingGroup]
    ) -> tuple[list[Sorting], Shelf[GrowingGroup]]:
        """In the order in which they came: the second of two new ones that ask the same finds the first one's group."""
        library, sortings = self._library, []
        for one in waiting:
            found = group_question(
                one.text,
                shelf,
                profiler=library.profiler,
                judge=library.models.answers,
                thresholds=self._runtime.thresholds,
            )
            if found.fit is Fit.NEW:
                group = GrowingGroup(f"{UNBORN}{one.number}", (one.text,))
            else:
                group = found.candidates[0].pair.item
            sortings.append(Sorting(one, found.fit, group.id))
            if found.fit is not Fit.SUGGESTED:
                shelf = shelf.with_item(_with_text(group, one.text), segmenter=library.profiler.segmenter)
        return sortings, shelf

    def _born(self, shelf: Shelf[GrowingGroup], founded: dict[str, int]) -> Shelf[GrowingGroup]:
        """The shelf with the numbers that new groups were given."""
        for unborn, group_id in founded.items():
            group = replace(shelf.items[unborn], id=str(group_id))
            shelf = shelf.without(unborn).with_item(group, segmenter=self._library.profiler.segmenter)
        return shelf


def _with_text(group: GrowingGroup, text: str) -> GrowingGroup:
    if text in group.texts or len(group.texts) >= questions.MOST_TEXTS:
        return group
    return replace(group, texts=(*group.texts, text))


def _write(session: Session, sortings: list[Sorting]) -> dict[str, int]:
    """Which groups were founded, by the name they were thought of under."""
    founded: dict[str, int] = {}
    for one in sortings:
        if one.fit is Fit.NEW:
            founded[one.group] = question_groups.open_group(
                session, text=first_text(one.question.text), asked_at=one.question.asked_at
            )
        group_id = founded[one.group] if one.group in founded else int(one.group)
        questions.sort_into(session, one.question.number, group_id, fit=one.fit)
    log.info("questions_sorted", count=len(sortings), new=len(founded))
    return founded
