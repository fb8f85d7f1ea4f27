"""An evaluation measures the models that serve here, says which they are, and measures others on request."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.learning.model_store import ModelStore
from knowledge.models import load_models
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.labelled_files import CALLS, words, write_labelled_files
from tests.bot.learning.cards import CARD, of_another_program

KINDS = ("answers", "rumours", "routing")


@pytest.fixture
def files(folder: Path) -> Path:
    """The labelled files, in a folder with neither a configuration nor a database."""
    return write_labelled_files(folder)


@pytest.fixture
def doubting(files: Path) -> ModelStore:
    """In use is a version that thinks every candidate much less probable."""
    store, models = ModelStore(files / "var" / "models"), load_models()
    careful = replace(
        models, answers=models.answers.recalibrated(1.0, -3.0), claims=models.claims.recalibrated(1.0, -3.0)
    )
    store.make_current(store.keep(careful, CARD).version)
    return store


def first_score(files: Path, dingxin: Dingxin, *more: str) -> float:
    result = dingxin(*words("answers"), *more, "--predictions", "out.jsonl")
    assert result.exit_code == 0, result.stderr
    line = (files / "out.jsonl").read_text(encoding="utf-8").splitlines()[0]
    return float(json.loads(line)["scores"][0])


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_version_of_its_own_the_packaged_one_is_measured(
    files: Path, dingxin: Dingxin, kind: str
) -> None:
    assert kind in CALLS
    assert dingxin(*words(kind)).stdout.startswith("models measured: the packaged version\n")
    assert not (files / "var").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_version_in_use_is_measured_and_named(doubting: ModelStore, dingxin: Dingxin, kind: str) -> None:
    assert doubting.current == "1"
    assert dingxin(*words(kind)).stdout.startswith("models measured: version 1; others: --model packaged\n")


@pytest.mark.usefixtures("doubting")
def test_what_is_measured_is_what_serves(files: Path, dingxin: Dingxin) -> None:
    in_use = first_score(files, dingxin)

    assert in_use == first_score(files, dingxin, "--model", "1")
    assert in_use < first_score(files, dingxin, "--model", "packaged") - 0.1


@pytest.mark.usefixtures("doubting")
def test_opposites_are_asked_of_the_same_models(files: Path, dingxin: Dingxin) -> None:
    pair = {"left": "在哪里做核酸检测", "right": "请问在哪里做核酸检测", "flipped": False}
    (files / "pairs.jsonl").write_text(json.dumps(pair) + "\n", encoding="utf-8")

    said = [
        dingxin("evaluate", "flips", "--pairs", "pairs.jsonl", *more, "--json", "f.json").stdout
        for more in ((), ("--model", "packaged"))
    ]

    assert [one.splitlines()[0].split("; ")[0] for one in said] == [
        "models measured: version 1",
        "models measured: the packaged version",
    ]


def test_a_version_that_is_named_and_cannot_serve_is_an_error(doubting: ModelStore, dingxin: Dingxin) -> None:
    doubting.keep(load_models(), of_another_program())

    unfit, unknown = (dingxin(*words("answers"), "--model", version) for version in ("2", "7"))

    assert (unfit.exit_code, unknown.exit_code) == (1, 1)
    assert "made for another version of the program" in unfit.stderr
    assert unknown.stderr == "version 7 of the models is not there\n"
