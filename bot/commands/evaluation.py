"""`dingxin evaluate answers | rumours | routing | flips`: figures and predictions from files alone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from bot.clock import now_utc
from bot.commands.entry import config_option, settings_from
from bot.commands.measured import model_option, models_measured
from bot.commands.progress import tracked
from bot.commands.results import result_options, show_results, show_strangers, show_unread
from bot.imports.areas import read_areas
from bot.settings import Settings
from bot.store.areas import AreaTree
from bot.thresholds import thresholds_of
from knowledge.claim_seeds import sample_claims
from knowledge.evaluation import evaluate_answers, evaluate_routing, evaluate_rumours
from knowledge.flips import evaluate_flips
from knowledge.labelled import LINE_FIELDS, MESSAGE_FIELDS, QUESTION_FIELDS
from knowledge.library import Library
from knowledge.scoring import PRECISION
from knowledge.seeds import sample_articles

Command = TypeVar("Command", bound=Callable[..., object])

WATCHED = partial(tracked, label="asked")
JSONL = click.Path(path_type=Path, dir_okay=False, exists=True)


def day_option(command: Command) -> Command:
    """--day DATE: validity depends on it."""
    return click.option(
        "--day", type=click.DateTime(["%Y-%m-%d"]), help="Evaluate as on this day; default: today."
    )(command)


def precision_option(command: Command) -> Command:
    """--precision P: for which share of right answers a threshold is looked for."""
    return click.option(
        "--precision",
        type=click.FloatRange(0, 1, min_open=True),
        default=PRECISION,
        show_default=True,
        help="Tell the threshold at which this share of what is said outright is right.",
    )(command)


def areas_option(command: Command) -> Command:
    """--areas CSV: the names of places, which tell one event from another."""
    return click.option(
        "--areas",
        type=click.Path(path_type=Path, dir_okay=False, exists=True),
        help="Area tree, CSV as for areas import: its names are places as they are in the service.",
    )(command)


@click.command("answers", epilog="Example: dingxin evaluate answers --articles A.jsonl --queries Q.jsonl")
@click.option("--articles", type=JSONL, required=True, help="Articles, JSONL.")
@click.option("--queries", type=JSONL, required=True, help='Queries, JSONL: {"text","relevant":[ids]}.')
@areas_option
@precision_option
@day_option
@model_option
@result_options
@config_option
def answers(
    articles: Path,
    queries: Path,
    *,
    areas: Path | None,
    precision: float,
    day: datetime | None,
    model: str | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Answer each query from the articles; measure ranking and deciding apart.

    Also tells which threshold would give the stated precision, and how far probabilities can be relied on.
    """
    settings = settings_from(config)
    show_unread(queries, QUESTION_FIELDS)
    found = evaluate_answers(
        articles,
        queries,
        day=(day or _now(settings)).date(),
        thresholds=thresholds_of(settings),
        precision=precision,
        places=_places(areas),
        models=models_measured(settings, model),
        watched=WATCHED,
    )
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)
    show_strangers(found.strangers, articles)


@click.command("rumours", epilog="Example: dingxin evaluate rumours --claims C.jsonl --messages M.jsonl")
@click.option("--claims", type=JSONL, required=True, help="Claims, JSONL.")
@click.option(
    "--messages",
    type=JSONL,
    required=True,
    help='Messages, JSONL: {"text","claims":[ids],"rumour"[,"kind"]}.',
)
@areas_option
@precision_option
@day_option
@model_option
@result_options
@config_option
def rumours(
    claims: Path,
    messages: Path,
    *,
    areas: Path | None,
    precision: float,
    day: datetime | None,
    model: str | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Check each message against the claims; measure recognition and the flag for what is new.

    Messages of the kinds official_news, news and notice are no ordinary traffic: how many of them are flagged is told
    apart.
    """
    settings = settings_from(config)
    show_unread(messages, MESSAGE_FIELDS)
    found = evaluate_rumours(
        claims,
        messages,
        day=(day or _now(settings)).date(),
        thresholds=thresholds_of(settings),
        precision=precision,
        places=_places(areas),
        models=models_measured(settings, model),
        watched=WATCHED,
    )
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)
    show_strangers(found.strangers, claims)


@click.command("routing", epilog="Example: dingxin evaluate routing --messages M.jsonl")
@click.option("--messages", type=JSONL, required=True, help='Messages, JSONL: {"text","intent"}.')
@areas_option
@day_option
@model_option
@result_options
@config_option
def routing(
    messages: Path,
    *,
    areas: Path | None,
    day: datetime | None,
    model: str | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Tell what each message is: question, rumour, chat …, knowing the articles and claims that come with Dingxin."""
    settings = settings_from(config)
    show_unread(messages, LINE_FIELDS)
    on = (day or _now(settings)).date()
    library = Library.build(
        sample_articles(day=on),
        sample_claims(day=on),
        places=_places(areas),
        models=models_measured(settings, model),
    )
    found = evaluate_routing(
        messages, library=library, day=on, thresholds=thresholds_of(settings), watched=WATCHED
    )
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)


@click.command("flips", epilog="Example: dingxin evaluate flips --pairs F.jsonl")
@click.option("--pairs", type=JSONL, required=True, help='Pairs, JSONL: {"left","right","flipped"}.')
@areas_option
@day_option
@model_option
@result_options
@config_option
def flips(
    pairs: Path,
    *,
    areas: Path | None,
    day: datetime | None,
    model: str | None,
    json_file: Path | None,
    predictions: Path | None,
    config: Path | None,
) -> None:
    """Ask each left text of all right ones: an opposite must not be given as the answer, a paraphrase should be."""
    settings = settings_from(config)
    on = (day or _now(settings)).date()
    found = evaluate_flips(
        pairs,
        day=on,
        thresholds=thresholds_of(settings),
        places=_places(areas),
        models=models_measured(settings, model),
        watched=WATCHED,
    )
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)


def _places(areas: Path | None) -> tuple[str, ...]:
    return tuple(area.name for area in read_areas(areas, stored=AreaTree(()))) if areas else ()


def _now(settings: Settings) -> datetime:
    return now_utc().astimezone(settings.service.zone)
