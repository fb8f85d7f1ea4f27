from bot.demo.sandbox import Sandbox
from tests.bot.demo.callers import Api, Callback, texts
from tests.clocks import TestClock

TEMPLATE, SUBSCRIPTION = "tplSAMPLE0001", "subSAMPLE0001"


def template(openid: str, **more: str) -> dict[str, object]:
    data = {"first": {"value": "有结果了"}, "keyword1": {"value": "示例村"}}
    return {"touser": openid, "template_id": TEMPLATE, "data": data, **more}


def test_a_template_message_is_filled_in_and_reported(
    api: Api, sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    answer = api.post("message/template/send", template(wang))

    assert sandbox.settle()
    assert texts(sandbox, "resident-1") == ["有结果了\n社区：示例村"]
    event = callback.messages()[-1]
    assert (event["Event"], event["MsgID"], event["Status"]) == (
        "TEMPLATESENDJOBFINISH",
        str(answer["msgid"]),
        "success",
    )


def test_somebody_who_blocks_the_account_is_reported_by_the_event_only(
    api: Api, sandbox: Sandbox, callback: Callback, wang: str
) -> None:
    sandbox.platform.followers.known(wang).blocked = True

    assert api.post("message/template/send", template(wang))["errcode"] == 0
    assert sandbox.settle()
    assert callback.messages()[-1]["Status"] == "failed:user block"
    assert texts(sandbox, "resident-1") == []


def test_a_template_message_repeated_with_its_client_id_is_sent_once(
    api: Api, sandbox: Sandbox, wang: str, clock: TestClock
) -> None:
    first = api.post("message/template/send", template(wang, client_msg_id="n-1"))
    second = api.post("message/template/send", template(wang, client_msg_id="n-1"))
    clock.advance(minutes=10)
    third = api.post("message/template/send", template(wang, client_msg_id="n-1"))

    assert sandbox.settle()
    assert first["msgid"] == second["msgid"] != third["msgid"]
    assert len(texts(sandbox, "resident-1")) == 2


def test_templates_need_a_follower_and_a_known_layout(api: Api, sandbox: Sandbox, wang: str) -> None:
    unknown = api.post("message/template/send", {"touser": wang, "template_id": "none"})
    sandbox.handset.unfollow(wang).result(5)
    gone = api.post("message/template/send", template(wang))

    assert (unknown["errcode"], gone["errcode"]) == (40037, 43004)


def test_a_subscription_notice_needs_an_opt_in_and_uses_it_up(api: Api, sandbox: Sandbox, wang: str) -> None:
    body = {"touser": wang, "template_id": SUBSCRIPTION, "data": {"thing1": {"value": "进度"}}}
    before = api.post("message/subscribe/bizsend", body)["errcode"]
    sandbox.handset.opt_in(wang, SUBSCRIPTION).result(5)
    after = [api.post("message/subscribe/bizsend", body)["errcode"] for _ in range(2)]

    assert (before, after) == (43101, [0, 43101])


def test_a_long_term_opt_in_lasts_until_the_person_leaves(api: Api, sandbox: Sandbox, wang: str) -> None:
    body = {"touser": wang, "template_id": SUBSCRIPTION, "data": {"thing1": {"value": "进度"}}}
    sandbox.handset.opt_in(wang, SUBSCRIPTION, long_term=True).result(5)
    kept = [api.post("message/subscribe/bizsend", body)["errcode"] for _ in range(3)]
    sandbox.handset.unfollow(wang).result(5)

    assert kept == [0, 0, 0]
    assert api.post("message/subscribe/bizsend", body)["errcode"] == 43101
