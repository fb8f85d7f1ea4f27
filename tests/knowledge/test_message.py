import pytest

from knowledge.contradiction import compare
from knowledge.library import Library
from knowledge.models import load_models
from knowledge.profile import Profile
from knowledge.text import Reading, Segmenter, normalise
from tests.knowledge.shelves import ARTICLES, CLAIMS

TEXT = "聽說 明天要封城，是真的嗎？？"


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, CLAIMS, segmenter=segmenter)


def test_a_message_is_read_in_every_way_that_a_text_alone_would_be(library: Library) -> None:
    message = library.hear(TEXT)

    assert message.normal == normalise(TEXT)
    assert {"hearsay", "asks_truth"} <= message.cues
    assert message.profile.reading == library.read(TEXT).reading


def test_what_the_text_models_say_of_a_message_they_say_of_its_text(
    library: Library, segmenter: Segmenter
) -> None:
    for model in (load_models().flag, load_models().routing):
        assert model.chances(library.hear(TEXT).sample) == model.probabilities(TEXT, segmenter=segmenter)


def test_a_message_that_is_heard_again_is_not_read_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    profile_of = library.profiler.profile_of

    def counted(reading: Reading) -> Profile:
        read.append(reading.normal)
        return profile_of(reading)

    monkeypatch.setattr(library.profiler, "profile_of", counted)
    message = library.hear(TEXT)

    assert library.hear(message) is message
    assert message.profile is library.hear(message).profile
    assert read == [normalise(TEXT)]


def test_who_asks_politely_asks_the_same(library: Library) -> None:
    polite = library.hear("请问酒席能摆几桌呢")

    assert polite.question.reading == library.read("酒席能摆几桌").reading
    assert polite.profile.reading != polite.question.reading


@pytest.mark.parametrize("said", ["酒席能摆几桌", "请问", "你好", "谢谢你", "呢"])
def test_without_courtesies_or_with_nothing_else_a_message_is_its_own_question(
    library: Library, said: str
) -> None:
    message = library.hear(said)

    assert message.question is message.profile


def test_a_long_polite_message_is_asked_by_its_beginning_and_its_end(library: Library) -> None:
    said = library.hear("您好，" + "我家住在半山上，" * 60 + "酒席能摆几桌呢？谢谢").question.reading.normal

    assert said.startswith("我家住在半山上")
    assert said.endswith("酒席能摆几桌?")
    assert len(said) < 240


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("上午能做核酸吗", "请问下午能做核酸吗"),
        ("这周一还上班吗", "请问下周一还上班吗"),
        ("本周社区发菜吗", "想问下周社区发菜吗，谢谢"),
        ("这个月能办酒席吗", "麻烦问一下下个月能办酒席吗"),
        ("集市开着吗", "请问集市没开吗"),
    ],
)
def test_what_must_not_differ_is_told_from_all_that_was_typed(
    library: Library, known: str, asked: str
) -> None:
    question = library.hear(asked).question

    assert compare(library.read(known).statement, question.statement)
    assert question.statement == library.read(asked).statement
