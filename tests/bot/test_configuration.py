"""Settings: a file, the environment over it, every mistake at once; and the example that names them all."""

import base64
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.configuration import encryption_key, find_config, load, masked, missing, require_complete
from bot.errors import ConfigError
from bot.settings import Section, Settings
from bot.thresholds import thresholds_of
from knowledge.thresholds import DEFAULTS

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
KEY = base64.b64encode(bytes(range(32))).decode()
AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
COMPLETE = {
    "DINGXIN_WECHAT__APP_ID": "wx0000000000000000",
    "DINGXIN_WECHAT__APP_SECRET": "app-secret-value",
    "DINGXIN_WECHAT__TOKEN": "token123",
    "DINGXIN_WECHAT__ENCODING_AES_KEY": AES_KEY,
    "DINGXIN_PRIVACY__ENCRYPTION_KEY": KEY,
    "DINGXIN_CONSOLE__SECRET_KEY": KEY,
}


def keys_of(tree: dict[str, Any], prefix: str = "") -> list[str]:
    """Every key of a TOML tree in its order, tables as prefixes."""
    return [
        key
        for name, value in tree.items()
        for key in (keys_of(value, f"{prefix}{name}.") if isinstance(value, dict) else [f"{prefix}{name}"])
    ]


def keys_of_settings(section: type[Section], prefix: str = "") -> list[str]:
    """Every key of the settings in their order, plain keys before tables, as TOML wants them."""
    plain: list[str] = []
    tables: list[str] = []
    for name, field in section.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            tables += keys_of_settings(field.annotation, f"{prefix}{name}.")
        else:
            plain.append(f"{prefix}{name}")
    return plain + tables


def descriptions_of(section: type[Section]) -> list[str]:
    found = []
    for field in section.model_fields.values():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            found += descriptions_of(field.annotation)
        else:
            found.append(field.description or "")
    return found


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(path: Path | None, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, environment or {})
    return str(caught.value).splitlines()


def test_the_example_names_every_setting_once_and_in_order() -> None:
    tree = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert keys_of(tree) == keys_of_settings(Settings)


def test_the_example_holds_the_defaults_and_no_secret() -> None:
    assert load(EXAMPLE, {}) == Settings()


def test_the_example_explains_every_setting_in_the_words_of_its_description() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    assert all(descriptions_of(Settings))
    for description in descriptions_of(Settings):
        assert f"# {description}" in lines


def test_without_a_file_the_defaults_hold() -> None:
    assert load(None, {}) == Settings()


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[web]\nport = 1\nhost = "0.0.0.0"\n')
    settings = load(path, {"DINGXIN_WEB__PORT": "2", "OTHER": "x", "DINGXIN_CONFIG": "y"})
    assert (settings.web.port, settings.web.host) == (2, "0.0.0.0")  # noqa: S104 - a value, nothing listens


def test_a_table_in_a_table_can_be_set_from_the_environment() -> None:
    settings = load(None, {"DINGXIN_BROADCASTS__QUIET_HOURS__STARTS_AT": "22:00"})
    assert settings.broadcasts.quiet_hours.starts_at.hour == 22


def test_every_mistake_is_told_at_once_with_its_place_and_mend(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[wechat]\ntokn = "x"\ntoken = "a b"\n[webb]\nport = 1\n[web]\nport = 99999\n'
        '[service]\ntimezone = "Mars"\n[broadcasts]\nreserve = 4\n',
    )
    assert mistakes(path) == [
        "[service] timezone: is no known time zone; for China write Asia/Shanghai",
        "[web] port: Input should be less than or equal to 65535",
        "[wechat] token: must be 3 to 32 letters and digits, as set in the platform's console",
        '[wechat] tokn: unknown key; did you mean "token"?',
        "[broadcasts]: reserve must be smaller than mass_per_month, or nothing could ever be sent",
        '[webb]: unknown section; did you mean "web"?',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [("[web", "is not valid TOML"), ("[web]\nport = ", "is not valid TOML")],
)
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, text: str, told: str) -> None:
    (line,) = mistakes(write(tmp_path, text))
    assert told in line
    assert "config.toml" in line


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('[service]\nname = "定心"\n'.encode("gbk"))
    assert "config.toml: cannot be read" in mistakes(path)[0]


def test_a_missing_file_says_what_to_copy(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "nix.toml")[0].endswith(
        "nix.toml: no such file; copy config.example.toml and fill it in"
    )


@pytest.mark.parametrize("key", ["short", base64.b64encode(b"x" * 31).decode(), "=" * 44])
def test_a_key_of_the_wrong_size_says_how_to_make_one(key: str) -> None:
    assert mistakes(None, {"DINGXIN_PRIVACY__ENCRYPTION_KEY": key}) == [
        "[privacy] encryption_key: must be 32 random bytes in base64: openssl rand -base64 32"
    ]


@pytest.mark.parametrize("key", ["short", "a" * 42, "!" * 43])
def test_a_wrong_aes_key_says_where_the_right_one_stands(key: str) -> None:
    (line,) = mistakes(None, {"DINGXIN_WECHAT__ENCODING_AES_KEY": key})
    assert line.startswith("[wechat] encoding_aes_key: must be the 43 letters and digits")


def test_a_mistake_never_repeats_a_secret() -> None:
    told = mistakes(None, {"DINGXIN_WECHAT__TOKEN": "a secret!", "DINGXIN_PRIVACY__ENCRYPTION_KEY": "hush"})
    assert "a secret!" not in "".join(told)
    assert "hush" not in "".join(told)


def test_a_real_service_is_told_all_it_lacks() -> None:
    with pytest.raises(ConfigError) as caught:
        require_complete(load(None, {"DINGXIN_WECHAT__MODE": "plain"}))
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "[wechat] app_id",
        "[wechat] app_secret",
        "[wechat] token",
        "[wechat] encoding_aes_key",
        "[privacy] encryption_key",
        "[console] secret_key",
        "[wechat] mode",
    ]


def test_a_complete_configuration_lacks_nothing() -> None:
    settings = load(None, COMPLETE)
    require_complete(settings)
    assert missing(settings) == ()
    assert encryption_key(settings) == bytes(range(32))


def test_shown_settings_have_every_key_and_no_secret() -> None:
    settings = load(None, {**COMPLETE, "DINGXIN_DATABASE__URL": "postgresql+psycopg://u:pass@h/d"})
    shown = masked(settings)
    secrets = (KEY, AES_KEY, "app-secret-value", "token123", "pass")
    assert not any(secret in shown for secret in secrets)
    assert 'app_secret = "********"' in shown
    assert 'agent_secret = ""' in shown
    assert "starts_at" in shown
    assert "app-secret-value" not in repr(settings)


def test_the_file_is_found_by_option_then_environment_then_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_config(None, {}) is None
    write(tmp_path, "")
    assert find_config(None, {}) == Path("config.toml")
    assert find_config(None, {"DINGXIN_CONFIG": "other.toml"}) == Path("other.toml")
    assert find_config(Path("third.toml"), {"DINGXIN_CONFIG": "other.toml"}) == Path("third.toml")


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().web.port = 1  # type: ignore[misc] # it is frozen; that is the point


def test_the_configured_thresholds_are_those_of_the_understanding() -> None:
    environment = {
        "DINGXIN_ANSWERING__ANSWER_AT": "0.9",
        "DINGXIN_ANSWERING__REWORDED_AT": "0.95",
        "DINGXIN_ANSWERING__OFFER_AT": "0.3",
        "DINGXIN_ANSWERING__CHOICES": "3",
        "DINGXIN_RUMOURS__KNOWN_AT": "0.85",
        "DINGXIN_RUMOURS__KNOWN_ASKED_AT": "0.97",
        "DINGXIN_RUMOURS__SUSPECT_AT": "0.4",
    }
    found = thresholds_of(load(None, environment))
    assert (found.answer, found.reworded, found.choice, found.offered_at_most) == (0.9, 0.95, 0.3, 3)
    assert (found.known, found.known_asked, found.suspected) == (0.85, 0.97, 0.4)


def test_by_default_the_service_decides_as_the_understanding_was_measured() -> None:
    assert thresholds_of(Settings()) == DEFAULTS


def test_secrets_are_of_a_type_that_does_not_print_them() -> None:
    hidden = [
        name
        for section in Settings.model_fields
        for name, field in type(getattr(Settings(), section)).model_fields.items()
        if any(word in name for word in ("secret", "token", "key", "url"))
        and "SecretStr" not in str(field.annotation)
    ]
    assert hidden == ["public_url", "api_base_url", "api_base_url"]
