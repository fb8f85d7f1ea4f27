"""A service with something to learn from, and little that comes with the program, so that learning takes a second."""

import json
from pathlib import Path

import pytest

from bot.commands import training
from bot.learning.model_store import ModelStore
from bot.store.engine import Database
from bot.store.inquiries import ReportState
from bot.store.vault import Vault
from knowledge.claim_seeds import sample_claims
from knowledge.seeds import sample_articles
from tests.bot.commands.conftest import Dingxin
from tests.bot.learning.lessons import few_lessons
from tests.bot.store.people import a_resident, put_report

LESSONS = few_lessons()
QUESTIONS = ("在哪里做核酸", "学校几时开学", "快递能不能送到门口", "从兰州回来要隔离吗")
RUMOURS = ("喝高度白酒能杀死病毒", "明天全县封路", "超市的盐卖光了", "吃大蒜不得病")
REPORTED = "鱻麤村的人说明天要封路，快跑"


def shrink_what_comes_with_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """To a tenth of itself."""
    monkeypatch.setattr(training, "load_lessons", lambda: LESSONS)
    monkeypatch.setattr(training, "sample_articles", lambda *, day: sample_articles(day=day)[::8])
    monkeypatch.setattr(training, "sample_claims", lambda *, day: sample_claims(day=day)[::8])


def publish(folder: Path, dingxin: Dingxin) -> None:
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
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    assert dingxin("knowledge", "import", "articles.jsonl").exit_code == 0
    assert dingxin("rumours", "import", "claims.jsonl").exit_code == 0


def decide_on_a_report(stored: Database, seal: Vault) -> None:
    """Staff have said which claim it repeats."""
    person = a_resident(stored, seal)
    with stored.transaction() as session:
        put_report(
            session,
            REPORTED,
            resident_id=person,
            state=ReportState.DECIDED,
            claim_id="c1",
            likelihood=0.6,
        )


def versions(folder: Path) -> ModelStore:
    return ModelStore(folder / "var" / "models")
