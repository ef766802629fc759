"""npm's documentation as a set of questions: found in an installed npm, no word of it kept here.

What a page's front matter says of it is the question, the page the answer. The importer would make
that description the summary, and the question would be looked up in a copy of itself; so the pages
are brought in without it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import yaml

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def documentation() -> Path | None:
    """Return the folder of the pages; None where npm or its documentation is not installed."""
    if (npm := shutil.which("npm")) is None:
        return None
    asked = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)
    folder = Path(asked.stdout.strip()) / "npm" / "docs" / "content"
    return folder if asked.stdout.strip() and folder.is_dir() else None


def pages_by_description(folder: Path) -> dict[str, list[str]]:
    """Return `folder/stem` of the pages of each description: some pages share one."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.md")):
        said, _ = _read(path)
        if description := " ".join(str(said.get("description", "")).split()):
            found[description].append(_name(path, folder))
    return dict(found)


def copy_without_descriptions(folder: Path, target: Path) -> None:
    """Write the pages into `target`, their front matter without what is asked for."""
    for path in folder.rglob("*.md"):
        said, body = _read(path)
        said.pop("description", None)
        written = target / path.relative_to(folder)
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(f"---\n{yaml.safe_dump(said)}---\n{body}", encoding="utf-8")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _read(path: Path) -> tuple[dict[str, object], str]:
    text = path.read_text(encoding="utf-8")
    found = _FRONT_MATTER.match(text)
    return (yaml.safe_load(found[1]), text[found.end() :]) if found else ({}, text)
