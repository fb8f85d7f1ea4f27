"""`dingxin knowledge train`: refits the confidence models. It does not learn texts by heart, only how to weigh."""

from pathlib import Path

import click

from bot.commands.entry import config_option, open_entry
from bot.errors import Conflict
from bot.store.articles import all_articles
from bot.store.claims import all_claims
from knowledge.labelled import read_lines, read_messages, read_questions
from knowledge.library import Library
from knowledge.models import Models
from knowledge.training import Lessons, save_models, train

JSONL = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(
    "train",
    epilog="Example: dingxin knowledge train --questions Q.jsonl --messages M.jsonl --lines L.jsonl --out weights/",
)
@click.option("--questions", type=JSONL, help='Labelled questions, JSONL: {"text","relevant":[ids]}.')
@click.option(
    "--messages", type=JSONL, required=True, help='Messages, JSONL: {"text","claims":[ids],"rumour"}.'
)
@click.option("--lines", type=JSONL, required=True, help='Lines, JSONL: {"text","intent"}.')
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the models."
)
@config_option
def train_models(
    questions: Path | None, messages: Path, lines: Path, *, out: Path, config: Path | None
) -> None:
    """Refit the confidence models on the published articles and claims and on labelled files.

    Nothing changes in the running service: the models are written to a folder as plain numbers. Compare them with
    `dingxin evaluate` before they replace those in knowledge/weights.
    """
    with open_entry(config) as entry, entry.database.reading() as session:
        library = Library.build(all_articles(session), all_claims(session))
        day = entry.today
    if not (library.articles and library.claims):
        raise Conflict("there is nothing to learn from; import articles and claims first")
    lessons = Lessons(
        questions=read_questions(questions) if questions else (),
        messages=read_messages(messages),
        lines=read_lines(lines),
        day=day,
    )
    click.echo("training; this takes a minute or more", err=True)
    models = _trained(library, lessons)
    out.mkdir(parents=True, exist_ok=True)
    save_models(models, out)
    click.echo(f"models written to {out}\n{models.answers.provenance.strip()}")


def _trained(library: Library, lessons: Lessons) -> Models:
    try:
        return train(library, lessons)
    except ValueError as error:
        raise Conflict(f"the labelled files teach too little: {error}") from error
