from datetime import UTC, datetime

import pytest

from bot.messages import Inbound, Kind
from bot.store.payloads import read_inbound, write_inbound


@pytest.mark.parametrize("kind", list(Kind))
def test_a_message_of_any_kind_is_read_back_as_it_was(kind: Kind) -> None:
    message = Inbound(
        kind=kind,
        openid="oP",
        account="gh_1",
        created_at=datetime(2022, 7, 14, 4, 0, tzinfo=UTC),
        dedup_key="msg:1",
        text="“足不出户”\n😷]]>\u2028",
        media_id="m",
        event_key="e",
        menu_id="u",
        details=(("status", "send success"), ("count", "3")),
    )
    assert read_inbound(write_inbound(message)) == message
