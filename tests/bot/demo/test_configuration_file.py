"""The demo's configuration file: what a command of another process reads is what the demo runs on."""

from pathlib import Path

from bot.configuration import load
from bot.demo.assembly import demo_settings
from bot.demo.configuration_file import write_configuration


def test_what_was_written_is_read_back_to_the_last_secret(tmp_path: Path) -> None:
    settings = demo_settings(tmp_path / '资料 "1"', port=8000)
    path = tmp_path / "config.toml"

    write_configuration(path, settings)

    assert load(path, {}) == settings


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"

    write_configuration(path, demo_settings(tmp_path, port=8000))

    assert path.stat().st_mode & 0o777 == 0o600


def test_the_data_is_found_from_any_folder() -> None:
    assert demo_settings(Path("data"), port=8000).service.data_dir.is_absolute()
