"""The platform's XML read into a mapping, or refused; nothing this layer can raise gets past it."""

import struct
from collections.abc import Mapping
from typing import Any, NoReturn
from xml.parsers import expat

import xmltodict
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException

from bot.errors import BadPayload

# The deepest message of the platform (a mass result's article list) has five levels.
DEPTH = 8

# What wechatpy, xmltodict, expat and cryptography were seen to raise, or can, on content that is not a message.
UNREADABLE = (
    expat.ExpatError,  # not well-formed; NUL and control characters, even inside CDATA
    ValueError,  # entities, a wrong encoding, bad base64, a cipher text that is no whole block
    KeyError,  # another root, a missing element
    IndexError,  # an empty cipher text
    TypeError,  # an element where text belongs
    AttributeError,  # likewise
    OverflowError,  # a length beyond the machine's integers
    RecursionError,  # nesting
    struct.error,  # a cipher text too short to hold its own length
    InvalidSignatureException,  # wechatpy checks again what we checked
    InvalidAppIdException,  # meant for another account
)

Fields = Mapping[str, Any]


def read(document: str) -> Fields:
    """The children of `<xml>`: text, lists and mappings, as xmltodict gives them.

    Raises BadPayload (not XML, too deep, a document type, or not the platform's shape).
    """
    fields = _parsed(document)
    if not isinstance(fields, dict):
        raise BadPayload("xml")
    return fields


def text(fields: Fields, name: str) -> str:
    """An element's text. One that is absent, empty, repeated, nested or attributed has none."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _parsed(document: str) -> Any:
    try:
        _walk(document)
        return xmltodict.parse(document)["xml"]
    except UNREADABLE:
        return None  # the error quotes what a resident wrote: it goes no further, not even as a context


def _walk(document: str) -> None:
    """Go through the document once without building anything: refuse depth and document types."""
    depth = 0

    def enter(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise ValueError("too deep")

    def leave(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_declaration: object) -> NoReturn:
        raise ValueError("a document type is declared")

    parser = expat.ParserCreate(encoding="utf-8")
    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(document.encode(), True)  # noqa: FBT003 - expat's own signature: this is the last piece
