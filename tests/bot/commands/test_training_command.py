"""`dingxin knowledge train | models | rollback`: staff decisions teach, what is no better is refused, and there is a way back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.learning.held_back import is_taught
from bot.learning.model_store import ModelStore
from bot.store import audit
from bot.store.engine import Database
from bot.store.revisions import KNOWLEDGE, revision
from bot.store.vault import Vault
from knowledge.article import Scope
from knowledge.jsonl import write_articles_jsonl
from knowledge.models import load_models
from knowledge.seeds import sample_articles
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.teaching import (
    LESSONS,
    decide_on_a_report,
    publish,
    shrink_what_comes_with_the_program,
    versions,
)
from tests.bot.learning.cards import CARD, of_another_program


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    shrink_what_comes_with_the_program(monkeypatch)


@pytest.fixture
def taught(installed: Path, dingxin: Dingxin, stored: Database, seal: Vault) -> Path:
    """A service that knows a little, and whose staff have decided on a report."""
    publish(installed, dingxin)
    decide_on_a_report(stored, seal)
    return installed


def test_a_candidate_that_is_as_good_becomes_the_current_version(
    taught: Path, dingxin: Dingxin, stored: Database
) -> None:
    result = dingxin("knowledge", "train")

    assert result.exit_code == 0, result.stderr
    assert "candidate" in result.stdout
    assert "flag: PR-AUC" in result.stdout
    assert "version 1 is current now" in result.stdout
    store = versions(taught)
    assert store.in_use(store.current).version == "1"
    assert store.card("1").learnt_from["decided rumours"] == 1
    with stored.reading() as session:
        (event,) = audit.events_of(session, "models 1")
    assert (event.action, event.detail["replaces"]) == ("models.trained", "packaged")


def test_nothing_a_resident_wrote_is_in_what_is_kept_or_said(taught: Path, dingxin: Dingxin) -> None:
    result = dingxin("knowledge", "train")

    card = (taught / "var" / "models" / "1" / "card.json").read_text(encoding="utf-8")
    models = versions(taught).load("1")
    grams = "".join((*models.flag.grams, *models.routing.grams))
    for said in (card, grams, result.stdout, result.stderr):
        assert not set("鱻麤") & set(said)


def test_with_nothing_new_to_learn_the_version_stays(taught: Path, dingxin: Dingxin) -> None:
    assert dingxin("knowledge", "train").exit_code == 0

    again = dingxin("knowledge", "train")

    assert again.exit_code == 0
    assert again.stdout == "version 1 is current and has learnt all there is; nothing was changed\n"
    assert [card.version for card in versions(taught).cards()] == ["1"]


def test_a_candidate_that_is_worse_is_refused_and_the_figure_is_named(taught: Path, dingxin: Dingxin) -> None:
    spoilt = [
        {"text": one.text, "claims": None, "rumour": not one.rumour}
        for one in (*LESSONS.messages, *LESSONS.reports)
        if is_taught(one.text)
    ]
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in spoilt)
    (taught / "spoilt.jsonl").write_text(lines, encoding="utf-8")

    result = dingxin("knowledge", "train", "--messages", "spoilt.jsonl")

    assert result.exit_code == 1
    assert result.stderr.endswith("Nothing was changed\n")
    assert "flag: PR-AUC is worse than that of the packaged version by more than 0.01" in result.stderr
    assert versions(taught).current == "packaged"
    assert versions(taught).cards() == ()


def test_without_knowledge_there_is_nothing_to_learn_from(installed: Path, dingxin: Dingxin) -> None:
    result = dingxin("knowledge", "train")

    assert result.exit_code == 1
    assert result.stderr == "there is nothing to learn from; import articles and claims first\n"
    assert not (installed / "var" / "models").exists()


def test_what_comes_with_the_program_is_nothing_new(installed: Path, dingxin: Dingxin) -> None:
    day = datetime.now(UTC).date()
    write_articles_jsonl(
        installed / "a.jsonl", [replace(one, scope=Scope()) for one in sample_articles(day=day)[::8]]
    )
    imported = dingxin("knowledge", "import", "a.jsonl")
    assert imported.exit_code == 0, imported.stderr

    result = dingxin("knowledge", "train")

    assert result.exit_code == 1
    assert result.stderr == (
        "there is nothing to learn from yet beyond what comes with the program; "
        "articles and claims of your own teach, and what staff decide\n"
    )


def test_a_misspelt_label_is_warned_of_and_teaches_nothing(installed: Path, dingxin: Dingxin) -> None:
    (installed / "m.jsonl").write_text('{"text": "明天有雨吗", "rumor": true}\n', encoding="utf-8")

    result = dingxin("knowledge", "train", "--messages", "m.jsonl")

    assert result.exit_code == 1
    assert result.stderr.startswith("m.jsonl:1: rumor is not read; did you mean rumour? Read are ")
    assert result.stderr.endswith("there is nothing to learn from; import articles and claims first\n")
    assert not (installed / "var" / "models").exists()


def test_the_list_tells_versions_figures_and_which_is_in_use(taught: Path, dingxin: Dingxin) -> None:
    assert "* packaged" in dingxin("knowledge", "models").stdout
    assert dingxin("knowledge", "train").exit_code == 0
    store = versions(taught)
    store.keep(load_models(), of_another_program())

    listed = dingxin("knowledge", "models").stdout.splitlines()

    assert listed[0].split()[:2] == ["version", "made"]
    assert "flag: PR-AUC" in listed[0]
    assert [line[:10].strip() for line in listed[1:]] == ["packaged", "* 1", "! 2"]


def test_there_is_a_way_back_and_forth_and_both_are_on_record(
    taught: Path, dingxin: Dingxin, stored: Database
) -> None:
    assert dingxin("knowledge", "train").exit_code == 0
    with stored.reading() as session:
        before = revision(session, KNOWLEDGE)

    back = dingxin("knowledge", "rollback")
    assert (back.exit_code, back.stdout) == (0, "the packaged version is current now\n")
    assert versions(taught).current == "packaged"
    assert dingxin("knowledge", "rollback", "1").stdout == "version 1 is current now\n"

    with stored.reading() as session:
        events = [*audit.events_of(session, "models packaged"), *audit.events_of(session, "models 1")]
        assert revision(session, KNOWLEDGE) == before + 2
    assert [event.action for event in events] == [
        "models.rolled_back",
        "models.trained",
        "models.rolled_back",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "the packaged version is current, and there is none before it; name one\n"),
        (("packaged",), "the packaged version is current already\n"),
        (("7",), "version 7 of the models is not there\n"),
        (("../1",), "there is no version ../1 of the models; see: dingxin knowledge models\n"),
    ],
)
def test_a_way_back_to_nowhere_is_refused(
    installed: Path, dingxin: Dingxin, words: tuple[str, ...], said: str
) -> None:
    result = dingxin("knowledge", "rollback", *words)

    assert (result.exit_code, result.stderr) == (1, said)
    assert versions(installed).current == "packaged"


def test_a_version_of_another_program_cannot_be_gone_back_to(installed: Path, dingxin: Dingxin) -> None:
    versions(installed).keep(load_models(), of_another_program())

    result = dingxin("knowledge", "rollback", "1")

    assert result.exit_code == 1
    assert "made for another version of the program" in result.stderr


def test_after_an_update_init_fits_the_version_in_use_anew(taught: Path, dingxin: Dingxin) -> None:
    store = versions(taught)
    store.make_current(store.keep(load_models(), of_another_program()).version)

    result = dingxin("init")

    assert result.exit_code == 0, result.stderr
    assert "version 1 of the models does not fit this program; the packaged one serves" in result.stdout
    assert "version 2 is current now" in result.stdout
    assert store.card("2").replaces == "packaged"
    assert "does not fit" not in dingxin("init").stdout


def test_init_goes_on_when_there_is_nothing_to_fit_anew(installed: Path, dingxin: Dingxin) -> None:
    store = versions(installed)
    damaged = store.keep(load_models(), replace(of_another_program(), figures={}))
    store.make_current(damaged.version)

    result = dingxin("init")

    assert result.exit_code == 0
    assert "not fitted anew: there is nothing to learn from" in result.stdout
    assert "administrator: admin" in result.stdout


def test_versions_are_in_a_backup_and_come_back_where_there_are_none(
    installed: Path, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = versions(installed)
    store.make_current(store.keep(load_models(), CARD).version)
    assert dingxin("backup", "state.zip").exit_code == 0
    monkeypatch.setenv("DINGXIN_SERVICE__DATA_DIR", str(installed / "elsewhere"))

    result = dingxin("restore", "state.zip")

    assert result.exit_code == 0, result.stderr
    restored = ModelStore(installed / "elsewhere" / "models")
    assert restored.in_use(restored.current).version == "1"
    assert restored.cards() == store.cards()
    monkeypatch.setenv("DINGXIN_DATABASE__URL", f"sqlite:///{installed / 'elsewhere' / 'another.sqlite3'}")
    assert "that are here already were kept" in dingxin("restore", "state.zip").stdout
