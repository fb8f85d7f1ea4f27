"""`dingxin knowledge train`: models as plain numbers in a folder, the running service untouched."""

import json
from pathlib import Path

import pytest

from knowledge.models import MATCHING
from tests.bot.commands.conftest import Dingxin

DATA = Path(__file__).parents[2] / "data"
LESSONS = ("--messages", DATA / "rumour_messages.jsonl", "--lines", DATA / "routing_lines.jsonl")
QUESTIONS = ("在哪里做核酸", "学校几时开学", "快递能不能送到门口", "从兰州回来要隔离吗")
RUMOURS = ("喝高度白酒能杀死病毒", "明天全县封路", "超市的盐卖光了", "吃大蒜不得病")


@pytest.fixture
def taught(installed: Path, dingxin: Dingxin) -> Path:
    """A service that knows a little."""
    articles = [
        {"id": f"a{number}", "question": text, "answer": "…", "phrasings": [f"请问{text}", f"{text}哩"]}
        for number, text in enumerate(QUESTIONS)
    ]
    claims = [
        {
            "id": f"c{number}",
            "text": text,
            "verdict": "false",
            "explanation": "…",
            "phrasings": [f"听说{text}"],
        }
        for number, text in enumerate(RUMOURS)
    ]
    for name, objects in (("articles", articles), ("claims", claims)):
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)
        (installed / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    assert dingxin("knowledge", "import", "articles.jsonl").exit_code == 0
    assert dingxin("rumours", "import", "claims.jsonl").exit_code == 0
    return installed


def test_the_models_are_written_with_what_they_were_fitted_on(taught: Path, dingxin: Dingxin) -> None:
    result = dingxin("knowledge", "train", *LESSONS, "--out", "weights")
    assert result.exit_code == 0, result.stderr
    assert "4 articles and 4 claims left out in turn" in result.stdout
    names = {path.name for path in (taught / "weights").iterdir()}
    assert {"answers.toml", "rumours.toml", "flag.toml"} <= names
    answers = (taught / "weights" / "answers.toml").read_text(encoding="utf-8")
    assert all(f"{feature} = " in answers for feature in MATCHING)
    assert not any(text in answers for text in QUESTIONS)


def test_without_knowledge_there_is_nothing_to_learn_from(installed: Path, dingxin: Dingxin) -> None:
    result = dingxin("knowledge", "train", *LESSONS, "--out", "weights")
    assert result.exit_code == 1
    assert result.stderr == "there is nothing to learn from; import articles and claims first\n"
    assert not (installed / "weights").exists()


def test_lessons_of_one_kind_only_teach_too_little(taught: Path, dingxin: Dingxin) -> None:
    (taught / "m.jsonl").write_text('{"text": "你好", "claims": [], "rumour": false}\n', encoding="utf-8")
    result = dingxin("knowledge", "train", "--messages", "m.jsonl", *LESSONS[2:], "--out", "weights")
    assert result.exit_code == 1
    assert "the labelled files teach too little" in result.stderr
