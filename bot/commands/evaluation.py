"""`dingxin evaluate answers | rumours | routing`: figures and predictions from files alone."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from bot.clock import now_utc
from bot.commands.entry import config_option, settings_from
from bot.commands.results import result_options, show_results
from bot.settings import Settings
from bot.thresholds import thresholds_of
from knowledge.claim_seeds import sample_claims
from knowledge.evaluation import evaluate_answers, evaluate_routing, evaluate_rumours
from knowledge.library import Library
from knowledge.seeds import sample_articles

Command = TypeVar("Command", bound=Callable[..., object])

JSONL = click.Path(path_type=Path, dir_okay=False, exists=True)


def day_option(command: Command) -> Command:
    """--day DATE: validity depends on it."""
    return click.option(
        "--day", type=click.DateTime(["%Y-%m-%d"]), help="Evaluate as on this day; default: today."
    )(command)


@click.command("answers", epilog="Example: dingxin evaluate answers --articles A.jsonl --queries Q.jsonl")
@click.option("--articles", type=JSONL, required=True, help="Articles, JSONL.")
@click.option("--queries", type=JSONL, required=True, help='Queries, JSONL: {"text","relevant":[ids]}.')
@day_option
@result_options
@config_option
def answers(
    articles: Path,
    queries: Path,
    *,
    day: datetime | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Answer each query from the articles; measure ranking and deciding apart."""
    settings = settings_from(config)
    found = evaluate_answers(
        articles, queries, day=(day or _now(settings)).date(), thresholds=thresholds_of(settings)
    )
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)


@click.command("rumours", epilog="Example: dingxin evaluate rumours --claims C.jsonl --messages M.jsonl")
@click.option("--claims", type=JSONL, required=True, help="Claims, JSONL.")
@click.option(
    "--messages", type=JSONL, required=True, help='Messages, JSONL: {"text","claims":[ids],"rumour"}.'
)
@day_option
@result_options
@config_option
def rumours(
    claims: Path,
    messages: Path,
    *,
    day: datetime | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Check each message against the claims; measure recognition and the flag for what is new."""
    settings = settings_from(config)
    found = evaluate_rumours(
        claims, messages, day=(day or _now(settings)).date(), thresholds=thresholds_of(settings)
    )
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)


@click.command("routing", epilog="Example: dingxin evaluate routing --messages M.jsonl")
@click.option("--messages", type=JSONL, required=True, help='Messages, JSONL: {"text","intent"}.')
@day_option
@result_options
@config_option
def routing(
    messages: Path,
    *,
    day: datetime | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Tell what each message is: question, rumour, chat …, knowing the articles and claims that come with Dingxin."""
    settings = settings_from(config)
    on = (day or _now(settings)).date()
    library = Library.build(sample_articles(day=on), sample_claims(day=on))
    found = evaluate_routing(messages, library=library, day=on, thresholds=thresholds_of(settings))
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)


def _now(settings: Settings) -> datetime:
    return now_utc().astimezone(settings.service.zone)
