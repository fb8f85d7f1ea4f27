"""Numbers of questions, as residents hold them, beside those of the groups they are in: two counters, one figure may be both."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.access import Permission
from bot.errors import NotFound
from bot.office import questions as office
from bot.office.act import Act
from bot.store import question_places, questions
from bot.store.question_groups import QuestionGroup
from bot.store.questions import QuestionLine
from knowledge.grouping import Fit


@dataclass(frozen=True, slots=True)
class Meant:
    """The groups that a number may mean: the one that has it, and the one with the question that a resident holds under it."""

    own: QuestionGroup | None = None
    held: QuestionGroup | None = None


def meant_by(act: Act, number: int) -> Meant:
    """What somebody may mean who typed this number for a group; nothing of what the member does not see."""
    act.require(Permission.QUESTION_READ)
    question = _held(act, number)
    belongs = question is not None and question.fit != Fit.SUGGESTED
    return Meant(_group(act, number), _group(act, question.group_id) if question and belongs else None)


def numbers_of(act: Act, group_ids: Iterable[int], sought: int | None) -> dict[int, int]:
    """For each group the number of one of its questions that the member may see: the `sought` one, else the oldest."""
    act.require(Permission.QUESTION_READ)
    numbers = question_places.first_numbers(act.session, group_ids, within=act.area_prefix)
    question = _held(act, sought) if sought is not None else None
    if question and question.group_id:
        numbers[question.group_id] = question.number
    return numbers


def _held(act: Act, number: int) -> QuestionLine | None:
    found = questions.find_questions(act.session, [number])
    return found[0] if found and act.covers(found[0].area_code) else None


def _group(act: Act, group_id: int | None) -> QuestionGroup | None:
    try:
        return office.find(act, group_id) if group_id else None
    except NotFound:
        return None
