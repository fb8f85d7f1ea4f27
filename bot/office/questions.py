"""Unanswered questions on the desk: those that ask the same together, set right by people, answered one or all at once.

Staff read words, place and moment, never whose a question is. Somebody bound to an area sees the questions from there, and
counts of those only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from bot import answer_wording
from bot.access import Permission
from bot.errors import Conflict, Forbidden, NotFound, Unacceptable
from bot.messages import Work
from bot.office.act import Act
from bot.scrubbing import first_text
from bot.store import inquiries, outbox, question_groups, question_places, questions
from bot.store.inquiries import QuestionState
from bot.store.pages import Page, Wanted
from bot.store.question_groups import GROWING, GroupState, QuestionGroup, Sought
from bot.store.question_places import Place
from bot.store.questions import QuestionLine
from bot.wechat.splitting import split_text
from knowledge.resemblance import Resemblance, questions_alike

MOST_AT_ONCE = 200
SHOWN = 50
LONGEST_ANSWER = 2_000
LONGEST_TEXT = 120


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """A line of the list. `count`: of the member's own area, if they are bound to one."""

    group: QuestionGroup
    count: int


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group with its questions, as far as the member may see. `suggested`: they may belong to it; a person says."""

    group: QuestionGroup
    count: int
    places: tuple[Place, ...]
    questions: Page[QuestionLine]
    suggested: Page[QuestionLine]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question beside the group it may belong to; `alike`: what the two have in common."""

    question: QuestionLine
    group: QuestionGroup
    alike: Resemblance | None = None


def list_groups(act: Act, sought: Sought, wanted: Wanted) -> Page[ListedGroup]:
    """A page of the groups about which somebody of the member's area asked."""
    act.require(Permission.QUESTION_READ)
    own = act.area_prefix
    within = sought.within if sought.within.startswith(own) else own
    page = question_groups.page_of_groups(act.session, replace(sought, within=within), wanted)
    counts = (
        question_places.counts_within(act.session, [group.id for group in page.items], own) if own else {}
    )
    return Page(
        tuple(
            ListedGroup(group, counts.get(group.id, 0) if own else group.count)
            for group in own_words(act, page.items)
        ),
        page.following,
    )


def take_away(act: Act, sought: Sought) -> Callable[[Wanted], Page[ListedGroup]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.QUESTION_READ)
    act.note("questions.exported", "questions")
    return partial(list_groups, act, sought)


def show(act: Act, group_id: int, wanted: Wanted | None = None) -> GroupRecord:
    """One group. Having seen what residents wrote leaves a trace. Raises NotFound."""
    act.require(Permission.QUESTION_READ)
    group, own, session = find(act, group_id), act.area_prefix, act.session
    places = question_places.places_of(session, group_id, within=own)
    act.note("questions.viewed", subject(group_id))
    return GroupRecord(
        group=group,
        count=sum(place.count for place in places) if own else group.count,
        places=places,
        questions=questions.questions_of(session, group_id, within=own, wanted=wanted or Wanted(limit=SHOWN)),
        suggested=questions.suggestions(session, within=own, wanted=Wanted(limit=SHOWN), group_id=group_id),
    )


def list_suggestions(
    act: Act, wanted: Wanted, *, within: str = "", explained: bool = False
) -> Page[Suggestion]:
    """A page of questions that wait for a person to say where they belong, the oldest first; `within`: the digits by which
    the areas begin from which they were asked; `explained`: each beside what it has in common with its group.

    Whether one belongs to a group that only others asked about, somebody bound to an area cannot say.
    """
    act.require(Permission.QUESTION_READ)
    page = _suggestions(act, within, wanted)
    if explained:
        page = replace(page, items=tuple(_explained(act, one) for one in page.items))
    # Last, for from then on nobody else can write.
    act.note("questions.viewed", "suggestions")
    return page


def take_away_suggestions(act: Act, *, within: str = "") -> Callable[[Wanted], Page[Suggestion]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.QUESTION_READ)
    act.note("questions.exported", "suggestions")
    return partial(_suggestions, act, within)


def move(act: Act, numbers: Iterable[int], *, into: int, waiting: bool = False) -> None:
    """A person says these belong to that group: a suggestion confirmed, or a question moved. Raises NotFound, Conflict: also
    when they are to be `waiting` and a colleague was faster.
    """
    act.require(Permission.QUESTION_ANSWER)
    wanted = _own(act, numbers)
    _hold_groups(act, wanted, find(act, into).id)
    target = question_groups.find_group(act.session, into)
    if waiting:
        questions.require_suggested(act.session, wanted)
    if target.state is GroupState.CLOSED:
        raise Conflict(f"the questions of group {into} are done with")
    left = questions.move(act.session, wanted, into)
    if target.state is GroupState.ANSWERED:
        # They came late: what was told the others is told them, if it was told by an article.
        again = GroupState.TELLING if target.article_id else GroupState.OPEN
        question_groups.set_state(act.session, into, again, article_id=target.article_id)
        act.runtime.enqueue(Work.ANSWERS)
    _note_move(act, wanted, into=into, left=left)


def split(act: Act, numbers: Iterable[int], *, text: str = "", waiting: bool = False) -> int:
    """These ask something that no group asks: a new one, its number. `text`: what staff read of it, else the first's.
    `waiting`: as for `move`.
    """
    act.require(Permission.QUESTION_ANSWER)
    wanted = _own(act, numbers)
    _hold_groups(act, wanted)
    if waiting:
        questions.require_suggested(act.session, wanted)
    first = questions.find_questions(act.session, wanted)[0]
    group_id = question_groups.open_group(
        act.session, text=first_text(text.strip() or first.text), asked_at=first.asked_at
    )
    left = questions.move(act.session, wanted, group_id)
    _note_move(act, wanted, into=group_id, left=left)
    return group_id


def rename(act: Act, group_id: int, *, text: str) -> None:
    """What staff read of a group, in better words than its first question has."""
    act.require(Permission.QUESTION_ANSWER)
    find(act, group_id)
    if not text.strip():
        raise Unacceptable({"text": "must be said"})
    question_groups.rename(act.session, group_id, first_text(text.strip()))
    act.note("questions.rename", subject(group_id))


def find_question(act: Act, number: int) -> QuestionLine:
    """One question, to answer it. Having seen it leaves a trace. Raises NotFound."""
    act.require(Permission.QUESTION_READ)
    found = questions.find_questions(act.session, [number])
    if not found or not act.covers(found[0].area_code):
        raise NotFound(f"there is no question {number}")
    act.note("questions.viewed", f"question {number}")
    return found[0]


def answer(act: Act, number: int, *, text: str) -> bool:
    """Answer one question; whether there is still somebody to tell. Raises NotFound, Conflict, Unacceptable."""
    act.require(Permission.QUESTION_ANSWER)
    said = text.strip()
    if not said or len(said) > LONGEST_ANSWER:
        raise Unacceptable({"text": f"between 1 and {LONGEST_ANSWER} characters"})
    (number,) = _own(act, [number])
    known, asker = inquiries.answer_question(
        act.session, number, answer=said, by=act.member.name, now=act.now
    )
    if not known:
        raise Conflict(f"there is no open question {number}")
    if asker is not None:
        body = answer_wording.ANSWER_LATER.format(number=number, answer=said)
        for part, words in enumerate(split_text(body)):
            key = f"question{number}.{part}"
            outbox.queue_follow_up(act.session, asker, words, key=key, vault=act.runtime.vault, now=act.now)
        act.runtime.enqueue(Work.DELIVERIES)
    questions.finish_group_of(act.session, number)
    act.note("question.answer", f"question {number}")
    return asker is not None


def close(act: Act, group_id: int, *, reason: str) -> int:
    """Nothing to be answered here; how many questions are done with. Those who asked find it under their numbers."""
    act.require(Permission.QUESTION_ANSWER)
    if not reason.strip():
        raise Unacceptable({"reason": "must be said"})
    if act.member.area_code:
        raise Forbidden("a group has questions of more than one area")
    group = question_groups.hold_group(act.session, group_id)
    if group.state not in {GroupState.OPEN, GroupState.WRITTEN}:
        raise Conflict(f"the questions of group {group_id} are {group.state}")
    closed = questions.close_all(act.session, group_id, by=act.member.name, now=act.now)
    question_groups.set_state(act.session, group_id, GroupState.CLOSED, article_id=None)
    act.note("questions.close", subject(group_id), reason=reason.strip(), detail={"questions": closed})
    return closed


def find(act: Act, group_id: int) -> QuestionGroup:
    """To read it. Raises NotFound, also for one about which nobody of the member's area asked."""
    own = own_words(act, [question_groups.find_group(act.session, group_id)])
    if not own:
        raise NotFound(f"there is no group of questions {group_id}")
    return own[0]


def hold_growing(act: Act, group_id: int) -> QuestionGroup:
    """To write for it. Raises NotFound, and Conflict when nobody waits there any more."""
    group = question_groups.hold_group(act.session, find(act, group_id).id)
    if group.state not in GROWING:
        raise Conflict(f"the questions of group {group_id} are {group.state}")
    return group


def subject(group_id: int) -> str:
    """As the audit trail names it."""
    return f"question group {group_id}"


def own_words(act: Act, groups: Iterable[QuestionGroup]) -> tuple[QuestionGroup, ...]:
    """The groups in the words of the member's area: what was asked elsewhere is not for them to read."""
    if not act.area_prefix:
        return tuple(groups)
    shown = tuple(groups)
    words = questions.first_wordings(act.session, (one.id for one in shown), within=act.area_prefix)
    return tuple(replace(one, text=first_text(words[one.id])) for one in shown if one.id in words)


def groups_of_article(act: Act, article_id: str) -> tuple[QuestionGroup, ...]:
    """For which questions an article was written; for somebody bound to an area in the words and numbers of there."""
    groups, own = question_groups.groups_for(act.session, article_id), act.area_prefix
    if not own:
        return groups
    counts = question_places.counts_within(act.session, [group.id for group in groups], own)
    return tuple(replace(group, count=counts.get(group.id, 0)) for group in own_words(act, groups))


def _suggestions(act: Act, within: str, wanted: Wanted) -> Page[Suggestion]:
    own = act.area_prefix
    page = questions.suggestions(act.session, within=within if within.startswith(own) else own, wanted=wanted)
    suggested = {one.group_id for one in page.items if one.group_id is not None}
    found = [question_groups.find_group(act.session, group_id) for group_id in sorted(suggested)]
    groups = {group.id: group for group in own_words(act, found)}
    return Page(
        tuple(Suggestion(one, groups[one.group_id]) for one in page.items if one.group_id in groups),
        page.following,
    )


def _explained(act: Act, one: Suggestion) -> Suggestion:
    profiler = act.runtime.library.get().profiler
    return replace(one, alike=questions_alike(one.question.text, one.group.text, profiler=profiler))


def _own(act: Act, numbers: Iterable[int]) -> frozenset[int]:
    """Raises NotFound for a question that is none, or from elsewhere, and Conflict for one that is answered."""
    wanted = frozenset(numbers)
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise Unacceptable({"numbers": f"between 1 and {MOST_AT_ONCE} questions"})
    found = questions.find_questions(act.session, wanted)
    if len(found) != len(wanted) or not all(act.covers(one.area_code) for one in found):
        raise NotFound("there is no question of one of these numbers")
    if any(one.state is not QuestionState.OPEN for one in found):
        raise Conflict("one of these questions is answered already")
    return wanted


def _hold_groups(act: Act, numbers: frozenset[int], *into: int) -> None:
    """Those that change when these leave, and where they come to; in one order, whoever moves what at the same moment."""
    left = (one.group_id for one in questions.find_questions(act.session, numbers))
    for group_id in sorted({*into, *filter(None, left)}):
        question_groups.hold_group(act.session, group_id)


def _note_move(act: Act, numbers: frozenset[int], *, into: int, left: frozenset[int]) -> None:
    act.note("questions.move", subject(into), detail={"questions": sorted(numbers), "from": sorted(left)})
