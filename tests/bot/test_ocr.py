"""Reading pictures: what is safe to open, in which order it is read, and a real one drawn by the test."""

import io
import os
import shutil
import struct
import subprocess
import zlib
from importlib.util import find_spec

import pytest

from bot import ocr
from bot.errors import ConfigError
from bot.ocr import MOST_PIXELS, Box, PictureReader, in_reading_order, open_picture, require_ocr

IN_CI = bool(os.environ.get("CI"))
LINES = ("明天起全县停止供水三天", "请大家赶快囤水", "转发给所有亲戚朋友")


def a_font() -> str:
    """Any font with Chinese letters; empty when there is none."""
    lister = shutil.which("fc-list")
    if lister is None:
        return ""
    listed = subprocess.run([lister, ":lang=zh", "file"], capture_output=True, text=True, check=False)  # noqa: S603 - a tool of the system
    return next((line.rstrip(": ") for line in sorted(listed.stdout.splitlines())), "")


def drawn(lines: tuple[str, ...], *, height: int = 400) -> bytes:
    """A screenshot: black on white, one line under the other, the last one at the bottom."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - comes with the optional extra

    font = ImageFont.truetype(a_font(), 40)
    image = Image.new("RGB", (640, height), "white")
    pen = ImageDraw.Draw(image)
    step = (height - 80) // max(len(lines) - 1, 1)
    for number, line in enumerate(lines):
        pen.text((30, 20 + number * step), line, fill="black", font=font)
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return stored.getvalue()


def needs_reading() -> None:
    """What is missing fails in CI, and is one clear line elsewhere."""
    if find_spec("rapidocr_onnxruntime") is None:
        missing = "the OCR extra is not installed (requirements/ocr.txt)"
    elif not a_font():
        missing = "no Chinese font: apt-get install fonts-wqy-zenhei fontconfig"
    else:
        return
    if IN_CI:
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.mark.ocr
def test_a_screenshot_is_read_line_by_line() -> None:
    needs_reading()
    read = PictureReader().read(drawn(LINES))
    assert read.splitlines() == list(LINES)


@pytest.mark.ocr
def test_a_long_screenshot_is_read_in_pieces_to_its_end() -> None:
    needs_reading()
    lines = tuple(f"第{number}条请大家不要聚集" for number in range(101, 131))
    assert PictureReader().read(drawn(lines, height=4_400)).splitlines() == list(lines)


@pytest.mark.ocr
def test_an_empty_picture_has_no_words() -> None:
    needs_reading()
    assert PictureReader().read(drawn(("",))) == ""


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"\0" * 64]
)
def test_what_is_no_picture_is_not_opened(content: bytes) -> None:
    assert open_picture(content) is None


def test_a_picture_that_unpacks_to_far_more_than_it_weighs_is_not_opened() -> None:
    side = 60_000
    assert side * side > MOST_PIXELS
    bomb = png(side, side, zlib.compress(b"\0" * 10_000))
    assert open_picture(bomb) is None


def test_a_picture_cut_off_in_the_middle_is_not_opened() -> None:
    assert open_picture(png(64, 64, zlib.compress(b"\0" * 64)[:8])) is None


def test_text_at_one_height_is_one_line_from_left_to_right() -> None:
    boxes = [
        Box("三天", left=300, top=12, bottom=52),
        Box("请囤水", left=10, top=80, bottom=120),
        Box("停水", left=10, top=10, bottom=50),
    ]
    assert in_reading_order(boxes) == "停水 三天\n请囤水"


def test_without_the_extra_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "EXTRA", "nothing_of_this_name")
    with pytest.raises(ConfigError, match=r"pip install 'dingxin\[ocr\]'"):
        require_ocr()


def png(width: int, height: int, data: bytes) -> bytes:
    """A PNG of this size by its header, whatever its data hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
