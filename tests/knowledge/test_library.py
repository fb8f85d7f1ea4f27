from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from knowledge.answering import Answer, find_answer
from knowledge.library import Library
from knowledge.rumours import Known, check_rumour
from knowledge.text import Segmenter
from tests.knowledge.shelves import ARTICLES, CLAIMS, LIQUOR, TESTING

QUESTION = "核酸在哪里做"


def answered_by(library: Library, day: date, question: str = QUESTION) -> str | None:
    answering = find_answer(question, library=library, area_path=(), day=day)
    return answering.best.article.id if isinstance(answering, Answer) else None


def test_a_published_article_is_found_by_the_next_question(segmenter: Segmenter, day: date) -> None:
    library = Library.build(ARTICLES[1:], segmenter=segmenter)
    assert answered_by(library, day) is None

    library.publish_article(TESTING)

    assert answered_by(library, day) == "testing"


def test_a_withdrawn_article_is_gone_from_the_next_question_on(segmenter: Segmenter, day: date) -> None:
    library = Library.build(ARTICLES, segmenter=segmenter)

    library.withdraw_article("testing")

    assert answered_by(library, day) is None
    assert "testing" not in library.articles


def test_publishing_an_id_again_replaces_all_its_wordings(segmenter: Segmenter, day: date) -> None:
    library = Library.build(ARTICLES, segmenter=segmenter)

    library.publish_article(replace(TESTING, question="健康码变黄怎么转绿", phrasings=()))

    assert answered_by(library, day) is None
    assert answered_by(library, day, "健康码变黄怎么转绿") == "testing"


def test_a_claim_is_known_once_published_and_unknown_once_withdrawn(segmenter: Segmenter, day: date) -> None:
    library = Library.build(segmenter=segmenter)
    library.publish_claim(LIQUOR)
    assert isinstance(check_rumour(LIQUOR.text, library=library, area_path=(), day=day), Known)

    library.withdraw_claim("liquor")

    assert not isinstance(check_rumour(LIQUOR.text, library=library, area_path=(), day=day), Known)


def test_what_articles_ask_is_read_before_the_first_message_comes(segmenter: Segmenter, day: date) -> None:
    library = Library.build(ARTICLES[1:], segmenter=segmenter)
    library.publish_article(TESTING)
    read_before = library.profiler.known.cache_info().misses

    find_answer(QUESTION, library=library, area_path=(), day=day)

    assert read_before == len({text for article in ARTICLES for text in article.texts})
    assert library.profiler.known.cache_info().misses == read_before


def test_every_wording_is_read_once_when_there_is_time_for_it(segmenter: Segmenter) -> None:
    library = Library.build(ARTICLES, CLAIMS, segmenter=segmenter)
    wordings = {text for item in (*ARTICLES, *CLAIMS) for text in item.texts}

    assert set(library.read_ahead()) == wordings
    assert library.profiler.read.cache_info().misses == len(wordings)
    assert set(library.read_ahead()) == wordings
    assert library.profiler.read.cache_info().misses == len(wordings)


def test_what_comparing_needs_of_an_articles_wordings_is_worked_out_ahead(segmenter: Segmenter) -> None:
    library = Library.build(ARTICLES, CLAIMS, segmenter=segmenter)
    known = [library.profiler.known(text) for article in ARTICLES for text in article.texts]
    assert not any("statement" in vars(profile) for profile in known)

    read = list(library.read_ahead())

    assert all({"statement", "typed", "wordings"} <= vars(profile).keys() for profile in known)
    assert set(read) >= {text for article in ARTICLES for text in article.texts}


def test_withdrawing_what_is_not_there_is_no_error(segmenter: Segmenter) -> None:
    library = Library.build(CLAIMS and (), segmenter=segmenter)

    library.withdraw_claim("nothing")
    library.withdraw_article("nothing")


def test_readers_always_find_what_stays_while_a_writer_publishes_and_withdraws(
    segmenter: Segmenter, day: date
) -> None:
    library = Library.build(ARTICLES, segmenter=segmenter)

    def write() -> None:
        for number in range(60):
            library.publish_article(replace(ARTICLES[1], id=f"extra-{number}"))
            library.withdraw_article(f"extra-{number - 3}")

    with ThreadPoolExecutor(4) as pool:
        writing = pool.submit(write)
        answers = [pool.submit(answered_by, library, day) for _ in range(120)]
        writing.result()

    assert {answer.result() for answer in answers} == {"testing"}
    assert len(library.articles) == len(ARTICLES) + 3


def test_two_writers_at_once_lose_nothing(segmenter: Segmenter) -> None:
    library = Library.build(segmenter=segmenter)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: library.publish_claim(replace(LIQUOR, id=f"c{n}")), range(80)))

    assert len(library.claims) == 80


def test_an_article_found_only_by_its_answer_is_gone_from_there_too_once_withdrawn(
    segmenter: Segmenter,
) -> None:
    library = Library.build(segmenter=segmenter)
    library.publish_article(replace(TESTING, answer="带上身份证，到民政大厅二楼。"))
    grams = segmenter.grams("民政大厅")
    assert [hit.owner for hit in library.shelves.articles.bodies.search(grams, limit=5)] == ["testing"]

    library.withdraw_article("testing")

    assert library.shelves.articles.bodies.search(grams, limit=5) == ()


def test_of_several_articles_with_one_id_the_last_counts(segmenter: Segmenter, day: date) -> None:
    renamed = replace(TESTING, question="健康码变黄怎么转绿", phrasings=())

    library = Library.build([*ARTICLES, renamed], segmenter=segmenter)

    assert len(library.articles) == len(ARTICLES)
    assert answered_by(library, day) is None
    assert answered_by(library, day, "健康码变黄怎么转绿") == "testing"
