"""`dingxin doctor` against the sandbox and a callback that is up: what is well, and the mend for what is not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import create_app
from bot.commands.doctor import doctor
from bot.demo.serving import serve
from bot.inbound import Desk
from bot.learning.model_store import ModelStore
from bot.store.engine import Database
from knowledge.models import load_models
from tests.bot.learning.cards import CARD
from tests.bot.processes import environment, free_port
from tests.bot.town import CORP_ID, CORP_SECRET, Town, town_on, whole_runtime
from tests.clocks import TestClock


class RealClock(TestClock):
    """The time of day, which the command reads."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def town(sqlite: Database, tmp_path: Path) -> Iterator[Town]:
    with town_on(sqlite, tmp_path, RealClock()) as town:
        yield town


@pytest.fixture
def callback(town: Town) -> Iterator[str]:
    """Our own callback, up; its address."""
    runtime = whole_runtime(town)
    desk = Desk(runtime)
    with serve(create_app(runtime, desk)) as server:
        yield server.url
    desk.close()
    runtime.close()


@pytest.fixture
def nobody() -> str:
    """An address where nobody answers."""
    return f"http://127.0.0.1:{free_port()}"


def examined(town: Town, callback: str, monkeypatch: pytest.MonkeyPatch, **changed: str) -> Result:
    env = environment(
        town.runtime.settings,
        DINGXIN_SERVICE__PUBLIC_URL=callback,
        DINGXIN_WECOM__CORP_ID=CORP_ID,
        DINGXIN_WECOM__AGENT_SECRET=CORP_SECRET,
        **changed,
    )
    for name, value in env.items():
        if name.startswith("DINGXIN_"):
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(town.runtime.settings.service.data_dir)
    return CliRunner().invoke(doctor, [])


def test_when_all_is_well_every_line_says_so(
    town: Town, callback: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    font = tmp_path / "font.ttc"
    font.write_bytes(b"ttcf")
    result = examined(town, callback, monkeypatch, DINGXIN_SERVICE__CARD_FONT=str(font))
    assert "✗" not in result.output
    assert result.exit_code == 0
    for told in ("database", "queue", "token", "followers", "mass messages", "quota", "WeCom", "callback"):
        assert told in result.output
    assert town.seen_by("resident-1") == []


@pytest.mark.parametrize(
    ("code", "mend"),
    [(40164, "white-list"), (40125, "app_secret"), (48001, "认证服务号"), (50002, "restricted")],
)
def test_what_the_platform_complains_of_comes_with_its_mend(
    town: Town, nobody: str, monkeypatch: pytest.MonkeyPatch, code: int, mend: str
) -> None:
    town.fail("tags/get", code)
    result = examined(town, nobody, monkeypatch)
    assert result.exit_code == 1
    line = next(line for line in result.output.splitlines() if "token and address" in line)
    assert line.startswith("✗")
    assert mend in line


def test_a_missing_ability_is_told_apart_from_a_bad_token(
    town: Town, nobody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.fail("message/mass/get", 48001)
    output = examined(town, nobody, monkeypatch).output
    assert "✓ token and address" in output
    assert "✗ ability: mass messages" in output


def test_a_callback_nobody_answers_at_is_told_without_its_signature(
    town: Town, nobody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = examined(town, nobody, monkeypatch)
    assert result.exit_code == 1
    assert f"✗ callback {nobody}/wechat" in result.output
    assert "signature=" not in result.output


def test_another_services_page_at_the_callback_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    result = examined(town, town.url, monkeypatch)
    assert "✗ callback" in result.output


def test_an_old_database_is_told_with_the_command_to_run(
    town: Town, nobody: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = examined(town, nobody, monkeypatch, DINGXIN_SERVICE__DATA_DIR=str(elsewhere))
    assert "✗ database: not up to date with this program; run: dingxin init" in result.output


@pytest.mark.parametrize("name", ["no-such-font.ttc", __file__])
def test_what_is_no_font_is_told_with_its_setting(
    town: Town, nobody: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    result = examined(town, nobody, monkeypatch, DINGXIN_SERVICE__CARD_FONT=name)
    assert f"✗ font for cards: [service] card_font: {name} is no font that can be read" in result.output


def test_models_that_were_to_serve_and_do_not_are_told_with_their_mend(
    town: Town, nobody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = town.runtime.settings.service.data_dir / "models"
    store = ModelStore(folder)
    store.make_current(store.keep(load_models(), CARD).version)
    assert "✓ models in use: 1\n" in examined(town, nobody, monkeypatch).output

    (folder / "1" / "flag.npz").write_bytes(b"half")

    output = examined(town, nobody, monkeypatch).output
    assert "✗ models: version 1 of the models is damaged, so the packaged version serves; " in output
