"""WeCom's callback: proved, taken, and closed while WeCom is switched off."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from bot.app import create_app
from bot.inbound import Desk
from bot.runtime import build_runtime
from bot.settings import Settings, WeCom
from bot.wechat.credentials import Credentials
from knowledge.text import Segmenter
from tests.clocks import TestClock
from tests.wechat import CREDENTIALS, document, event, seal, signature

CORP = Credentials(
    app_id="ww0123456789abcdef",
    app_secret="secret",
    token=CREDENTIALS.token,
    encoding_aes_key=CREDENTIALS.encoding_aes_key,
)


@pytest.fixture
def corp_client(settings: Settings, clock: TestClock, segmenter: Segmenter) -> Iterator[FlaskClient]:
    wecom = WeCom(
        corp_id=CORP.app_id,
        agent_secret=CORP.app_secret,  # type: ignore[arg-type] # pydantic wraps it
        token=CORP.token,  # type: ignore[arg-type] # likewise
        encoding_aes_key=CORP.encoding_aes_key,  # type: ignore[arg-type] # likewise
        api_base_url="http://127.0.0.1:9",
    )
    runtime = build_runtime(
        settings.model_copy(update={"wecom": wecom}),
        enqueue=lambda _work: None,
        clock=clock,
        segmenter=segmenter,
    )
    desk = Desk(runtime)
    yield create_app(runtime, desk).test_client()
    desk.close()
    runtime.close()


def signed_query(sealed: str, clock: TestClock) -> dict[str, str]:
    timestamp = str(int(clock().timestamp()))
    return {
        "msg_signature": signature(CORP.token, timestamp, "5", sealed),
        "timestamp": timestamp,
        "nonce": "5",
    }


def test_the_echo_comes_back_in_clear(corp_client: FlaskClient, clock: TestClock) -> None:
    sealed = seal("1616140317555161061", credentials=CORP)

    response = corp_client.get("/wecom", query_string={**signed_query(sealed, clock), "echostr": sealed})

    assert response.get_data(as_text=True) == "1616140317555161061"


def test_an_event_is_taken_and_answered_with_nothing(corp_client: FlaskClient, clock: TestClock) -> None:
    sealed = seal(event("change_external_chat", {"ChatId": "wr1", "ChangeType": "update"}), credentials=CORP)
    body = document({"ToUserName": CORP.app_id, "Encrypt": sealed})

    response = corp_client.post("/wecom", query_string=signed_query(sealed, clock), data=body)

    assert response.status_code == 200
    assert response.get_data() == b""


def test_a_forged_event_is_refused(corp_client: FlaskClient, clock: TestClock) -> None:
    sealed = seal(event("change_external_chat", {"ChatId": "wr1"}), credentials=CORP)
    query = {**signed_query(sealed, clock), "msg_signature": "0" * 40}

    response = corp_client.post("/wecom", query_string=query, data=document({"Encrypt": sealed}))

    assert response.status_code == 403


def test_without_wecom_there_is_nothing_there(client: FlaskClient) -> None:
    assert client.get("/wecom").status_code == 404
    assert client.post("/wecom", data=b"<xml/>").status_code == 404
