"""Quality, printed: answers, rumour checks, routing, meaning flips and headcounts on the labelled sets of tests/data,
against the starter content; and, where the development texts are, on those.

Run: python -m benchmarks.quality [--record] [--unseen] [--dev FOLDER]
Exits with 1 and names every figure that is worse than recorded in benchmarks/figures.toml, or than what was given up of it there,
by more than 0.005, and every one that was given up and is reached again.
--unseen also measures the development texts with judges that are refitted without the part they are asked of: minutes.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.development import development_tables, unseen_tables
from benchmarks.fit_judges import SAMPLE_DAY
from benchmarks.recorded import (
    Recorded,
    changed_files,
    dropped,
    given_up,
    regained,
    to_record,
    write_record,
)
from benchmarks.sentences import DATA
from benchmarks.tables import Table
from bot.demo.sample import area_file
from bot.households.evaluation import evaluate_headcounts
from bot.imports.areas import read_areas
from bot.store.areas import AreaTree
from knowledge.claim_seeds import sample_claims
from knowledge.evaluation import evaluate_answers, evaluate_routing, evaluate_rumours
from knowledge.figures import Figure, render_table
from knowledge.flips import evaluate_flips
from knowledge.jsonl import write_articles_jsonl, write_claims_jsonl
from knowledge.library import Library
from knowledge.seeds import sample_articles
from knowledge.text import Segmenter, build_segmenter

DEVELOPMENT = Path(__file__).parents[2] / "shared" / "data" / "dev"
SEEN = "(the set its rules were written with)"
PICKED = "(nobody has read them, but thresholds were picked by their totals)"


def main() -> None:
    """One table after the other, then the comparison with what was recorded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality")
    parser.add_argument(
        "--record", action="store_true", help="write what is better into benchmarks/figures.toml"
    )
    parser.add_argument("--unseen", action="store_true", help="refit judges for the development texts; slow")
    parser.add_argument("--dev", type=Path, default=DEVELOPMENT, help="folder of the development texts")
    options = parser.parse_args()
    measured: list[Recorded] = []
    with TemporaryDirectory(prefix="dingxin-quality-") as folder:
        for table in _tables(Path(folder), options.dev, unseen=options.unseen):
            figures = table.measure()
            print(f"\n{table.name} {table.remark}\n{render_table(figures)}", flush=True)
            measured += to_record(table.name, table.file, figures)
    if options.record:
        write_record(measured)
    sys.exit(_verdict(measured))


def _verdict(measured: list[Recorded]) -> int:
    for file in changed_files(measured):
        print(
            f"\n{file} has changed since its figures were recorded: not compared; record anew with --record"
        )
    for heading, lines in (
        ("worse than recorded on purpose:", given_up(measured)),
        ("given up and reached again, take `given_up` and `why` out of figures.toml:", regained(measured)),
        ("worse than recorded:", dropped(measured)),
    ):
        if lines:
            print(f"\n{heading}", *lines, sep="\n")
    return int(bool(dropped(measured) or regained(measured)))


def _tables(folder: Path, dev: Path, *, unseen: bool) -> Iterator[Table]:
    segmenter = build_segmenter()
    yield from own_tables(folder, segmenter)
    if dev.is_dir():
        yield from development_tables(dev, segmenter=segmenter)
        if unseen:
            yield from unseen_tables(dev, segmenter=segmenter)


def own_tables(folder: Path, segmenter: Segmenter) -> Iterator[Table]:
    """Our own labelled sets, against the starter content as on the sample's day, in the sample's prefecture."""
    day = SAMPLE_DAY
    articles, claims = sample_articles(day=day), sample_claims(day=day)
    article_file, claim_file = folder / "articles.jsonl", folder / "claims.jsonl"
    write_articles_jsonl(article_file, articles)
    write_claims_jsonl(claim_file, claims)
    places = tuple(area.name for area in read_areas(area_file(), stored=AreaTree(())))
    library = Library.build(articles, claims, segmenter=segmenter, places=places)
    for name, stem in (("answers", "questions"), ("other matters", "other_matters")):
        questions = DATA / f"{stem}.jsonl"
        yield Table(name, "", questions, partial(_answers, article_file, questions, places))
    for name, stem in (
        ("rumours", "rumour_messages"),
        ("claims denied and retold", "claims_denied"),
        ("beside claims and retold", "claims_beside"),
    ):
        messages = DATA / f"{stem}.jsonl"
        yield Table(name, "", messages, partial(_rumours, claim_file, messages, places))
    lines = DATA / "routing_lines.jsonl"
    yield Table("routing", "", lines, lambda: evaluate_routing(lines, library=library, day=day).figures)
    for name, remark, stem in (
        ("meaning flips", SEEN, "meaning_flips"),
        ("meaning flips held out", PICKED, "held_out_flips"),
        ("meaning flips of plain kinds", PICKED, "plain_flips"),
        ("more of plain kinds", PICKED, "more_plain_flips"),
        ("last of plain kinds", PICKED, "last_plain_flips"),
        ("newest, by two authors", PICKED, "newest_flips"),
    ):
        pairs = DATA / f"{stem}.jsonl"
        yield Table(name, remark, pairs, partial(_flips, pairs, day, places))
    for name, remark, stem in (
        ("headcounts", SEEN, "headcounts"),
        ("headcounts held out", "", "headcounts_holdout"),
    ):
        replies = DATA / f"{stem}.jsonl"
        yield Table(name, remark, replies, partial(_headcounts, replies))


def _answers(articles: Path, questions: Path, places: tuple[str, ...]) -> tuple[Figure, ...]:
    return evaluate_answers(articles, questions, day=SAMPLE_DAY, places=places).figures


def _rumours(claims: Path, messages: Path, places: tuple[str, ...]) -> tuple[Figure, ...]:
    return evaluate_rumours(claims, messages, day=SAMPLE_DAY, places=places).figures


def _flips(pairs: Path, day: date, places: tuple[str, ...]) -> tuple[Figure, ...]:
    return evaluate_flips(pairs, day=day, places=places).figures


def _headcounts(replies: Path) -> tuple[Figure, ...]:
    return evaluate_headcounts(replies).figures


if __name__ == "__main__":
    main()
