"""Faults, over a real connection: what a client of the platform must live with."""

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests

from bot.demo.platform.faults import Fault, FaultKind
from bot.demo.sandbox import Sandbox
from bot.demo.serving import RunningServer, create_sandbox_app, serve
from tests.bot.demo.callers import Api, texts

SEND = "message/custom/send"


@pytest.fixture
def server(sandbox: Sandbox) -> Iterator[RunningServer]:
    with serve(create_sandbox_app(sandbox)) as running:
        yield running


def send(server: RunningServer, api: Api, openid: str, *, timeout: float = 5) -> requests.Response:
    return requests.post(
        f"{server.url}/cgi-bin/{SEND}",
        params={"access_token": api.token()},
        json={"touser": openid, "msgtype": "text", "text": {"content": "答一句"}},
        timeout=timeout,
    )


@pytest.fixture
def asker(sandbox: Sandbox, wang: str) -> str:
    sandbox.handset.text(wang, "问一句").result(5)
    return wang


def test_a_code_comes_back_as_often_as_it_was_set_and_then_heals(
    api: Api, sandbox: Sandbox, asker: str
) -> None:
    sandbox.platform.faults.set(SEND, Fault(FaultKind.CODE, code=40001, times=2))

    assert [api.follow_up(asker) for _ in range(3)] == [40001, 40001, 0]


def test_a_code_without_a_count_stays_until_cleared(api: Api, sandbox: Sandbox, asker: str) -> None:
    sandbox.platform.faults.set("/cgi-bin/" + SEND, Fault(FaultKind.CODE, code=45009))
    codes = [api.follow_up(asker) for _ in range(10)]
    sandbox.platform.faults.clear(SEND)

    assert codes == [45009] * 10
    assert api.follow_up(asker) == 0


def test_a_spurious_45065_carries_a_number(api: Api, sandbox: Sandbox, everyone: list[str]) -> None:
    sandbox.platform.faults.set(
        "message/mass/send", Fault(FaultKind.CODE, code=45065, times=1, message_id=77)
    )

    assert api.mass(everyone, "letter-1")["msg_id"] == 77
    assert texts(sandbox, "resident-1") == []


def test_every_endpoint_can_fail_at_once(api: Api, sandbox: Sandbox, asker: str) -> None:
    token = api.token()
    sandbox.platform.faults.set("*", Fault(FaultKind.CODE, code=-1))

    assert api.get("tags/get", access_token=token)["errcode"] == -1
    assert api.follow_up(asker) == -1


def test_a_page_instead_of_json(api: Api, sandbox: Sandbox, server: RunningServer, asker: str) -> None:
    sandbox.platform.faults.set(SEND, Fault(FaultKind.HTML))
    answer = send(server, api, asker)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_a_bad_gateway(api: Api, sandbox: Sandbox, server: RunningServer, asker: str) -> None:
    sandbox.platform.faults.set(SEND, Fault(FaultKind.BAD_GATEWAY))

    assert send(server, api, asker).status_code == 502


def test_cut_before_processing_nothing_happened(
    api: Api, sandbox: Sandbox, server: RunningServer, asker: str
) -> None:
    sandbox.platform.faults.set(SEND, Fault(FaultKind.DROP_BEFORE))

    with pytest.raises(requests.ConnectionError):
        send(server, api, asker)

    assert "答一句" not in texts(sandbox, "resident-1")


def test_cut_after_processing_it_happened_and_the_caller_cannot_know(
    api: Api, sandbox: Sandbox, server: RunningServer, asker: str
) -> None:
    sandbox.platform.faults.set(SEND, Fault(FaultKind.DROP_AFTER, times=1))

    with pytest.raises(requests.ConnectionError):
        send(server, api, asker)

    assert texts(sandbox, "resident-1").count("答一句") == 1
    assert send(server, api, asker).json()["errcode"] == 0


def test_a_slow_answer_outlasts_the_caller_s_patience(
    api: Api, sandbox: Sandbox, server: RunningServer, asker: str
) -> None:
    sandbox.platform.faults.set(SEND, Fault(FaultKind.SLOW, seconds=0.6))

    with pytest.raises(requests.Timeout):
        send(server, api, asker, timeout=0.1)


def test_a_call_meets_its_fault_only_once_it_is_here_in_whole(
    api: Api, sandbox: Sandbox, server: RunningServer, asker: str
) -> None:
    faults = sandbox.platform.faults
    faults.set(SEND, Fault(FaultKind.SLOW, seconds=0.1, times=1))
    body = json.dumps({"touser": asker, "msgtype": "text", "text": {"content": "答一句"}}).encode()
    address = urlsplit(server.url)
    head = (
        f"POST /cgi-bin/{SEND}?access_token={api.token()} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )

    with socket.create_connection((str(address.hostname), address.port or 80), timeout=5) as caller:
        caller.sendall(head.encode())
        caller.sendall(body[:10])
        requests.get(f"{server.url}/demo/", timeout=5)
        still_set = bool(faults.all())
        caller.sendall(body[10:])
        answer = caller.recv(4096)

    assert still_set
    assert answer.startswith(b"HTTP/1.1 200")
    assert not faults.all()


def test_a_test_client_sees_a_cut_connection_as_an_error(api: Api, sandbox: Sandbox, asker: str) -> None:
    api.client.application.testing = True
    sandbox.platform.faults.set(SEND, Fault(FaultKind.DROP_BEFORE))

    with pytest.raises(ConnectionError):
        api.follow_up(asker)


def test_leaving_the_block_frees_the_port(sandbox: Sandbox) -> None:
    with serve(create_sandbox_app(sandbox)) as running:
        address = running.url
        assert requests.get(f"{address}/demo/", timeout=5).status_code == 200

    with pytest.raises(requests.ConnectionError):
        requests.get(f"{address}/demo/", timeout=5)
