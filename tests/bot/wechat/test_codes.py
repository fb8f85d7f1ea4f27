"""Each number of the platform's table, through the client, as the error somebody acts on."""

import pytest
import responses

from bot import errors
from bot.errors import PlatformError
from bot.wechat.client import PlatformClient
from bot.wechat.codes import ERRORS, error_for
from tests.bot.wechat.memory import BASE_URL

SHEET: dict[str, list[int]] = {
    "PlatformUnavailable": [-1, 40059],
    "PlatformThrottled": [45009, 45011, 45028, 45033, 45066],
    "RecipientUnreachable": [40003, 43004, 43019, 43101, 45015, 45047, 46004, 48002, 50005],
    "PlatformRefused": [
        *[40031, 40032, 40033, 40035, 40037, 44004, 45002, 45056, 45057, 45058, 45059, 45064, 45065, 45067],
        *[45157, 45158, 45159, 47001, 47003, 48006, 48008, 81017],
    ],
    "PlatformMisconfigured": [
        *[40001, 40013, 40014, 40125, 40164, 41004, 42001, 48001, 48004, 50001, 50002, 60020, 89503, 93000],
    ],
}
ROWS = [(code, name) for name, codes in SHEET.items() for code in codes]


@pytest.mark.parametrize(("code", "name"), ROWS)
def test_each_number_is_the_error_the_sheet_names(
    platform: responses.RequestsMock, client: PlatformClient, code: int, name: str
) -> None:
    said = {"errcode": code, "errmsg": "some words rid: 637a1b2c-0f0f0f0f-1a2b3c4d"}
    platform.get(f"{BASE_URL}/cgi-bin/x", json=said)
    with pytest.raises(PlatformError) as raised:
        client.get("cgi-bin/x")
    assert type(raised.value) is getattr(errors, name)
    assert (raised.value.code, raised.value.endpoint) == (code, "cgi-bin/x")
    assert raised.value.rid == "637a1b2c-0f0f0f0f-1a2b3c4d"
    assert "some words" not in str(raised.value)


def test_the_table_holds_the_sheet_and_nothing_else() -> None:
    assert {code: kind.__name__ for code, kind in ERRORS.items()} == dict(ROWS)


def test_a_number_nobody_listed_is_a_refusal() -> None:
    assert error_for(99999) is errors.PlatformRefused
