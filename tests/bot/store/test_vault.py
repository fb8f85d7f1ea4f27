import pytest

from bot.errors import ConfigError
from bot.store.vault import Vault

OPENID = "oVault0000000000000000000001"


def test_what_was_sealed_opens_again(vault: Vault) -> None:
    assert vault.open(vault.seal("足不出户😷", "reply"), "reply") == "足不出户😷"


def test_the_same_text_is_sealed_differently_each_time(vault: Vault) -> None:
    assert vault.seal(OPENID, "openid") != vault.seal(OPENID, "openid")


def test_what_was_sealed_for_one_purpose_does_not_open_for_another(vault: Vault) -> None:
    with pytest.raises(ConfigError):
        vault.open(vault.seal(OPENID, "openid"), "reply")


def test_a_changed_byte_is_noticed(vault: Vault) -> None:
    sealed = bytearray(vault.seal(OPENID, "openid"))
    sealed[-1] ^= 1
    with pytest.raises(ConfigError):
        vault.open(bytes(sealed), "openid")


def test_a_wrong_key_is_told_as_a_configuration_error_without_the_content(vault: Vault) -> None:
    sealed = vault.seal(OPENID, "openid")
    with pytest.raises(ConfigError, match="encryption_key") as failure:
        Vault(bytes(32)).open(sealed, "openid")
    assert OPENID not in str(failure.value)


def test_a_digest_is_always_the_same_and_needs_the_key(vault: Vault) -> None:
    assert vault.digest(OPENID) == vault.digest(OPENID)
    assert vault.digest(OPENID) != Vault(bytes(32)).digest(OPENID)
    assert OPENID not in vault.digest(OPENID)
