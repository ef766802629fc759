"""What a voice says of a stored SSML rendering."""

from __future__ import annotations

from lxml import etree

from channels.renderers.speech_reading import parse_xml


def spoken_script(ssml: bytes) -> str:
    """Return what a voice says, a line for each breath: aliases as they are spoken."""
    lines: list[str] = [""]
    _speak(parse_xml(ssml), lines)
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _speak(element: etree._Element, lines: list[str]) -> None:
    name = etree.QName(element).localname
    if name in ("p", "s", "break"):
        lines.append("")
    if name == "sub":
        lines[-1] += element.get("alias", "")
    else:
        lines[-1] += element.text or ""
        for child in element:
            _speak(child, lines)
            lines[-1] += child.tail or ""
    if name in ("p", "s"):
        lines.append("")
