"""How long a message takes to understand, and the library to build, at the size of a prefecture and above.

Run: python benchmarks/bench_understanding.py [ARTICLES CLAIMS]
Texts are the seed phrasings with characters exchanged at random, so that lengths and common words stay true to life.
"""

import random
import resource
import sys
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from knowledge.article import Article
from knowledge.claim import Claim, Verdict
from knowledge.labelled import read_lines, read_messages
from knowledge.library import Library
from knowledge.text import build_segmenter
from knowledge.understanding import understand

LABELLED = Path(__file__).parent.parent / "tests" / "data"
PHRASINGS = 8
DAY = date(2022, 7, 14)


def varied(text: str, chance: random.Random, alphabet: str) -> str:
    """`text` with a quarter of its characters exchanged."""
    return "".join(chance.choice(alphabet) if chance.random() < 0.25 else char for char in text)


def main() -> None:
    article_count, claim_count = (int(one) for one in (sys.argv[1:3] or ("2000", "10000")))
    chance = random.Random(7)
    lines = [line.text for line in read_lines(LABELLED / "routing_lines.jsonl")]
    messages = [message.text for message in read_messages(LABELLED / "rumour_messages.jsonl")]
    alphabet = "".join(lines + messages)
    articles = [
        Article(
            f"a{number}",
            varied(chance.choice(lines), chance, alphabet),
            "…",
            tuple(varied(chance.choice(lines), chance, alphabet) for _ in range(PHRASINGS - 1)),
        )
        for number in range(article_count)
    ]
    claims = [
        Claim(f"c{number}", varied(chance.choice(messages), chance, alphabet), Verdict.FALSE, "…")
        for number in range(claim_count)
    ]
    report_build(articles, claims, lines + messages)


def report_build(articles: list[Article], claims: list[Claim], messages: list[str]) -> None:
    started = perf_counter()
    segmenter = build_segmenter()
    print(f"dictionary          {perf_counter() - started:8.2f} s")
    started = perf_counter()
    library = Library.build(articles, claims, segmenter=segmenter)
    print(f"{len(articles)} articles, {len(claims)} claims built {perf_counter() - started:8.2f} s")
    report_times("short, first time", messages, library)
    report_times("short, again", messages, library)
    long_posts = [("，".join(messages[n : n + 120]))[:2000] for n in range(0, 60, 2)]
    report_times("2,000 characters", long_posts, library)
    started = perf_counter()
    for number in range(20):
        library.publish_claim(Claim(f"new{number}", messages[number], Verdict.FALSE, "…"))
    print(f"publish one claim   {(perf_counter() - started) * 50:8.2f} ms")
    print(f"resident            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def report_times(name: str, messages: list[str], library: Library) -> None:
    seconds = []
    for message in messages:
        started = perf_counter()
        understand(message, library=library, area_path=(), day=DAY)
        seconds.append(perf_counter() - started)
    milliseconds = np.asarray(seconds) * 1000
    print(f"{name:<20}{np.median(milliseconds):8.2f} ms median {np.percentile(milliseconds, 99):8.2f} ms p99")


if __name__ == "__main__":
    started = perf_counter()
    main()
    print(f"all                 {perf_counter() - started:8.2f} s")
