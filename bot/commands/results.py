"""How every evaluation shows what it found: a table, and on request figures and predictions as files."""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from knowledge.figures import Figure, render_table

Command = TypeVar("Command", bound=Callable[..., object])


def result_options(command: Command) -> Command:
    """--json FILE and --predictions FILE."""
    file = click.Path(path_type=Path, dir_okay=False)
    with_json = click.option("--json", "json_file", type=file, help="Write the figures to this file.")
    with_predictions = click.option("--predictions", type=file, help="Write one prediction a line, in order.")
    return with_json(with_predictions(command))


def show_results(
    figures: Sequence[Figure],
    predictions: Iterable[Mapping[str, Any]],
    *,
    json_file: Path | None,
    predictions_file: Path | None,
) -> None:
    """The table on stdout; the files where they were asked for."""
    if json_file is not None:
        content = {figure.name: _plain(figure) for figure in figures}
        _write(json_file, json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    if predictions_file is not None:
        lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in predictions)
        _write(predictions_file, "".join(lines))
    click.echo(render_table(figures))


def _write(file: Path, content: str) -> None:
    """Half a character, which UTF-8 cannot hold, is written with its number, as JSON reads it."""
    file.write_text(content, encoding="utf-8", errors="backslashreplace")


def _plain(figure: Figure) -> dict[str, float | int | str | None]:
    """JSON has no not-a-number: a figure of nothing is null."""
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in figure.to_json().items()
    }
