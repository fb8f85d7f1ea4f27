"""Which version of the models an evaluation measures: thresholds chosen with one are thresholds for that one only."""

from collections.abc import Callable
from typing import TypeVar

import click

from bot.commands.versions import named
from bot.learning.card import PACKAGED
from bot.learning.model_store import MODELS_FOLDER, ModelStore
from bot.settings import Settings
from knowledge.models import Models

Command = TypeVar("Command", bound=Callable[..., object])


def model_option(command: Command) -> Command:
    """--model VERSION: by default the one that serves, as the thresholds are those in force."""
    return click.option(
        "--model",
        metavar="VERSION",
        help='Version of the models to measure, or "packaged"; default: the one in use here.',
    )(command)


def models_measured(settings: Settings, version: str | None) -> Models:
    """The models to measure, named on stdout above their figures. Raises NotFound and Conflict for one that is named."""
    store = ModelStore(settings.service.data_dir / MODELS_FOLDER)
    measured = store.in_use(store.current) if version is None else store.named(version)
    others = "" if measured.version == PACKAGED else "; others: --model packaged"
    click.echo(f"models measured: {named(measured.version)}{others}")
    return measured.models
