"""How long a message takes to understand, and the library to build, at the size of a prefecture and above.

Run: python -m benchmarks.bench_understanding [ARTICLES CLAIMS [bare]]; bare: variants with one wording each
"""

import resource
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from time import perf_counter

import numpy as np

from benchmarks.corpus import ARTICLES, CLAIMS, Corpus, make_corpus
from benchmarks.sentences import sentences
from knowledge.claim import Claim, Verdict
from knowledge.library import Library
from knowledge.text import build_segmenter
from knowledge.understanding import understand


def main() -> None:
    """At the given size, or at the issue's."""
    articles, claims = (int(one) for one in (sys.argv[1:3] or (ARTICLES, CLAIMS)))
    worded = "bare" not in sys.argv[3:]
    day = datetime.now(UTC).date()
    report_understanding(make_corpus(day, articles=articles, claims=claims, worded=worded))


def report_understanding(corpus: Corpus) -> None:
    """Dictionary, build, short and long messages, one claim more, memory."""
    messages = [text for texts in sentences().values() for text in texts]
    started = perf_counter()
    segmenter = build_segmenter()
    print(f"dictionary          {perf_counter() - started:8.2f} s")
    started = perf_counter()
    library = Library.build(corpus.articles, corpus.claims, segmenter=segmenter)
    print(f"library built       {perf_counter() - started:8.2f} s")
    report_times("short, first time", messages, library)
    report_times("short, again", messages, library)
    long_posts = [("，".join(messages[n : n + 120]))[:2000] for n in range(0, 60, 2)]
    report_times("2,000 characters", long_posts, library)
    started = perf_counter()
    for number in range(20):
        library.publish_claim(Claim(f"new{number}", messages[number], Verdict.FALSE, "…"))
    print(f"publish one claim   {(perf_counter() - started) * 50:8.2f} ms")
    print(f"resident            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def report_times(name: str, messages: Sequence[str], library: Library) -> None:
    """Median and p99 of one message each."""
    day, seconds = datetime.now(UTC).date(), []
    for message in messages:
        started = perf_counter()
        understand(message, library=library, area_path=(), day=day)
        seconds.append(perf_counter() - started)
    milliseconds = np.asarray(seconds) * 1000
    print(f"{name:<20}{np.median(milliseconds):8.2f} ms median {np.percentile(milliseconds, 99):8.2f} ms p99")


if __name__ == "__main__":
    main()
