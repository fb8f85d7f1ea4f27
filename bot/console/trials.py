"""Trying out: a sentence and what the service makes of it, with a draft in place; and what publishing it would change."""

from collections.abc import Mapping
from datetime import date

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from bot.access import Permission
from bot.console.claim_words import PRIVATE
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
from bot.office.claim_names import ClaimName, names_of
from bot.office.trials import FAINT, LONGEST_SENTENCE, Trial
from bot.store.public_claims import has_page
from knowledge.answering import Answer
from knowledge.claim import Claim
from knowledge.fit import LIKELY
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.regression import OutcomeKind, outcome_of
from knowledge.routing import Routing
from knowledge.rumours import Known, Suspected
from knowledge.use import Bar

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
# Of a longer sentence it is said which stretch of it is meant.
SHORT = 40
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
        # A question comes from a village; all of them would make the list heavy.
        code = self.area_code.data
        if code and act.areas.get(code) and code not in {one.value for one in known}:
            self.area_code.choices += options([(code, act.areas.full_name(code))])


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
    return _page(visit, form, _found(visit.act, trial, form.sentence.data or "", day))


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


def _found(act: Act, trial: Trial, sentence: str, day: date) -> Mapping[str, object]:
    service, understood = act.runtime.settings.service, trial.understanding
    answering, rumour = understood.answering, understood.rumour
    names = {"name": service.name, "office": service.office, "hotline": service.hotline}
    return {
        "danger": told_at_once(trial.danger, names) if trial.danger else "",
        "intent": INTENTS[understood.routing.intent],
        "told_as_claim": understood.routing.intent is Intent.RUMOUR,
        "decision": OUTCOMES[outcome_of(answering).kind],
        "told": told_answer(answering.best.article, service=service, today=day)
        if isinstance(answering, Answer)
        else "",
        "articles": office.article_uses_in(act, trial, day)[:LISTED],
        "known": _verdict(act, rumour.best.claim, day) if isinstance(rumour, Known) else "",
        "suspected": isinstance(rumour, Suspected),
        "rumour": rumour,
        **_claims_and_reasons(act, trial, day),
        "long": len(sentence) > SHORT,
        "place": trial.area_path[-1] if trial.area_path else "",
        "thresholds": act.runtime.thresholds,
        "likely": LIKELY,
    }


def _claims_and_reasons(act: Act, trial: Trial, day: date) -> Mapping[str, object]:
    """The claims that were compared, of the others only how many they are; and what decided, under the same names."""
    used, library, routing = office.claim_uses_in(act, trial, day), trial.library, trial.understanding.routing
    near = [one for one in used if one.bar is not Bar.UNCOMPARED and one.candidate.score >= FAINT]
    first = near[:LISTED]
    decided = [library.claims[one] for one in routing.reasons if one in library.claims]
    names = names_of(act, (*(one.candidate.claim for one in first), *decided))
    shown = [one for one in first if not names[one.candidate.claim.id].withheld]
    return {
        "reasons": _because(routing, library, names),
        "claims": shown,
        "names": names,
        "withheld": len(first) - len(shown),
        "faint": len(used) - len(near),
    }


def _because(routing: Routing, library: Library, names: Mapping[str, ClaimName]) -> str:
    """An article or a claim that decided it is called by what it says, if it may be."""
    titles = {one: title for one in routing.reasons if (title := _title(one, library, names))}
    said = "、".join(REASONS.get(one, one) for one in routing.reasons if one not in titles)
    return "：".join(filter(None, (said, "、".join(titles.values()))))


def _title(reason: str, library: Library, names: Mapping[str, ClaimName]) -> str:
    if article := library.articles.get(reason):
        return f"“{article.question}”"
    if name := names.get(reason):
        return PRIVATE if name.private else f"“{name.text}”"
    return ""


def _verdict(act: Act, claim: Claim, day: date) -> str:
    service, page = act.runtime.settings.service, has_page(act.session, claim.id, day=day)
    return verdict(claim, service=service, today=day, tree=act.areas, has_page=page)


READS = Permission.ARTICLE_READ
ROUTES = (
    Route("/trials", "trials.show", show, READS),
    Route("/trials", "trials.run", run, READS, ("POST",)),
    Route("/articles/<article_id>/regression", "trials.regression", regression, READS),
)
