"""What staff see of one sentence: each decision with its reasons, from the database or from the packaged sample."""

import json
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.commands.account import Asked, Desk, account_of
from bot.commands.account_words import INTENTS
from bot.store.areas import AreaTree
from knowledge.article import Validity
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.text import build_segmenter
from knowledge.thresholds import DEFAULTS, Thresholds
from tests.bot.commands.conftest import Dingxin
from tests.bot.places import TONGWEI
from tests.knowledge.shelves import ARTICLES, AT_LINTAO, BUS_UNTIL_JULY, CLAIMS, MARKET_LINTAO

pytestmark = pytest.mark.usefixtures("folder", "dingxin")

Told = Callable[..., str]
DAY = date(2022, 7, 14)
SURE = replace(DEFAULTS, answer=0.0001, choice=0.00001, known=0.0001, known_asked=0.0001)
NEVER = replace(DEFAULTS, answer=1.0, choice=1.0, known=1.0, known_asked=1.0, suspected=0.0)


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli, ["explain", *words], input=typed)


@pytest.fixture(scope="module")
def told() -> Told:
    """The account of a sentence over a few articles and claims."""
    library = Library.build(
        (*ARTICLES, replace(BUS_UNTIL_JULY, validity=Validity(None, date(2022, 7, 10)))),
        CLAIMS,
        segmenter=build_segmenter(),
    )

    def tell(text: str, *, thresholds: Thresholds = DEFAULTS, area_path: tuple[str, ...] = ()) -> str:
        code = area_path[-1] if area_path else ""
        asked = Asked(text, DAY, code, area_path, thresholds)
        return "\n".join(account_of(asked, Desk(library, AreaTree(()))))

    return tell


def test_an_answer_is_told_with_the_wording_it_was_found_by(told: Told) -> None:
    account = told("核酸在哪里做", thresholds=SURE)
    assert "直接回答 “哪里可以做核酸检测”（testing）" in account
    assert "对上的话  核酸在哪里做" in account
    assert "哪里可以做核酸检测  testing" in account


def test_what_only_one_side_says_stands_on_its_side(told: Told) -> None:
    account = told("孕妇能去养老院看老人吗")
    first = account.split("1. ")[1]
    assert "养老院" in line_of(first, "都说到")
    assert "孕妇" in line_of(first, "只有来话")
    assert "孕妇" not in line_of(first, "只有库里")


def line_of(account: str, label: str) -> str:
    return next(line for line in account.splitlines() if line.strip().startswith(label))


def test_choices_name_what_is_offered(told: Told) -> None:
    account = told("核酸", thresholds=replace(SURE, offered_at_most=1))
    assert "给选项 “哪里可以做核酸检测”（testing）\n" in account


def test_nothing_known_is_said_to_be_unknown(told: Told) -> None:
    assert "不知道，转给人" in told("今年洋芋卖多少钱", thresholds=NEVER)


def test_an_expired_article_is_named_with_its_last_day(told: Told) -> None:
    assert "只有过期的：“城区公交车现在开不开”（bus）（2022-07-10 止）" in told(
        "城区公交车现在开不开", thresholds=SURE
    )


def test_an_article_of_one_county_asks_for_the_area_first(told: Told) -> None:
    assert "要先问住在哪里" in told(MARKET_LINTAO.question, thresholds=SURE)
    assert "直接回答 “集市什么时候恢复赶集”（market-lintao）" in told(
        MARKET_LINTAO.question, thresholds=SURE, area_path=AT_LINTAO
    )


def test_a_known_claim_is_told_with_its_verdict_its_window_and_its_cues(told: Told) -> None:
    account = told("听说喝高度白酒能杀死新冠病毒，是真的吗", thresholds=SURE)
    assert "复述已公布的结论 “喝高度白酒能杀死新冠病毒”（liquor）【不实】" in account
    assert "道听途说" in line_of(account, "迹象")
    assert "句中一段  喝高度白酒能杀死新冠病毒" in account


def test_a_second_claim_of_the_same_message_is_named(told: Told) -> None:
    account = told("听说喝高度白酒能杀死新冠病毒。还有收快递会感染新冠病毒", thresholds=SURE)
    assert "，另有 " in account.split("说法\n")[1].splitlines()[0]


def test_a_suspicion_is_for_a_person_and_chat_is_not(told: Told) -> None:
    rumour = told("听说水库里有人投毒了，快转给家里人", thresholds=NEVER).split("说法\n")[1]
    assert "请人看一看" in rumour
    chat = told("谢谢你", thresholds=replace(NEVER, suspected=1.0)).split("说法\n")[1]
    assert "平常话" in chat


def test_a_claim_that_was_not_compared_is_said_not_to_be(told: Told) -> None:
    rumours = told("今天路上人不多，天气也好").split("说法\n")[1]
    claims = rumours.split("怎么用    ")[1:]
    assert claims
    assert all(one.startswith("没有用：相差太远，没有细比") for one in claims)


def test_each_candidate_says_where_and_when_it_holds_and_why_it_is_or_is_not_used(told: Told) -> None:
    account = told("小区居民现在可以出门吗", area_path=AT_LINTAO)
    near, far = (account.split(f"{number}. ")[1] for number in (1, 2))
    assert line_of(near, "适用") == "   适用      621124000000，长期有效"
    assert "就用它" in line_of(near, "怎么用")
    assert line_of(far, "适用") == "   适用      全市，长期有效"
    assert "说的是同一件事，另一条更贴近住的地方" in line_of(far, "怎么用")
    over = told("城区公交车现在开不开", thresholds=SURE).split("1. ")[1]
    assert "到 2022-07-10 为止" in line_of(over, "适用")
    assert "没有用：过了它的有效期" in line_of(over, "怎么用")


def test_what_decided_the_intent_is_called_by_its_title(told: Told) -> None:
    assert "“哪里可以做核酸检测”（testing）" in line_of(told("核酸在哪里做", thresholds=SURE), "意图")


def test_differences_are_told_where_they_forbid_a_match(told: Told) -> None:
    account = told("听说明天零点全县解封", thresholds=SURE).split("说法\n")[1]
    assert "封" in line_of(account, "不同之处")


def test_the_thresholds_in_force_are_told(told: Told) -> None:
    line = line_of(told("你好", thresholds=Thresholds(0.8, 0.9, 0.15, 0.85, 0.95, 0.3, 0.5, 4)), "门槛")
    assert line.split(maxsplit=1)[1] == (
        "直接回答 0.80（换了词 0.90），给选项 0.15（最多 4）；复述结论 0.85（普通提问 0.95），请人看 0.50"
    )


def test_what_is_told_begins_in_one_column(told: Told) -> None:
    head = told("你好").split("\n\n")[0].splitlines()
    assert head[0] == "读作      你好"
    assert head[1] == "所在地    未知"


def test_every_intent_has_its_name_for_staff() -> None:
    assert set(INTENTS) == {intent.value for intent in Intent}


def test_the_sample_needs_neither_a_configuration_nor_a_database_and_logs_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        result = run("现在能去养老院看老人吗", "--sample", "--area", "621121000000")
    assert result.exit_code == 0, result.output
    assert "通渭县" in result.stdout
    assert "nursing-visit-tongwei" in result.stdout
    assert "养老院" not in result.stderr + caplog.text
    assert list(folder.iterdir()) == []


def test_the_database_is_asked_unless_the_sample_is_wanted(settled: Path, dingxin: Dingxin) -> None:
    article = {"id": "who", "question": "有困难打哪个电话", "answer": "打12345。"}
    (settled / "a.jsonl").write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    assert dingxin("knowledge", "import", "a.jsonl").exit_code == 0
    result = run("有困难打哪个电话", "--area", TONGWEI.code)
    assert result.exit_code == 0, result.output
    assert "有困难打哪个电话  who" in result.stdout


def test_an_area_that_is_not_there_is_named() -> None:
    result = run("你好", "--sample", "--area", "1")
    assert result.exit_code == 1
    assert "there is no area 1 in the sample; among those that are: " in result.stderr
    assert "621121000000 通渭县" in result.stderr
    assert "import" not in result.stderr


@pytest.mark.usefixtures("settled")
def test_in_a_service_an_area_that_is_not_there_can_be_imported() -> None:
    result = run("你好", "--area", "1")
    assert result.exit_code == 1
    assert result.stderr == "there is no area 1; areas come in with: dingxin areas import FILE.csv\n"


def test_without_a_configuration_the_sample_is_mentioned() -> None:
    result = run("你好")
    assert result.exit_code == 2
    assert "[privacy] encryption_key" in result.stderr
    assert "--sample" in result.stderr


@pytest.mark.parametrize("text", ["https://example.org/a", "😷😷"])
def test_what_is_taken_away_is_told_where_nothing_is_left(text: str) -> None:
    result = run(text, "--sample")
    assert result.exit_code == 2
    assert "links and emoji are taken away before anything is read" in result.stderr


def test_a_sentence_may_be_typed_instead_so_that_no_shell_remembers_it() -> None:
    assert "读作      养老院让看老人吗" in run("-", "--sample", typed="养老院让看老人吗\n").stdout


def test_an_empty_sentence_is_bad_usage() -> None:
    assert run("  ", "--sample").exit_code == 2
