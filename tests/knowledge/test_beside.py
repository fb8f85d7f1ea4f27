"""What is asked beside what is passed on, from clauses that pass nothing on themselves."""

import pytest

from knowledge.answering import Answer, Answering, Choices, Unknown
from knowledge.article import Article
from knowledge.beside import asked_beside
from knowledge.fit import Candidate
from knowledge.library import Library
from knowledge.text import Segmenter

OPEN = Article("pharmacy", "药店现在开不开？", "开。")


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build([OPEN], segmenter=segmenter)


def offered(score: float, kind: type[Answer] | type[Choices] = Choices) -> Answering:
    candidate = Candidate(OPEN, score)
    return Answer(candidate, (candidate,)) if kind is Answer else Choices((candidate,), (candidate,))


def beside(
    text: str, library: Library, *, known: dict[str, Answering], whole: Answering | None = None
) -> Answering | None:
    message = library.hear(text)
    return asked_beside(message, whole or Unknown(()), ask=lambda part: known.get(part, Unknown(())))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("听说食盐要断货，药店还开门吗", "药店还开门吗"),
        ("药店还开门吗？还有听说食盐要断货", "药店还开门吗"),
        ("听说要封城是真的吗，还有药店开门吗", "药店开门吗"),
        ("听说要封城，我家药没了，咋办呢嘛", "我家药没了,咋办呢嘛"),
        ("我家要买药，听说要封到月底，真的吗", "我家要买药"),
    ],
)
def test_the_clause_that_asks_is_asked_by_itself_or_with_the_one_before(
    text: str, part: str, library: Library
) -> None:
    sure = offered(0.95, Answer)

    assert beside(text, library, known={part: sure}) is sure


def test_the_whole_may_say_it_better_than_the_clause(library: Library) -> None:
    whole = offered(0.7)

    assert beside("有人说药店要收费，到底要不要钱", library, known={}, whole=whole) is whole


def test_a_sure_answer_goes_before_a_likely_one(library: Library) -> None:
    sure = offered(0.85, Answer)
    known: dict[str, Answering] = {"药店还开门吗": sure, "菜到哪里去买": offered(0.9)}

    assert beside("听说要封城，药店还开门吗，菜到哪里去买", library, known=known) is sure


@pytest.mark.parametrize(
    "text",
    [
        "药店还开门吗",
        "听说食盐要断货，是真的吗",
        "听说药店还开门吗",
        "听说食盐要断货，村里人都在抢",
        "听说食盐要断货。" + "家家户户都在抢，" * 20 + "药店还开门吗",
    ],
)
def test_nothing_is_asked_beside_it(text: str, library: Library) -> None:
    assert beside(text, library, known={"药店还开门吗": offered(0.95, Answer)}, whole=offered(0.95)) is None


def test_what_is_not_likely_is_not_brought_up(library: Library) -> None:
    assert beside("听说要封城，药店还开门吗", library, known={"药店还开门吗": offered(0.3)}) is None


def test_what_asks_nothing_must_be_surer(library: Library) -> None:
    assert beside("我家要买药，听说要封城", library, known={"我家要买药": offered(0.6)}) is None
