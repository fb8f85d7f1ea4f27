"""A rumour: the published verdict if there is one for just this claim; else kept for a person, and said so."""

from dataclasses import replace

from bot import claim_wording, wording
from bot.conversation import Step
from bot.difference_words import in_words
from bot.handlers.asked_beside import told_beside
from bot.handlers.context import Context
from bot.handlers.picking import numbered
from bot.handlers.still_open import A_DAY, noted_before
from bot.handlers.verdicts import told_also, told_verdict
from bot.messages import Inbound, Kind, Reply, Text, Work
from bot.store import reports
from bot.store.claims import version_shown
from bot.store.inquiries import IntakeChannel, ReportState
from knowledge.answering import Answer
from knowledge.claim import Claim
from knowledge.claim_match import ClaimMatch
from knowledge.cues import PASSED_ON, load_cues
from knowledge.intent import Intent
from knowledge.rumours import Known, Suspected
from knowledge.tales import Tale
from knowledge.text import bare, normalise

NAME = "rumour"

CHANNELS = {
    Kind.VOICE: IntakeChannel.VOICE,
    Kind.IMAGE: IntakeChannel.SCREENSHOT,
    Kind.LINK: IntakeChannel.LINK,
}
# How like a published claim must be to be shown beside "not verified yet"; how many are, and how many further verdicts.
RESEMBLES = 0.3
MOST_SHOWN = 2


def matches(_message: Inbound, context: Context) -> bool:
    understanding = context.understanding
    if understanding.routing.intent is not Intent.RUMOUR:
        return False
    check = understanding.rumour
    return isinstance(check, Known) or (
        isinstance(check, Suspected) and not _doubts_as_an_article_does(context)
    )


def _doubts_as_an_article_does(context: Context) -> bool:
    """谣言咋举报 asks what an article answers, and names a rumour or a cheat only since the article does."""
    answering, check = context.understanding.answering, context.understanding.rumour
    if not isinstance(answering, Answer) or check.meant:
        return False
    article, cues = answering.best.article, load_cues()
    doubts = PASSED_ON & cues.found_in(context.plain)
    return bool(doubts) and doubts <= cues.found_in(normalise(article.question))


def handle(message: Inbound, context: Context) -> Reply:
    told = _told(message, context)
    body = told.body + told_beside(context)
    if isinstance(context.understanding.rumour, Known) and not context.waits:
        context.enter(Step.TOLD_VERDICT, said=context.words)
    return replace(told, body=body)


def _told(message: Inbound, context: Context) -> Text:
    check = context.understanding.rumour
    if isinstance(check, Known):
        also = check.also[:MOST_SHOWN]
        for match in (check.best, *also):
            keep_report(message, context, state=ReportState.ANSWERED, claim=match.claim)
        told = told_verdict(check.best.claim, context, heeding=_said_otherwise(check.best))
        told += "".join(told_also(one.claim, context) for one in also)
        told += "".join(_unchecked_too(tale, message, context) for tale in check.unchecked)
        return Text(told, then=Work.REPORTS if check.unchecked else None)
    if number := noted_before(context.words, context):
        return Text(_unverified(claim_wording.NOTED_BEFORE, number, context))
    if has_reported_enough(context):
        return Text(wording.TOO_MANY_REPORTS.format(**context.names))
    number = keep_report(message, context, state=ReportState.NEW, claim=None)
    if isinstance(check, Suspected) and check.meant:
        for match in check.also[:MOST_SHOWN]:
            keep_report(message, context, state=ReportState.ANSWERED, claim=match.claim)
    return Text(_unverified(wording.SUSPECTED, number, context), then=Work.REPORTS)


def _said_otherwise(match: ClaimMatch) -> str:
    """A verdict is on the claim's own words: whoever said it in others hears that what they added is not in it."""
    own = {bare(normalise(text)) for text in match.claim.texts}
    return "" if bare(match.window) in own else claim_wording.ONLY_THIS_CLAIM


def has_reported_enough(context: Context) -> bool:
    """Whether more would flood the desk: nobody sends as many a day in earnest."""
    recent = reports.reports_since(context.session, context.resident.id, context.now - A_DAY)
    return recent >= context.runtime.settings.rumours.reports_per_day


def _unchecked_too(tale: Tale, message: Inbound, context: Context) -> str:
    """What was told beside a known claim goes to a person by itself, for the rest of the message is answered."""
    number = noted_before(tale.text, context)
    if number is None and has_reported_enough(context):
        return claim_wording.UNCHECKED_NOT_KEPT.format(tale=tale.said)
    number = number or keep_report(message, context, state=ReportState.NEW, claim=None, text=tale.text)
    return claim_wording.UNCHECKED_TOO.format(tale=tale.said, number=number)


def _unverified(sentence: str, number: int, context: Context) -> str:
    """That a person looks into it, with what is nearly the same or resembles it."""
    check = context.understanding.rumour
    if isinstance(check, Suspected) and check.meant:
        return _asked_of(number, check.meant, check.also[:MOST_SHOWN], context)
    if isinstance(check, Suspected) and check.likely:
        return _asked_of(number, check.likely, (), context)
    similar = tuple(match for match in check.matches if match.holds and match.score >= RESEMBLES)[:MOST_SHOWN]
    return _not_verified(sentence.format(number=number), number, similar, context)


def _asked_of(number: int, meant: ClaimMatch, also: tuple[ClaimMatch, ...], context: Context) -> str:
    """Whether it is this claim: a yes opens its verdict."""
    context.enter(Step.CHOOSING_CLAIM, ids=[meant.claim.id], number=number, nearly=True)
    sentence = _doubt(meant).format(number=number, claim=meant.claim.text, place=meant.unplaced)
    sentence += "".join(told_also(one.claim, context) for one in also)
    return sentence + wording.SUSPECTED_ADVICE.format(**context.names)


def _doubt(meant: ClaimMatch) -> str:
    """Why it is asked whether it is this claim."""
    if meant.reworded:
        return claim_wording.NEARLY
    return claim_wording.UNPLACED if meant.unplaced else claim_wording.PERHAPS


def _not_verified(sentence: str, number: int, similar: tuple[ClaimMatch, ...], context: Context) -> str:
    if similar:
        context.enter(Step.CHOOSING_CLAIM, ids=[match.claim.id for match in similar], number=number)
        sentence += wording.SUSPECTED_SIMILAR.format(
            choices=numbered([_resembling(match) for match in similar])
        )
    return sentence + wording.SUSPECTED_ADVICE.format(**context.names)


def _resembling(match: ClaimMatch) -> str:
    if not match.differences:
        return match.claim.text
    apart = (in_words(one, claim_wording.SPEAKERS) for one in match.differences)
    return match.claim.text + wording.DIFFERENCE.format(difference="；".join(apart))


def keep_report(
    message: Inbound, context: Context, *, state: ReportState, claim: Claim | None, text: str = ""
) -> int:
    """Keeps `text`, all that was said if there is none."""
    check = context.understanding.rumour
    return reports.add_report(
        context.session,
        resident_id=context.resident.id,
        text=text or context.words,
        state=state,
        claim_id=claim.id if claim else None,
        area_code=context.resident.community_code,
        channel=CHANNELS.get(message.kind, IntakeChannel.CHAT),
        likelihood=check.likelihood,
        reasons=check.reasons,
        now=context.now,
        told_version=version_shown(context.session, claim) if claim else None,
    )
