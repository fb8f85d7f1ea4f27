"""烧 is what a fever does and what a house does; who drank what is poison is told by who drank it."""

import pytest

from knowledge.crisis import CrisisKind, is_crisis

IN_A_FEVER = """
    娃烧起来了 半夜娃烧起来了咋办 我儿子昨晚烧起来了 娃发烧烧起来了 尕娃又烧起来咧 孙女打完疫苗烧起来了
    两个娃都烧起来了 娃在学校烧起来了 娃额头烧起来了 娃退烧了又烧起来了 娃烧了三天又烧起来了
    打了疫苗就烧起来了 吃了退烧药又烧起来了 发烧起来了咋办 娃发烧着了 娃半夜三点烧起来了 三岁的娃烧起来了 我家娃烧起来了，药店开着没
    娃烧开了 娃烧上来了 娃烧得烫手 我妈半夜烧开了 老人烧上来了 孙子烧得烫手咋退 烧起来了吃啥药 半夜烧起来了，39度，去哪看 娃烧得滚烫
"""
ON_FIRE = """
    房子烧起来了 我家烧起来了 我妈家烧起来了 邻居家烧起来了 隔壁烧起来了 麦草垛烧起来了 车烧起来了 娃的衣服烧起来了 娃衣裳烧起来了 娃头发烧起来了 沙发烧起来了 我妈头发烧起来了
    娃身上烧起来了 有人烧起来了 娃被子烧起来了 我大棚烧起来了 我大房子烧起来了 娃玩火烧起来了 娃玩打火机烧起来了 老汉烧炕烧起来了 我妈做饭烧起来了 我儿子店里烧起来了
    烧起来了 又烧起来了 山上烧起来了 楼上烧起来了 娃烧起来了，快灭火 娃烧起来了，满屋子烟 娃发烧着呢，炉子烧起来了 我阳了隔离着，屋里烧起来了 方舱烧起来了 疫苗点烧起来了 药店烧起来了
    娃泼了汽油烧起来了 娃烧起来了，是酒精点着的 娃烧起来了，床单也着火了 儿子的摩托烧起来了 娃充电的手机烧起来了 老人睡的电热毯烧起来了 孙子房间烧起来了 人烧起来了 我们村烧起来了 老师宿舍烧起来了 我把秸秆烧起来了 大人娃都在屋里烧起来了 药厂烧起来了，吃药的人在里头
"""
PERHAPS_ON_FIRE = """
    我妈烧起来了 我爸烧起来了 老汉突然烧起来了 我今早烧起来了 奶奶烧起来了没人管 媳妇阳了以后烧起来了 嗓子疼,晚上烧起来了 我阳了，昨晚烧起来了 老人烧起来了快救 有人烧起来了，呛得咳嗽
    我们在宿舍烧起来了 学生在宿舍烧起来了 被隔离了出不去,确诊了,烧起来了救我 我妈做饭把我烧起来了 麦子和娃烧起来了 娃烧起来了，快来救人
"""
IN_DANGER_FROM_A_FEVER = """
    月娃烧起来了 两个月的娃烧起来了 刚满月的娃昨晚烧起来了 娃烧起来了抽风了 娃烧起来了，叫不醒 娃烧起来了四十度 娃烧起来了，40度了 老人烧起来了，喘不上气 娃烧起来了，翻白眼
    我妈烧起来了说胡话 娃烧起来了动不了
"""
A_BEAST_DRANK_IT = """
    羊把消毒水喝了咋救 猪把84喝了 牛喝了消毒液 狗把洁厕灵喝了 羊喝了酒精 鸡吃了消毒片 羊把洗衣粉吃了 牛舔了消毒水 猪喝消毒水了 羊误喝了消毒水 84叫猪喝了 消毒水让牛舔了
    我家的羊今早把84喝上了 狗喝了好几口消毒液咋办 驴把柴油喝了 猫吃了樟脑丸 羊把半桶消毒水喝了 牛误食了塑料膜 羊喝了半桶子消毒水，能活不
"""
SOMEBODY_DRANK_IT = """
    娃把消毒水喝了 娃喝了84 羊把消毒水喝了，娃也喝了 娃和羊把消毒水喝了 羊和娃把消毒水喝了 娃跟羊喝了84 牛牛把84喝了 狗娃把消毒水喝了 狗蛋喝了84 二牛把消毒水喝了 我家小牛把84喝了
    羊倌把84喝了 娃把喂羊的消毒水喝了 娃把羊的消毒水喝了 猪没喝，娃把84喝了 羊喝了84没事，我妈喝了消毒液 养猪的老汉喝了消毒水 娃学羊把消毒水喝了 狗在跟前，娃把洁厕灵喝了
    吃了羊中毒了 虎娃喝了消毒水 兔兔喝了84 宰羊误喝了消毒液 我爸立马昏过去了 人立马没气了 吃了药立马抽搐了 喝完立马口吐白沫 立马要生了 老师马昏倒了 我爸没了呼吸 我妈心跳没了
"""


@pytest.mark.parametrize("message", IN_A_FEVER.split())
def test_somebody_who_burns_has_a_fever(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", ON_FIRE.split())
def test_what_burns_is_on_fire_and_so_is_whose_clothes_or_hair_burn(message: str) -> None:
    assert is_crisis(message) is CrisisKind.FIRE


@pytest.mark.parametrize("message", PERHAPS_ON_FIRE.split())
def test_a_grown_up_of_whom_nothing_else_is_told_may_be_on_fire(message: str) -> None:
    assert is_crisis(message) is CrisisKind.FIRE


@pytest.mark.parametrize("message", IN_DANGER_FROM_A_FEVER.split())
def test_a_fever_that_is_a_danger_to_life_is_one_for_the_ambulance(message: str) -> None:
    assert is_crisis(message) is CrisisKind.MEDICAL


@pytest.mark.parametrize("message", A_BEAST_DRANK_IT.split())
def test_what_a_beast_drank_is_left_to_the_articles(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize("message", SOMEBODY_DRANK_IT.split())
def test_what_somebody_drank_is_a_danger_whatever_beasts_are_told_of(message: str) -> None:
    assert is_crisis(message) is CrisisKind.MEDICAL
