"""How every evaluation shows what it found: a table, and on request figures and predictions as files."""

import difflib
import json
import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

import click

from bot.commands.failures import Failure
from bot.errors import ImportFaults
from knowledge.figures import Figure, render_table
from knowledge.jsonl import ImportFaults as KnowledgeFaults
from knowledge.labelled import Strangers, unread_fields

Command = TypeVar("Command", bound=Callable[..., object])

WRITTEN: Mapping[str, str] = MappingProxyType({"json_file": "--json", "predictions": "--predictions"})
"""What a command is given to write, and under which option."""
NAMED = 5


def result_options(command: Command) -> Command:
    """--json FILE and --predictions FILE. That one cannot be written, or is what is read, is told before the work."""
    file = click.Path(path_type=Path, dir_okay=False)
    with_json = click.option("--json", "json_file", type=file, help="Write the figures to this file.")
    with_predictions = click.option("--predictions", type=file, help="Write one prediction a line, in order.")
    return with_json(with_predictions(_guarded(command)))


def _guarded(command: Command) -> Command:
    @wraps(command)
    def guarded(**given: object) -> None:
        _require_writable(given)
        try:
            command(**given)
        except (ImportFaults, KnowledgeFaults) as error:
            raise Failure(str(error)) from None  # nothing was to be changed, so nothing is said of it

    return cast("Command", guarded)


def show_results(
    figures: Sequence[Figure],
    predictions: Iterable[Mapping[str, Any]],
    *,
    json_file: Path | None,
    predictions_file: Path | None,
) -> None:
    """The table on stdout; the files where they were asked for. The table first: it cannot fail for want of space."""
    click.echo(render_table(figures))
    if json_file is not None:
        content = {figure.name: _plain(figure) for figure in figures}
        _write(json_file, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    if predictions_file is not None:
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in predictions)
        _write(predictions_file, "".join(lines))


def show_strangers(strangers: Strangers, listed: Path) -> None:
    """A warning on stderr of labels that name nothing of the list: a wrong list or a slip, never the fault of a model."""
    if not strangers.lines:
        return
    named, more = ", ".join(strangers.ids[:NAMED]), len(strangers.ids) - NAMED
    lines = "1 line names" if strangers.lines == 1 else f"{strangers.lines} lines name"
    rest = f" and {more} more" if more > 0 else ""
    click.echo(f"{lines} ids not in {listed.name}, which count as not found: {named}{rest}", err=True)


def show_unread(labelled: Path, known: frozenset[str]) -> None:
    """A warning on stderr of fields that are no labels; `known` are. What is left open and what is misspelt look the same."""
    for one in unread_fields(labelled, known):
        more = {1: "", 2: " and 1 more line"}.get(one.lines, f" and {one.lines - 1} more lines")
        near = difflib.get_close_matches(one.field, known, n=1)
        told = f"is not read; did you mean {near[0]}?" if near else "is not read."
        read = ", ".join(sorted(known))
        click.echo(f"{labelled.name}:{one.line}{more}: {one.field} {told} Read are {read}", err=True)


def _require_writable(given: Mapping[str, object]) -> None:
    read = [path for name, path in given.items() if isinstance(path, Path) and name not in WRITTEN]
    taken: dict[str, Path] = {}
    for name, option in WRITTEN.items():
        path = given[name]
        if not isinstance(path, Path):
            continue
        if any(_is_same(path, other) for other in read):
            raise click.BadParameter(f"{path} is read by this command; name another file", param_hint=option)
        for other, its in taken.items():
            if _is_same(path, its):
                raise click.BadParameter(f"{path} is the file of {other} already", param_hint=option)
        if fault := _unwritable(path):
            raise click.BadParameter(f"{path} cannot be written: {fault}", param_hint=option)
        taken[option] = path


def _is_same(one: Path, other: Path) -> bool:
    """Also by another name of it; a device is no file that could be overwritten."""
    if one.exists() and other.exists():
        return one.is_file() and one.samefile(other)
    return one.resolve() == other.resolve()


def _unwritable(path: Path) -> str:
    if path.exists():
        return "" if os.access(path, os.W_OK) else "its rights forbid it"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    return "" if os.access(path.parent, os.W_OK) else f"the rights of the folder {path.parent} forbid it"


def _write(file: Path, content: str) -> None:
    """Half a character, which UTF-8 cannot hold, is written with its number, as JSON reads it."""
    file.write_text(content, encoding="utf-8", errors="backslashreplace")


def _plain(figure: Figure) -> dict[str, float | int | str | None]:
    """JSON has no not-a-number: a figure of nothing is null."""
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in figure.to_json().items()
    }
