"""A bar on stderr for long work, if somebody is watching."""

import sys
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

Item = TypeVar("Item")

# Below this many items the work is done before a bar is drawn.
WORTH_SHOWING = 2_000


def tracked(items: Sequence[Item], label: str) -> Iterator[Item]:
    """`items` one by one, with a bar that shows how far they got."""
    if len(items) < WORTH_SHOWING or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar
