"""Dingxin's own client and callback against the sandbox: each was written from the vendor's pages, not from the other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.demo.platform.endpoints.group_tasks import confirm
from bot.demo.platform.faults import Fault, FaultKind
from bot.demo.sandbox import Sandbox
from bot.demo.serving import RunningServer, create_sandbox_app, serve
from bot.errors import OutcomeUnknown, PlatformError, PlatformMisconfigured, RecipientUnreachable
from bot.messages import Kind
from bot.wechat import (
    connection,
    follow_ups,
    mass,
    media,
    menu,
    notices,
    qrcodes,
    quota,
    tags,
    templates,
    users,
)
from bot.wechat.callback import open_envelope
from bot.wechat.client import PlatformClient
from bot.wechat.credentials import Credentials, Mode
from bot.wechat.rendering import render
from bot.wecom import connection as corp_connection
from bot.wecom import customer_groups
from tests.bot.demo.callers import (
    AES_KEY,
    AGENT_SECRET,
    APP_ID,
    CORP_ID,
    SECRET,
    START,
    TOKEN,
    Callback,
    Post,
    texts,
)
from tests.bot.demo.test_sandbox_corp import CHAT_ID, KEY, OWNER
from tests.bot.wechat.memory import MemoryTokens
from tests.clocks import TestClock

CREDENTIALS = Credentials(APP_ID, SECRET, TOKEN, AES_KEY)


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[RunningServer]:
    with serve(create_sandbox_app(sandbox)) as running:
        yield running


@pytest.fixture
def client(server: RunningServer, clock: TestClock) -> PlatformClient:
    return connection.connect(server.url, CREDENTIALS, store=MemoryTokens(), clock=clock)


@pytest.fixture
def corp(server: RunningServer, clock: TestClock) -> PlatformClient:
    identity = Credentials(CORP_ID, AGENT_SECRET, TOKEN, AES_KEY)
    return corp_connection.connect(server.url, identity, store=MemoryTokens(), clock=clock)


def answering_as_dingxin(post: Post) -> tuple[int, bytes]:
    inbound = open_envelope(
        post.body, "text/xml", post.query, credentials=CREDENTIALS, mode=Mode.SAFE, now=START
    )
    told = f"{inbound.kind}:{inbound.text}{inbound.event_key} ]]> <b>"
    return 200, render(told, inbound, credentials=CREDENTIALS, mode=Mode.SAFE, now=START, nonce="99")


def test_our_callback_reads_what_is_pushed_and_the_phone_reads_our_reply(
    sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    callback.answering = answering_as_dingxin
    handset = sandbox.handset
    handset.text(wang, "问一句 ]]> <b>")
    handset.voice(wang, "语音的话")
    handset.image(wang, b"png", "image/png")
    handset.place(wang, latitude=35.58, longitude=104.59, label="定西市")
    handset.link(wang, title="标题", description="摘要", url="https://example.com/")
    handset.scan(wang, "c-1")
    handset.click(wang, "帮助")
    handset.unfollow(wang)
    handset.follow(wang, "c-1")

    assert sandbox.settle()
    replies = [one.content.text for one in sandbox.platform.chats.of("resident-1") if one.channel]
    kinds = [reply.split(":")[0] for reply in replies]
    assert kinds == [
        Kind.TEXT,
        Kind.VOICE,
        Kind.IMAGE,
        Kind.PLACE,
        Kind.LINK,
        Kind.SCAN,
        Kind.MENU,
        Kind.UNFOLLOW,
        Kind.FOLLOW,
    ]
    assert replies[0] == "text:问一句 ]]> <b> ]]> <b>"
    assert replies[1].startswith("voice:语音的话")
    assert (replies[5], replies[8]) == ("scan:c-1 ]]> <b>", "follow:c-1 ]]> <b>")


def test_our_client_sends_inside_the_window_and_learns_when_it_is_closed(
    sandbox: Sandbox, client: PlatformClient, wang: str
) -> None:
    sandbox.handset.text(wang, "问一句").result(5)
    for _ in range(5):
        follow_ups.send_text(client, wang, text="答一句")

    with pytest.raises(RecipientUnreachable) as used_up:
        follow_ups.send_text(client, wang, text="答一句")

    assert used_up.value.code == 45047


def test_a_token_that_went_bad_is_renewed_once_and_the_call_goes_through(
    sandbox: Sandbox, client: PlatformClient
) -> None:
    users.page(client)
    sandbox.platform.tokens.forced(START)

    assert users.page(client).total == 4


def test_a_token_that_stays_bad_is_not_fetched_for_ever(sandbox: Sandbox, client: PlatformClient) -> None:
    sandbox.platform.faults.set("user/get", Fault(FaultKind.CODE, code=40001))

    with pytest.raises(PlatformMisconfigured):
        users.page(client)

    assert sandbox.platform.calls.used("stable_token", START) <= 2


def test_a_mass_send_is_accepted_once_and_its_status_can_be_asked(
    sandbox: Sandbox, client: PlatformClient, everyone: list[str]
) -> None:
    first = mass.send_text(client, everyone, text="倡议书", client_msg_id="b1")
    again = mass.send_text(client, everyone, text="倡议书", client_msg_id="b1")

    assert sandbox.settle()
    assert (again.msg_id, again.repeated, first.repeated) == (first.msg_id, True, False)
    assert mass.status(client, first.msg_id) is mass.MassStatus.SENT
    assert texts(sandbox, "resident-3") == ["倡议书"]


def test_a_connection_cut_after_processing_leaves_the_outcome_unknown(
    sandbox: Sandbox, client: PlatformClient, everyone: list[str]
) -> None:
    users.page(client)
    sandbox.platform.faults.set("message/mass/send", Fault(FaultKind.DROP_AFTER, times=1))

    with pytest.raises(OutcomeUnknown):
        mass.send_text(client, everyone, text="倡议书", client_msg_id="b1")

    assert mass.send_text(client, everyone, text="倡议书", client_msg_id="b1").repeated
    assert sandbox.settle()
    assert texts(sandbox, "resident-1") == ["倡议书"]


@pytest.mark.parametrize("kind", [FaultKind.HTML, FaultKind.BAD_GATEWAY, FaultKind.DROP_BEFORE])
def test_every_fault_becomes_one_of_our_errors(
    sandbox: Sandbox, client: PlatformClient, kind: FaultKind
) -> None:
    users.page(client)
    sandbox.platform.faults.set("user/get", Fault(kind))

    with pytest.raises(PlatformError):
        users.page(client)


def test_tags_codes_media_menu_quota_and_notices_go_through(
    sandbox: Sandbox, client: PlatformClient, callback: Callback, wang: str
) -> None:
    tag = tags.create(client, "示例村")
    tags.put_on(client, tag.id, openids=[wang])
    code = qrcodes.create_scene(client, "c-1", ttl=timedelta(days=30))
    sandbox.handset.image(wang, b"\x89PNG", "image/png").result(5)
    picture = media.download(client, callback.messages()[-1]["MediaId"], limit=1000)
    menu.install(client, (menu.Entry("问一问", key="帮助"),))
    sandbox.handset.opt_in(wang, "subSAMPLE0001").result(5)
    notices.send(client, wang, template_id="subSAMPLE0001", values={"thing1": "进度"})
    templates.send(client, wang, template_id="tplSAMPLE0001", values={"first": "好"}, client_msg_id="n1")

    assert sandbox.settle()
    assert users.look_up(client, wang).tag_ids == (tag.id,)
    assert code.lasts == timedelta(days=30)
    assert picture.content == b"\x89PNG"
    assert sandbox.platform.menu == [{"type": "click", "name": "问一问", "key": "帮助"}]
    assert quota.look_up(client, "cgi-bin/message/mass/send").left == 100
    with pytest.raises(RecipientUnreachable):
        notices.send(client, wang, template_id="subSAMPLE0001", values={"thing1": "进度"})


def test_a_group_task_is_created_confirmed_and_reported(sandbox: Sandbox, corp: PlatformClient) -> None:
    task = customer_groups.create(corp, OWNER, chat_ids=[CHAT_ID, "wrNONE"], text="倡议书")
    before = customer_groups.results(corp, task.msg_id, owner=OWNER)
    customer_groups.remind(corp, task.msg_id)
    confirm(sandbox.platform, sandbox.platform.tasks[task.msg_id], START)

    assert task.failed == ("wrNONE",)
    assert before[0].status is customer_groups.GroupStatus.WAITING
    assert customer_groups.owners(corp, task.msg_id)[0].confirmed
    result = customer_groups.results(corp, task.msg_id, owner=OWNER)[0]
    assert (result.status, result.sent_at) == (customer_groups.GroupStatus.SENT, START)


def test_our_webhook_reaches_the_office_group(sandbox: Sandbox, server: RunningServer) -> None:
    webhooks = corp_connection.connect_webhooks(server.url)
    webhooks.send_text(KEY, text="有新的线索")

    with pytest.raises(PlatformMisconfigured):
        webhooks.send_text("wrong", text="有新的线索")

    assert texts(sandbox, "office-group") == ["有新的线索"]


def test_many_callers_at_once_share_one_window(sandbox: Sandbox, client: PlatformClient, wang: str) -> None:
    sandbox.handset.text(wang, "问一句").result(5)

    def attempt(_: int) -> bool:
        try:
            follow_ups.send_text(client, wang, text="答一句")
        except RecipientUnreachable:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(attempt, range(16)))

    assert sent.count(True) == 5
    assert texts(sandbox, "resident-1").count("答一句") == 5
