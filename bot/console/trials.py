"""Trying out: a sentence and what the service makes of it, with a draft in place; and what publishing it would change."""

from collections.abc import Mapping
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from bot.access import Permission
from bot.console.labels import CRISES
from bot.console.options import options, places
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.handlers.ask import told_answer
from bot.handlers.danger import told_at_once
from bot.handlers.verdicts import verdict
from bot.office import articles
from bot.office import trials as office
from bot.office.act import Act
from bot.office.trials import LONGEST_SENTENCE, Trial
from bot.store.public_claims import has_page
from knowledge.answering import Answer
from knowledge.claim import Claim
from knowledge.fit import Candidate
from knowledge.intent import Intent
from knowledge.regression import OutcomeKind, outcome_of
from knowledge.rumours import Known, Suspected
from knowledge.thresholds import Thresholds

INTENTS: Mapping[Intent, str] = {
    Intent.QUESTION: "提问",
    Intent.RUMOUR: "核实说法",
    Intent.HEADCOUNT: "报人数",
    Intent.LETTER: "看倡议书",
    Intent.CUSTOMS: "红白事",
    Intent.COMMAND: "指令",
    Intent.CRISIS: "危急，先给求助电话",
    Intent.CHAT: "闲谈",
}
OUTCOMES: Mapping[OutcomeKind, str] = {
    OutcomeKind.ANSWER: "直接回答",
    OutcomeKind.CHOICES: "给几个选项",
    OutcomeKind.EXPIRED: "说明已过期，转给人",
    OutcomeKind.NEEDS_AREA: "先问住在哪里",
    OutcomeKind.UNKNOWN: "不知道，转给人",
}
# What a message is taken for danger by, as the lexicon names it.
REASONS: Mapping[str, str] = {kind.value: word for kind, word in CRISES.items()}
LISTED = 5
TOO_LONG = f"请写一句话，最多 {LONGEST_SENTENCE} 字"


class TrialForm(FlaskForm):
    """`article`: whose draft is put in place; empty: none."""

    article = HiddenField()
    sentence = TextAreaField(
        validators=[DataRequired(TOO_LONG), Length(max=LONGEST_SENTENCE, message=TOO_LONG)]
    )
    area_code = SelectField(validate_choice=False)
    day = DateField(validators=[InputRequired("请选一天")])

    def offer_places(self, act: Act) -> None:
        """Where somebody may live who asks."""
        known = [one for one in places(act.areas, within=act.member.area_code) if one.value]
        self.area_code.choices = [*options([("", "还不知道住哪里")]), *known]


def show(visit: Visit) -> ResponseReturnValue:
    """An empty form; "article" in the address puts the draft of that article in place."""
    article_id = request.args.get("article", "")
    form = TrialForm(formdata=None, data={"article": article_id, "day": visit.act.today})
    return _page(visit, form)


def run(visit: Visit) -> ResponseReturnValue:
    """Posted, so that nobody's words stand in an address."""
    form = TrialForm()
    good, day = form.validate(), form.day.data
    if form.day.process_errors:
        form.day.errors = ["日期的写法读不懂，请从日历里选"]
    if not good or not isinstance(day, date):
        return _page(visit, form), 422
    try:
        trial = office.try_out(
            visit.act,
            form.sentence.data or "",
            area_code=form.area_code.data or "",
            day=day,
            article_id=form.article.data or "",
        )
    except Unacceptable as error:
        field = form.area_code if "area_code" in error.faults else form.sentence
        field.errors = ["没有这个地方" if field is form.area_code else TOO_LONG]
        return _page(visit, form), 422
    return _page(visit, form, _found(visit.act, trial, day))


def regression(visit: Visit, article_id: str) -> ResponseReturnValue:
    found = office.regression(visit.act, article_id)
    file = articles.show(visit.act, article_id).file
    return visit.render(
        "console/trials/regression.html",
        {
            "file": file,
            "found": found,
            "outcomes": OUTCOMES,
            "seconds": office.SECONDS,
            "most": office.MOST_QUESTIONS,
        },
    )


def _page(visit: Visit, form: TrialForm, found: Mapping[str, object] | None = None) -> str:
    form.offer_places(visit.act)
    draft = office.draft_of(visit.act, form.article.data) if form.article.data else None
    return visit.render("console/trials/show.html", {"form": form, "draft": draft, "found": found})


def _found(act: Act, trial: Trial, day: date) -> Mapping[str, object]:
    service, understood = act.runtime.settings.service, trial.understanding
    answering, rumour = understood.answering, understood.rumour
    outcome = outcome_of(answering)
    names = {"name": service.name, "office": service.office, "hotline": service.hotline}
    return {
        "danger": told_at_once(trial.danger, names) if trial.danger else "",
        "intent": INTENTS[understood.routing.intent],
        "routing": understood.routing,
        "reasons": [REASONS.get(one, one) for one in understood.routing.reasons],
        "outcome": outcome,
        "decision": OUTCOMES[outcome.kind],
        "told": told_answer(answering.best.article, service=service, today=day)
        if isinstance(answering, Answer)
        else "",
        "candidates": answering.candidates[:LISTED],
        "held_back": () if isinstance(answering, Answer) else _held_back(act, trial, day),
        "known": _verdict(act, rumour.best.claim, day) if isinstance(rumour, Known) else "",
        "suspected": isinstance(rumour, Suspected),
        "rumour": rumour,
        "matches": rumour.matches[:LISTED],
        "thresholds": act.runtime.thresholds,
    }


def _held_back(act: Act, trial: Trial, day: date) -> tuple[tuple[Candidate, str], ...]:
    """What is likely enough to be answered with and yet is not, each with the reason."""
    least, listed = act.runtime.thresholds.answer, trial.understanding.answering.candidates[:LISTED]
    return tuple(
        (one, _why_not(one, trial.area_path, day, act.runtime.thresholds))
        for one in listed
        if one.score >= least
    )


def _why_not(one: Candidate, area_path: tuple[str, ...], day: date, thresholds: Thresholds) -> str:
    differing = "；".join(one.differences)
    needed = thresholds.to_answer(reworded=True)
    reasons = (
        (not one.article.validity.holds_on(day), "这一天不在它的有效期里"),
        (not one.article.scope.covers(area_path), "它不是给这个地方的"),
        (bool(differing), f"意思有出入：{differing}（前面是这句话的，后面是知识里的）"),
        (one.other_case, "标题只说一种风险区，这句话没有提"),
        (one.narrower, "最接近的问法多说了一种情形，标题又没提到这句话问的"),
        (one.only_named, "这句话只提到这件事，没说要问什么"),
        (
            bool(one.reworded) and one.score < needed,
            f"换了词或多了词：{one.reworded}；是不是一回事要本人来选",
        ),
    )
    return next((why for applies, why in reasons if applies), "这句话太短，或者另有一条更像、但意思有出入")


def _verdict(act: Act, claim: Claim, day: date) -> str:
    service, page = act.runtime.settings.service, has_page(act.session, claim.id, day=day)
    return verdict(claim, service=service, today=day, tree=act.areas, has_page=page)


READS = Permission.ARTICLE_READ
ROUTES = (
    Route("/trials", "trials.show", show, READS),
    Route("/trials", "trials.run", run, READS, ("POST",)),
    Route("/articles/<article_id>/regression", "trials.regression", regression, READS),
)
