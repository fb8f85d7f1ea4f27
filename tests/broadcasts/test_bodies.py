"""Letters: what comes with Dingxin keeps to the uses it is made for, and a wrong letter is refused with every fault."""

import re
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from broadcasts.bodies import (
    Bodies,
    Letter,
    LetterError,
    LetterKind,
    bodies_for,
    fill,
    read_letters,
    sample_letters,
)
from broadcasts.placeholders import names_in, spoken

DAY = date(2022, 7, 14)
TEXTS = {
    "group_text": "守好家门。{issuer}，{year}{issued_on}",
    "article": "{title}\n{county}{community}的乡亲们：\n{issuer} {document_number} {issued_on}至{valid_to}",
    "loudspeaker": "{community}的乡亲们，请听。{issuer}，{issued_on}。",
    "card": "守好家门\n市民政局{issued_on}",
    "chat": "您好。{issuer}，{issued_on}",
    "phone_script": "您好，我是{community}的网格员。{issuer}，{issued_on}",
}


def write_letter(
    folder: Path, *, name: str = "letter.toml", kind: str = "initiative", extra: str = "", **texts: str
) -> Path:
    bodies = "\n".join(f"{body} = '''{text}'''" for body, text in (TEXTS | texts).items())
    (folder / name).write_text(
        f"""
kind = "{kind}"
title = "倡议书"
version = "1"
valid_days = 30
{extra}
[source]
issuer = "市民政局"
document_number = "一号"
issued_on_days = -2
[bodies.low]
{bodies}
""",
        encoding="utf-8",
    )
    return folder


def sample_bodies() -> list[tuple[Letter, str, Bodies]]:
    return [
        (letter, risk, bodies)
        for letter in sample_letters(day=DAY)
        for risk, bodies in letter.by_risk.items()
    ]


def faults_of(folder: Path) -> str:
    with pytest.raises(LetterError) as caught:
        read_letters(folder, day=DAY)
    return str(caught.value)


def test_one_letter_of_each_kind_comes_with_a_text_for_closed_areas_too():
    letters = sample_letters(day=DAY)

    assert sorted(letter.kind for letter in letters) == sorted(LetterKind)
    for letter in letters:
        low, high = bodies_for(letter, risk="low"), bodies_for(letter, risk="high")
        assert all(asdict(low)[body] != asdict(high)[body] for body in asdict(low))


def test_medium_and_unknown_risk_get_the_text_that_serves_everywhere():
    for letter in sample_letters(day=DAY):
        assert bodies_for(letter, risk="medium") == bodies_for(letter, risk="low")
        assert bodies_for(letter, risk=None) == bodies_for(letter, risk="low")


def test_a_letter_is_dated_from_the_day_it_is_read_and_ends():
    for letter in sample_letters(day=DAY):
        assert DAY - timedelta(days=7) <= letter.issued_on <= DAY
        assert letter.holds_on(DAY)
        assert letter.holds_on(letter.valid_to)
        assert not letter.holds_on(letter.issued_on - timedelta(days=1))
        assert not letter.holds_on(letter.valid_to + timedelta(days=1))


def test_what_is_made_up_says_so():
    for letter in sample_letters(day=DAY):
        assert "示例" in letter.issuer
        assert "示例" in letter.document_number
        assert letter.issuer in letter.citation
        assert letter.document_number in letter.citation


def test_every_body_says_who_issued_it_and_when():
    for letter, _, bodies in sample_bodies():
        for body, text in asdict(bodies).items():
            issued = spoken(letter.issued_on) if body == "loudspeaker" else f"月{letter.issued_on.day}日"
            assert issued in text
            assert "民政局（示例）" in text


def test_what_goes_to_many_places_at_once_has_nothing_left_to_fill():
    for _, _, bodies in sample_bodies():
        assert not names_in(bodies.chat + bodies.group_text + bodies.card)


def test_chat_stays_under_the_bytes_of_a_reply_and_group_text_under_what_people_read():
    for _, _, bodies in sample_bodies():
        assert len(bodies.chat) <= 600
        assert len(bodies.chat.encode()) < 2048
        assert len(bodies.group_text) <= 300


def test_a_loudspeaker_script_can_be_read_aloud_in_short_sentences():
    for _, _, bodies in sample_bodies():
        script = fill(bodies, county="通渭县", community="马营村").loudspeaker
        assert not re.search(r"[0-9０-９A-Za-z/]", script)
        assert max(map(len, re.split(r"[。？！\n]", script))) <= 30


@pytest.mark.parametrize("day", [date(2022, 12, 31), date(2024, 2, 29), date(2022, 1, 1)])
def test_a_card_fits_in_large_print_on_any_day_of_the_year(day: date):
    for letter in sample_letters(day=day):
        for bodies in letter.by_risk.values():
            title, *lines = bodies.card.splitlines()
            assert len(lines) <= 5
            assert max(map(len, (title, *lines))) <= 14


def test_wedding_words_congratulate_and_funeral_words_condole_before_any_rule():
    first_words = {LetterKind.WEDDING: "恭喜", LetterKind.FUNERAL: "节哀"}
    for letter, _, bodies in sample_bodies():
        for text in asdict(bodies).values():
            before_any_rule = re.split(r"规定|提倡", text)[0]
            assert first_words.get(letter.kind, "") in before_any_rule[:70]


def test_customs_guidance_tells_duty_from_advice_and_names_someone_to_call():
    for letter, _, bodies in sample_bodies():
        duty, advice = ("必须做到", "提倡做到") if letter.kind is LetterKind.INITIATIVE else ("规定", "提倡")
        for text in (bodies.group_text, bodies.article, bodies.chat):
            assert duty in text
            assert advice in text
            assert "12345" in text
        assert "幺二三四五" in bodies.loudspeaker


def test_in_a_closed_area_nobody_is_told_to_go_anywhere():
    high = {letter.kind: bodies_for(letter, risk="high") for letter in sample_letters(day=DAY)}

    assert "足不出户" in high[LetterKind.INITIATIVE].chat
    assert "送上门" in high[LetterKind.INITIATIVE].chat
    assert "不办酒席" in high[LetterKind.WEDDING].chat
    assert "报备社区" in high[LetterKind.FUNERAL].chat
    assert "就近从简" in high[LetterKind.FUNERAL].chat


def test_filling_names_the_place_and_leaves_nothing_open():
    for _, _, bodies in sample_bodies():
        filled = fill(bodies, county="通渭县", community="马营村")

        assert "通渭县马营村" in filled.article
        assert filled.loudspeaker.startswith("马营村的乡亲们")
        assert not names_in("".join(asdict(filled).values()))


def test_a_place_name_that_looks_like_a_placeholder_is_kept_as_it_is(tmp_path: Path):
    (letter,) = read_letters(write_letter(tmp_path), day=DAY)

    filled = fill(bodies_for(letter, risk=None), county="{community}", community="马营村")

    assert "{community}马营村的乡亲们" in filled.article


def test_facts_are_filled_in_writing_and_in_speech(tmp_path: Path):
    (letter,) = read_letters(write_letter(tmp_path), day=DAY)

    bodies = bodies_for(letter, risk=None)

    assert bodies.group_text == "守好家门。市民政局，2022年7月12日"
    assert bodies.loudspeaker == "{community}的乡亲们，请听。市民政局，七月十二日。"
    assert letter.citation == "市民政局《倡议书》（一号，7月12日）"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 1, 1), "一月一日"),
        (date(2022, 10, 10), "十月十日"),
        (date(2022, 11, 20), "十一月二十日"),
        (date(2022, 12, 31), "十二月三十一日"),
    ],
)
def test_days_are_read_aloud_as_people_say_them(day: date, words: str):
    assert spoken(day) == words


@pytest.mark.parametrize(
    ("body", "text", "reason"),
    [
        ("chat", "您好{name}", "has the placeholder {name}"),
        ("chat", "{community}的乡亲们", "has the placeholder {community}"),
        ("card", "{county}", "has the placeholder {county}"),
        ("article", "您好{issuer.title}", "has a brace that belongs to no placeholder"),
        ("article", "您好{", "has a brace that belongs to no placeholder"),
        ("loudspeaker", "请打12345。", "cannot be read aloud"),
        ("loudspeaker", "请看 https：//例。", "cannot be read aloud"),
        ("loudspeaker", "{year}的今天。", "has the placeholder {year}"),
        ("card", "一二三四五六七八九十一二三四五", "has a line over 14 characters"),
        ("card", "一\n二\n三\n四\n五\n六\n七", "has over 6 lines"),
        ("group_text", "好" * 301, "is over 300 characters"),
        ("chat", "好" * 601, "is over 600 characters"),
        ("chat", "👨‍👩‍👧" * 120, "is not under 2048 bytes"),
        ("phone_script", " ", "is missing or not text"),
    ],
)
def test_a_body_unfit_for_its_use_is_refused_by_name(tmp_path: Path, body: str, text: str, reason: str):
    said = faults_of(write_letter(tmp_path, **{body: text}))

    assert f"letter.toml: bodies.low.{body}: {reason}" in said


def test_all_faults_of_all_letters_are_told_at_once(tmp_path: Path):
    write_letter(tmp_path, name="a.toml", kind="party", extra="colour = 1", card="{x}")
    write_letter(tmp_path, name="b.toml", chat="好" * 700)
    (tmp_path / "c.toml").write_text("kind = ", encoding="utf-8")
    (tmp_path / "d.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "e.toml").write_text('kind = "funeral"\nvalid_days = "ten"\nbodies = 3\n', encoding="utf-8")

    said = faults_of(tmp_path)

    for fault in (
        "a.toml: kind: must be one of initiative, wedding, funeral",
        "a.toml: colour: is not known",
        "a.toml: bodies.low.card: has the placeholder {x}",
        "b.toml: bodies.low.chat: is over 600 characters",
        "c.toml: is not TOML",
        "d.toml: is not TOML in UTF-8",
        "e.toml: title: is missing or not text",
        "e.toml: valid_days: must be a whole number of days",
        "e.toml: source: must be a table",
        "e.toml: bodies: must be a table",
        "e.toml: bodies.low: is missing",
    ):
        assert fault in said


def test_a_letter_that_ends_before_it_begins_is_refused(tmp_path: Path):
    folder = write_letter(tmp_path)
    path = folder / "letter.toml"
    path.write_text(path.read_text("utf-8").replace("valid_days = 30", "valid_days = -1"), encoding="utf-8")

    assert "letter.toml: valid_days: ends the letter before it is issued" in faults_of(folder)


def test_an_empty_folder_is_no_letters_but_a_fault(tmp_path: Path):
    assert "holds no .toml file" in faults_of(tmp_path)
