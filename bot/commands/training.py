"""`dingxin knowledge train`: what staff have decided teaches the small models; a candidate takes over only if it is as good."""

from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path

import click

from bot.commands.entry import Entry, config_option, open_entry
from bot.commands.results import show_unread
from bot.commands.versions import named, store_of, switch, table
from bot.errors import Conflict
from bot.learning.card import PACKAGED, Card
from bot.learning.course import CANDIDATE, Trial, try_out
from bot.learning.examination import Measure
from bot.learning.material import Material, Seed
from bot.learning.model_store import InUse, ModelStore
from bot.store.articles import all_articles
from bot.store.claims import all_claims
from bot.store.decisions import answered_questions, decided_reports
from bot.store.model_switches import TRAINED, rolled_back_from
from bot.thresholds import thresholds_of
from knowledge.claim_seeds import sample_claims
from knowledge.labelled import (
    LINE_FIELDS,
    MESSAGE_FIELDS,
    LabelledLine,
    LabelledMessage,
    read_lines,
    read_messages,
)
from knowledge.lessons import load_lessons
from knowledge.seeds import sample_articles
from knowledge.text import build_segmenter, form_fingerprint

JSONL = click.Path(path_type=Path, dir_okay=False, exists=True)


@dataclass(frozen=True, slots=True)
class Extra:
    """Labelled by hand, beyond what staff decided in the service."""

    messages: tuple[LabelledMessage, ...] = ()
    lines: tuple[LabelledLine, ...] = ()


NONE = Extra()


@click.command("train", epilog="Example: dingxin knowledge train")
@click.option("--messages", type=JSONL, help='More messages, JSONL: {"text","claims":[ids],"rumour"}.')
@click.option("--lines", type=JSONL, help='More lines, JSONL: {"text","intent"}.')
@config_option
def train_models(messages: Path | None, lines: Path | None, *, config: Path | None) -> None:
    """Let the models learn from the published articles and claims and from what staff have decided.

    A candidate is compared with the current version on lessons that neither was trained on. It becomes current only if no
    figure drops; else nothing changes, and the command says which figure dropped. Running services see the new version
    within seconds. `dingxin knowledge rollback` takes it back.
    """
    extra = _labelled_by_hand(messages, lines)
    with open_entry(config) as entry:
        card = learn(entry, extra)
        current = store_of(entry).current
    if card is None:
        click.echo(f"{named(current)} is current and has learnt all there is; nothing was changed")
    else:
        click.echo(
            f"{named(card.version)} is current now; back to the one before: dingxin knowledge rollback"
        )


def _labelled_by_hand(messages: Path | None, lines: Path | None) -> Extra:
    """Raises ImportFaults; warns of what is not read."""
    for labelled, known in ((messages, MESSAGE_FIELDS), (lines, LINE_FIELDS)):
        if labelled:
            show_unread(labelled, known)
    return Extra(read_messages(messages) if messages else (), read_lines(lines) if lines else ())


def learn(entry: Entry, extra: Extra = NONE, *, unasked: bool = False) -> Card | None:
    """The card of the version that takes over; None when the current one has learnt all there is. `unasked`: nobody asked for
    a training. Raises Conflict: nothing to learn, it is no better, or another training runs.
    """
    store = store_of(entry)
    material = _gather(entry, extra)
    _require_news(material)
    with store.alone():
        current = store.in_use(store.current)
        if current.version != PACKAGED and store.card(current.version).data == material.key:
            return None
        _refuse_taken_back(entry, store, material, unasked=unasked)
        return _fit(entry, store, material, current)


def _require_news(material: Material) -> None:
    if material.has_news:
        return
    if material.articles or material.claims:
        raise Conflict(
            "there is nothing to learn from yet beyond what comes with the program; "
            "articles and claims of your own teach, and what staff decide"
        )
    raise Conflict("there is nothing to learn from; import articles and claims first")


def _refuse_taken_back(entry: Entry, store: ModelStore, material: Material, *, unasked: bool) -> None:
    """The same lessons give the same models: what somebody went back from would come back. Where it cannot serve any more,
    whoever asks for a training may have it again; unasked it comes only where it was current.
    """
    same = [card.version for card in store.cards() if card.data == material.key]
    if unasked and store.current in same:
        return
    with entry.database.reading() as session:
        taken_back = rolled_back_from(session)
    for version in (one for one in same if one in taken_back):
        told = f"{named(version)} learnt the same and was rolled back from; to"
        if not store.fault(version):
            raise Conflict(f"{told} use it after all: dingxin knowledge rollback {version}")
        if unasked:
            raise Conflict(f"{told} fit it anew after all: dingxin knowledge train")


def _fit(entry: Entry, store: ModelStore, material: Material, current: InUse) -> Card:
    pointed = store.current
    click.echo("fitting a candidate and examining it; this takes up to a minute", err=True)
    places = tuple(area.name for area in entry.tree())
    trial = try_out(
        material,
        current=current,
        segmenter=build_segmenter(),
        places=places,
        thresholds=thresholds_of(entry.settings),
    )
    click.echo(_side_by_side(trial))
    _refuse_drops(trial)
    if store.current != pointed:
        raise Conflict(
            f"{named(store.current)} has become current meanwhile; nothing was changed, train again"
        )
    return _establish(entry, store, trial, material, replaces=current.version)


def learn_again(entry: Entry) -> None:
    """After an update: when the current version was made for another program, fit it anew; if that fails the packaged
    version goes on serving, which is no reason not to start.
    """
    store = store_of(entry)
    current = store.current
    if store.in_use(current).version == current:
        return
    click.echo(f"{named(current)} of the models does not fit this program; the packaged one serves")
    try:
        if card := learn(entry, unasked=True):
            click.echo(f"{named(card.version)} is current now")
    except Conflict as error:
        click.echo(f"not fitted anew: {error}")


def _gather(entry: Entry, extra: Extra) -> Material:
    today = entry.today
    seed = Seed(load_lessons(), sample_articles(day=today), sample_claims(day=today))
    with entry.database.reading() as session:
        return Material(
            seed,
            articles=all_articles(session),
            claims=all_claims(session),
            decided=(*decided_reports(session), *extra.messages),
            lines=(*answered_questions(session), *extra.lines),
        )


def _establish(entry: Entry, store: ModelStore, trial: Trial, material: Material, *, replaces: str) -> Card:
    figures = {measure.value: round(value, 5) for measure, value in trial.figures.items()}
    card = store.keep(
        trial.models,
        Card(
            version="",
            created_at=entry.clock(),
            key=store.key(),
            data=material.key,
            program=installed("dingxin"),
            form=form_fingerprint(),
            replaces=replaces,
            learnt_from=material.counts,
            figures=figures,
            files={},
        ),
    )
    detail = {"replaces": replaces, "learnt_from": material.counts, "figures": figures}
    switch(entry, store, card.version, action=TRAINED, detail=detail)
    return card


def _refuse_drops(trial: Trial) -> None:
    dropped = [
        f"{measure} is worse than that of {named(version)} by more than {measure.margin}"
        for version, measures in trial.drops.items()
        for measure in measures
    ]
    if dropped:
        raise Conflict(f"the candidate is not good enough: {'; '.join(dropped)}. Nothing was changed")


def _side_by_side(trial: Trial) -> str:
    """The figures that decide, then how much would still be said outright."""
    versions = (*trial.others, CANDIDATE)
    figures = {**trial.others, CANDIDATE: trial.figures}
    measured = [[one.value, *(_shown(figures[name].get(one)) for name in versions)] for one in Measure]
    outright = [
        [share, *(_shown(trial.outright[name][share]) for name in versions)]
        for share in trial.outright[CANDIDATE]
    ]
    head = ["", *(one if one == CANDIDATE else named(one) for one in versions)]
    return table([head, *measured, *outright])


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
