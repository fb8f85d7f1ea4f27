"""What we call of xmltodict: a mapping of element names to text, lists, mappings or None."""

from typing import Any

def parse(xml_input: str) -> dict[str, Any]: ...
