"""Reads settings: a TOML file, the environment over it, and every mistake told at once with its mend.

[wechat] tokn: unknown key; did you mean "token"?
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from bot.errors import ConfigError
from bot.settings import Section, Settings, decode_key

PREFIX = "DINGXIN_"
# Variables that share the prefix but are no settings.
NOT_SETTINGS = frozenset({"DINGXIN_CONFIG", "DINGXIN_TEST_POSTGRES_URL", "DINGXIN_STAFF_PASSWORD"})
# What a real service cannot do without: (section, key, how to mend).
REQUIRED = (
    ("wechat", "app_id", "copy AppID from the official account's console (设置与开发 → 基本配置)"),
    ("wechat", "app_secret", "copy AppSecret from the official account's console"),
    ("wechat", "token", "choose 3 to 32 letters and digits and set the same in the console"),
    ("wechat", "encoding_aes_key", "copy EncodingAESKey from the console, 43 characters"),
    ("privacy", "encryption_key", "make one: openssl rand -base64 32"),
    ("console", "secret_key", "make one: openssl rand -base64 32"),
)


def load(path: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `path` and the environment; ConfigError lists every mistake."""
    tree = _read_toml(path) if path is not None else {}
    _overlay(tree, environment)
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise ConfigError(
            "\n".join(_explain(part["loc"], part["msg"], part["type"]) for part in error.errors())
        ) from None


def find_config(option: Path | None, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file to read: the option, else $DINGXIN_CONFIG, else config.toml here, else none."""
    if option is not None:
        return option
    if named := environment.get("DINGXIN_CONFIG"):
        return Path(named)
    default = Path("config.toml")
    return default if default.exists() else None


def missing(settings: Settings) -> tuple[str, ...]:
    """What a service on the real platform still needs, a sentence each; empty when complete."""
    faults = [
        f"[{section}] {key}: is not set; {mend}"
        for section, key, mend in REQUIRED
        if not _plain(getattr(getattr(settings, section), key))
    ]
    if settings.wechat.mode == "plain":
        faults.append(
            '[wechat] mode: "plain" leaves messages unauthenticated; set "safe" here and 安全模式 in the console'
        )
    return tuple(faults)


def require_complete(settings: Settings) -> None:
    """ConfigError unless everything a real service needs is there."""
    if faults := missing(settings):
        raise ConfigError("\n".join(faults))


def encryption_key(settings: Settings) -> bytes:
    """The vault's key; ConfigError when there is none."""
    try:
        return decode_key(settings.privacy.encryption_key)
    except ValueError as error:
        raise ConfigError(f"[privacy] encryption_key: {error}") from None


def masked(settings: Settings) -> str:
    """The configuration in force, a key a line, secrets as asterisks."""
    lines: list[str] = []
    for section in Settings.model_fields:
        lines.append(f"[{section}]")
        table = getattr(settings, section)
        lines += [f"{key} = {_shown(getattr(table, key))}" for key in type(table).model_fields]
        lines.append("")
    return "\n".join(lines).rstrip()


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; copy config.example.toml and fill it in") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from None


def _overlay(tree: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, value in sorted(environment.items()):
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        *sections, key = name.removeprefix(PREFIX).lower().split("__")
        table = tree
        for section in sections:
            table = table.setdefault(section, {})
            if not isinstance(table, dict):
                raise ConfigError(
                    f"{name}: [{section}] is a table in the configuration file, but has a value there"
                )
        table[key] = value


def _explain(place: tuple[int | str, ...], message: str, kind: str) -> str:
    *sections, key = (str(part) for part in place)
    where = f"[{'.'.join(sections)}] {key}" if sections else f"[{key}]"
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _known(sections), n=1, cutoff=0.5)
        what = "key" if sections else "section"
        return (
            f'{where}: unknown {what}; did you mean "{near[0]}"?'
            if near
            else f"{where}: unknown {what}; see config.example.toml"
        )
    return f"{where}: {message.removeprefix('Value error, ')}"


def _known(sections: list[str]) -> tuple[str, ...]:
    fields: Mapping[str, FieldInfo] = Settings.model_fields
    for section in sections:
        annotation = fields[section].annotation if section in fields else None
        if not (isinstance(annotation, type) and issubclass(annotation, Section)):
            return ()
        fields = annotation.model_fields
    return tuple(fields)


def _plain(value: object) -> object:
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return '"********"' if value.get_secret_value() else '""'
    if isinstance(value, Section):
        return (
            "{ "
            + ", ".join(f"{key} = {_shown(getattr(value, key))}" for key in type(value).model_fields)
            + " }"
        )
    return str(value) if isinstance(value, bool | int | float) else f'"{value}"'
