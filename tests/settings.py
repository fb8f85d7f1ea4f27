"""Settings of a service under test: the platform's test credentials, nothing that leaves the machine."""

import base64
from pathlib import Path

from bot.settings import Settings
from tests.conftest import VAULT_KEY
from tests.wechat import CREDENTIALS

LOCAL = "http://127.0.0.1:9"
"""An address nobody answers at: a test that must not call the platform fails when it does."""


def settings_for(data_dir: Path, *, platform: str = LOCAL, **sections: dict[str, object]) -> Settings:
    """Complete settings on SQLite in `data_dir`; `sections` change single keys."""
    tree: dict[str, dict[str, object]] = {
        "service": {"data_dir": data_dir, "office": "市民政局（示例）"},
        "wechat": {
            "app_id": CREDENTIALS.app_id,
            "app_secret": CREDENTIALS.app_secret,
            "token": CREDENTIALS.token,
            "encoding_aes_key": CREDENTIALS.encoding_aes_key,
            "api_base_url": platform,
        },
        "wecom": {"api_base_url": platform},
        "privacy": {"encryption_key": base64.b64encode(VAULT_KEY).decode()},
        "console": {"secret_key": base64.b64encode(VAULT_KEY).decode()},
    }
    for section, keys in sections.items():
        tree[section] = {**tree.get(section, {}), **keys}
    return Settings.model_validate(tree)
