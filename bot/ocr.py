"""The words in a picture, by the OCR extra: models in the wheel, nothing leaves the machine.

A picture comes from outside: what is no JPEG, PNG, WebP, GIF or BMP, is larger than a phone's screenshot can be, or
unpacks to far more than it weighs, is not read at all.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.errors import ConfigError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

EXTRA = "rapidocr_onnxruntime"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# Long screenshots of a whole chat are about 1,200 × 20,000.
MOST_PIXELS = 30_000_000
# A tall picture is read in pieces, or its letters would shrink below what the models can see.
PIECE_HEIGHT = 2_000
OVERLAP = 120
LEAST_CONFIDENCE = 0.6
# Pixels from a seam at which a line counts as cut.
SEAM = 3
# How many boxes before this one may be the same, seen from the piece above.
WITHIN = 40
# Of a line's height: how far two boxes' middles may lie apart and still be one line.
SAME_LINE = 0.6


@dataclass(frozen=True, slots=True)
class Box:
    """One piece of text and where it stands; pixels from the top left."""

    text: str
    left: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        """Of its height."""
        return (self.top + self.bottom) / 2


class PictureReader:
    """Loads the models with the first picture; one picture at a time, for the models share their memory."""

    def __init__(self) -> None:
        self._lock = Lock()

    def read(self, picture: bytes) -> str:
        """The text in reading order, a line a line; empty for what holds none or is no picture."""
        image = open_picture(picture)
        if image is None:
            return ""
        with self._lock:
            boxes = [box for piece in _pieces(image) for box in self._boxes(piece)]
        return in_reading_order(_once(boxes))

    @cached_property
    def _engine(self) -> Callable[..., tuple[Any, Any]]:
        require_ocr()
        from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415 - an optional extra, and slow to load

        engine: Callable[..., tuple[Any, Any]] = RapidOCR()
        return engine

    def _boxes(self, piece: "Piece") -> list[Box]:
        found, _seconds = self._engine(piece.pixels)
        boxes = [
            _box(corners, text, piece.top)
            for corners, text, confidence in found or ()
            if float(confidence) >= LEAST_CONFIDENCE
        ]
        return [box for box in boxes if not piece.cuts(box)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a tall picture, from `top` to `bottom`; at a seam a line is whole in one of two pieces."""

    pixels: "NDArray[Any]"
    top: int
    bottom: int
    height: int

    def cuts(self, box: Box) -> bool:
        """Whether the seam runs through this line, which then stands whole in the neighbour."""
        above = self.top > 0 and box.top <= self.top + SEAM
        below = self.bottom < self.height and box.bottom >= self.bottom - SEAM
        return above or below


def require_ocr() -> None:
    """ConfigError unless the extra is installed."""
    if find_spec(EXTRA) is None:
        raise ConfigError(
            "[screenshots] enabled: reading pictures needs the optional extra: pip install 'dingxin[ocr]'"
        )


def open_picture(picture: bytes) -> "Image | None":
    """The picture, decoded; None when it is none, is of another kind, or is too large to be decoded safely."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - comes with the optional extra

    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return None
            return image.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None


def in_reading_order(boxes: Iterable[Box]) -> str:
    """Top to bottom, left to right; what stands at the same height is one line."""
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: one.middle):
        if lines and _same_line(lines[-1][0], box):
            lines[-1].append(box)
        else:
            lines.append([box])
    return "\n".join(" ".join(box.text for box in sorted(line, key=lambda one: one.left)) for line in lines)


def _same_line(first: Box, other: Box) -> bool:
    return abs(first.middle - other.middle) <= SAME_LINE * (first.bottom - first.top) / 2


def _once(boxes: Iterable[Box]) -> list[Box]:
    """Without what two overlapping pieces both saw."""
    kept: list[Box] = []
    for box in boxes:
        if not any(box.text == one.text and _same_line(one, box) for one in kept[-WITHIN:]):
            kept.append(box)
    return kept


def _pieces(image: "Image") -> Iterable[Piece]:
    """The picture as the models take it, a screen at a time."""
    import numpy as np  # noqa: PLC0415 - beside the optional extra

    for top in range(0, max(image.height - OVERLAP, 1), PIECE_HEIGHT - OVERLAP):
        bottom = min(top + PIECE_HEIGHT, image.height)
        pixels = np.asarray(image.crop((0, top, image.width, bottom)))[:, :, ::-1]
        yield Piece(pixels, top, bottom, image.height)


def _box(corners: Sequence[Sequence[float]], text: str, offset: int) -> Box:
    ys = [y + offset for _, y in corners]
    return Box(text, min(x for x, _ in corners), min(ys), max(ys))
