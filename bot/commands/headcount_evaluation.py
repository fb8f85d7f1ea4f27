"""`dingxin evaluate headcounts`: how replies are read, from a file alone."""

from functools import partial
from pathlib import Path

import click

from bot.commands.entry import config_option, settings_from
from bot.commands.progress import tracked
from bot.commands.results import result_options, show_results, show_unread
from bot.households.evaluation import evaluate_headcounts
from bot.households.labelled import FIGURES

REPLY_FIELDS = frozenset({"text", "kind", *FIGURES})


@click.command("headcounts", epilog="Example: dingxin evaluate headcounts --replies R.jsonl")
@click.option(
    "--replies",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    required=True,
    help='Replies, JSONL: {"text","kind","total","present","away","children","elderly"}.',
)
@result_options
@config_option
def headcounts(
    replies: Path, *, json_file: Path | None, predictions: Path | None, config: Path | None
) -> None:
    """Read each reply as a household's numbers; measure each field."""
    settings_from(config)
    show_unread(replies, REPLY_FIELDS)
    found = evaluate_headcounts(replies, watched=partial(tracked, label="read"))
    show_results(found.figures, found.predictions, json_file=json_file, predictions_file=predictions)
