"""The card to pass on: a picture of a bounded size whose code leads to the page; none where there is no font."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from bot.public.blueprint import make_blueprint
from bot.public.cards import COLOURS, LEAST_HEIGHT, WIDTH, Card, CardPress, draw
from bot.public.fonts import Face, Faces, find_faces
from bot.public.reader import PAGE_SECONDS
from bot.public.wrapping import sentences, shorten, wrap
from bot.runtime import Runtime
from bot.settings import Settings
from knowledge.claim import Verdict
from tests.bot.public.conftest import ADDRESS

CARD = Card(
    verdict=Verdict.FALSE,
    word="不实",
    fact="菜市场摊主检测全部为阴性，市场照常开门。",
    claim="菜市场的摊主全部阳性",
    source="市疾控中心（示例）《情况说明》",
    day="2022年7月14日",
    name="定心",
    office="市民政局（示例）",
    hotline="12345",
    address=f"{ADDRESS}/p/rumours/market",
)
LONG = "这一句话用来把卡片写得很长很长，" * 30 + "到这里才完。"
TALLEST = 1_250


@pytest.fixture(scope="session")
def faces() -> Faces:
    found = find_faces("")
    if found is None:
        pytest.skip("no Chinese font on this machine")
    return found


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_card_is_a_picture_of_the_width_phones_like(faces: Faces) -> None:
    picture = opened(draw(CARD, faces=faces))
    assert (picture.format, picture.width, picture.height) == ("PNG", WIDTH, LEAST_HEIGHT)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_its_colour(verdict: Verdict, faces: Faces) -> None:
    picture = opened(draw(replace(CARD, verdict=verdict), faces=faces)).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1_000) or []}
    wanted = tuple(bytes.fromhex(COLOURS[verdict].removeprefix("#")))
    assert any(max(abs(a - b) for a, b in zip(colour, wanted, strict=True)) < 6 for colour in colours)


def test_long_texts_are_shortened_and_the_card_stays_a_card(faces: Faces) -> None:
    crowded = replace(CARD, word="暂无法核实", fact=LONG, claim=LONG, source=LONG, office=LONG)
    picture = opened(draw(crowded, faces=faces))
    assert (picture.width, picture.height <= TALLEST) == (WIDTH, True)


def test_nothing_is_written_beyond_the_margin(faces: Faces) -> None:
    for card in (CARD, replace(CARD, word="暂无法核实", fact=LONG, claim=LONG, source=LONG, office=LONG)):
        picture = opened(draw(card, faces=faces)).convert("RGB")
        edge = picture.crop((WIDTH - 30, 130, WIDTH, picture.height))
        assert edge.getcolors(10) == [(edge.width * edge.height, (255, 255, 255))]


def test_the_same_card_is_drawn_once(faces: Faces) -> None:
    press = CardPress(faces)
    assert press.png(CARD) is press.png(replace(CARD))


@pytest.mark.ocr
def test_the_code_on_a_card_leads_to_the_page(reader: FlaskClient, faces: Faces) -> None:
    del faces
    cv2 = pytest.importorskip("cv2")
    numpy = pytest.importorskip("numpy")
    png = reader.get("/p/rumours/wine/card.png").data
    picture = cv2.imdecode(numpy.frombuffer(png, numpy.uint8), cv2.IMREAD_COLOR)
    read, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert read == f"{ADDRESS}/p/rumours/wine"


@pytest.mark.ocr
def test_the_code_of_a_community_leads_to_its_page(reader: FlaskClient) -> None:
    cv2 = pytest.importorskip("cv2")
    numpy = pytest.importorskip("numpy")
    png = reader.get("/p/communities/621121100201/qr.png").data
    picture = cv2.imdecode(numpy.frombuffer(png, numpy.uint8), cv2.IMREAD_COLOR)
    read, *_ = cv2.QRCodeDetector().detectAndDecode(picture)
    assert read == f"{ADDRESS}/p/communities/621121100201"


def test_without_a_font_there_is_no_card_and_no_link_to_one(runtime: Runtime, settings: Settings) -> None:
    service = settings.service.model_copy(update={"card_font": "no-such-font.ttc"})
    without = replace(runtime, settings=settings.model_copy(update={"service": service}))
    app = Flask("public")
    app.register_blueprint(make_blueprint(without))
    reader = app.test_client()
    response = reader.get("/p/rumours/wine/card.png")
    assert (response.status_code, "没有这一页" in response.text) == (404, True)
    assert "card.png" not in reader.get("/p/rumours/wine").text


def test_a_font_is_found_by_the_names_systems_give_it(tmp_path: Path) -> None:
    assert find_faces("", [tmp_path]) is None
    (tmp_path / "truetype").mkdir()
    plain = tmp_path / "truetype" / "wqy-zenhei.ttc"
    plain.touch()
    assert find_faces("", [tmp_path]) == Faces(Face(plain), Face(plain))
    better, bold = tmp_path / "NotoSansCJK-Regular.ttc", tmp_path / "NotoSansCJK-Bold.ttc"
    better.touch()
    bold.touch()
    assert find_faces("", [tmp_path]) == Faces(Face(better, 2), Face(bold, 2))
    assert find_faces(str(plain), [tmp_path]) is None
    plain.write_bytes(b"ttcf")
    assert find_faces(str(plain), [tmp_path]) == Faces(Face(plain), Face(plain))


def test_no_line_begins_with_a_mark_or_ends_with_an_opening_one() -> None:
    text = "他们说“明天封路”，其实没有；请以通知为准。（示例）《告示》第12号、第345号。"
    for width in range(3, 20):
        lines = wrap(text, width=width, measure=len)
        assert "".join(lines) == text
        if width >= 6:
            assert not [line for line in lines if line[0] in "，。；、）》”" or line[-1] in "“（《"]
            assert max(map(len, lines)) <= width


def test_a_number_is_not_torn_apart() -> None:
    assert wrap("拨打12345咨询", width=5, measure=len) == ("拨打", "12345", "咨询")


def test_a_text_is_shortened_at_the_end_of_a_sentence() -> None:
    text = "第一句。“第二句。”第三句很长很长。"
    assert sentences(text) == ("第一句。", "“第二句。”", "第三句很长很长。")
    assert shorten(text, lambda part: len(part) <= 12) == "第一句。“第二句。”"
    assert shorten("前一半，后一半也不短。", lambda part: len(part) <= 7) == "前一半……"
    assert shorten("短句。", lambda part: len(part) <= 7) == "短句。"


def test_a_picture_of_what_was_corrected_does_not_live_on_in_caches(
    reader: FlaskClient, faces: Faces
) -> None:
    assert faces
    assert reader.get("/p/rumours/wine/card.png").cache_control.max_age == PAGE_SECONDS
