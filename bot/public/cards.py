"""A verdict as a picture to pass on: the finding first and largest, the rumour small, and the way to the whole page."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from types import MappingProxyType

import qrcode
from PIL import Image, ImageDraw, ImageFont

from bot.public.fonts import Face, Faces
from bot.public.wrapping import shorten, wrap
from knowledge.claim import Verdict

WIDTH, LEAST_HEIGHT = 750, 1000
MARGIN = 56
BAND = 116
QR_SIDE = 196
KEPT = 64
"""Cards kept by a process, some 40 kB each: those passed on are asked for again and again."""

PAPER, INK, MUTED, LINE, QUIET = "#ffffff", "#1c2733", "#556270", "#d5dce4", "#f1f4f8"
OFFICE_BLUE = "#12406f"
SHORT_WORD = 2
"""Characters: 不实 stands larger than 暂无法核实, which needs the room."""
COLOURS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.FALSE: "#b3261e",
        Verdict.MISLEADING: "#96480a",
        Verdict.TRUE: "#1b6b3a",
        Verdict.OUTDATED: "#4a5568",
        Verdict.UNPROVEN: "#6b4a8a",
        Verdict.UNVERIFIABLE: "#4a5568",
    }
)


@dataclass(frozen=True, slots=True)
class Card:
    """All that stands on one. `address`: the public page, also in the code; `word`: the verdict in Chinese."""

    verdict: Verdict
    word: str
    fact: str
    claim: str
    source: str
    day: str
    name: str
    office: str
    hotline: str
    address: str


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of text: `most` lines, then it is shortened at the end of a sentence."""

    size: int
    colour: str
    most: int
    bold: bool = False
    leading: float = 1.5


FACT = Style(42, INK, 5, bold=True, leading=1.42)
CLAIM = Style(30, INK, 3)
TITLE = Style(40, PAPER, 1, bold=True)
OFFICE = Style(26, "#dce7f3", 1)
LABEL = Style(24, MUTED, 1)
CAPTION = Style(22, MUTED, 1)
SOURCE = Style(24, INK, 5, leading=1.55)
SMALL = Style(24, MUTED, 5, leading=1.55)


class CardPress:
    """Draws one card at a time, since drawing takes a core, and keeps the last ones."""

    def __init__(self, faces: Faces) -> None:
        self._lock = Lock()
        self._drawn: Callable[[Card], bytes] = lru_cache(maxsize=KEPT)(partial(draw, faces=faces))

    def png(self, card: Card) -> bytes:
        """The picture's bytes."""
        with self._lock:
            return self._drawn(card)


def draw(card: Card, *, faces: Faces) -> bytes:
    """A PNG, 750 pixels wide and 1,000 high or a little more. The same card gives the same bytes."""
    board = _Board(faces)
    top = _head(board, card)
    top = _finding(board, card, top)
    top = _rumour(board, card, top)
    bottom = _foot(board, card, top)
    picture = board.image.crop((0, 0, WIDTH, bottom)).quantize(96, dither=Image.Dither.NONE)
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()


class _Board:
    """A sheet that is longer than any card, and pens for it."""

    def __init__(self, faces: Faces) -> None:
        self.image = Image.new("RGB", (WIDTH, 2 * LEAST_HEIGHT), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self._faces = faces
        self._fonts: dict[tuple[int, bool], ImageFont.FreeTypeFont] = {}

    def font(self, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        if (size, bold) not in self._fonts:
            face: Face = self._faces.bold if bold else self._faces.regular
            self._fonts[size, bold] = ImageFont.truetype(face.path, size, index=face.index)
        return self._fonts[size, bold]

    def lines(self, text: str, style: Style, width: int) -> tuple[str, ...]:
        """The text in lines, shortened to as many as the style has room for."""
        measure = self.font(style.size, bold=style.bold).getlength

        def fits(part: str) -> bool:
            return len(wrap(part, width=width, measure=measure)) <= style.most

        return wrap(shorten(text, fits), width=width, measure=measure)

    def put(self, place: tuple[int, int], text: str, style: Style, anchor: str = "lm") -> None:
        """One line. A family without a bold face is thickened, so that the finding still stands out."""
        thicker = max(1, style.size // 60) if style.bold and self._faces.bold == self._faces.regular else 0
        font = self.font(style.size, bold=style.bold)
        self.pen.text(place, text, style.colour, font=font, anchor=anchor, stroke_width=thicker)

    def write(self, place: tuple[int, int], lines: tuple[str, ...], style: Style) -> int:
        """Lines below each other; where the next thing may begin."""
        left, top = place
        step = round(style.size * style.leading)
        for number, line in enumerate(lines):
            self.put((left, top + number * step + step // 2), line, style)
        return top + len(lines) * step


def _head(board: _Board, card: Card) -> int:
    board.pen.rectangle((0, 0, WIDTH, BAND), OFFICE_BLUE)
    board.put((MARGIN, BAND // 2), "公开辟谣", TITLE)
    (office, *_) = board.lines(f"{card.office}“{card.name}”", OFFICE, 420)
    board.put((WIDTH - MARGIN, BAND // 2), office, OFFICE, "rm")
    return BAND


def _finding(board: _Board, card: Card, top: int) -> int:
    """The verdict's word as a seal, and what is so."""
    colour = COLOURS[card.verdict]
    word = Style(84 if len(card.word) <= SHORT_WORD else 62, PAPER, 1, bold=True)
    width = round(board.font(word.size, bold=True).getlength(card.word)) + 72
    top += 48
    board.pen.rounded_rectangle((MARGIN, top, MARGIN + width, top + 132), 14, colour)
    board.put((MARGIN + width // 2, top + 64), card.word, word, "mm")
    after = MARGIN + width + 28
    board.put((after, top + 46), "核实结果", Style(30, colour, 1, bold=True))
    board.put((after, top + 92), f"截至{card.day}", LABEL)
    return board.write((MARGIN, top + 132 + 30), board.lines(card.fact, FACT, WIDTH - 2 * MARGIN), FACT)


def _rumour(board: _Board, card: Card, top: int) -> int:
    """What is going round, on grey, so that nobody takes it for what is so."""
    lines = board.lines(card.claim, CLAIM, WIDTH - 2 * MARGIN - 56)
    top += 30
    height = 20 + round(LABEL.size * 1.5) + 4 + len(lines) * round(CLAIM.size * CLAIM.leading) + 20
    board.pen.rounded_rectangle((MARGIN, top, WIDTH - MARGIN, top + height), 10, QUIET)
    board.pen.rectangle((MARGIN, top + 10, MARGIN + 6, top + height - 10), COLOURS[card.verdict])
    below = board.write((MARGIN + 28, top + 18), ("流传的说法",), LABEL)
    board.write((MARGIN + 28, below + 4), lines, CLAIM)
    return top + height


def _foot(board: _Board, card: Card, top: int) -> int:
    """Who says so, until when, and the code of the page; at the bottom of the sheet at the least."""
    room = QR_SIDE + 96
    start = max(top + 36, LEAST_HEIGHT - room - 24)
    board.pen.line((MARGIN, start, WIDTH - MARGIN, start), LINE, 2)
    code = _code(card.address)
    left = WIDTH - MARGIN - code.width
    board.image.paste(code, (left, start + 28))
    board.put((left + code.width // 2, start + 28 + code.height + 24), "扫码看全文和依据", CAPTION, "mm")
    width = left - MARGIN - 32
    below = board.write((MARGIN, start + 28), ("依据",), LABEL)
    below = board.write((MARGIN, below), board.lines(card.source, SMALL, width), SOURCE)
    hotline = f"没核实的先别转。问规定、报情况，打{card.hotline}。"
    board.write((MARGIN, below + 10), board.lines(hotline, SMALL, width), SMALL)
    return max(start + room + 24, LEAST_HEIGHT)


def _code(address: str) -> Image.Image:
    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    code.box_size = max(2, QR_SIDE // code.modules_count)
    image: Image.Image = code.make_image().get_image()
    return image.convert("RGB")
