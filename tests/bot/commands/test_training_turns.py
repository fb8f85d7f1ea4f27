"""One training at a time, and what somebody has taken back does not come back by itself."""

import json
from pathlib import Path

import pytest

from bot.commands import training
from bot.learning.course import Trial
from bot.store.engine import Database
from bot.store.vault import Vault
from knowledge.models import load_models
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.teaching import (
    decide_on_a_report,
    publish,
    shrink_what_comes_with_the_program,
    versions,
)
from tests.bot.learning.cards import CARD

SAME = (
    "version 1 learnt the same and was rolled back from; to use it after all: dingxin knowledge rollback 1\n"
)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    shrink_what_comes_with_the_program(monkeypatch)


@pytest.fixture
def trained(installed: Path, dingxin: Dingxin, stored: Database, seal: Vault) -> Path:
    """A service that has learnt: version 1 is current."""
    publish(installed, dingxin)
    decide_on_a_report(stored, seal)
    assert dingxin("knowledge", "train").exit_code == 0
    return installed


def learn_something_else(folder: Path, dingxin: Dingxin) -> None:
    article = {"id": "new", "question": "殡仪馆今天开不开门", "answer": "…"}
    (folder / "new.jsonl").write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    assert dingxin("knowledge", "import", "new.jsonl").exit_code == 0


def test_what_was_rolled_back_from_does_not_come_back_with_the_next_training(
    trained: Path, dingxin: Dingxin
) -> None:
    assert dingxin("knowledge", "rollback", "packaged").exit_code == 0

    again = dingxin("knowledge", "train")

    assert (again.exit_code, again.stderr) == (1, SAME)
    assert versions(trained).current == "packaged"
    assert [card.version for card in versions(trained).cards()] == ["1"]


def test_nor_does_an_earlier_one_while_another_is_current(trained: Path, dingxin: Dingxin) -> None:
    extra = json.dumps({"text": "渡口几时开", "intent": "question"}, ensure_ascii=False)
    (trained / "lines.jsonl").write_text(extra + "\n", encoding="utf-8")
    assert dingxin("knowledge", "rollback").exit_code == 0
    with_lines = dingxin("knowledge", "train", "--lines", "lines.jsonl")
    assert with_lines.exit_code == 0, with_lines.stderr

    assert dingxin("knowledge", "train").stderr == SAME


def test_there_is_something_new_to_learn_after_a_way_back(trained: Path, dingxin: Dingxin) -> None:
    assert dingxin("knowledge", "rollback", "packaged").exit_code == 0
    learn_something_else(trained, dingxin)

    result = dingxin("knowledge", "train")

    assert result.exit_code == 0, result.stderr
    assert versions(trained).current == "2"


def test_what_was_only_replaced_may_be_learnt_again(
    trained: Path, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_something_else(trained, dingxin)
    assert dingxin("knowledge", "train").exit_code == 0
    read = training.all_articles
    monkeypatch.setattr(
        training, "all_articles", lambda session: tuple(one for one in read(session) if one.id != "new")
    )

    result = dingxin("knowledge", "train")

    assert result.exit_code == 0, result.stderr
    assert versions(trained).current == "3"
    assert versions(trained).card("3").data == versions(trained).card("1").data


def test_a_damaged_version_that_was_rolled_back_from_is_fitted_anew(trained: Path, dingxin: Dingxin) -> None:
    (trained / "var" / "models" / "1" / "flag.npz").write_bytes(b"half")
    assert dingxin("knowledge", "rollback", "packaged").exit_code == 0

    result = dingxin("knowledge", "train")

    assert result.exit_code == 0, result.stderr
    assert versions(trained).current == "2"


def update(folder: Path) -> None:
    """To a program that none of the versions was made for."""
    for file in (folder / "var" / "models").glob("*/card.json"):
        content = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**content, "key": "another"}), encoding="utf-8")


def test_an_update_does_not_bring_it_back_either_until_somebody_trains(
    trained: Path, dingxin: Dingxin
) -> None:
    store = versions(trained)
    store.keep(load_models(), CARD)
    assert dingxin("knowledge", "rollback", "2").exit_code == 0
    update(trained)

    updated = dingxin("init")

    assert updated.exit_code == 0, updated.stderr
    assert "version 2 of the models does not fit this program; the packaged one serves" in updated.stdout
    assert (
        "not fitted anew: version 1 learnt the same and was rolled back from; "
        "to fit it anew after all: dingxin knowledge train\n"
    ) in updated.stdout
    assert store.current == "2"
    assert "version 3 is current now" in dingxin("knowledge", "train").stdout


def test_what_was_taken_up_again_is_fitted_anew_after_an_update(trained: Path, dingxin: Dingxin) -> None:
    assert dingxin("knowledge", "rollback", "packaged").exit_code == 0
    assert dingxin("knowledge", "rollback", "1").exit_code == 0
    update(trained)

    assert "version 2 is current now" in dingxin("init").stdout


def test_a_second_training_does_not_begin_while_one_runs(
    installed: Path, dingxin: Dingxin, stored: Database, seal: Vault
) -> None:
    publish(installed, dingxin)
    decide_on_a_report(stored, seal)

    with versions(installed).alone():
        second = dingxin("knowledge", "train")

    assert second.exit_code == 1
    assert second.stderr.startswith("a training is running")
    assert versions(installed).cards() == ()
    assert dingxin("knowledge", "train").exit_code == 0


def test_a_way_back_that_was_taken_during_a_training_holds(
    trained: Path, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn_something_else(trained, dingxin)
    examine = training.try_out

    def meanwhile(*given: object, **named: object) -> Trial:
        assert dingxin("knowledge", "rollback", "packaged").exit_code == 0
        return examine(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(training, "try_out", meanwhile)
    result = dingxin("knowledge", "train")

    assert result.exit_code == 1
    assert "the packaged version has become current meanwhile" in result.stderr
    assert versions(trained).current == "packaged"
    assert [card.version for card in versions(trained).cards()] == ["1"]
