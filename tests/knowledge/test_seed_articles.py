"""The starter articles, and the reader and writer of their folders."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from string import Template

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from knowledge.answering import Answer, find_answer
from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.labelled import read_questions
from knowledge.library import Library
from knowledge.seeds import SeedError, plain_articles, read_articles, sample_articles, write_articles
from knowledge.text import Segmenter, bare, normalise

LABELLED = Path(__file__).parent.parent / "data"
ALIKE = 70
"""Of 100: two sentences nearer than this are one sentence in two writings."""
DAY = date(2022, 7, 15)
DINGXI, ANDING, TONGWEI, LINTAO = "621100000000", "621102000000", "621121000000", "621124000000"
WECHAT_BYTES = 2048
FRAME_BYTES = 100
"""Room for 依据, 截至 and the date around an answer."""
GENERAL_KNOWLEDGE = {Category.MEDICINE, Category.VACCINATION, Category.MENTAL_HEALTH}
"""Where a sample may hold without end: what it says is true everywhere and always, only its source is made up."""
HOTLINES = {"110", "119", "120", "12110", "12305", "12306", "12315", "12320", "12333"} | {
    *("12338", "12345", "12348", "12356", "95598")
}


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    return sample_articles(day=DAY)


def is_sample(article: Article) -> bool:
    return article.source is not None and article.source.title.startswith("示例")


def by_question(articles: tuple[Article, ...]) -> dict[str, list[Article]]:
    found: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        found[article.question].append(article)
    return found


def test_there_are_at_least_110_articles_and_every_category_has_some(articles: tuple[Article, ...]):
    counts = Counter(article.category for article in articles)

    assert len(articles) >= 110
    assert counts.keys() == set(Category)
    assert min(counts.values()) >= 4


def test_each_category_stands_in_the_file_of_its_name():
    folder = files("knowledge").joinpath("seed", "articles")

    assert {file.name for file in folder.iterdir()} == {f"{category}.toml" for category in Category}
    for category in Category:
        content = folder.joinpath(f"{category}.toml").read_text(encoding="utf-8")
        assert content.count("[[article]]") == content.count(f'\ncategory = "{category}"\n')


def test_every_article_can_be_asked_in_six_different_plain_ways_and_no_wording_stands_twice(
    articles: tuple[Article, ...],
):
    assert [one.id for one in plain_articles(day=DAY) if len(one.phrasings) < 6] == []
    for article in articles:
        assert len({bare(normalise(text)) for text in article.phrasings}) == len(article.phrasings), (
            article.id
        )


def test_how_people_tell_it_finds_an_article_and_teaches_no_judge(articles: tuple[Article, ...]):
    plain = {article.id: article for article in plain_articles(day=DAY)}

    assert plain.keys() == {article.id for article in articles}
    for article in articles:
        told = article.phrasings[len(plain[article.id].phrasings) :]
        assert len(told) >= 12, article.id
        assert article == replace(plain[article.id], phrasings=(*plain[article.id].phrasings, *told))


def test_no_wording_an_article_has_resembles_a_question_that_is_measured(articles: tuple[Article, ...]):
    wordings = sorted({bare(normalise(text)) for article in articles for text in article.texts})
    measured = [
        bare(normalise(one.text))
        for name in ("questions.jsonl", "other_matters.jsonl")
        for one in read_questions(LABELLED / name)
    ]

    alike = process.cdist(measured, wordings, scorer=fuzz.ratio, dtype=np.uint8).max(axis=1)

    assert [text for text, closest in zip(measured, alike, strict=True) if closest >= ALIKE] == []


def test_no_wording_leads_to_two_different_questions(articles: tuple[Article, ...]):
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        for text in article.texts:
            asked[bare(normalise(text))].add(article.question)

    assert {text: questions for text, questions in asked.items() if len(questions) > 1} == {}


def test_articles_with_one_question_hold_in_different_areas(articles: tuple[Article, ...]):
    for question, same in by_question(articles).items():
        scopes = [article.scope for article in same]
        assert len(set(scopes)) == len(scopes), question


def test_at_least_eight_questions_are_answered_differently_by_area(articles: tuple[Article, ...]):
    groups = [same for same in by_question(articles).values() if len(same) > 1]

    assert len(groups) >= 8
    for same in groups:
        assert {article.scope.area_code for article in same} == {"", TONGWEI, LINTAO}
        assert len({article.answer for article in same}) == len(same)


def test_an_answer_fits_one_wechat_message_with_its_source(articles: tuple[Article, ...]):
    for article in articles:
        assert article.source
        said = article.source.issuer + article.source.title + article.source.document_number
        assert len((article.answer + said).encode()) + FRAME_BYTES <= WECHAT_BYTES, article.id
        assert len(article.answer) <= 400, article.id


def test_every_article_names_who_issued_it(articles: tuple[Article, ...]):
    for article in articles:
        assert article.source, article.id
        assert article.source.issuer, article.id
        assert article.source.title, article.id


def test_what_is_local_is_marked_as_a_sample_by_title_and_issuer(articles: tuple[Article, ...]):
    for article in articles:
        assert article.source
        local = any(place in article.source.issuer for place in ("定西", "安定", "通渭", "临洮"))
        assert is_sample(article) == local == ("示例" in article.source.issuer), article.id


def test_every_sample_rule_runs_out_and_general_knowledge_does_not(articles: tuple[Article, ...]):
    for article in articles:
        unending = article.validity == Validity()
        if not is_sample(article):
            assert unending, article.id
        elif unending:
            assert article.category in GENERAL_KNOWLEDGE, article.id
            assert article.scope == Scope(), article.id
        else:
            assert article.validity.valid_from, article.id
            assert article.validity.valid_to, article.id


def test_samples_are_dated_from_the_day_of_reading(articles: tuple[Article, ...]):
    later = {article.id: article for article in sample_articles(day=DAY + timedelta(days=400))}

    for article in articles:
        moved = later[article.id].validity
        if article.validity.valid_to and moved.valid_to:
            assert moved.valid_to - article.validity.valid_to == timedelta(days=400)
        assert moved.holds_on(DAY + timedelta(days=400)) == article.validity.holds_on(DAY)


def test_most_articles_hold_on_the_demo_day_and_some_have_run_out(articles: tuple[Article, ...]):
    over = [article.id for article in articles if not article.validity.holds_on(DAY)]

    assert over == ["testing-mass-round", "city-bus-stop"]


def test_only_public_hotlines_are_named(articles: tuple[Article, ...]):
    for article in articles:
        digits = "".join(char if char.isascii() and char.isdigit() else " " for char in article.answer)
        long = {number for number in digits.split() if len(number) >= 5}
        assert long <= HOTLINES, article.id


@pytest.mark.parametrize(
    ("area_path", "ending"),
    [((DINGXI, ANDING), ""), ((DINGXI, TONGWEI), "-tongwei"), ((DINGXI, LINTAO), "-lintao")],
)
def test_the_article_of_the_nearest_area_answers(
    articles: tuple[Article, ...], segmenter: Segmenter, area_path: tuple[str, ...], ending: str
):
    library = Library.build(articles, segmenter=segmenter)
    groups = [same for same in by_question(articles).values() if len(same) > 1]
    expected = {
        same[0].question: next(
            one.id for one in same if one.scope.area_code == (area_path[1] if ending else "")
        )
        for same in groups
    }

    given = {
        question: find_answer(question, library=library, area_path=area_path, day=DAY)
        for question in expected
    }

    assert {
        question: found.best.article.id for question, found in given.items() if isinstance(found, Answer)
    } == expected


def test_writing_and_reading_gives_the_same_articles(articles: tuple[Article, ...], tmp_path: Path):
    write_articles(articles, tmp_path)

    again = read_articles(tmp_path, day=DAY + timedelta(days=999))

    assert sorted(again, key=lambda article: article.id) == sorted(articles, key=lambda article: article.id)


@pytest.mark.parametrize(
    "text",
    [
        'a "quoted" word and three """ in a row"',
        "a back\\slash, a \\n that is no line end",
        "\nfirst line empty\n\nlast line too\n",
        "carriage\r\nreturn, tab\t, bell\x07, delete\x7f",
        "「引号」“双引号”、#井号 = 等号 [括号]",
    ],
)
def test_any_text_survives_being_written(tmp_path: Path, text: str):
    article = Article(
        id=f"id {text}",
        question=text,
        answer=text,
        phrasings=(text, "别的"),
        source=Source(text, text, text, text, date(2022, 7, 1)),
        validity=Validity(None, date(2022, 8, 1)),
        scope=Scope(TONGWEI),
        category=Category.MASK,
    )

    write_articles([article, Article("bare", "问", "答")], tmp_path)

    assert set(read_articles(tmp_path, day=DAY)) == {article, Article("bare", "问", "答")}


def test_writing_is_the_same_in_any_order_and_drops_a_category_that_emptied(
    articles: tuple[Article, ...], tmp_path: Path
):
    write_articles(articles, tmp_path / "one")
    write_articles(reversed(articles), tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")

    (tmp_path / "one" / "notes.toml").write_text("", encoding="utf-8")
    write_articles([one for one in articles if one.category is Category.MASK], tmp_path / "one")

    assert contents(tmp_path / "one").keys() == {"mask.toml", "notes.toml"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


GOOD = Template("""
[[article]]
id = "$id"
question = "哪里做核酸"
phrasings = ["核酸在哪做"]
answer = "到采样点。"
category = "testing"
$more
[article.source]
issuer = "定西市民政局"
$in_source
""")


@pytest.fixture
def faults_of(tmp_path: Path) -> Callable[[str], list[str]]:
    def read(content: str) -> list[str]:
        (tmp_path / "testing.toml").write_text(content, encoding="utf-8")
        with pytest.raises(SeedError) as caught:
            read_articles(tmp_path, day=DAY)
        return str(caught.value).split("\n")

    return read


def good(name: str = "where", *, more: str = "", in_source: str = "") -> str:
    return GOOD.substitute(id=name, more=more, in_source=in_source)


def said_of(field: str, more: str, in_source: str) -> str:
    """The line of the entry that says it; where none does, its head."""
    key = field.rpartition(".")[2]
    given = (*more.splitlines(), *in_source.splitlines())
    return next((line for line in given if line.startswith(f"{key} ")), "[[article]]")


@pytest.mark.parametrize(
    ("more", "in_source", "field", "reason"),
    [
        ('areacode = ""', "", "areacode", "is not known"),
        ('area_code = "6211"', "", "area_code", "12 digits"),
        ("valid_from = 2022-07-12\nvalid_from_days = 0", "", "valid_from_days", "stands beside valid_from"),
        ('valid_to = "2022-07-12"', "", "valid_to", "without quotes"),
        ("valid_to = 2022-07-12T08:00:00", "", "valid_to", "must be a date"),
        ("valid_to_days = 1.5", "", "valid_to_days", "whole number"),
        ("valid_to_days = true", "", "valid_to_days", "whole number"),
        ("valid_to_days = 99999999", "", "valid_to_days", "at most"),
        ("valid_from_days = 2\nvalid_to_days = 1", "", "valid_to", "before valid_from"),
        ('sample = "yes"', "", "sample", "true or false"),
        ("sample = true", 'title = "通知"', "source.title", "must start with 示例"),
        ("", 'title = "示例:通知"', "sample", "must be true"),
        ("", 'number = "3号"', "source.number", "is not known"),
        ("", "url = 3", "source.url", "must be text"),
        ("", 'issued_on = "昨天"', "source.issued_on", "must be a date"),
    ],
)
def test_a_fault_is_named_with_file_article_field_and_reason(
    faults_of: Callable[[str], list[str]], more: str, in_source: str, field: str, reason: str
):
    (fault,) = faults_of(good(more=more, in_source=in_source))

    line = good(more=more, in_source=in_source).splitlines().index(said_of(field, more, in_source)) + 1
    assert fault.startswith(f"testing.toml:{line}: article where: {field}: ")
    assert reason in fault


def test_all_faults_of_all_files_come_at_once(faults_of: Callable[[str], list[str]], tmp_path: Path):
    (tmp_path / "mask.toml").write_text('[[article]]\nid = "m"\nquestion = 3\n', encoding="utf-8")
    (tmp_path / "school.toml").write_text("[[article]]\nid = = 1\n", encoding="utf-8")
    (tmp_path / "wedding.toml").write_bytes(b'x = "\xff"')
    (tmp_path / "other.toml").write_text('[[claim]]\nid = "c"\n', encoding="utf-8")

    faults = faults_of(good() + good() + '[[article]]\nquestion = "问"\ncategory = "nonsense"\n')

    assert [fault.split(": ")[:3] for fault in faults] == [
        ["mask.toml:3", "article m", "question"],
        ["mask.toml:1", "article m", "answer"],
        ["mask.toml:1", "article m", "category"],
        ["other.toml", "claim", "is not known; known is [[article]]"],
        ["school.toml", "is not TOML", "Invalid value (at line 2, column 6)"],
        ["testing.toml:14", "article where", "id"],
        ["testing.toml:23", "article 3", "id"],
        ["testing.toml:23", "article 3", "answer"],
        ["testing.toml:25", "article 3", "category"],
        ["wedding.toml", "is not UTF-8"],
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("article = 3", "must be tables, each headed [[article]]"),
        ('[[article]]\nid = "a"\nsource = "民政局"', "source: must be a table"),
        ('[[article]]\nid = "a"\nphrasings = "一句"', "phrasings: must be a list of texts"),
        ('[[article]]\nid = "a"\n[article.source]\n', "source.issuer: is missing or empty"),
    ],
)
def test_what_has_the_wrong_shape_is_named(faults_of: Callable[[str], list[str]], content: str, reason: str):
    assert any(reason in fault for fault in faults_of(content))


def test_where_a_text_looks_like_the_head_of_an_entry_no_line_is_said(faults_of: Callable[[str], list[str]]):
    (fault,) = faults_of(
        good(more="area_code = 3").replace("到采样点。", "看这里")
        + good("other").replace('"到采样点。"', "'''\n[[article]]\n'''")
    )

    assert fault.startswith("testing.toml: article where: area_code: ")


def test_a_folder_that_is_missing_or_empty_is_refused(tmp_path: Path):
    with pytest.raises(SeedError, match=r"nowhere: is not a folder"):
        read_articles(tmp_path / "nowhere", day=DAY)
    with pytest.raises(SeedError, match=r"holds no \.toml file"):
        read_articles(tmp_path, day=DAY)
