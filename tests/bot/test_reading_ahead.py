"""What is known is read in the background, beside what is answered."""

from collections.abc import Iterator
from datetime import date
from threading import Event
from threading import enumerate as enumerate_threads

from bot.reading_ahead import ReadingAhead
from knowledge.claim import Claim, Verdict
from knowledge.library import Library
from knowledge.seeds import sample_articles
from knowledge.text import Segmenter
from tests.bot.processes import eventually

DAY = date(2022, 7, 14)
GARLIC = Claim("garlic", "吃大蒜能预防新冠", Verdict.FALSE, "不能。")


def read(library: Library) -> int:
    return library.profiler.read.cache_info().misses


def test_everything_is_read_beside_what_is_answered_and_so_is_another_library(segmenter: Segmenter) -> None:
    libraries = [Library.build((), [GARLIC], segmenter=segmenter)]
    ahead = ReadingAhead(lambda: libraries[-1], look_every=0.01)

    ahead.start()

    assert eventually(lambda: read(libraries[0]) == len(GARLIC.texts))
    libraries.append(Library.build(sample_articles(day=DAY), segmenter=segmenter))
    wordings = {text for article in libraries[1].articles.values() for text in article.texts}
    assert eventually(lambda: read(libraries[1]) == len(wordings), 60)
    ahead.close()


def test_what_is_published_is_read_when_it_is_next_looked(segmenter: Segmenter) -> None:
    library = Library.build((), [GARLIC], segmenter=segmenter)
    ahead = ReadingAhead(lambda: library, look_every=0.01)
    ahead.start()
    assert eventually(lambda: read(library) == 1)

    library.publish_claim(Claim("ginger", "喝姜汤能治新冠", Verdict.FALSE, "不能。"))

    assert eventually(lambda: read(library) == 1 + 1)
    ahead.close()


def test_it_stops_in_the_middle_when_it_is_told_to(segmenter: Segmenter) -> None:
    started = Event()

    class Endless(Library):
        def read_ahead(self) -> Iterator[str]:
            while True:
                started.set()
                yield ""

    plain = Library.build((), [GARLIC], segmenter=segmenter)
    ahead = ReadingAhead(lambda: Endless(plain.shelves, profiler=plain.profiler, models=plain.models))
    ahead.start()
    assert started.wait(10)

    ahead.close()

    assert not any(thread.name == "reading-ahead" for thread in enumerate_threads())
