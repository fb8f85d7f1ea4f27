"""Articles and claims that can be read but not be stored."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.errors import ImportFaults, NotFound
from bot.imports.knowledge import read_articles, read_claims
from bot.imports.remarks import remarks_on
from bot.store import articles as article_rows
from bot.store import claims as claim_rows
from bot.store.engine import Database
from knowledge.article import Article, Scope, Source, Validity
from tests.bot.places import TONGWEI, TREE

DAY = date(2022, 7, 14)


def write(folder: Path, *objects: dict[str, object]) -> Path:
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps(one) + "\n\n" for one in objects), encoding="utf-8")
    return path


def write_folder(folder: Path, entries: str) -> Path:
    (folder / "here.toml").write_text(entries, encoding="utf-8")
    return folder


def write_claims(folder: Path, *ids: str) -> Path:
    path = folder / "claims.jsonl"
    objects = ({"id": one, "text": "说", "verdict": "false", "explanation": "不"} for one in ids)
    path.write_text("".join(json.dumps(one) + "\n\n" for one in objects), encoding="utf-8")
    return path


def article(**fields: object) -> dict[str, object]:
    return {"id": "a", "question": "问", "answer": "答", **fields}


def test_an_article_for_a_known_area_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, article(area_code=TONGWEI.code))
    (read,) = read_articles(path, day=DAY, tree=TREE)
    assert read.scope == Scope(TONGWEI.code)


def test_what_the_database_cannot_keep_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        article(id="a", area_code="999999999999"),
        article(id="b", answer="半个字\ud800"),
        article(id="c", question="零\0"),
        article(id="d", source={"issuer": "某" * 121, "url": "h" * 1001}),
        article(id="e" * 81),
        article(id="f", answer="长" * 20_001),
        article(id="g", answer="铃\a"),
        article(id="h", source={"issuer": "某局\x1b"}),
    )
    with pytest.raises(ImportFaults) as caught:
        read_articles(path, day=DAY, tree=TREE)
    assert [(fault.line, fault.column, fault.reason.split(";")[0]) for fault in caught.value.faults] == [
        (1, "a.area_code", "there is no area 999999999999"),
        (3, "b.text", "has a control character or half a character in it (\\u0007, \\ud800…)"),
        (5, "c.text", "has a control character or half a character in it (\\u0007, \\ud800…)"),
        (7, "d.source.issuer", "has 121 characters, at most 120 are kept"),
        (7, "d.source.url", "has 1001 characters, at most 1000 are kept"),
        (9, f"{'e' * 80}.id", "has 81 characters, at most 80 are kept"),
        (11, "f.text", "has 20001 characters, at most 20000 are kept"),
        (13, "g.text", "has a control character or half a character in it (\\u0007, \\ud800…)"),
        (15, "h.source.issuer", "has a control character or half a character in it (\\u0007, \\ud800…)"),
    ]


def test_a_claim_for_an_unknown_area_is_told_with_its_line(tmp_path: Path) -> None:
    claim: dict[str, object] = {
        "id": "a",
        "text": "说",
        "verdict": "false",
        "explanation": "不",
        "area_code": "999999999999",
    }
    with pytest.raises(ImportFaults, match=r"a.jsonl:1: a.area_code: there is no area 999999999999"):
        read_claims(write(tmp_path, claim), day=DAY, tree=TREE)


def test_what_stands_in_a_folder_is_told_with_the_line_of_its_field(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        """
[[article]]
id = "water"
question = "几点停水"
answer = '''
这样写：
id = "water"
'''
category = "other"
area_code = "999999999999"
""",
    )

    with pytest.raises(ImportFaults) as caught:
        read_articles(folder, day=DAY, tree=TREE)

    assert [(fault.file, fault.line, fault.column) for fault in caught.value.faults] == [
        ("here.toml", 10, "water.area_code")
    ]


def test_where_nobody_knows_the_line_the_file_is_told(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        """
[[article]]
id = "water"
question = "几点停水"
answer = '''
[[article]]
'''
category = "other"
area_code = "999999999999"
""",
    )

    with pytest.raises(ImportFaults, match=r"^here\.toml: water\.area_code: there is no area"):
        read_articles(folder, day=DAY, tree=TREE)


def test_an_id_that_no_database_takes_is_told_with_all_other_faults(
    database: Database, tmp_path: Path
) -> None:
    path = write(
        tmp_path, article(id="a\0"), article(id="b\ud800"), article(id="c", answer="零\0"), article(id="d")
    )
    claims = write_claims(tmp_path, "a\0", "b\ud800")
    with database.reading() as session, pytest.raises(ImportFaults) as caught:
        read_articles(path, day=DAY, tree=TREE, desk=lambda found: article_rows.in_hand(session, found))
    with database.reading() as session, pytest.raises(ImportFaults) as about_claims:
        read_claims(claims, day=DAY, tree=TREE, desk=lambda found: claim_rows.in_hand(session, found))

    assert {fault.line for fault in caught.value.faults} == {1, 3, 5}
    assert {fault.line for fault in about_claims.value.faults} == {1, 3}


def test_without_a_tree_areas_are_not_checked(tmp_path: Path) -> None:
    assert len(read_articles(write(tmp_path, article(area_code="999999999999")), day=DAY, tree=None)) == 1


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file or folder"):
        read_articles(tmp_path / "nix", day=DAY, tree=None)


def test_what_may_be_meant_so_is_remarked_on() -> None:
    source = Source("某局")
    articles = (
        Article("a", "哪里做核酸？", "答", source=source),
        Article("b", "办证", "答", ("哪里做核酸",), source=source),
        Article("c", "哪里做核酸", "答", source=source, scope=Scope(TONGWEI.code)),
        Article("d", "几点", "答", source=source, validity=Validity(valid_to=date(2022, 7, 13))),
        Article("e", "今天", "答", source=source, validity=Validity(valid_to=DAY)),
        Article("f", "无源", "答"),
    )
    remarks = list(remarks_on(articles, day=DAY))
    assert [remark.split(":")[0] for remark in remarks] == ["d", "f", "a, b"]
