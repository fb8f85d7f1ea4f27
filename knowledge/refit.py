"""Fits the models that come with the program anew: python -m knowledge.refit LABELLED_DIR AREAS.csv WEIGHTS_DIR.

LABELLED_DIR holds questions.jsonl, rumour_messages.jsonl and routing_lines.jsonl; AREAS.csv has a column `name`. The
articles and claims are the packaged samples. The same inputs give the same numbers.
"""

import csv
import sys
from datetime import date
from pathlib import Path

from knowledge.claim_seeds import sample_claims
from knowledge.labelled import read_lines, read_messages, read_questions
from knowledge.library import Library
from knowledge.seeds import sample_articles
from knowledge.training import Lessons, save_models, train

SAMPLE_DAY = date(2022, 7, 14)
"""The samples are dated relative to this day (Asia/Shanghai): two days after the notice."""


def place_names(areas: Path) -> tuple[str, ...]:
    with areas.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file))


def main(labelled: Path, areas: Path, weights: Path) -> None:
    """Read everything, fit, and replace the models in `weights`."""
    library = Library.build(
        sample_articles(day=SAMPLE_DAY), sample_claims(day=SAMPLE_DAY), places=place_names(areas)
    )
    lessons = Lessons(
        questions=read_questions(labelled / "questions.jsonl"),
        messages=read_messages(labelled / "rumour_messages.jsonl"),
        lines=read_lines(labelled / "routing_lines.jsonl"),
        day=SAMPLE_DAY,
    )
    save_models(train(library, lessons), weights)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
