"""`dingxin questions` and `dingxin reports`: what a person must look at, and the answer that reaches the asker."""

from pathlib import Path

import click

from bot import wording
from bot.access import Permission
from bot.commands.entry import Entry, config_option, open_entry
from bot.commands.signing import note, require_area, sign, signed_option
from bot.errors import Conflict, NotFound
from bot.handlers.verdicts import verdict
from bot.office.questions import LONGEST_ANSWER
from bot.store import inquiries, outbox, questions, report_lists, reports
from bot.store.areas import load_tree
from bot.store.claims import all_claims
from bot.store.engine import Session
from bot.store.public_claims import has_page
from bot.wechat.splitting import split_text

LISTED = 200


@click.command("list", epilog="Example: dingxin questions list")
@config_option
def list_questions(config: Path | None) -> None:
    """Questions nobody could answer, oldest first: number, area, text."""
    with open_entry(config) as entry, entry.database.reading() as session:
        tree = entry.tree()
        for one in inquiries.open_questions(session, limit=LISTED):
            place = tree.full_name(one.area_code) if one.area_code else wording.UNKNOWN_AREA
            click.echo(f"{one.number}\t{place}\t{one.text}")


@click.command(
    "answer", epilog='Example: dingxin questions answer 1024 --text "可以，凭核酸阴性证明。" --by NAME'
)
@click.argument("number", type=int)
@click.option("--text", required=True, help="The answer, as the resident will read it.")
@signed_option
@config_option
def answer(number: int, text: str, name: str, password: str, config: Path | None) -> None:
    """Answer a question; whoever asked is told."""
    text = text.strip()
    if not text:
        raise click.BadParameter("an empty answer tells nobody anything", param_hint="--text")
    if len(text) > LONGEST_ANSWER:
        raise click.BadParameter(f"an answer has at most {LONGEST_ANSWER} characters", param_hint="--text")
    with open_entry(config) as entry, entry.database.transaction() as session:
        member = sign(session, name, password=password, needs=Permission.QUESTION_ANSWER)
        now = entry.clock()
        require_area(member, *(one.area_code for one in questions.find_questions(session, [number])))
        known, asker = inquiries.answer_question(session, number, answer=text, by=member.name, now=now)
        if not known:
            raise Conflict(f"there is no open question {number}")
        questions.finish_group_of(session, number)
        if asker is not None:
            body = wording.ANSWER_LATER.format(number=number, answer=text)
            _tell(session, entry, asker, body, key=f"question{number}")
        note(session, entry, member, action="question.answer", subject=f"question {number}")
    click.echo(
        f"question {number}: " + ("the asker will be told" if asker else "answered; the asker is unlinked")
    )


@click.command("list", epilog="Example: dingxin reports list")
@config_option
def list_reports(config: Path | None) -> None:
    """Possible rumours nobody has decided, oldest first: number, likelihood, area, text."""
    with open_entry(config) as entry, entry.database.reading() as session:
        tree = entry.tree()
        for one in reports.open_reports(session, limit=LISTED):
            place = tree.full_name(one.area_code) if one.area_code else wording.UNKNOWN_AREA
            click.echo(f"{one.number}\t{one.likelihood:.2f}\t{place}\t{one.text}")


@click.command("decide", epilog="Example: dingxin reports decide 1025 --claim sample-lockdown --by NAME")
@click.argument("number", type=int)
@click.option("--claim", "claim_id", required=True, help="Id of the published claim the report is about.")
@signed_option
@config_option
def decide(number: int, claim_id: str, name: str, password: str, config: Path | None) -> None:
    """Tie a report to the published claim it is about; whoever asked is told the verdict."""
    with open_entry(config) as entry, entry.database.transaction() as session:
        member = sign(session, name, password=password, needs=Permission.CLAIM_REVIEW)
        now = entry.clock()
        found = report_lists.find_reports(session, frozenset({number}), vault=entry.vault)
        require_area(member, *(one.area_code for one in found))
        claim = next((one for one in all_claims(session) if one.id == claim_id), None)
        if claim is None:
            raise NotFound(f"there is no published claim {claim_id}; see rumours import")
        known, asker = reports.decide_report(session, number, claim_id=claim_id, now=now)
        if not known:
            raise Conflict(f"there is no undecided report {number}")
        if asker is not None:
            told = verdict(
                claim,
                service=entry.settings.service,
                today=entry.today,
                tree=load_tree(session),
                has_page=has_page(session, claim_id, day=entry.today),
            )
            body = wording.DECIDED.format(number=number, verdict=told)
            _tell(session, entry, asker, body, key=f"report{number}")
        note(
            session,
            entry,
            member,
            action="report.decide",
            subject=f"report {number}",
            detail={"claim": claim_id},
        )
    click.echo(
        f"report {number}: " + ("the asker will be told" if asker else "decided; the asker is unlinked")
    )


def _tell(session: Session, entry: Entry, asker: int, body: str, *, key: str) -> None:
    """As follow-ups the platform takes: one that is too long it would refuse for good."""
    for number, part in enumerate(split_text(body)):
        outbox.queue_follow_up(
            session, asker, part, key=f"{key}.{number}", vault=entry.vault, now=entry.clock()
        )
