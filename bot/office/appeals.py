"""Objections to a verdict: looked at by somebody who neither wrote nor approved it, answered in words.

One that is upheld opens the draft of a correction, which goes the way of every verdict; its author hears at once that it was.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot import claim_wording
from bot.access import Permission
from bot.errors import Conflict, Forbidden, NotFound, Unacceptable
from bot.messages import Work
from bot.office import verdicts
from bot.office.act import Act
from bot.office.claim_scope import find, hold
from bot.scrubbing import scrub
from bot.store import appeals, claim_versions, outbox
from bot.store.appeals import Appeal, AppealState
from bot.store.claim_files import ClaimFile, files_among
from bot.store.pages import Page, Wanted
from bot.wechat.splitting import split_text
from knowledge.review import PUBLIC

LONGEST_ANSWER = 600


def list_appeals(act: Act, wanted: Wanted, *, state: AppealState | None = None) -> Page[Appeal]:
    """A page, the soonest due first; contact data is taken out of what was written."""
    act.require(Permission.APPEAL_DECIDE)
    act.note("appeals.viewed", "appeals")
    return _page(act, state, wanted)


def take_away(act: Act, *, state: AppealState | None = None) -> Callable[[Wanted], Page[Appeal]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.APPEAL_DECIDE)
    act.note("appeals.exported", "appeals")
    return partial(_page, act, state)


def show(act: Act, number: int) -> tuple[Appeal, ClaimFile]:
    """One, with the claim it is about. Raises NotFound, also for what lies elsewhere."""
    act.require(Permission.APPEAL_DECIDE)
    appeal = _find(act, number)
    file = find(act, appeal.claim_id)
    act.note("appeal.viewed", f"appeal {number}")
    return _shown(appeal), file


def is_second(act: Act, appeal: Appeal) -> bool:
    """Whether the member neither wrote nor handed over nor approved what is objected to."""
    version = claim_versions.find_version(act.session, appeal.claim_id, appeal.version)
    if version is None:
        return True
    pending = version.pending
    return act.member.name not in pending.authors | {pending.submitted_by, pending.approved_by}


def dismiss(act: Act, number: int, *, answer: str) -> None:
    """Looked at again: the verdict stands. The answer reaches whoever objected."""
    _decide(act, number, AppealState.DISMISSED, answer, claim_wording.APPEAL_DISMISSED)


def uphold(act: Act, number: int, *, answer: str) -> ClaimFile:
    """They are right: the draft of a correction is opened, unless one is being written already."""
    appeal = _decide(act, number, AppealState.UPHELD, answer, claim_wording.APPEAL_UPHELD)
    file = hold(act, appeal.claim_id, None)
    finding = verdicts.public_finding(act, file)
    if file.state not in PUBLIC or finding is None:
        return file
    if verdicts.waiting_version(act, file) is not None:
        return file
    return verdicts.draft(act, file.id, file.edition, finding, note=answer.strip())


def _decide(act: Act, number: int, state: AppealState, answer: str, sentence: str) -> Appeal:
    act.require(Permission.APPEAL_DECIDE)
    said = answer.strip()
    if not said or len(said) > LONGEST_ANSWER:
        raise Unacceptable({"answer": f"between 1 and {LONGEST_ANSWER} characters"})
    appeal = _find(act, number)
    if not is_second(act, appeal):
        raise Forbidden("whoever wrote or approved a verdict does not decide about an objection to it")
    known, asker = appeals.decide_appeal(
        act.session, number, state=state, answer=said, by=act.member.name, now=act.now
    )
    if not known:
        raise Conflict(f"appeal {number} has been decided already")
    if asker is not None:
        for part, words in enumerate(split_text(sentence.format(number=number, answer=said))):
            key = f"appeal{number}.{part}"
            outbox.queue_follow_up(act.session, asker, words, key=key, vault=act.runtime.vault, now=act.now)
        act.runtime.enqueue(Work.DELIVERIES)
    act.note(f"appeal.{state}", f"appeal {number}", detail={"claim": appeal.claim_id})
    return appeal


def _page(act: Act, state: AppealState | None, wanted: Wanted) -> Page[Appeal]:
    """What is said of a private person stands in no list: there both texts are empty."""
    page = appeals.page_of_appeals(act.session, state=state, wanted=wanted, area_prefix=act.area_prefix)
    files = files_among(act.session, tuple(one.claim_id for one in page.items))
    return Page(
        tuple(
            replace(one, text="", answer="") if files[one.claim_id].restricted else _shown(one)
            for one in page.items
            if _is_seen(act, one)
        ),
        page.following,
    )


def _find(act: Act, number: int) -> Appeal:
    """Raises NotFound, also for what lies elsewhere."""
    appeal = appeals.find_appeal(act.session, number)
    if not _is_seen(act, appeal):
        raise NotFound(f"there is no appeal {number}")
    return appeal


def _is_seen(act: Act, appeal: Appeal) -> bool:
    """Written by somebody from the member's area, about a claim that touches it."""
    if not act.covers(appeal.area_code):
        return False
    try:
        find(act, appeal.claim_id)
    except NotFound:
        return False
    return True


def _shown(appeal: Appeal) -> Appeal:
    return replace(appeal, text=scrub(appeal.text))
