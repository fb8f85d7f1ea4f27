"""The claims that come with Dingxin, and the folders they are read from and written to."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.article import Scope, Source, Validity
from knowledge.claim import Claim, Topic, Verdict
from knowledge.claim_seeds import SeedError, read_claims, sample_claims, write_claims
from knowledge.contradiction import differences
from knowledge.library import Library
from knowledge.places import Places
from knowledge.rumours import Known, check_rumour
from knowledge.text import Segmenter, bare, normalise

DAY = date(2022, 7, 14)
COUNTIES = ("定西市", "安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县")
FLIPS = (
    ("lock-tongwei-high-risk", "lock-longxi-high-risk"),
    ("lock-tongwei-3-days", "lock-tongwei-30-days"),
    ("lock-lintao-all-open", "lock-lintao-part-open"),
    ("lock-tongwei-all-open", "lock-lintao-part-open"),
    ("food-potato-10", "food-potato-2"),
    ("test-mass-free", "test-mass-40"),
    ("accuse-vegetable-market", "accuse-vegetable-market-clear"),
    ("travel-report-48", "travel-report-24"),
    ("school-tongwei-online", "school-zhang-online"),
)
"""The same frame with another place, number or negation, and another verdict: a mix-up would do harm."""
GOOD = """
[[claim]]
id = "one"
text = "封城了"
verdict = "false"
explanation = "没有。"
topic = "lock_down"
"""


@pytest.fixture(scope="module")
def claims() -> dict[str, Claim]:
    return {claim.id: claim for claim in sample_claims(day=DAY)}


@pytest.fixture(scope="module")
def library(claims: dict[str, Claim], segmenter: Segmenter) -> Library:
    return Library.build(claims=claims.values(), places=COUNTIES, segmenter=segmenter)


def faults_of(folder: Path) -> str:
    with pytest.raises(SeedError) as caught:
        read_claims(folder, day=DAY)
    return str(caught.value)


def test_every_topic_has_claims_and_there_are_enough_of_them(claims: dict[str, Claim]):
    by_topic = Counter(claim.topic for claim in claims.values())

    assert len(claims) >= 95
    assert all(by_topic[topic] >= 5 for topic in Topic)


def test_every_verdict_is_given_so_that_no_word_for_residents_goes_unused(claims: dict[str, Claim]):
    by_verdict = Counter(claim.verdict for claim in claims.values())

    least = {Verdict.TRUE: 8, Verdict.OUTDATED: 5, Verdict.UNPROVEN: 4, Verdict.UNVERIFIABLE: 3}
    assert all(by_verdict[verdict] >= count for verdict, count in least.items())
    assert by_verdict[Verdict.FALSE] + by_verdict[Verdict.MISLEADING] > len(claims) / 2


def test_no_wording_stands_twice_even_when_written_otherwise(claims: dict[str, Claim]):
    wordings = Counter(bare(normalise(text)) for claim in claims.values() for text in claim.texts)

    assert [wording for wording, count in wordings.items() if count > 1] == []


def test_every_claim_is_known_in_several_wordings_and_some_as_long_forwarded_messages(
    claims: dict[str, Claim],
):
    assert all(len(claim.phrasings) >= 4 for claim in claims.values())
    assert sum(max(map(len, claim.texts)) >= 100 for claim in claims.values()) >= 20


def test_explanations_are_short_enough_to_be_read(claims: dict[str, Claim]):
    assert all(40 <= len(claim.explanation) <= 300 for claim in claims.values())
    assert all(len(claim.explanation.encode()) < 1200 for claim in claims.values())


def test_every_verdict_names_its_source_and_its_day(claims: dict[str, Claim]):
    for claim in claims.values():
        assert claim.source is not None
        assert claim.source.issuer
        assert claim.source.title
        assert claim.published_on is not None
        assert claim.published_on <= DAY


def test_whatever_names_a_place_here_is_marked_as_a_sample_and_expires(claims: dict[str, Claim]):
    local = [claim for claim in claims.values() if claim.source and claim.source.title.startswith("示例")]
    names = [name.removesuffix("县").removesuffix("区") for name in COUNTIES[1:] if name != "漳县"]

    assert len(local) >= 40
    for claim in local:
        assert claim.source is not None
        assert claim.source.issued_on is not None
        assert claim.validity.valid_to is not None
        assert claim.validity.holds_on(DAY)
        assert claim.validity.valid_to <= DAY + timedelta(days=30)
    for claim in claims.values():
        assert claim in local or not any(name in claim.text for name in names)


def test_days_move_with_the_day_of_reading(claims: dict[str, Claim]):
    later = {claim.id: claim for claim in sample_claims(day=DAY + timedelta(days=100))}

    for claim in claims.values():
        assert claim.published_on is not None
        assert later[claim.id].published_on == claim.published_on + timedelta(days=100)


@pytest.mark.parametrize(("one", "other"), FLIPS)
def test_near_misses_stand_side_by_side_with_other_verdicts(claims: dict[str, Claim], one: str, other: str):
    left, right = claims[one], claims[other]

    assert left.verdict is not right.verdict
    assert differences(left.text, right.text, places=Places(COUNTIES))


@pytest.mark.parametrize(("one", "other"), [*FLIPS, *(pair[::-1] for pair in FLIPS)])
def test_a_claim_not_yet_published_never_gets_its_near_miss_verdict(
    claims: dict[str, Claim], library: Library, one: str, other: str
):
    library.withdraw_claim(one)
    try:
        result = check_rumour(claims[one].text, library=library, area_path=(), day=DAY)
    finally:
        library.publish_claim(claims[one])

    assert not (isinstance(result, Known) and result.best.claim.id == other)


def test_every_wording_finds_its_own_claim_first(claims: dict[str, Claim], library: Library):
    missed = []
    for claim in claims.values():
        for text in claim.texts:
            result = check_rumour(text, library=library, area_path=(), day=DAY)
            if not result.matches or result.matches[0].claim.id != claim.id:
                missed.append(text)

    assert missed == []


@pytest.mark.parametrize(
    ("message", "claim"),
    [
        ("听说喝白酒就能杀病毒", "myth-liquor"),
        ("群里说喷白酒能杀病毒，靠谱吗", "myth-liquor-spray"),
        ("大蒜水可以治新冠", "myth-garlic"),
        ("吃大蒜能不能杀病毒", "myth-garlic"),
        ("喝童子尿能防新冠", "myth-urine"),
        ("都说连花清瘟能防新冠", "medicine-herbal-prevent"),
        ("都说连花清瘟能治新冠", "medicine-herbal-cure"),
        ("群里说盐要涨价了赶紧囤", "food-salt-price"),
        ("村里人说通渭县明天全面解封", "lock-tongwei-all-open"),
        ("听说蚊子会传染新冠", "myth-mosquito"),
    ],
)
def test_a_rumour_told_in_a_few_words_gets_its_verdict(library: Library, message: str, claim: str):
    result = check_rumour(message, library=library, area_path=(), day=DAY)

    assert isinstance(result, Known)
    assert result.best.claim.id == claim


@pytest.mark.parametrize(
    "message",
    [
        "听说喝白酒不能杀病毒",
        "听说喝白酒能治感冒",
        "听说吃生姜能杀病毒",
        "听说糖要涨价了赶紧囤",
        "听说盐不会涨价",
        "听说通渭县部分小区明天解封",
        "听说通渭县有几个小区明天解封",
        "听说通渭县后天全面解封",
        "听说陇西县明天全面解封",
        "听说通渭县明天全面封控",
        "感冒会不会传染",
        "听说苍蝇会传染新冠",
    ],
)
def test_another_thing_said_in_a_few_words_gets_no_verdict(library: Library, message: str):
    assert not isinstance(check_rumour(message, library=library, area_path=(), day=DAY), Known)


def test_what_is_written_reads_back_the_same(tmp_path: Path, claims: dict[str, Claim]):
    write_claims(claims.values(), tmp_path)

    assert {claim.id: claim for claim in read_claims(tmp_path, day=date(2030, 1, 1))} == claims


def test_odd_texts_survive_writing(tmp_path: Path):
    odd = Claim(
        id='quote"back\\slash',
        text='换行\n制表\t引号"\'\'\'"""反斜杠\\n删除\x7f空\x00',
        verdict=Verdict.UNPROVEN,
        explanation="👨‍👩‍👧 \u2028 €",
        phrasings=("#不是注释", "[[claim]]"),
        source=Source("某局", document_number="一号", url="https://example.invalid/?a=1&b=2"),
        published_on=date(2022, 1, 2),
        validity=Validity(date(2022, 1, 1), date(2022, 2, 1)),
        scope=Scope("621121000000"),
        topic=Topic.OTHER,
    )
    bare_one = Claim(id="bare", text="无", verdict=Verdict.TRUE, explanation="有")

    write_claims((odd, bare_one), tmp_path)

    assert read_claims(tmp_path, day=DAY) == (bare_one, odd)


def test_writing_again_removes_the_file_of_a_topic_left_empty(tmp_path: Path):
    claim = Claim(id="a", text="无", verdict=Verdict.TRUE, explanation="有", topic=Topic.SCAM)
    write_claims((claim,), tmp_path)
    write_claims((), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_made_up_claim_without_an_end_is_refused(tmp_path: Path):
    text = GOOD + 'sample = true\nsource = { issuer = "某局", title = "示例：说明" }\n'
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")

    assert "a.toml:2: claim one: valid_to: is missing" in faults_of(tmp_path)


def test_all_faults_are_told_at_once_with_file_claim_and_field(tmp_path: Path):
    (tmp_path / "a.toml").write_text(
        GOOD.replace('"false"', '"wrong"') + 'colour = 1\narea_code = "62"\nvalid_to_days = "soon"\n', "utf-8"
    )
    (tmp_path / "b.toml").write_text(GOOD.replace('topic = "lock_down"', 'phrasings = [""]'), "utf-8")
    (tmp_path / "c.toml").write_text("[[claim", "utf-8")

    said = re.sub(r"toml:\d+", "toml", faults_of(tmp_path))

    for fault in (
        "a.toml: claim one: verdict: must be one of",
        "a.toml: claim one: colour: is not known",
        "a.toml: claim one: area_code: must be a division code",
        "a.toml: claim one: valid_to_days: must be a whole number",
        "b.toml: claim one: topic: must be one of",
        "b.toml: claim one: phrasings: must be a list of texts",
        "b.toml: claim one: id: stands in the folder twice",
        "c.toml: is not TOML",
    ):
        assert fault in said
