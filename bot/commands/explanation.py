"""`dingxin explain`: what the service makes of one sentence, and why; for staff at a terminal.

Nothing of the sentence is stored or logged.
"""

import sys
from datetime import date
from pathlib import Path

import click

from bot.clock import now_utc
from bot.commands.account import Asked, Desk, account_of
from bot.commands.entry import config_option, open_entry, settings_from
from bot.demo.sample import area_file
from bot.errors import ConfigError, NotFound
from bot.imports.areas import read_areas
from bot.loading import library_loader
from bot.store.areas import AreaKind, AreaTree, load_tree
from bot.thresholds import thresholds_of
from knowledge.claim_seeds import sample_claims
from knowledge.library import Library
from knowledge.seeds import sample_articles
from knowledge.text import build_segmenter, normalise


@click.command("explain", epilog='Example: dingxin explain "听说明天封城，是真的吗" --sample')
@click.argument("sentence")
@click.option("--area", default="", help="Division code of where the resident lives; default: unknown.")
@click.option("--sample", is_flag=True, help="The articles and claims that come with Dingxin; no database.")
@config_option
def explain(sentence: str, *, area: str, sample: bool, config: Path | None) -> None:
    """Show what the service makes of SENTENCE and why: intent, answer, rumour check, each with its candidates.

    Nothing is sent or stored. "-" reads the sentence from standard input, so that no shell remembers it.
    """
    text = sys.stdin.read() if sentence == "-" else sentence
    if not normalise(text):
        why = "; links and emoji are taken away before anything is read" if text.strip() else ""
        raise click.BadParameter(f"there is nothing to explain{why}", param_hint="SENTENCE")
    settings = settings_from(config)
    today, thresholds = now_utc().astimezone(settings.service.zone).date(), thresholds_of(settings)
    desk = _packaged(today) if sample else _published(config)
    if area and desk.tree.get(area) is None:
        raise NotFound(f"there is no area {area}{_other_areas(desk.tree, is_sample=sample)}")
    asked = Asked(text, today, area, desk.tree.path(area), thresholds)
    click.echo("\n".join(account_of(asked, desk)))


def _other_areas(tree: AreaTree, *, is_sample: bool) -> str:
    """Where an area can be had: nobody can import into the sample."""
    if not is_sample:
        return "; areas come in with: dingxin areas import FILE.csv"
    counties = (f"{one.code} {one.name}" for one in tree if one.kind is AreaKind.COUNTY)
    return f" in the sample; among those that are: {', '.join(counties)}"


def _packaged(day: date) -> Desk:
    areas = read_areas(area_file(), stored=AreaTree(()))
    places = tuple(area.name for area in areas)
    return Desk(
        Library.build(sample_articles(day=day), sample_claims(day=day), places=places), AreaTree(areas)
    )


def _published(config: Path | None) -> Desk:
    try:
        with open_entry(config) as entry, entry.database.reading() as session:
            library = library_loader(build_segmenter(), entry.settings.service.data_dir)(session)
            return Desk(library, load_tree(session))
    except ConfigError as error:
        raise ConfigError(f"{error}\nwith the articles and claims that come with Dingxin: --sample") from None
