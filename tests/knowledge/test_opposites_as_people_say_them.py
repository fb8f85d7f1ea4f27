"""Opposites as they are really said, and the same said in other words, each pair beside each other."""

import pytest

from knowledge.contradiction import differences
from knowledge.places import Places

PLACES = Places(["临洮县"])


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("昨天新增的病例不都是本村的", "昨天新增的病例都是本村的"),
        ("来查水表的并不都是骗子", "来查水表的都是骗子"),
        ("食堂的馒头不是酸的", "食堂的馒头是酸的"),
        ("喝姜汤哪能杀死病毒呢", "喝姜汤能杀死病毒"),
        ("戴头盔怎么可能缺氧中毒", "戴头盔会缺氧中毒"),
        ("好了的人咋会一直传染旁人", "好了的人会一直传染旁人"),
        ("食堂的馒头哪里是酸的", "食堂的馒头是酸的"),
        ("养殖场的羊难道会染上病", "养殖场的羊会染上病"),
        ("静默月底结束不了", "静默月底就会结束"),
        ("被子晒不死病毒", "晒被子能杀死病毒"),
        ("开水烫不死病毒", "开水能杀死病毒"),
    ],
)
def test_a_denial_in_another_shape_is_one(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("七十岁的老人可以打加强针", "七十岁的老人必须打加强针"),
        ("孕妇必须打新冠疫苗吗", "孕妇能打新冠疫苗吗"),
        ("产妇不能不做核酸吗", "产妇能做核酸吗"),
        ("中秋节可以不上坟吗", "中秋节可以上坟吗"),
    ],
)
def test_leave_to_do_it_is_neither_an_order_nor_leave_not_to(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("好了的人会一直被别人传染", "好了的人会一直传染别人"),
        ("送菜的人把守卡的人拦住不让走", "守卡的人把送菜的人拦住不让走"),
        ("卡口把送菜的车放过去了", "卡口把送菜的车拦住了"),
        ("有人从方舱正常出来", "有人从方舱偷跑出来"),
        ("外头的苹果不许往县上运", "县上的苹果不许往外运"),
        ("去娘家要先隔离三天", "娘家来人要先隔离三天"),
        ("封控期间怎么从医院回来", "封控期间怎么去医院"),
        ("群里收的钱是困难户给的", "群里收的钱是给困难户的"),
        ("这些电话都是打给骗子的", "这些电话都是骗子打的"),
    ],
)
def test_who_does_it_and_which_way_it_goes_is_told(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("明天起柴油涨到一块钱", "明天起柴油涨价一块钱"),
        ("体温没到37.3度能进考场吗", "体温超过37.3度能进考场吗"),
        ("庙会演到几点", "庙会什么时候开"),
        ("下个月有一个乡的登记处停办", "下个月登记处全部停办"),
        ("核酸做一次要几分钟", "核酸多久做一次"),
        ("3路公交车停运", "县城公交车全部停运"),
        ("超市有个顾客阳了", "超市有个店员阳了"),
        ("户籍登记处停办", "婚姻登记处停办"),
        ("学校网课结束，回校上课", "学校改上网课"),
        ("降压药吃多了咋办", "降压药吃完了怎么办"),
        ("没水的时候怎么洗衣服", "没水的时候怎么洗手"),
    ],
)
def test_a_level_is_no_step_and_an_end_no_beginning(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("县里没有一个小区还封着", "县里所有小区都已解封"),
        ("下个月开始核酸不免费了", "下个月起核酸要收费"),
        ("工地上几时能开工", "工地什么时候可以复工"),
        ("饭店能不能堂食", "饭馆可以堂食吗"),
        ("打疫苗怎么会发烧", "打疫苗为什么会发烧"),
        ("核酸哪能做", "哪里可以做核酸"),
        ("哪里是做核酸的", "做核酸的地方在哪里"),
        ("县里哪里能治新冠", "县里哪家医院能治新冠"),
        ("哪能预防接种", "在哪里预防接种"),
        ("没出过门咋可能变红码", "没出过门为什么会变红码"),
        ("打完疫苗怎么可能发烧", "打疫苗后会发烧吗"),
        ("黄码解除不了怎么办", "黄码怎么解除"),
        ("静默到什么时候", "静默期间什么时候能出门"),
        ("政府给每户发的", "政府发给每户的"),
        ("家里来客人了", "去家里做客"),
        ("这口罩不是新的吗", "这口罩是新的"),
        ("可以登记吗", "只能本人登记吗"),
        ("给别人代领可以吗", "替别人代领可以吗"),
        ("老人必须打加强针才可以出门", "老人打了加强针才可以出门"),
        ("隔离解除了还要注意些啥", "解除隔离后还要注意什么"),
        ("这两天生水喝不得", "这两天生水不能喝"),
        ("统统要登记", "一律要登记"),
        ("保准不停水", "肯定不停水"),
    ],
)
def test_the_same_in_other_words_is_no_difference(message: str, text: str) -> None:
    assert not differences(message, text, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("喝藿香水能治好新冠", "喝藿香水能预防新冠"),
        ("羊也会得新冠", "羊会把新冠传给放羊的人"),
        ("丧事不让外村人来", "丧事外村人必须来"),
        ("口罩晒一晒还能戴", "口罩要晒过才能戴"),
        ("低保可以在网上报", "低保只能在网上报"),
        ("初三最先开学", "初三最后开学"),
        ("大米今天起限价", "大米今天起限量"),
        ("娃得了比大人轻", "娃得了比大人重"),
        ("村里的狗都要打针", "村里的狗都要打死"),
        ("养老金几号发", "养老金哪天截止缴费"),
        ("合疗要交多少", "合疗能报多少"),
        ("艾草能杀死病毒才怪哩", "艾草能杀死病毒"),
        ("高速哪里会封嘛", "高速明天要封"),
        ("打完针多久能喝酒", "喝完酒多久能打针"),
        ("打完针胳膊疼", "打完针胳膊不疼"),
    ],
)
def test_a_word_that_turns_it_round_is_noticed(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)
    assert differences(text, message, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("庄里一个阳的都没有", "庄里没有一例阳性"),
        ("药房没一家开门的", "全县药店全部停业"),
        ("山上不准烧纸", "禁止在山上焚烧纸钱"),
        ("补助不认证就停了", "未做资格认证的补助停发"),
        ("买退烧药得拿身份证", "买退烧药需出示身份证"),
        ("低保在手机上就能报", "低保可以网上申请"),
        ("高龄补贴翻了一番", "高龄补贴增加一倍"),
        ("核酸管几天", "核酸有效期是几天"),
        ("村卫生室今儿上班着没", "村卫生室今天正常接诊吗"),
        ("不出示行程码就不让坐火车吗", "坐火车必须出示行程码吗"),
        ("打疫苗能得白血病", "疫苗会引起白血病"),
    ],
)
def test_what_people_say_instead_of_official_words_is_no_difference(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES) == ()
    assert differences(text, message, places=PLACES) == ()


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("板蓝根对新冠没啥用", "板蓝根对新冠有治疗作用"),
        ("人能把新冠过给猫", "猫会把新冠传给人"),
        ("确诊的是从庄里去了西安的", "确诊的是从西安回庄里的"),
        ("幼儿园三个班都复课了", "幼儿园只有大班复课"),
        ("低保户的养老保险能免吗", "低保户的医保能免吗"),
        ("隔离要十五天", "隔离要十四天"),
    ],
)
def test_what_is_said_of_something_else_is_not_the_same(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)
    assert differences(text, message, places=PLACES)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("赵家湾不封了", "赵家湾解封了"),
        ("赵家湾不封了", "赵家湾已经解除封控"),
        ("复阳的人不会传给旁人", "复阳人员不具有传染性"),
        ("方舱不收人了", "方舱医院停止收治病人"),
        ("扫墓不预约成吗", "扫墓需要预约吗"),
        ("护工半个月换一班", "护工每两周换一班"),
        ("没症状的感染者不给人传", "无症状感染者不会传染人"),
    ],
)
def test_what_is_lifted_or_not_done_at_all_is_told_in_many_ways(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES) == ()
    assert differences(text, message, places=PLACES) == ()


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("红事办完了三天内报", "红事要提前三天报"),
        ("班车又加了两趟", "班车减少为两趟"),
        ("敬老院把米面捐给学校了", "学校向敬老院捐赠米面"),
        ("今晚九点核酸就收摊了", "今晚九点核酸开始"),
        ("兰州的医疗队来咱县了", "我县医疗队赴兰州支援"),
    ],
)
def test_before_and_after_more_and_less_here_and_there_are_told_apart(message: str, text: str) -> None:
    assert differences(message, text, places=PLACES)
    assert differences(text, message, places=PLACES)
