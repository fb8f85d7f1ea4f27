"""What holds for every command: it loads, it explains itself, it fails in one line."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, GROUPS
from bot.commands.lazy import Listed, load
from tests.bot.commands.conftest import Dingxin

HELP_AND_MODULES = """
import sys
from bot.cli import cli
try:
    cli(["--help"])
except SystemExit:
    print("LOADED", *sys.modules)
"""
WORDS = [listed.words for listed in COMMANDS]


@pytest.mark.parametrize("listed", COMMANDS, ids=WORDS)
def test_every_command_explains_itself_with_an_example(listed: Listed, dingxin: Dingxin) -> None:
    result = dingxin(*listed.words.split(), "--help")
    assert result.exit_code == 0
    assert "Example: dingxin " + listed.words in " ".join(result.output.split())


@pytest.mark.parametrize("listed", COMMANDS, ids=WORDS)
def test_every_command_is_called_by_its_last_word_and_may_be_given_a_configuration(listed: Listed) -> None:
    command = load(listed)
    options = {name for option in command.params for name in option.opts}
    assert command.name == listed.words.split()[-1]
    assert "--config" in options or listed.words == "demo"


def test_every_group_is_described_and_every_description_is_of_a_group() -> None:
    assert {words.split()[0] for words in WORDS if " " in words} == set(GROUPS)


def test_the_help_lists_every_command_with_its_summary(dingxin: Dingxin) -> None:
    output = " ".join(dingxin("--help").output.split())
    for listed in COMMANDS:
        first = listed.words.split()[0]
        assert first in output
        assert (listed.summary if " " not in listed.words else GROUPS[first]) in output


def test_a_groups_help_lists_its_commands(dingxin: Dingxin) -> None:
    output = dingxin("knowledge", "--help").output
    assert all(word in output for word in ("import", "export", "check", "train"))


def test_help_loads_neither_a_command_nor_what_is_heavy() -> None:
    heavy = {"bot.commands.knowledge", "bot.store.engine", "sqlalchemy", "jieba", "sklearn", "numpy", "flask"}
    seen = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", HELP_AND_MODULES], capture_output=True, text=True, check=True
    )
    loaded = set(seen.stdout.split("LOADED")[1].split())
    assert "bot.commands.lazy" in loaded
    assert not heavy & loaded


@pytest.mark.parametrize("words", [["nix"], ["areas", "nix"], ["areas", "import"], ["init", "--nix"]])
def test_bad_usage_is_told_in_words_and_exits_with_two(words: list[str], dingxin: Dingxin) -> None:
    result = dingxin(*words)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    assert result.stdout == ""


def test_a_missing_configuration_file_exits_with_two(folder: Path, dingxin: Dingxin) -> None:
    result = dingxin("init", "--config", folder / "nix.toml")
    assert result.exit_code == 2
    assert "nix.toml: no such file; copy config.example.toml" in result.stderr


def test_a_missing_key_exits_with_two_and_says_how_to_make_one(folder: Path, dingxin: Dingxin) -> None:
    result = dingxin("init")
    assert result.exit_code == 2
    assert "[privacy] encryption_key: must be 32 random bytes in base64: openssl rand" in result.stderr
    assert not (folder / "var").exists()


def test_a_database_that_does_not_answer_exits_with_two(
    configured: Path, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DINGXIN_DATABASE__URL", "postgresql+psycopg://127.0.0.1:1/nix?connect_timeout=1")
    result = dingxin("areas", "import", configured / "config.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("[database] url: the database does not answer")


def test_a_database_without_its_tables_asks_for_init(configured: Path, dingxin: Dingxin) -> None:
    result = dingxin("areas", "import", configured / "config.toml")
    assert result.exit_code == 1
    assert result.stderr == "the database is not up to date with this program; run: dingxin init\n"


def test_an_unexpected_error_is_logged_under_the_id_that_is_shown(
    installed: Path, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("something nobody thought of")

    monkeypatch.setattr("bot.commands.areas.read_areas", fail)
    result = dingxin("areas", "import", installed / "config.toml")
    line = result.stderr.splitlines()[-1]
    assert result.exit_code == 1
    assert line.startswith("unexpected error ")
    assert "(ZeroDivisionError)" in line
    assert f'"id": "{line.split()[2]}"' in result.stderr
    assert "Traceback" not in line


def test_python_m_bot_is_the_same_command_line(folder: Path) -> None:
    root = Path(__file__).parents[3]
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True, cwd=root
    )
    assert folder.exists()
    assert shown.stdout.startswith("Usage: dingxin [OPTIONS]")


def test_what_is_listed_must_be_a_command() -> None:
    with pytest.raises(TypeError, match="no command"):
        load(Listed("nix", "bot.commands.lazy:Listed", ""))
    assert isinstance(load(Listed("init", "bot.commands.init:init", "")), click.Command)
