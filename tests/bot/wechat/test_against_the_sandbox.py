"""The adapters against the sandbox of the platform, over real HTTP and with its own sealed pushes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.demo.clock import MovableClock
from bot.demo.platform.endpoints import group_tasks
from bot.demo.platform.faults import Fault, FaultKind
from bot.demo.sandbox import Sandbox, make_sandbox
from bot.demo.serving import create_sandbox_app, serve
from bot.errors import (
    OutcomeUnknown,
    PlatformMisconfigured,
    PlatformThrottled,
    PlatformUnavailable,
    RecipientUnreachable,
)
from bot.messages import Inbound, Kind
from bot.wechat import follow_ups, mass, media, menu, notices, qrcodes, quota, tags, templates, users
from bot.wechat.callback import open_envelope
from bot.wechat.client import PlatformClient
from bot.wechat.connection import connect
from bot.wechat.credentials import Credentials, Mode
from bot.wechat.rendering import render
from bot.wechat.tokens import StoredToken
from bot.wecom import connection, customer_groups
from bot.wecom.customer_groups import GroupStatus
from tests.bot.wechat.memory import MemoryTokens
from tests.wechat import CREDENTIALS, NOW

CORP = Credentials("ww0123456789abcdef", "agent-secret-of-the-tests", "t", "k" * 43)


@dataclass(frozen=True, slots=True)
class Town:
    """A sandbox that is up, its address, what it pushed to us, and the tokens we hold."""

    sandbox: Sandbox
    url: str
    inbox: list[Inbound]
    tokens: MemoryTokens = field(default_factory=MemoryTokens)

    def client(self) -> PlatformClient:
        return connect(self.url, CREDENTIALS, store=self.tokens, clock=self.sandbox.clock)

    def wecom(self) -> PlatformClient:
        return connection.connect(self.url, CORP, store=self.tokens, clock=self.sandbox.clock)

    def fail(self, endpoint: str, kind: FaultKind) -> None:
        self.sandbox.platform.faults.set(endpoint.removeprefix("cgi-bin/"), Fault(kind, times=1))

    def seen_by(self, chat: str) -> list[str]:
        return [bubble.content.text for bubble in self.sandbox.platform.chats.of(chat)]


@pytest.fixture
def town() -> Iterator[Town]:
    inbox: list[Inbound] = []
    clock = MovableClock(lambda: NOW)

    def callback(_: str, query: Mapping[str, str], body: bytes, _seconds: float) -> tuple[int, bytes]:
        inbound = open_envelope(body, "text/xml", query, credentials=CREDENTIALS, mode=Mode.SAFE, now=clock())
        inbox.append(inbound)
        reply = render("收到", inbound, credentials=CREDENTIALS, mode=Mode.SAFE, now=clock(), nonce="1")
        return 200, reply

    sandbox = make_sandbox(
        clock,
        app_id=CREDENTIALS.app_id,
        app_secret=CREDENTIALS.app_secret,
        token=CREDENTIALS.token,
        encoding_aes_key=CREDENTIALS.encoding_aes_key,
        corp_id=CORP.app_id,
        agent_secret=CORP.app_secret,
        callback_url="http://127.0.0.1:9",
        rng=Random(7),  # noqa: S311 - the same openids every time
        transport=callback,
    )
    with serve(create_sandbox_app(sandbox)) as server:
        yield Town(sandbox, server.url, inbox)
    sandbox.close()


def resident(town: Town, number: int = 1) -> str:
    return town.sandbox.openid(f"resident-{number}")


def test_every_act_of_a_phone_arrives_and_is_answered(town: Town) -> None:
    openid, phone = resident(town), town.sandbox.handset
    acts = [
        phone.text(openid, "核酸]]>几点"),
        phone.image(openid, b"\x89PNG", "image/png"),
        phone.voice(openid, "几点开门"),
        phone.video(openid),
        phone.video(openid, short=True),
        phone.place(openid, latitude=35.58, longitude=104.62, label="安定区"),
        phone.link(openid, title="封城了", description="快看", url="http://x"),
        phone.file(openid, name="a.doc"),
        phone.scan(openid, "village7"),
        phone.click(openid, "帮助"),
        phone.view(openid, "http://x"),
        phone.position(openid, latitude=35.58, longitude=104.62),
        phone.opt_in(openid, "subSAMPLE0001"),
        phone.unfollow(openid),
        phone.follow(openid, "village7"),
    ]
    replies = [act.result(10).reply for act in acts]
    assert [inbound.kind for inbound in town.inbox] == [
        *[Kind.TEXT, Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.SHORT_VIDEO, Kind.PLACE, Kind.LINK, Kind.FILE],
        *[Kind.SCAN, Kind.MENU, Kind.MENU_LINK, Kind.POSITION, Kind.SUBSCRIPTION, Kind.UNFOLLOW, Kind.FOLLOW],
    ]
    assert {reply.text for reply in replies if reply} == {"收到"}
    assert town.inbox[0].text == "核酸]]>几点"
    assert (town.inbox[8].event_key, town.inbox[-1].event_key) == ("village7", "village7")
    assert len({inbound.dedup_key for inbound in town.inbox}) == len(acts)


def test_a_follow_up_needs_the_window_a_message_opens(town: Town) -> None:
    client, openid = town.client(), resident(town)
    with pytest.raises(RecipientUnreachable, match="45015"):
        follow_ups.send_text(client, openid, text="早")
    town.sandbox.handset.text(openid, "问").result(10)
    for part in range(5):
        follow_ups.send_text(client, openid, text=f"答{part}👍")
    with pytest.raises(RecipientUnreachable, match="45047"):
        follow_ups.send_text(client, openid, text="多")
    assert town.seen_by("resident-1")[-1] == "答4👍"
    town.sandbox.advance(timedelta(hours=49))
    with pytest.raises(RecipientUnreachable, match="45015"):
        follow_ups.send_text(client, openid, text="迟")


def test_a_mass_send_is_accepted_once_and_its_result_comes_back(town: Town) -> None:
    client, people = town.client(), [resident(town, number) for number in (1, 2)]
    first = mass.send_text(client, people, text="倡议", client_msg_id="batch-1")
    again = mass.send_text(client, people, text="倡议", client_msg_id="batch-1")
    assert town.sandbox.settle()
    assert (again.msg_id, first.repeated, again.repeated) == (first.msg_id, False, True)
    assert mass.status(client, first.msg_id) is mass.MassStatus.SENT
    assert mass.status(client, "12345") is mass.MassStatus.UNKNOWN
    (result,) = town.inbox
    assert result.kind is Kind.MASS_RESULT
    assert dict(result.details) | {"msg_id": first.msg_id, "sent": "2"} == dict(result.details)
    assert town.seen_by("resident-1").count("倡议") == 1


def test_a_mass_send_whose_answer_got_lost_is_found_under_its_client_id(town: Town) -> None:
    client, people = town.client(), [resident(town, number) for number in (1, 2)]
    town.fail(mass.SEND, FaultKind.DROP_AFTER)
    with pytest.raises(OutcomeUnknown):
        mass.send_text(client, people, text="倡议", client_msg_id="batch-1")
    assert mass.send_text(client, people, text="倡议", client_msg_id="batch-1").repeated
    assert town.sandbox.settle()
    assert town.seen_by("resident-1").count("倡议") == 1


@pytest.mark.parametrize(
    "kind", [FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER, FaultKind.HTML, FaultKind.BAD_GATEWAY]
)
def test_a_fault_in_a_send_leaves_it_in_doubt_and_in_a_question_does_not(town: Town, kind: FaultKind) -> None:
    client, openid = town.client(), resident(town)
    town.sandbox.handset.text(openid, "问").result(10)
    town.fail(follow_ups.SEND, kind)
    with pytest.raises(OutcomeUnknown):
        follow_ups.send_text(client, openid, text="答")
    assert town.seen_by("resident-1").count("答") == (kind is FaultKind.DROP_AFTER)
    town.fail(users.INFO, kind)
    with pytest.raises(PlatformUnavailable):
        users.look_up(client, openid)


def test_a_platform_that_is_not_there_was_never_asked(town: Town) -> None:
    client, openid = town.client(), resident(town)
    users.look_up(client, openid)
    gone = connect("http://127.0.0.1:9", CREDENTIALS, store=town.tokens, clock=town.sandbox.clock)
    with pytest.raises(PlatformUnavailable) as raised:
        follow_ups.send_text(gone, openid, text="答")
    assert raised.value.__context__ is None


def test_a_token_that_ran_out_or_went_bad_is_replaced(town: Town) -> None:
    client, openid = town.client(), resident(town)
    users.look_up(client, openid)
    first = town.tokens.tokens["wechat"]
    town.sandbox.advance(timedelta(hours=3))
    assert users.look_up(client, openid).following
    assert town.tokens.tokens["wechat"].value != first.value
    town.tokens.tokens["wechat"] = StoredToken("bad", datetime(2030, 1, 1, tzinfo=UTC))
    assert users.look_up(client, openid).following
    assert town.tokens.tokens["wechat"].value.startswith("stable-")


def test_a_wrong_secret_stops_at_the_token(town: Town) -> None:
    wrong = Credentials(CREDENTIALS.app_id, "wrong", "t", "k" * 43)
    client = connect(town.url, wrong, store=town.tokens, clock=town.sandbox.clock)
    with pytest.raises(PlatformMisconfigured, match="40125"):
        users.look_up(client, resident(town))


def test_templates_and_notices_reach_the_phone(town: Town) -> None:
    client, openid = town.client(), resident(town)
    sent = templates.send(
        client, openid, template_id="tplSAMPLE0001", values={"first": "通知"}, client_msg_id="c1"
    )
    assert sent.msg_id
    with pytest.raises(RecipientUnreachable, match="43101"):
        notices.send(client, openid, template_id="subSAMPLE0001", values={"thing1": "办好了"})
    town.sandbox.handset.opt_in(openid, "subSAMPLE0001").result(10)
    notices.send(client, openid, template_id="subSAMPLE0001", values={"thing1": "办好了"})
    assert any("办好了" in text for text in town.seen_by("resident-1"))
    assert town.sandbox.settle()
    assert Kind.TEMPLATE_RESULT in [inbound.kind for inbound in town.inbox]


def test_tags_codes_pictures_followers_menu_and_quota(town: Town) -> None:
    client, openid = town.client(), resident(town)
    tag = tags.create(client, "安定区")
    tags.put_on(client, tag.id, openids=[openid])
    assert [(one.name, one.followers) for one in tags.every(client) if one.id == tag.id] == [("安定区", 1)]
    assert users.look_up(client, openid).tag_ids == (tag.id,)
    tags.take_off(client, tag.id, openids=[openid])
    tags.delete(client, tag.id)
    assert qrcodes.create_scene(client, "v7", ttl=timedelta(days=1)).lasts == timedelta(days=1)
    assert qrcodes.create_scene(client, "v7", ttl=None).url
    media_id = media.upload_image(client, "a.png", content=b"\x89PNG\r\n", content_type="image/png")
    assert media.download(client, media_id, limit=100).content == b"\x89PNG\r\n"
    assert openid in users.page(client).openids
    menu.install(client, (menu.Entry("帮助", key="帮助"),))
    assert quota.look_up(client, menu.CREATE).used == 1
    quota.clear(client, CREDENTIALS.app_id)
    assert quota.look_up(client, menu.CREATE).used == 0


def test_a_group_has_it_only_once_its_owner_confirmed(town: Town) -> None:
    client, chat_id = town.wecom(), "wrSAMPLEresidents0001"
    task = customer_groups.create(client, "zhou-sample", chat_ids=[chat_id, "wrOther"], text="通知")
    assert task.failed == ("wrOther",)
    (waiting,) = customer_groups.results(client, task.msg_id, owner="zhou-sample")
    assert waiting.status is GroupStatus.WAITING
    assert not customer_groups.owners(client, task.msg_id)[0].confirmed
    for _ in range(3):
        customer_groups.remind(client, task.msg_id)
    with pytest.raises(PlatformThrottled):
        customer_groups.remind(client, task.msg_id)
    platform = town.sandbox.platform
    assert group_tasks.confirm(platform, platform.tasks[task.msg_id], NOW)
    (sent,) = customer_groups.results(client, task.msg_id, owner="zhou-sample")
    assert (sent.chat_id, sent.status, sent.sent_at) == (chat_id, GroupStatus.SENT, NOW)
    assert customer_groups.owners(client, task.msg_id)[0].confirmed_at == NOW
    assert town.seen_by("residents-group") == ["通知"]


def test_a_task_taken_back_cannot_be_confirmed(town: Town) -> None:
    client, platform = town.wecom(), town.sandbox.platform
    task = customer_groups.create(client, "zhou-sample", chat_ids=["wrSAMPLEresidents0001"], text="通知")
    customer_groups.cancel(client, task.msg_id)
    assert not group_tasks.confirm(platform, platform.tasks[task.msg_id], NOW)


def test_a_webhook_writes_into_its_own_group(town: Town) -> None:
    webhooks = connection.connect_webhooks(town.url)
    webhooks.send_text("0d1e2f30-0000-4000-8000-5a6b7c8d9e0f", text="有新线索")
    assert town.seen_by("office-group") == ["有新线索"]
    with pytest.raises(PlatformMisconfigured, match="93000"):
        webhooks.send_text("another-key", text="x")
