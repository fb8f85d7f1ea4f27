"""Where a typeface with Chinese characters lies: named in the settings, or one of the families that systems carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Where fontconfig looks on Linux, the system's before one's own.
FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("~/.local/share/fonts"),
    Path("~/.fonts"),
)


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface: a file, and which of the faces in it."""

    path: Path
    index: int = 0


@dataclass(frozen=True, slots=True)
class Faces:
    """What a card is set in."""

    regular: Face
    bold: Face


@dataclass(frozen=True, slots=True)
class Family:
    """File names of a family. In a collection of several countries' forms `index` is the one of the mainland."""

    regular: str
    bold: str
    index: int = 0


# How the files of typefaces begin: TrueType, OpenType, collections of them, Apple's (Microsoft's OpenType specification, `otff`).
BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"ttcf", b"true")

# Best first. Noto and Source Han are the same design; WenQuanYi is what older systems carry.
FAMILIES = (
    Family("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 2),
    Family("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf"),
    Family("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"),
    Family("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf"),
    Family("SourceHanSansCN-Regular.otf", "SourceHanSansCN-Bold.otf"),
    Family("SourceHanSans.ttc", "SourceHanSans.ttc"),
    Family("wqy-microhei.ttc", "wqy-microhei.ttc"),
    Family("wqy-zenhei.ttc", "wqy-zenhei.ttc"),
    Family("DroidSansFallbackFull.ttf", "DroidSansFallbackFull.ttf"),
)


def find_faces(named: str, folders: Iterable[Path] = FOLDERS) -> Faces | None:
    """The file named in the settings for everything, or the best family there is; None: no card can be drawn."""
    if named:
        face = Face(Path(named))
        return Faces(face, face) if _is_font(face.path) else None
    files = {
        path.name: path
        for folder in folders
        for path in folder.expanduser().rglob("*")
        if path.suffix in {".ttc", ".otf", ".ttf"}
    }
    for family in FAMILIES:
        if family.regular in files:
            regular = Face(files[family.regular], family.index)
            bold = files.get(family.bold)
            return Faces(regular, Face(bold, family.index) if bold else regular)
    return None


def _is_font(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in BEGINNINGS
