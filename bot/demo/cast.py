"""The sample people and groups of the demo. Nobody here exists; places are public facts, persons are epithets."""

from dataclasses import dataclass

from bot.demo.platform.groups import Group, GroupKind
from bot.demo.platform.state import Template


@dataclass(frozen=True, slots=True)
class Person:
    """`chat` names the conversation; a grid worker has a `userid` in WeCom and a `group` to forward to."""

    chat: str
    name: str
    place: str
    userid: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class SampleCode:
    """A community's code as it hangs at the door: what is printed on it and the scene it carries."""

    label: str
    scene: str


VILLAGE_GROUP = "城关村村民群（示例）"
OFFICE_WEBHOOK_KEY = "0d1e2f30-0000-4000-8000-5a6b7c8d9e0f"

SAMPLE_PEOPLE = (
    Person("resident-1", "王奶奶", "通渭县平襄镇城关村（高风险）"),
    Person("resident-2", "李师傅", "安定区北街社区（低风险）"),
    Person("resident-3", "返乡的小陈", "还没登记社区"),
    Person("grid-worker", "网格员老周", "城关村一网格", userid="zhou-sample", group="village-group"),
)

SAMPLE_GROUPS = (
    Group("village-group", VILLAGE_GROUP, GroupKind.WECHAT, members=186),
    Group(
        "residents-group",
        "城关村居民群（示例）",
        GroupKind.CUSTOMER,
        members=92,
        chat_id="wrSAMPLEresidents0001",
        owner_userid="zhou-sample",
    ),
    Group(
        "office-group",
        "平襄镇工作群（示例）",
        GroupKind.INTERNAL,
        members=23,
        webhook_key=OFFICE_WEBHOOK_KEY,
    ),
)

SAMPLE_TEMPLATES = (
    Template(
        "tplSAMPLE0001", "疫情防控通知（示例）", "{{first.DATA}}\n社区：{{keyword1.DATA}}\n{{remark.DATA}}"
    ),
    Template("subSAMPLE0001", "办事进度通知（示例）", "事项：{{thing1.DATA}}\n结果：{{thing2.DATA}}"),
)

DEFAULT_MENU: tuple[dict[str, object], ...] = (
    {
        "name": "问一问",
        "sub_button": [
            {"type": "click", "name": "怎么提问", "key": "帮助"},
            {"type": "click", "name": "我问过的", "key": "我问过的"},
            {"type": "click", "name": "找人工", "key": "人工"},
        ],
    },
    {
        "name": "红白事",
        "sub_button": [
            {"type": "click", "name": "倡议书", "key": "倡议书"},
            {"type": "click", "name": "红白事指引", "key": "红白事"},
        ],
    },
    {
        "name": "我的",
        "sub_button": [
            {"type": "click", "name": "我的社区", "key": "我的社区"},
            {"type": "click", "name": "我的数据", "key": "我的数据"},
            {"type": "click", "name": "订阅通知", "key": "订阅"},
        ],
    },
)
"""Shown until the application makes its own by menu/create; a key is the word a resident could type as well."""
