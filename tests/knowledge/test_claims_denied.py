"""The sample claims, denied or said of another place, extent or hour: a verdict on the one is none on the other."""

from datetime import date

import pytest

from knowledge.claim_seeds import sample_claims
from knowledge.library import Library
from knowledge.rumours import Known, RumourCheck, check_rumour
from knowledge.text import Segmenter

DAY = date(2022, 7, 14)
AT_ANDING = ("621100000000", "621102000000")
PLACES = ("定西市", "安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县")

DENIED = [
    "听说蚊子不会传播新冠，真的吗",
    "听说蚊子不传新冠",
    "听说蚊虫叮咬传不了新冠，真的吗",
    "听说大蒜不能防新冠",
    "听说大蒜不防新冠，真的吗",
    "听说开窗通风没用，防不了新冠，真的吗",
    "听说临洮没有一个小区明天解封，真的吗",
    "听说憋气10秒测不出新冠，真的吗",
    "听说戴两层口罩不等于N95，真的吗",
    "听说往身上喷酒精不安全，真的吗",
    "抗原阴性还得做核酸，是不是真的",
    "听说喝了白酒做核酸，阳性也变不了阴性，真的吗",
    "听说外村人进村不收消毒费了，真的吗",
    "听说外村人进村免费，不交50元，真的吗",
    "听说加油站今晚正常加油，不停，对吗",
    "登记人数不是为了收人头费，对不对",
    "听说买退烧药登记了不会被拉走，真的吗",
    "听说疫情期间可以办丧事，真的吗",
    "听说密接不用隔离14天了，真的吗",
    "听说网课不用买学校指定的平板，真的吗",
    "听说静默期间水电照常供应，是真的吗",
    "静默期间水电正常",
    "全市加油站今晚不停止加油",
    "加油站今晚还加油哩",
    "通渭养老院没人感染",
    "通渭养老院老人没人感染，真的吗",
    "通渭养老院没病例",
    "安定区菜市场没有一个摊主阳性",
    "临洮明天解封不了",
    "定西火车站明天停不了运",
    "下周一学校停不了课",
    "打了疫苗得不了白血病",
    "猫狗传不了新冠给人",
    "临洮县城超市有菜",
    "安定区药店有退烧药",
    "女娃打疫苗不影响生娃",
    "疫情期间领得了结婚证",
    "安定区殡仪馆没有排队",
    "外村人进村没人收消毒费",
    "临洮县部分小区明天封控",
    "临洮县部分小区明天又封了",
    "进村交50元停车费",
    "进村收50元清洁费合理不",
    "外省回定西凭48小时核酸",
    "从外县回定西要48小时核酸",
]
OF_ANOTHER_PLACE = [
    "听说兰州洋芋涨到10元一斤了",
    "听说新疆静默期间停水停电",
    "听说河南外村人进村要交50元消毒费",
    "渭源县下周一起中小学停课，真的吗",
]
OF_SOME_ALONE = [
    "听说只有老人打疫苗会得白血病",
    "听说只有年轻人抽烟不容易得新冠",
    "听说加油站只给货车停止加油",
    "听说除了药店，定西明天零点全城封闭",
    "安定区菜市场有个摊主阳性",
    "安定区菜市场一个卖菜的阳性",
    "通渭养老院两个老人感染了",
    "漳县有所学校改上网课",
    "下周一起全市有个学校停课",
    "临洮县城有家超市断货了",
]
AT_ANOTHER_HOUR = [
    "听说明天中午12点定西全城封闭",
    "听说明晚8点定西全城封闭",
    "听说下下周一全市停课",
]
THE_SAME = [
    "听说蚊子会传播新冠，真的吗",
    "听说蚊子叮咬能传新冠，真的假的",
    "咱定西洋芋涨到10元一斤了",
    "听说明天零点定西要封城，是真的吗",
    "听说明天0点起定西全城封闭",
    "听说静默期间要停水停电，真的吗",
    "听说天天吃大蒜就能防新冠，真的吗",
    "听说外村人进村要收50元消毒费",
    "听说登记人口是为了收人头费，真的吗",
    "听说憋气10秒能测出感染没感染",
    "听说喝白酒阳性能变阴性，真的吗",
    "听说抗原阴性就不用做核酸了，真的吗",
    "听说下周一起全市中小学停课",
    "听说喷酒精最保险，真的吗",
    "有个亲戚说安定区菜市场的摊主全部阳性",
    "通渭养老院老人全感染了没人管饭",
    "楼里有一个阳性，全楼都要拉到外省隔离",
    "女娃打了疫苗生不了娃",
    "打了疫苗再感染不了",
    "大蒜吃上染不上新冠",
    "临洮县城的超市都断货了",
    "临洮部分小区明天解封，其他小区继续封控",
    "外地回定西凭48小时核酸",
]


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(claims=sample_claims(day=DAY), segmenter=segmenter, places=PLACES)


def check(library: Library, message: str) -> RumourCheck:
    return check_rumour(message, library=library, area_path=AT_ANDING, day=DAY)


@pytest.mark.parametrize("message", [*DENIED, *OF_ANOTHER_PLACE, *OF_SOME_ALONE, *AT_ANOTHER_HOUR])
def test_what_denies_a_claim_or_says_it_of_something_else_does_not_get_its_verdict(
    library: Library, message: str
) -> None:
    checked = check(library, message)

    assert not isinstance(checked, Known)
    assert checked.matches[0].differences or checked.matches[0].reworded


@pytest.mark.parametrize("message", THE_SAME)
def test_what_says_the_same_still_gets_it(library: Library, message: str) -> None:
    assert isinstance(check(library, message), Known)


def test_a_wording_that_only_asks_leaves_open_what_the_claim_itself_says(library: Library) -> None:
    """The wording that comes closest is "can mosquitoes infect us?": either answer would fit it."""
    checked = check(library, "蚊子不会传染新冠")

    assert not isinstance(checked, Known)
    assert checked.matches[0].reasons[0] != checked.matches[0].claim.text
    assert checked.matches[0].differences == ("传染与否不同:不会传/会传",)
