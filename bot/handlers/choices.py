"""The reply to a choice: its number, its words, or "none of these"."""

from bot import answer_wording, claim_wording
from bot.conversation import PICKED, Step
from bot.handlers.about_claim import Said, said_of_claim
from bot.handlers.ask import answer, keep
from bot.handlers.context import Context
from bot.handlers.open_headcount import open_headcount
from bot.handlers.picking import is_no, is_none, is_yes, numbered, picked, picked_number, picks_line
from bot.handlers.verdicts import told_verdict
from bot.messages import Inbound, Reply, Text
from bot.store import reports
from knowledge.article import Article
from knowledge.claim import Claim

NAME = "choices"


def matches(_message: Inbound, context: Context) -> bool:
    if not context.at(Step.CHOOSING_ANSWER, Step.CHOOSING_CLAIM):
        return False
    if open_headcount(context).is_open and _is_no_pick(context):
        return False
    if picked_number(context.plain) is not None:
        return True
    if context.at(Step.CHOOSING_CLAIM):
        return said_of_claim(context.plain) is not None or _is_none(context, len(_claims(context)))
    offered = _articles(context)
    questions = [article.question for article in offered]
    return _picked(context, questions) is not None or _is_none(context, len(offered))


def _is_no_pick(context: Context) -> bool:
    """With a household's numbers open: 9个 of a shorter list, and whatever names no line once one was picked, is meant for them."""
    if picks_line(context.plain):
        return False
    number = picked_number(context.plain)
    if number is not None:
        return bool(context.recall(PICKED)) or number > _lines(context)
    return bool(context.recall(PICKED)) and not _says_line(context)


def _says_line(context: Context) -> bool:
    """都不是, or the words of a line. A bare yes or no says none: it is for the numbers, however few lines are left."""
    wordings = (
        [article.question for article in _articles(context)] if context.at(Step.CHOOSING_ANSWER) else []
    )
    says_none = not context.recall("by_number") and is_none(context.plain, len(_ids(context)))
    return says_none or picked(context.plain, wordings) is not None


def _lines(context: Context) -> int:
    """How many lines were shown, with the one that says "none of these"."""
    by_number = bool(context.recall("by_number"))
    has_none = bool(context.recall("nearly")) or (context.at(Step.CHOOSING_ANSWER) and not by_number)
    return len(_ids(context)) + has_none


def handle(_message: Inbound, context: Context) -> Reply:
    if context.at(Step.CHOOSING_CLAIM):
        return _of_claims(context)
    offered = _articles(context)
    place = _picked(context, [article.question for article in offered])
    if place is not None:
        if len(offered) > 1:  # who asked for two things at once picks the other one next
            _stay(Step.CHOOSING_ANSWER, context, picked_one=True)
        else:
            context.enter(Step.ASKED, question=context.recall("question"))
        return Text(answer(offered[place], context))
    if not _is_none(context, len(offered)):
        return _again(Step.CHOOSING_ANSWER, context)
    number = keep(str(context.recall("question")), context)
    return Text(answer_wording.NONE_OF_THESE.format(number=number, **context.names))


def _of_claims(context: Context) -> Reply:
    claim, offered = _claim(context), _claims(context)
    if claim:
        if len(offered) > 1:
            _stay(Step.CHOOSING_CLAIM, context, picked_one=True)
        return Text(_tell(claim, context))
    number = context.recall("number")
    if _is_none(context, len(offered)) or said_of_claim(context.plain) is Said.NO:
        return Text(claim_wording.NOT_THAT_CLAIM.format(number=number))
    if picked_number(context.plain) is not None or not offered:
        return _again(Step.CHOOSING_CLAIM, context)
    _stay(Step.CHOOSING_CLAIM, context)
    if context.recall("nearly"):
        return Text(claim_wording.IS_IT_THIS.format(claim=offered[0].text, number=number))
    choices = numbered([claim.text for claim in offered])
    return Text(claim_wording.WHICH_CLAIM.format(choices=choices, number=number))


def _picked(context: Context, wordings: list[str]) -> int | None:
    """Which of several is meant; a single one that was asked about may also be answered with yes."""
    if len(wordings) == 1 and is_yes(context.plain) and not context.recall("by_number"):
        return 0
    return picked(context.plain, wordings)


def _is_none(context: Context, offered: int) -> bool:
    if context.recall("by_number"):
        return False
    return is_none(context.plain, offered) or (offered == 1 and is_no(context.plain))


def _again(step: Step, context: Context) -> Reply:
    """A number that was not offered, or not any more."""
    _stay(step, context)
    return Text(answer_wording.NO_SUCH_NUMBER)


def _stay(step: Step, context: Context, *, picked_one: bool = False) -> None:
    kept = {key: context.recall(key) for key in ("question", "number", "nearly", "by_number")}
    kept[PICKED] = picked_one or context.recall(PICKED)
    context.enter(step, ids=_ids(context), **kept)


def _tell(claim: Claim, context: Context) -> str:
    """The verdict of what was picked. That it was told is kept, so that a correction finds whoever picked it."""
    reports.note_told(
        context.session,
        resident_id=context.resident.id,
        claim=claim,
        area_code=context.resident.community_code,
        now=context.now,
    )
    return told_verdict(claim, context)


def _articles(context: Context) -> list[Article]:
    """What was offered, as it stands now; an article withdrawn since is not offered any more."""
    articles = context.runtime.library.get().articles
    return [articles[article_id] for article_id in _ids(context) if article_id in articles]


def _claim(context: Context) -> Claim | None:
    """The one that is picked: by its number, or by a yes where one was shown as nearly the same.

    To a list of claims that mean something else, a yes says that one's own is true. Its words would be no better: what is
    one letter off may say the opposite.
    """
    offered, number = _claims(context), picked_number(context.plain)
    if context.recall("nearly") and offered and said_of_claim(context.plain) is Said.YES:
        return offered[0]
    return offered[number - 1] if number is not None and 1 <= number <= len(offered) else None


def _claims(context: Context) -> list[Claim]:
    claims = context.runtime.library.get().claims
    return [claims[claim_id] for claim_id in _ids(context) if claim_id in claims]


def _ids(context: Context) -> list[str]:
    ids = context.recall("ids")
    return [str(one) for one in ids] if isinstance(ids, list) else []
