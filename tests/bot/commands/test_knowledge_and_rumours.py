"""Articles and claims through the command line, in and out and the same again."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import broadcasts
from bot.store.articles import all_articles, knowledge_revision
from bot.store.claims import all_claims
from bot.store.debunks import tie
from bot.store.engine import Database
from broadcasts import lifecycle
from broadcasts.broadcast import Status
from knowledge.jsonl import read_articles_jsonl, read_claims_jsonl
from tests.bot.commands.conftest import Dingxin
from tests.bot.places import TONGWEI
from tests.broadcasts.builders import AUTHOR, NOW, a_content

ARTICLES: list[dict[str, object]] = [
    {
        "id": "testing-where",
        "question": "在哪里做核酸",
        "phrasings": ["核酸点在哪"],
        "answer": "在本村检测点。\n带上身份证。",
        "source": {"issuer": "某市卫健委", "title": "示例通知", "issued_on": "2022-07-12"},
        "valid_from": "2022-07-12",
        "area_code": TONGWEI.code,
        "category": "testing",
    },
    {"id": "who", "question": "打哪个电话", "answer": "打12345。"},
]
CLAIMS: list[dict[str, object]] = [
    {
        "id": "wine",
        "text": "喝酒防病毒",
        "phrasings": ["白酒杀毒"],
        "verdict": "false",
        "explanation": "酒不能防病毒。",
        "source": {
            "issuer": "某卫健委",
            "title": "科普",
            "url": "https://example.org/1",
            "issued_on": "2022-07-01",
        },
        "published_on": "2022-07-12",
        "valid_to": "2030-01-01",
    },
    {"id": "later", "text": "某事要来", "verdict": "unverifiable", "explanation": "暂无法核实。"},
]
FOLDER = """
[[article]]
id = "wedding"
question = "能办婚礼吗"
answer = "先缓办。"
category = "wedding"
valid_from_days = -3
"""
CLAIM_FOLDER = """
[[claim]]
id = "fee"
text = "做核酸要先交钱"
verdict = "false"
explanation = "不收钱。"
topic = "scam"
published_on_days = -2
"""


def write(folder: Path, objects: list[dict[str, object]], name: str) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    return path


def test_articles_go_in_once_and_come_out_as_they_were(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    path = write(settled, ARTICLES, "in.jsonl")
    with stored.reading() as session:
        before = knowledge_revision(session)
    assert dingxin("knowledge", "import", path).stdout == "articles: 2 added, 0 changed, 0 unchanged\n"
    assert dingxin("knowledge", "import", path).stdout == "articles: 0 added, 0 changed, 2 unchanged\n"
    assert dingxin("knowledge", "export", settled / "out.jsonl").exit_code == 0
    assert read_articles_jsonl(settled / "out.jsonl") == read_articles_jsonl(path)
    with stored.reading() as session:
        assert knowledge_revision(session) == before + 1


def test_articles_come_out_as_a_folder_that_goes_in_again(settled: Path, dingxin: Dingxin) -> None:
    dingxin("knowledge", "import", write(settled, ARTICLES, "in.jsonl"))
    assert (
        dingxin("knowledge", "export", settled / "toml").stdout
        == f"articles: 2 written to {settled / 'toml'}\n"
    )
    again = dingxin("knowledge", "import", settled / "toml")
    assert again.stdout == "articles: 0 added, 0 changed, 2 unchanged\n"


def test_a_folder_is_imported(settled: Path, stored: Database, dingxin: Dingxin) -> None:
    folder = settled / "articles"
    folder.mkdir()
    (folder / "wedding.toml").write_text(FOLDER, encoding="utf-8")
    assert dingxin("knowledge", "import", folder).exit_code == 0
    with stored.reading() as session:
        (article,) = all_articles(session)
    assert (article.id, article.category) == ("wedding", "wedding")


def test_an_imported_correction_stops_the_broadcast_that_tells_what_was_there_before(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    dingxin("rumours", "import", write(settled, CLAIMS, "claims.jsonl"))
    with stored.transaction() as session:
        for claim in ("wine", "later"):
            one = lifecycle.draft(f"b-{claim}", a_content(), by=AUTHOR, at=NOW)
            broadcasts.save(session, one, now=NOW)
            tie(session, one.id, claim_id=claim, version=1)

    dingxin("rumours", "import", write(settled, [{**CLAIMS[0], "verdict": "misleading"}], "again.jsonl"))

    with stored.reading() as session:
        assert broadcasts.find(session, "b-wine").status is Status.HALTED
        assert broadcasts.find(session, "b-later").status is Status.DRAFT


def test_what_the_desk_has_in_hand_is_told_with_its_line_and_nothing_is_imported(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    dingxin("knowledge", "import", write(settled, ARTICLES, "in.jsonl"))
    dingxin("rumours", "import", write(settled, CLAIMS, "claims.jsonl"))
    with stored.transaction() as session:
        session.execute(text("UPDATE articles SET state = 'withdrawn' WHERE id = 'who'"))
        session.execute(text("UPDATE claims SET state = 'closed' WHERE id = 'later'"))
    changed = [{**one, "answer": "改了。"} for one in ARTICLES]
    decided = [{**one, "explanation": "改了。"} for one in CLAIMS]

    again = dingxin("knowledge", "import", write(settled, ARTICLES, "in.jsonl"))
    articles = dingxin(
        "knowledge", "import", write(settled, [{**ARTICLES[0], "id": "new"}, *changed], "in.jsonl")
    )
    claims = dingxin("rumours", "import", write(settled, decided, "claims.jsonl"))

    assert again.exit_code == 0
    assert (articles.exit_code, claims.exit_code) == (1, 1)
    assert "in.jsonl:3: who.id: the desk has its own work on it" in articles.stderr
    assert "claims.jsonl:2: later.id: the desk has its own work on it" in claims.stderr
    with stored.reading() as session:
        assert "改了。" not in {one.answer for one in all_articles(session)}
        assert "改了。" not in {one.explanation for one in all_claims(session)}


def test_what_the_desk_has_in_hand_is_told_with_file_and_line_of_a_folder(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    folder = settled / "articles"
    folder.mkdir()
    (folder / "wedding.toml").write_text(FOLDER, encoding="utf-8")
    dingxin("knowledge", "import", folder)
    with stored.transaction() as session:
        session.execute(text("UPDATE articles SET state = 'withdrawn'"))
    (folder / "wedding.toml").write_text(FOLDER.replace("先缓办。", "改了。"), encoding="utf-8")

    result = dingxin("knowledge", "import", folder)

    assert "wedding.toml:3: wedding.id: the desk has its own work on it" in result.stderr


def test_every_fault_is_told_and_nothing_is_imported(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    wrong: list[dict[str, object]] = [*ARTICLES, {"id": "who", "question": "", "anwser": "x"}]
    result = dingxin("knowledge", "import", write(settled, wrong, "in.jsonl"))
    assert result.exit_code == 1
    assert "in.jsonl:3: id: who stands in the file twice" in result.stderr
    assert "in.jsonl:3: anwser: is not known" in result.stderr
    assert "in.jsonl:3: answer: is missing or empty" in result.stderr
    assert result.stderr.endswith("nothing was changed\n")
    with stored.reading() as session:
        assert all_articles(session) == ()


def test_an_id_of_half_a_character_is_told_with_all_other_faults(settled: Path, dingxin: Dingxin) -> None:
    for half in ("a\ud800", "a\0"):
        articles = [{**ARTICLES[0], "id": half}, {**ARTICLES[1], "answer": "零\0"}]
        imported = dingxin("knowledge", "import", write(settled, articles, "in.jsonl"))
        twice = dingxin("rumours", "import", write(settled, [{**CLAIMS[0], "id": half}] * 2, "claims.jsonl"))

        assert imported.exit_code == twice.exit_code == 1
        assert "in.jsonl:1: a" in imported.stderr
        assert "in.jsonl:2: who.text: has a control character" in imported.stderr
        assert "claims.jsonl:2: id: a" in twice.stderr
        assert "unexpected error" not in imported.stderr + twice.stderr


def test_a_faulty_folder_names_file_article_and_field(settled: Path, dingxin: Dingxin) -> None:
    folder = settled / "articles"
    folder.mkdir()
    (folder / "a.toml").write_text(FOLDER.replace("能办婚礼吗", ""), encoding="utf-8")
    (folder / "b.toml").write_text("[[article", encoding="utf-8")
    result = dingxin("knowledge", "import", folder)
    assert result.exit_code == 1
    assert "a.toml:4: article wedding: question: is missing or empty" in result.stderr
    assert "b.toml: is not TOML" in result.stderr
    assert "nothing was changed" in result.stderr


def test_a_check_remarks_and_changes_nothing(settled: Path, stored: Database, dingxin: Dingxin) -> None:
    result = dingxin("knowledge", "check", write(settled, ARTICLES, "in.jsonl"))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "who: has no source, so it is not shown as official",
        "articles: 2, none at fault",
    ]
    with stored.reading() as session:
        assert all_articles(session) == ()


def test_a_check_fails_for_an_area_nobody_knows(installed: Path, dingxin: Dingxin) -> None:
    result = dingxin("knowledge", "check", write(installed, ARTICLES, "in.jsonl"))
    assert result.exit_code == 1
    assert f"in.jsonl:1: testing-where.area_code: there is no area {TONGWEI.code}" in result.stderr


def test_claims_go_in_once_and_come_out_as_they_were(
    installed: Path, stored: Database, dingxin: Dingxin
) -> None:
    path = write(installed, CLAIMS, "in.jsonl")
    assert dingxin("rumours", "import", path).stdout == "claims: 2 added, 0 changed, 0 unchanged\n"
    assert dingxin("rumours", "import", path).stdout == "claims: 0 added, 0 changed, 2 unchanged\n"
    assert dingxin("rumours", "export", installed / "out.jsonl").exit_code == 0
    assert set(read_claims_jsonl(installed / "out.jsonl")) == set(read_claims_jsonl(path))
    with stored.reading() as session:
        assert len(all_claims(session)) == 2


def test_a_folder_of_claims_is_imported(installed: Path, stored: Database, dingxin: Dingxin) -> None:
    folder = installed / "claims"
    folder.mkdir()
    (folder / "scam.toml").write_text(CLAIM_FOLDER, encoding="utf-8")
    assert dingxin("rumours", "import", folder).stdout == "claims: 1 added, 0 changed, 0 unchanged\n"
    with stored.reading() as session:
        (claim,) = all_claims(session)
    assert (claim.id, claim.verdict, claim.topic) == ("fee", "false", "scam")


def test_claims_come_out_as_claim_reviews(installed: Path, dingxin: Dingxin) -> None:
    dingxin("rumours", "import", write(installed, CLAIMS, "in.jsonl"))
    assert dingxin("rumours", "export", "--format", "claimreview", "out.jsonld").exit_code == 0
    document = json.loads((installed / "out.jsonld").read_text(encoding="utf-8"))
    later, wine = document["@graph"]
    assert document["@context"] == "https://schema.org"
    assert wine["@type"] == "ClaimReview"
    assert wine["claimReviewed"] == "喝酒防病毒"
    assert wine["datePublished"] == "2022-07-12"
    assert wine["expires"] == "2030-01-01"
    assert wine["url"] == "http://127.0.0.1:8000/p/rumours/wine"
    assert wine["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "不实",
        "ratingValue": 1,
        "worstRating": 1,
        "bestRating": 5,
    }
    assert wine["citation"]["publisher"]["name"] == "某卫健委"
    assert wine["citation"]["datePublished"] == "2022-07-01"
    assert "ratingValue" not in later["reviewRating"]
    assert "datePublished" not in later


@pytest.mark.parametrize("verdict", ["maybe", ""])
def test_a_claim_without_a_known_verdict_is_refused(installed: Path, dingxin: Dingxin, verdict: str) -> None:
    wrong = [{**CLAIMS[0], "verdict": verdict}]
    result = dingxin("rumours", "import", write(installed, wrong, "in.jsonl"))
    assert result.exit_code == 1
    assert "in.jsonl:1: verdict: must be one of false, misleading, true" in result.stderr


def test_an_export_into_nowhere_fails_in_one_line(installed: Path, dingxin: Dingxin) -> None:
    result = dingxin("rumours", "export", installed / "nix" / "out.jsonl")
    assert result.exit_code == 1
    assert result.stderr.endswith("No such file or directory\n")
    assert len(result.stderr.splitlines()) == 1
