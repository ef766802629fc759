"""The YAML front matter of a Markdown file: plain values only, in bounded size and depth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from articles.document.text import clean_line
from articles.importing.refused import Refused

MAX_CHARACTERS = 64 * 1024
_DEEPEST = 8
_NOTHING = {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields by name (in small letters), the line of each, and where the body begins."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body_line: int = 1

    def line(self, *names: str) -> int | None:
        """Return the line of the first of these fields that is there."""
        return next((self.lines[name] for name in names if name in self.lines), None)

    def text(self, *names: str) -> str:
        """Return the first of these fields that says something, as one line.

        Raises Refused where it is a list or a mapping.
        """
        for name in names:
            value = self.values.get(name, "")
            if not isinstance(value, str):
                raise Refused(f"“{name}” must be a text.", line=self.lines.get(name))
            line = clean_line(value)
            if line.lower() not in _NOTHING:
                return line
        return ""

    def list(self, name: str, *, separator: str = "") -> tuple[str, ...]:
        """Return the texts of a list field, each once; a single text is a list of one, or split at
        `separator`. Raises Refused where there is anything but texts in it."""
        value = self.values.get(name, "")
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in items):
            raise Refused(f"“{name}” must be a list of texts.", line=self.lines.get(name))
        if separator and not isinstance(value, list):
            items = value.split(separator)
        texts = (clean_line(item) for item in items)
        return tuple(dict.fromkeys(text for text in texts if text.lower() not in _NOTHING))


class _Loader(yaml.BaseLoader):
    """Every scalar is a text, as written: no tags, no aliases, no depth without end."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _problem("aliases (*name) are not read", event)
        if getattr(event, "tag", None):
            raise _problem("tags (!name) are not read", event)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _problem("this is nested too deeply", event)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def split(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter of a file and its body. Raises Refused, naming the line."""
    lines = text.split("\n")
    if lines[0].rstrip() == "+++":
        raise Refused("has TOML front matter (+++); only YAML (---) is read.", line=1)
    if lines[0].rstrip() != "---":
        return FrontMatter(), text
    end = next(
        (n for n, line in enumerate(lines[1:], start=1) if line.rstrip() in ("---", "...")), None
    )
    if end is None:
        raise Refused("begins with front matter (---) that never ends.", line=1)
    source = "\n".join(lines[1:end])
    if len(source) > MAX_CHARACTERS:
        raise Refused("has more than 64 KB of front matter.", line=1)
    values, named = _load(source)
    body = "\n".join(lines[end + 1 :])
    return FrontMatter(values, named, body_line=end + 2), body


def _load(source: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the fields of a YAML mapping and their lines in the file."""
    try:
        loader = _Loader(source)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise Refused("has front matter that is no list of “name: value” lines.", line=2)
        values = loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 2 if mark else 1
        raise Refused(f"has broken YAML: {problem}.", line=line) from None
    lines = {str(key.value).lower(): key.start_mark.line + 2 for key, _ in node.value}
    return {str(name).lower(): value for name, value in values.items()}, lines


def _problem(problem: str, event: Any) -> yaml.YAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)
