"""A verdict that says "true" is not given to whoever adds a fee, a ban or a number to the claim, and none to whoever heard that the
rule is at an end; the claim is shown.
"""

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.rumours import Known, RumourCheck, Suspected, check_rumour

DAY = date(2022, 7, 14)


def check(desk: Library, text: str) -> RumourCheck:
    return check_rumour(text, library=desk, area_path=(), day=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "进村的人和车要登记测温，还要交10块钱，真的吗",
        "进小区要登记测温，老人不让进",
        "从外市回定西凭48小时核酸还要隔离7天",
        "通渭高风险区学校改上网课，要交钱",
        "84和洁厕灵混用没事，真的吗",
        "通渭县高风险区足不出户，没人送菜，真的吗",
    ],
)
def test_what_is_added_to_a_true_claim_is_not_vouched_for(desk: Library, text: str) -> None:
    found = check(desk, text)

    assert isinstance(found, Suspected)


@pytest.mark.parametrize(
    "text",
    [
        "进村进小区的人和车都要登记、测温、验码，是真的吗",
        "听说从外市回定西要48小时核酸",
    ],
)
def test_a_true_claim_in_other_words_is_confirmed(desk: Library, text: str) -> None:
    assert isinstance(check(desk, text), Known)


def test_what_is_added_to_a_false_claim_takes_nothing_away(desk: Library) -> None:
    assert isinstance(check(desk, "听说喝醋能杀病毒，要交钱报名学"), Known)


@pytest.mark.parametrize(
    "text",
    [
        "从外市回定西48小时核酸作废了",
        "48小时核酸证明不认了是真的吗",
        "外地回定西48小时核酸证明不算了",
        "外地回定西48小时核酸改成抗原了",
        "药店买退烧药实名登记取消了",
        "听说买退烧药实名登记叫停了",
        "听说买退烧药的实名登记不搞了",
        "进村测温验码撤了",
        "进村登记测温不查了",
        "社区全员核酸免费结束了",
        "通渭高风险区学校网课停了",
        "通渭高风险区学校网课不上了",
        "通渭高风险区学校网课没有了",
        "通渭高风险区学校复课了",
        "从外市回定西不要48小时核酸了",
        "回定西48小时核酸证明没用了",
        "48小时核酸证明过时了",
        "退烧药实名登记放开了",
        "进村测温验码歇了",
        "全员核酸免费是以前的事",
    ],
)
def test_a_true_rule_that_is_said_to_be_at_an_end_is_not_confirmed(desk: Library, text: str) -> None:
    assert isinstance(check(desk, text), Suspected)


@pytest.mark.parametrize("text", ["下周一全市停课取消了", "通渭县城静默30天取消了"])
def test_a_false_rule_that_is_said_to_be_at_an_end_is_not_refuted(desk: Library, text: str) -> None:
    assert isinstance(check(desk, text), Suspected)


@pytest.mark.parametrize(
    "text",
    [
        "买退烧药的实名登记没取消，是真的吗",
        "48小时核酸证明没有不认",
        "进村测温验码没撤",
    ],
)
def test_a_true_rule_that_is_said_not_to_be_at_an_end_is_confirmed(desk: Library, text: str) -> None:
    assert isinstance(check(desk, text), Known)


@pytest.mark.parametrize(
    "text",
    [
        "不做核酸就取消低保，真的吗",
        "低保和养老补贴疫情期间停发了",
        "抗原测出来阴性核酸就不做了",
        "下周一全市停课，考试取消",
        "通渭明天封控取消，全解封",
    ],
)
def test_a_false_claim_on_an_end_or_beside_one_is_refuted_as_before(desk: Library, text: str) -> None:
    assert isinstance(check(desk, text), Known)


@pytest.mark.parametrize("text", ["冒充流调人员打电话询问行程和接触过的人", "骗子装成流调人员打电话询问行程"])
def test_who_only_plays_the_official_of_a_true_claim_is_not_vouched_for(desk: Library, text: str) -> None:
    assert not isinstance(check(desk, text), Known)


@pytest.mark.parametrize(
    "text",
    [
        "冒充民政局的人上门替老人办防疫补贴，要收走身份证和银行卡",
        "有人冒充健康码客服说码有异常，要下载软件共享屏幕才能恢复",
    ],
)
def test_who_tells_of_somebody_that_plays_the_official_hears_that_it_is_a_fraud(
    desk: Library, text: str
) -> None:
    assert isinstance(check(desk, text), Known)
