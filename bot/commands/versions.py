"""`dingxin knowledge models` and `dingxin knowledge rollback`: which versions of the models there are, and back to one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import tzinfo
from pathlib import Path

import click

from bot.commands.entry import ACTOR, Entry, config_option, open_entry
from bot.errors import Conflict, NotFound
from bot.learning.card import PACKAGED, Card
from bot.learning.inventory import Stock, ailment, stock_of
from bot.learning.model_store import MODELS_FOLDER, ModelStore
from bot.store import audit
from bot.store.model_switches import ROLLED_BACK, one_before, subject_of
from bot.store.revisions import KNOWLEDGE, raise_revision


@click.command("models", epilog="Example: dingxin knowledge models")
@config_option
def list_models(config: Path | None) -> None:
    """List the versions of the models with their figures; * marks the one in use, ! one that does not fit this version of
    the program or is damaged.
    """
    with open_entry(config) as entry:
        store = store_of(entry)
        serving, stock = store.in_use(store.current).version, stock_of(store)
        zone = entry.settings.service.zone
        columns = tuple(dict.fromkeys(name for one in stock if one.card for name in one.card.figures))
        rows = [[_marked(one, serving), *_told(one.card, columns, zone)] for one in stock]
        wrong = ailment(store)
    packaged = [("* " if serving == PACKAGED else "  ") + PACKAGED, "", *("" for _ in columns)]
    click.echo(table([["  version", "made", *columns], packaged, *rows]))
    if wrong:
        click.echo(wrong)


@click.command("rollback", epilog="Example: dingxin knowledge rollback 3")
@click.argument("version", required=False)
@config_option
def roll_back(version: str | None, config: Path | None) -> None:
    """Make an earlier VERSION of the models current, or "packaged"; without VERSION the one that was current before.

    Running services use it within seconds. Nothing is deleted: any version can be made current again. VERSION may be the one
    that is current: after its files were copied here or mended, every process reads them again.
    """
    with open_entry(config) as entry:
        store = store_of(entry)
        was = store.current
        target = version or _one_before(entry, store, was)
        if target == was == PACKAGED:
            raise Conflict(f"{named(was)} is current already")
        store.load(target)
        if target == was:
            switch(entry, store, target, action="models.restored", detail={})
        else:
            switch(entry, store, target, action=ROLLED_BACK, detail={"from": was})
    told = "is current already; every process reads it again" if target == was else "is current now"
    click.echo(f"{named(target)} {told}")


def store_of(entry: Entry) -> ModelStore:
    """The versions of this installation."""
    return ModelStore(entry.settings.service.data_dir / MODELS_FOLDER)


def switch(
    entry: Entry, store: ModelStore, version: str, *, action: str, detail: Mapping[str, object]
) -> None:
    """Make a version current, in the audit trail and for every running process.

    The pointer moves last: if that fails nothing is recorded, and no process looks before the transaction has ended. It moves
    back when what was to be recorded is not.
    """
    was = store.current
    with ExitStack() as undone:
        with entry.database.transaction() as session:
            raise_revision(session, KNOWLEDGE)
            now, subject = entry.clock(), subject_of(version)
            audit.record(session, at=now, actor=ACTOR, action=action, subject=subject, detail=detail)
            store.make_current(version)
            undone.callback(store.make_current, was)
        undone.pop_all()


def named(version: str) -> str:
    """As people are told of a version."""
    return "the packaged version" if version == PACKAGED else f"version {version}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as aligned columns: words to the left, figures to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _one_before(entry: Entry, store: ModelStore, current: str) -> str:
    """As the trail has it; where it tells of no switch, as the version's card has it."""
    with entry.database.reading() as session:
        left = one_before(session, current)
    if left is not None:
        return left
    if current == PACKAGED:
        raise Conflict("the packaged version is current, and there is none before it; name one")
    try:
        return store.card(current).replaces
    except (NotFound, Conflict):
        return PACKAGED


def _marked(one: Stock, serving: str) -> str:
    if one.version == serving:
        return f"* {one.version}"
    return f"! {one.version}{' damaged' if one.is_damaged else ''}" if one.fault else f"  {one.version}"


def _told(card: Card | None, columns: Sequence[str], zone: tzinfo) -> Iterator[str]:
    yield f"{card.created_at.astimezone(zone):%Y-%m-%d %H:%M}" if card else "-"
    for name in columns:
        yield f"{card.figures[name]:.3f}" if card and name in card.figures else "-"
