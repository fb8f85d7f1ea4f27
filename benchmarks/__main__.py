"""Speed, printed: start to ready, one message end to end by kind, and understanding alone.

Run: python -m benchmarks [--quick]
Targets: ready in under 3 s with the sample and in under 5 s with a knowledge base of 2,000 articles and 10,000 claims, both
with a kept version of the models; from the latter a text message answered in under 50 ms at the median on 2 cores.
"""

import argparse
import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.bench_understanding import report_understanding
from benchmarks.corpus import Corpus, make_corpus
from benchmarks.load import measure
from benchmarks.sentences import sentences
from benchmarks.service import postgres, prepare, serving
from bot.settings import Settings

SAMPLE_READY_TARGET, READY_TARGET, MEDIAN_TARGET_MS = 3.0, 5.0, 50.0
WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is measured: starts, and messages of each kind at each number of connections."""

    starts: int
    messages: int
    connections: tuple[int, ...]
    databases: tuple[str, ...]


FULL = Amount(starts=3, messages=120, connections=(1, 8), databases=("SQLite", "PostgreSQL"))
QUICK = Amount(starts=1, messages=40, connections=(1, 8), databases=("SQLite",))


def main() -> None:
    """Everything, or with --quick what fits into a minute."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="SQLite only, single starts, few messages")
    amount = QUICK if parser.parse_args().quick else FULL
    corpus = make_corpus(datetime.now(UTC).date())
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} before we began")
    print(f"{len(corpus.articles):,} articles, {len(corpus.claims):,} claims")
    with TemporaryDirectory(prefix="dingxin-bench-") as folder, ExitStack() as stack:
        report_sample(Path(folder), amount)
        for name, settings in _databases(Path(folder), corpus, amount, stack):
            report_service(name, settings, amount)
    if amount is FULL:
        print("\nunderstanding alone, in this process")
        report_understanding(corpus)


def report_sample(folder: Path, amount: Amount) -> None:
    """How long the sample alone takes to be ready, on SQLite, its texts once read."""
    place = folder / "sample"
    place.mkdir()
    settings = prepare(place, Corpus((), ()))
    with serving(settings):
        pass
    print(
        f"\nsample alone to ready  {_later_starts(settings, amount.starts):6.2f} s   (target {SAMPLE_READY_TARGET:g} s)"
    )


def _later_starts(settings: Settings, starts: int) -> float:
    """Seconds at the median, of so many starts after the first."""
    times = []
    for _ in range(starts):
        with serving(settings) as seconds:
            times.append(seconds)
    return median(times)


def report_service(name: str, settings: Settings, amount: Amount) -> None:
    """Ready times and a table of kinds; the first start serves the messages."""
    print(f"\n{name}")
    with serving(settings) as first:
        print(f"first start to ready   {first:6.2f} s   (every text read once, the arrays kept)")
        report_messages(settings.web.port, amount)
    print(
        f"later starts to ready  {_later_starts(settings, amount.starts):6.2f} s   (target {READY_TARGET:g} s)"
    )


def report_messages(port: int, amount: Amount) -> None:
    """Median and p99 in milliseconds by kind, then all kinds together. Late: the answer follows."""
    kinds = sentences()
    measure(port, [texts[0] for texts in kinds.values()], messages=WARM_UP, at_once=1)
    heads = "".join(
        f"{f'{at_once} at once: median':>20} {'p99':>7} {'a second':>9} {'late':>5}"
        for at_once in amount.connections
    )
    print(f"{'milliseconds':<18}{heads}")
    for kind, texts in kinds.items():
        print(f"{kind:<18}" + "".join(_cells(port, texts, amount)))
    mixed = [text for texts in zip(*kinds.values(), strict=False) for text in texts]
    print(
        f"{'all kinds':<18}"
        + "".join(_cells(port, mixed, amount))
        + f"   (target: median {MEDIAN_TARGET_MS:g})"
    )


def _cells(port: int, texts: list[str] | tuple[str, ...], amount: Amount) -> Iterator[str]:
    for at_once in amount.connections:
        times = measure(port, texts, messages=amount.messages, at_once=at_once)
        yield f"{times.median * 1000:>20.1f} {times.p99 * 1000:>7.1f} {times.per_second:>9.0f} {times.late:>5}"


def _databases(
    folder: Path, corpus: Corpus, amount: Amount, stack: ExitStack
) -> Iterator[tuple[str, Settings]]:
    """Each database filled when its turn comes."""
    for name in amount.databases:
        place = folder / name
        place.mkdir()
        url = stack.enter_context(postgres(place)) if name == "PostgreSQL" else ""
        yield name, prepare(place, corpus, url=url)


if __name__ == "__main__":
    main()
