from datetime import date

import pytest

from knowledge.crisis import CrisisKind, is_crisis
from knowledge.library import Library
from knowledge.routing import Intent
from knowledge.text import Segmenter
from knowledge.understanding import understand
from tests.knowledge.shelves import ARTICLES, AT_ANDING, CLAIMS


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, CLAIMS, segmenter=segmenter)


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("核酸在哪里做", Intent.QUESTION),
        ("听说喝高度白酒能杀死新冠病毒是真的吗", Intent.RUMOUR),
        ("网传明天不让卖菜了，真的假的", Intent.RUMOUR),
        ("我家5口人，2个在外地", Intent.HEADCOUNT),
        ("俺家四口人，都在屋里", Intent.HEADCOUNT),
        ("倡议书发我看看", Intent.LETTER),
        ("我爷爷走了，后事咋办", Intent.CUSTOMS),
        ("退订", Intent.COMMAND),
        ("１", Intent.COMMAND),
        ("我不想活了", Intent.CRISIS),
        ("谢谢你们", Intent.CHAT),
    ],
)
def test_each_intent_is_told_by_a_typical_message(
    library: Library, day: date, message: str, intent: Intent
) -> None:
    routing = understand(message, library=library, area_path=AT_ANDING, day=day).routing

    assert routing.intent is intent
    assert 0 < routing.probability <= 1
    assert routing.reasons


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("我婆婆喝了农药", CrisisKind.SELF_HARM),
        ("活着没意思，想一死了之", CrisisKind.SELF_HARM),
        ("孩子抽搐了叫不醒", CrisisKind.MEDICAL),
        ("我爸胸口疼得喘不上气", CrisisKind.MEDICAL),
        ("老人快不行了", CrisisKind.MEDICAL),
        ("男人喝醉了打人，拿着刀", CrisisKind.VIOLENCE),
        ("邻居家着火了", CrisisKind.FIRE),
        ("我 想 自 殺", CrisisKind.SELF_HARM),
    ],
)
def test_danger_to_life_is_heard_and_its_kind_told(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize(
    "message",
    [
        "笑死我了",
        "今天热死了",
        "酒精能杀死病毒吗",
        "听说有人被打了是真的吗",
        "坐火车要几小时核酸",
        "打人工电话咋没人接",
        "娃娃打疫苗疼不疼",
        "灭火器在哪里领",
        "",
    ],
)
def test_figures_of_speech_and_questions_are_no_crisis(message: str) -> None:
    assert is_crisis(message) is None


def test_a_crisis_comes_before_everything_else(library: Library, day: date) -> None:
    message = "我家5口人，听说要封城是真的吗，我不想活了"

    assert understand(message, library=library, area_path=(), day=day).routing.intent is Intent.CRISIS


def test_numbers_in_a_question_are_no_headcount(library: Library, day: date) -> None:
    for message in ("我家5口人能领多少补助", "听说三个人阳了", "结婚请了30个人行吗"):
        routing = understand(message, library=library, area_path=(), day=day).routing
        assert routing.intent is not Intent.HEADCOUNT
