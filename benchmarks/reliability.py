"""Draws docs/images/reliability.svg: what the judges promise beside what comes true, on our own labelled sets.

Run: python -m benchmarks.reliability
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.quality import own_tables
from knowledge.figures import Bin
from knowledge.text import build_segmenter

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "reliability.svg"
SHOWN = {"answers": "answers: the first article", "rumours": "rumours: the first claim"}
SIDE, LEFT, TOP, APART = 200, 46, 34, 64
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
    'font-family="sans-serif" font-size="11" fill="#222">\n<rect width="100%" height="100%" fill="#fff"/>\n'
)


def main() -> None:
    """Measure and draw."""
    with TemporaryDirectory(prefix="dingxin-reliability-") as folder:
        tables = [one for one in own_tables(Path(folder), build_segmenter()) if one.name in SHOWN]
        bins = {one.name: [figure for figure in one.measure() if isinstance(figure, Bin)] for one in tables}
    PICTURE.write_text("".join(_picture(bins)), encoding="utf-8")
    print(f"written: {PICTURE.relative_to(Path.cwd())}")


def _picture(bins: dict[str, list[Bin]]) -> Iterator[str]:
    width, height = LEFT + len(bins) * (SIDE + APART) - APART + 20, TOP + SIDE + 46
    yield HEAD.format(width=width, height=height)
    for number, (name, one) in enumerate(bins.items()):
        left = LEFT + number * (SIDE + APART)
        yield f'<g transform="translate({left},{TOP})">\n{"".join(_panel(SHOWN[name], one))}</g>\n'
    yield "</svg>\n"


def _panel(title: str, bins: Sequence[Bin]) -> Iterator[str]:
    """One square: promised to the right, come true upwards, the honest diagonal; a bar is a bin's 95 % interval."""
    yield f'<text x="0" y="-14" font-weight="bold">{title}</text>\n'
    yield f'<rect width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>\n'
    yield f'<path d="M0 {SIDE}L{SIDE} 0" stroke="#999" stroke-dasharray="4 4"/>\n'
    for share in (0.0, 0.5, 1.0):
        yield f'<text x="-6" y="{_up(share) + 4}" text-anchor="end">{share:g}</text>\n'
        yield f'<text x="{share * SIDE}" y="{SIDE + 15}" text-anchor="middle">{share:g}</text>\n'
    yield f'<text x="{SIDE / 2}" y="{SIDE + 32}" text-anchor="middle">predicted probability</text>\n'
    yield f'<text transform="translate(-32,{SIDE / 2}) rotate(-90)" text-anchor="middle">share right</text>\n'
    for one in bins:
        if one.count:
            yield from _mark(one)


def _mark(one: Bin) -> Iterator[str]:
    x, radius = round(one.predicted * SIDE, 1), round(1.5 + one.count**0.5 / 3, 1)
    yield f'<path d="M{x} {_up(one.low)}V{_up(one.high)}" stroke="#8ab"/>\n'
    yield f'<circle cx="{x}" cy="{_up(one.value)}" r="{radius}" fill="#259"><title>n={one.count}</title></circle>\n'


def _up(share: float) -> float:
    return round((1 - share) * SIDE, 1)


if __name__ == "__main__":
    main()
