"""The form in which a verdict is written, and the page on which a second person reads just what would be told."""

from datetime import date

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from bot.access import Permission
from bot.console import labels
from bot.console.article_words import MISSING, source_fields
from bot.console.claim_words import FAULTS as STEP_FAULTS
from bot.console.claims import changes_between
from bot.console.options import options, places
from bot.console.routing import Route
from bot.console.small_forms import complain, edition, said
from bot.console.visit import Visit
from bot.errors import Unacceptable
from bot.handlers.verdicts import verdict
from bot.office import claims, verdicts
from bot.store.claim_files import ClaimFile
from bot.store.claim_versions import ClaimVersion
from knowledge.article import Scope, Source, Validity
from knowledge.claim import Topic, Verdict
from knowledge.review import PUBLIC
from knowledge.verdict_text import (
    LONGEST_PART,
    LONGEST_TEXT,
    MOST_PHRASINGS,
    Explanation,
    Finding,
)

PART = Length(max=LONGEST_PART, message=f"请不要超过 {LONGEST_PART} 字")
# The office's faults in the words of the form.
FAULTS = {
    "text": "请写明说法，最多 200 字",
    "verdict": "请选一个结论",
    "fact": "请先写事实",
    "issuer": "请写明依据由谁发布",
    "issued_on": "发布日期不能晚于今天",
    "valid_to": "结束日期已经过了，或早于开始日期",
    "phrasings": f"其他说法最多 {MOST_PHRASINGS} 行",
    "note": "更正要写明先前哪里不对，会公开",
}


class FindingForm(FlaskForm):
    edition = HiddenField()
    text = TextAreaField(
        validators=[InputRequired(FAULTS["text"]), Length(max=LONGEST_TEXT, message=FAULTS["text"])]
    )
    verdict = SelectField(
        choices=options([("", "请选"), *labels.VERDICTS.items()]),
        validators=[InputRequired(FAULTS["verdict"])],
    )
    fact = TextAreaField(validators=[InputRequired(FAULTS["fact"]), PART])
    claim = TextAreaField(validators=[PART])
    why = TextAreaField(validators=[PART])
    fact_again = TextAreaField(validators=[PART])
    phrasings = TextAreaField()
    issuer = StringField(validators=[InputRequired(FAULTS["issuer"]), Length(max=120)])
    title = StringField(validators=[Length(max=300)])
    document_number = StringField(validators=[Length(max=80)])
    url = StringField(
        validators=[
            Optional(),
            Length(max=1000),
            Regexp(r"^https?://", message="请以 http:// 或 https:// 开头"),
        ]
    )
    issued_on = DateField(validators=[Optional()])
    valid_from = DateField(validators=[Optional()])
    valid_to = DateField(validators=[Optional()])
    area_code = SelectField()
    topic = SelectField(choices=options(labels.TOPICS))
    note = TextAreaField(validators=[Length(max=500, message="请不要超过 500 字")])


def edit(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """The form, with what is being written, or with what is public, or with the claim alone."""
    record = claims.show(visit.act, claim_id)
    waiting = verdicts.waiting_version(visit.act, record.file)
    public = verdicts.public_finding(visit.act, record.file)
    return _form_page(visit, record.file, _filled(record.file, waiting, public))


def save(visit: Visit, claim_id: str) -> ResponseReturnValue:
    form = FindingForm()
    file = claims.show(visit.act, claim_id).file
    form.area_code.choices = places(visit.act.areas, within=visit.act.member.area_code)
    if form.validate():
        try:
            verdicts.draft(visit.act, claim_id, edition(), _finding(form), note=form.note.data or "")
        except Unacceptable as error:
            for field in error.faults:
                form[field].errors = [FAULTS.get(field, f"最多 {LONGEST_PART} 字")]
        else:
            visit.say("已保存。核对无误后，交另一位同事签发。")
            return redirect(url_for("console.claims_version", claim_id=claim_id))
    return _form_page(visit, file, form), 422


def version(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """Just what residents would read, with its fingerprint; and the buttons to hand it over, approve, publish, send back."""
    record = claims.show(visit.act, claim_id)
    waiting = verdicts.waiting_version(visit.act, record.file)
    if waiting is None:
        visit.say("现在没有待签发的结论。", "warning")
        return redirect(url_for("console.claims_show", claim_id=claim_id))
    file, service = record.file, visit.act.runtime.settings.service
    told = waiting.finding.as_claim(claim_id, published_on=visit.act.today)
    pending, public = waiting.pending, verdicts.public_finding(visit.act, file)
    return visit.render(
        "console/claims/version.html",
        {
            "file": file,
            "waiting": waiting,
            "told": verdict(
                told,
                service=service,
                today=visit.act.today,
                tree=visit.act.areas,
                has_page=not file.restricted,
            ),
            "source": source_fields(waiting.finding.source),
            "copies": tuple(one for one in record.evidence if one.snapshot),
            "lacking": tuple(MISSING[field] for field in verdicts.lacking(visit.act, waiting)),
            "changes": changes_between(public, waiting.finding) if public else (),
            "correcting": file.state in PUBLIC,
            "second": visit.act.member.name not in pending.authors | {pending.submitted_by},
        },
    )


def submit(visit: Visit, claim_id: str) -> ResponseReturnValue:
    verdicts.submit(visit.act, claim_id, edition(), seen=said("seen"))
    visit.say("已交给签发人。")
    return redirect(url_for("console.claims_show", claim_id=claim_id))


def approve(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """Approved; and published with the same click when the approver says so."""
    file = verdicts.approve(visit.act, claim_id, edition(), seen=said("seen"))
    if request.form.get("publish") == "yes":
        verdicts.publish(visit.act, claim_id, file.edition, seen=said("seen"))
        visit.say("已签发并发布，问过的人会陆续收到。")
    else:
        visit.say("已签发，还没有发布。")
    return redirect(url_for("console.claims_show", claim_id=claim_id))


def publish(visit: Visit, claim_id: str) -> ResponseReturnValue:
    verdicts.publish(visit.act, claim_id, edition(), seen=said("seen"))
    visit.say("已发布，问过的人会陆续收到。")
    return redirect(url_for("console.claims_show", claim_id=claim_id))


def send_back(visit: Visit, claim_id: str) -> ResponseReturnValue:
    try:
        verdicts.send_back(visit.act, claim_id, edition(), reason=said("reason"))
    except Unacceptable as error:
        complain(visit, error, STEP_FAULTS)
        return redirect(url_for("console.claims_version", claim_id=claim_id))
    visit.say("已退回。")
    return redirect(url_for("console.claims_show", claim_id=claim_id))


def _form_page(visit: Visit, file: ClaimFile, form: FindingForm) -> str:
    form.area_code.choices = places(visit.act.areas, within=visit.act.member.area_code)
    return visit.render(
        "console/claims/finding.html", {"file": file, "form": form, "correcting": file.state in PUBLIC}
    )


def _filled(file: ClaimFile, waiting: ClaimVersion | None, public: Finding | None) -> FindingForm:
    finding = waiting.finding if waiting else public
    if finding is None:
        data: dict[str, object] = {"text": file.text, "topic": file.topic.value, "area_code": file.area_code}
        return FindingForm(formdata=None, data={**data, "edition": file.edition})
    source, explanation = finding.source, finding.explanation
    return FindingForm(
        formdata=None,
        data={
            "edition": file.edition,
            "text": finding.text,
            "verdict": finding.verdict.value,
            "fact": explanation.fact,
            "claim": explanation.claim,
            "why": explanation.why,
            "fact_again": explanation.fact_again,
            "phrasings": "\n".join(finding.phrasings),
            "issuer": source.issuer if source else "",
            "title": source.title if source else "",
            "document_number": source.document_number if source else "",
            "url": source.url if source else "",
            "issued_on": source.issued_on if source else None,
            "valid_from": finding.validity.valid_from,
            "valid_to": finding.validity.valid_to,
            "area_code": finding.scope.area_code,
            "topic": finding.topic.value,
            "note": waiting.note if waiting else "",
        },
    )


def _finding(form: FindingForm) -> Finding:
    return Finding(
        text=_plain(form.text.data),
        verdict=Verdict(form.verdict.data),
        explanation=Explanation(
            _plain(form.fact.data),
            _plain(form.claim.data),
            _plain(form.why.data),
            _plain(form.fact_again.data),
        ),
        phrasings=tuple(line.strip() for line in (form.phrasings.data or "").splitlines() if line.strip()),
        source=Source(
            _plain(form.issuer.data),
            title=_plain(form.title.data),
            document_number=_plain(form.document_number.data),
            url=_plain(form.url.data),
            issued_on=_day(form.issued_on.data),
        ),
        validity=Validity(_day(form.valid_from.data), _day(form.valid_to.data)),
        scope=Scope(form.area_code.data or ""),
        topic=Topic(form.topic.data),
    )


def _plain(typed: str | None) -> str:
    """One way of ending a line: the same words give the same bytes whichever browser sent them."""
    return (typed or "").replace("\r\n", "\n").strip()


def _day(entered: object) -> date | None:
    return entered if isinstance(entered, date) else None


REVIEW, POST = Permission.CLAIM_REVIEW, ("POST",)
ROUTES = (
    Route("/claims/<claim_id>/finding", "claims.finding", edit, REVIEW),
    Route("/claims/<claim_id>/finding", "claims.save_finding", save, REVIEW, POST),
    Route("/claims/<claim_id>/version", "claims.version", version, Permission.CLAIM_READ),
    Route("/claims/<claim_id>/submit", "claims.submit", submit, REVIEW, POST),
    Route("/claims/<claim_id>/approve", "claims.approve", approve, Permission.CLAIM_APPROVE, POST),
    Route("/claims/<claim_id>/publish", "claims.publish", publish, REVIEW, POST),
    Route("/claims/<claim_id>/send-back", "claims.send_back", send_back, REVIEW, POST),
)
