"""`dingxin questions` and `dingxin reports`: what a person must look at, and the answer that reaches the asker."""

from pathlib import Path

import click

from bot import wording
from bot.access import Permission
from bot.commands.entry import config_option, open_entry
from bot.commands.signing import Signature, signed, signed_option
from bot.office import questions as office_questions
from bot.office import reports as office_reports
from bot.office.questions import LONGEST_ANSWER
from bot.store import inquiries, reports

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
def answer(number: int, text: str, name: str, password: str, code: str | None, config: Path | None) -> None:
    """Answer a question; whoever asked is told."""
    text = text.strip()
    if not text:
        raise click.BadParameter("an empty answer tells nobody anything", param_hint="--text")
    if len(text) > LONGEST_ANSWER:
        raise click.BadParameter(f"an answer has at most {LONGEST_ANSWER} characters", param_hint="--text")
    signature = Signature(name, password, code)
    with open_entry(config) as entry, signed(entry, signature, needs=Permission.QUESTION_ANSWER) as act:
        asked = office_questions.answer(act, number, text=text)
    click.echo(
        f"question {number}: " + ("the asker will be told" if asked else "answered; the asker is unlinked")
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
def decide(
    number: int, claim_id: str, name: str, password: str, code: str | None, config: Path | None
) -> None:
    """Tie a report to the published claim it is about; whoever asked is told the verdict."""
    signature = Signature(name, password, code)
    with open_entry(config) as entry, signed(entry, signature, needs=Permission.CLAIM_REVIEW) as act:
        asked = office_reports.decide(act, number, into=claim_id)
    click.echo(
        f"report {number}: " + ("the asker will be told" if asked else "decided; the asker is unlinked")
    )
