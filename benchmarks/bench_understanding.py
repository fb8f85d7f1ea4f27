"""How long a message takes to understand, and the claims to index, at the size of a prefecture and above.

Run: python -m benchmarks.bench_understanding [ARTICLES CLAIMS [bare]]; bare: variants with one wording each

Every message timed is seen once: other messages have warmed the program before, as they have in a running service; what
was loaded is frozen as every role freezes it, and read ahead as the web role's processes do.
"""

import gc
import random
import resource
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np

from benchmarks.corpus import ARTICLES, CLAIMS, Corpus, make_corpus
from benchmarks.sentences import sentences
from bot.collector import loading
from knowledge.claim import Claim, Verdict
from knowledge.library import Library
from knowledge.shelf import fill_shelf
from knowledge.text import Segmenter, build_segmenter
from knowledge.understanding import understand

LONG = 2_000
POSTS = 200
"""Half of them warm up."""


def main() -> None:
    """At the given size, or at the issue's."""
    articles, claims = (int(one) for one in (sys.argv[1:3] or (ARTICLES, CLAIMS)))
    worded = "bare" not in sys.argv[3:]
    day = datetime.now(UTC).date()
    report_understanding(make_corpus(day, articles=articles, claims=claims, worded=worded))


def report_understanding(corpus: Corpus) -> None:
    """Dictionary, index of the claims alone, short messages, long posts, one claim more, memory."""
    started = perf_counter()
    segmenter = build_segmenter()
    print(f"dictionary          {perf_counter() - started:8.2f} s")
    report_index(corpus.claims, segmenter)
    with loading():
        library = Library.build(corpus.articles, corpus.claims, segmenter=segmenter)
    report_reading_ahead(library)
    messages = mixed_messages()
    report_times("short messages", messages, library)
    report_times(f"{LONG:,} characters", long_posts(messages), library)
    report_publishing(messages[:20], library)
    print(f"whole process       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB at most")


def report_index(claims: Sequence[Claim], segmenter: Segmenter) -> None:
    """Seconds to index `claims` and by how much that lets the process grow; then they go again."""
    gc.collect()
    before, started = resident(), perf_counter()
    shelf = fill_shelf(claims, segmenter=segmenter)
    seconds = perf_counter() - started
    print(f"{f'{len(shelf.items):,} claims':<20}{seconds:8.2f} s")
    print(f"their index         {resident() - before:8.0f} MB resident")


def report_reading_ahead(library: Library) -> None:
    """Seconds to read every wording, and by how much that lets the process grow; while messages come it takes longer."""
    before, started = resident(), perf_counter()
    read = sum(1 for _ in library.read_ahead())
    seconds = perf_counter() - started
    print(f"{f'{read:,} read ahead':<20}{seconds:8.2f} s {resident() - before:8.0f} MB resident")


def resident() -> float:
    """Megabytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024**2


def mixed_messages() -> tuple[str, ...]:
    """One of each kind after the other, as they come in."""
    rounds = zip_longest(*sentences().values())
    return tuple(dict.fromkeys(text for texts in rounds for text in texts if text))


def long_posts(messages: Sequence[str]) -> tuple[str, ...]:
    """Each of other messages, in another order."""
    chance = random.Random(11)
    return tuple("，".join(chance.sample(messages, 150))[:LONG] for _ in range(POSTS))


def report_times(name: str, messages: Sequence[str], library: Library) -> None:
    """Median and p99 of one message each, after as many others: by the clock, and what the processor worked on it."""
    day, by_clock, worked = datetime.now(UTC).date(), [], []
    for message in (*messages[::2], *messages[1::2]):
        started, started_work = perf_counter(), thread_time()
        understand(message, library=library, area_path=(), day=day)
        worked.append(thread_time() - started_work)
        by_clock.append(perf_counter() - started)
    timed = len(messages) // 2
    print(f"{name:<20}{_told(by_clock[-timed:])}   processor {_told(worked[-timed:])}")


def _told(seconds: Sequence[float]) -> str:
    milliseconds = np.asarray(seconds) * 1000
    return f"{np.median(milliseconds):8.2f} ms median {np.percentile(milliseconds, 99):8.2f} ms p99"


def report_publishing(texts: Sequence[str], library: Library) -> None:
    """One claim more, of the slowest kind: each into the library as it is then."""
    seconds = []
    for number, text in enumerate(texts):
        started = perf_counter()
        library.publish_claim(Claim(f"new{number}", text, Verdict.FALSE, "…"))
        seconds.append(perf_counter() - started)
    milliseconds = np.asarray(seconds) * 1000
    print(
        f"one claim more      {np.median(milliseconds):8.2f} ms median {milliseconds.max():8.2f} ms at most"
    )


if __name__ == "__main__":
    main()
