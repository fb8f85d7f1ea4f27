"""Quality, printed: answers, rumour checks, routing and headcounts on the labelled sets, against the starter content.

Run: python -m benchmarks.quality
A set the models or rules were fitted on flatters them; such a table says so.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sentences import DATA
from bot.households.evaluation import evaluate_headcounts
from knowledge.claim_seeds import sample_claims
from knowledge.evaluation import evaluate_answers, evaluate_routing, evaluate_rumours
from knowledge.figures import Figure, render_table
from knowledge.jsonl import write_articles_jsonl, write_claims_jsonl
from knowledge.library import Library
from knowledge.seeds import sample_articles

SEEN = "(on the set they were developed with)"
Measured = tuple[str, Callable[[], tuple[Figure, ...]]]


def main() -> None:
    """One table after the other."""
    with TemporaryDirectory(prefix="dingxin-quality-") as folder:
        for title, figures in _evaluations(Path(folder)):
            print(f"\n{title}\n{render_table(figures())}")


def _evaluations(folder: Path) -> Iterator[Measured]:
    """What is measured on which file."""
    day = datetime.now(UTC).date()
    articles, claims = sample_articles(day=day), sample_claims(day=day)
    article_file, claim_file = folder / "articles.jsonl", folder / "claims.jsonl"
    write_articles_jsonl(article_file, articles)
    write_claims_jsonl(claim_file, claims)
    questions, messages = DATA / "questions.jsonl", DATA / "rumour_messages.jsonl"
    lines = DATA / "routing_lines.jsonl"
    library = Library.build(articles, claims)
    yield f"answers {SEEN}", partial(_answers, article_file, questions, day)
    yield f"rumours {SEEN}", partial(_rumours, claim_file, messages, day)
    yield f"routing {SEEN}", partial(_routing, lines, library, day)
    yield f"headcounts {SEEN}", partial(_headcounts, DATA / "headcounts.jsonl")
    yield "headcounts, held out", partial(_headcounts, DATA / "headcounts_holdout.jsonl")


def _answers(articles: Path, queries: Path, day: date) -> tuple[Figure, ...]:
    return evaluate_answers(articles, queries, day=day).figures


def _rumours(claims: Path, messages: Path, day: date) -> tuple[Figure, ...]:
    return evaluate_rumours(claims, messages, day=day).figures


def _routing(lines: Path, library: Library, day: date) -> tuple[Figure, ...]:
    return evaluate_routing(lines, library=library, day=day).figures


def _headcounts(replies: Path) -> tuple[Figure, ...]:
    return evaluate_headcounts(replies).figures


if __name__ == "__main__":
    main()
