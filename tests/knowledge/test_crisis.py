"""Danger to life in the words of the county, and what only sounds like it."""

import pytest

from knowledge.crisis import CrisisKind, is_crisis

CRISES = [
    *(
        (message, CrisisKind.SELF_HARM)
        for message in (
            "我觉得我是个累赘",
            "我就是个多余的人",
            "我活着就是多余的",
            "我是家里的拖累",
            "拖累了娃们一辈子了",
            "想一睡不醒",
            "想睡过去不醒来",
            "想一觉睡过去再也不醒来",
            "我想跳洮河",
            "我要跳黄河",
            "我站在桥上",
            "我就站在河边上",
            "真想一头撞死",
            "我想撞墙",
            "我把药攒够了",
            "娃妈对不起你妈先走了",
            "我走了你们照顾好娃",
            "这辈子就到这儿了",
            "谁都别找我了",
            "没啥活的了",
            "心死了",
            "媳妇说要喝药寻死",
            "我媳妇说要喝药",
            "农药瓶子就在跟前",
            "后事我都交代好了",
        )
    ),
    *(
        (message, CrisisKind.MEDICAL)
        for message in (
            "我爸突然说不清话",
            "我爸说话突然不清楚了",
            "老人一边手没劲了",
            "我妈手脚麻说话不利索",
            "孕妇出血了",
            "孕妇头疼眼花",
            "胎动少了",
            "胎不动了",
            "怀娃的肚子疼",
            "媳妇下面流水了",
            "鱼刺卡喉咙了",
            "鱼刺卡嗓子了咽不下去",
            "娃喝了洗衣液",
            "喝了洗洁精",
            "才满月的娃发烧38度8",
            "刚满月的娃烧了39度",
            "月娃烧到38度5",
            "两个月的娃发烧",
            "月娃不吃奶不哭",
            "低血糖晕了",
            "血压200了",
            "娃中暑了",
            "爷爷不吃不喝",
            "血糖低手抖出冷汗",
            "老人出气不匀",
        )
    ),
    *(
        (message, CrisisKind.FIRE)
        for message in ("麦垛着了", "麦草垛着了", "邻居家着了", "手机着了", "煤气罐嘶嘶响")
    ),
    *(
        (message, CrisisKind.VIOLENCE)
        for message in (
            "娃去河边耍没回来",
            "娃三天没回家",
            "女儿被人带走了",
            "有个男的跟着我",
            "有人跟踪我",
            "我被人打了",
            "有人偷东西",
        )
    ),
]
NONE = [
    "超市被抢空了", "菜被抢光了", "口罩被抢完了吗", "家里菜快吃完了，超市被抢空", "洋芋跳楼价卖", "服装店跳楼大甩卖",
    "核酸捅得我要吐血了", "羊吃了农药", "羊快不行了", "狗翻白眼了", "牛口吐白沫", "群里吵架快打起来了",
    "酒精着火了拿水泼行不", "手机快没电了救命", "跳进黄河也洗不清", "气得我想撞墙", "担心死了", "娃在家睡着了",
    "大夫说要喝药", "没啥活干了", "别找我要钱", "娃着凉了", "儿子三年没回家了", "女儿被人领走隔离了",
    "六个月的娃能打疫苗吗", "血压高能打疫苗吗", "怀孕的能打疫苗吗", "什么是中暑", "我站在桥上等车呢",
    "后事该咋办", "药攒够了没",
]  # fmt: skip


@pytest.mark.parametrize(("message", "kind"), CRISES)
def test_danger_is_heard_as_people_here_word_it(message: str, kind: CrisisKind) -> None:
    assert is_crisis(message) is kind


@pytest.mark.parametrize("message", NONE)
def test_goods_animals_and_ways_of_speaking_are_no_danger(message: str) -> None:
    assert is_crisis(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "羊水破了快不行了",
        "我爸马上就快不行了",
        "吃了羊肉我爸翻白眼",
        "被狗咬得流血不止",
        "我被牛顶得喘不上气",
    ],
)
def test_a_person_beside_an_animal_is_still_in_danger(message: str) -> None:
    assert is_crisis(message) is not None
