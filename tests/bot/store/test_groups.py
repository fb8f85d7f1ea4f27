from dataclasses import replace

import pytest

from bot.store.areas import replace_or_add
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind, find_group, groups_of, put_groups, webhook_key_of
from bot.store.tables import GroupRow
from bot.store.vault import Vault
from tests.bot import places

WECHAT = GroupEntry(places.HEPING.code, "和平村一组群", GroupKind.WECHAT, members=120)
INTERNAL = GroupEntry(
    places.HEPING.code, "和平村干部群", GroupKind.WECOM_INTERNAL, webhook_key="secret-webhook-key"
)
CUSTOMER = GroupEntry(
    places.BEIJIE.code, "北街群", GroupKind.WECOM_CUSTOMER, chat_id="wr1", owner_userid="owner1"
)


@pytest.fixture
def village(database: Database) -> Database:
    with database.transaction() as session:
        replace_or_add(session, places.AREAS)
    return database


def test_groups_come_back_as_they_were_stored(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        changes = put_groups(session, [WECHAT, INTERNAL, CUSTOMER], vault=vault)
        found = groups_of(session, [places.HEPING.code])
    assert changes.added == 3
    assert {(group.name, group.kind, group.has_webhook, group.members) for group in found} == {
        ("和平村一组群", GroupKind.WECHAT, False, 120),
        ("和平村干部群", GroupKind.WECOM_INTERNAL, True, None),
    }


def test_storing_the_same_again_changes_nothing(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        put_groups(session, [WECHAT, INTERNAL, CUSTOMER], vault=vault)
        before = {row.id: row.webhook_key_sealed for row in session.query(GroupRow)}
        changes = put_groups(session, [INTERNAL, CUSTOMER, WECHAT], vault=vault)
        assert changes.unchanged == 3
        assert not changes.any
        assert {row.id: row.webhook_key_sealed for row in session.query(GroupRow)} == before


def test_a_changed_group_keeps_its_number(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        put_groups(session, [WECHAT], vault=vault)
        (before,) = groups_of(session, [places.HEPING.code])
        assert put_groups(session, [replace(WECHAT, members=130)], vault=vault).changed == 1
        after = find_group(session, before.id)
    assert after == replace(before, members=130)


def test_a_webhook_key_is_sealed_and_opens_for_the_sender(village: Database, vault: Vault) -> None:
    with village.transaction() as session:
        put_groups(session, [INTERNAL, CUSTOMER], vault=vault)
        (internal,) = groups_of(session, [places.HEPING.code])
        (customer,) = groups_of(session, [places.BEIJIE.code])
        sealed = session.get_one(GroupRow, internal.id).webhook_key_sealed
        assert sealed is not None
        assert b"secret-webhook-key" not in sealed
        assert webhook_key_of(session, internal.id, vault) == "secret-webhook-key"
        assert webhook_key_of(session, customer.id, vault) is None
        assert webhook_key_of(session, 404, vault) is None
    assert "secret-webhook-key" not in repr(INTERNAL)
