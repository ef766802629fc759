"""An installation for each set of questions, filled by the real importer and one publish."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.demo import DEMO as DEMO_JOB
from tests.relevance import npm
from tests.relevance.sets import DEMO, NPM, QuestionSet
from tests.server import QUICK, ROOT, Installation, installation

MARK = "filled_from.txt"
MAKING = ("articles/document", "articles/importing", "channels/renderers")


@contextmanager
def filled(asked: QuestionSet, homes: Path | None, *, fresh: bool) -> Iterator[Installation]:
    """Yield an installation that publishes the set's articles.

    It is kept in `homes` for the next run, which takes it as it is while articles and migrations
    are the same and `fresh` is false; None: it is a throwaway one.
    """
    if homes is None:
        with installation(QUICK, cluster="") as hub:
            _fill(hub, asked)
            yield hub
        return
    home, digest = (homes / asked.name).resolve(), _digest(asked)
    mark = home / MARK
    if fresh or not mark.exists() or mark.read_text() != digest:
        _make_home(home, asked)
        mark.write_text(digest)
    yield Installation(
        home,
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": QUICK,
            "KNOWLEDGEHUB_HOME": str(home),
            "DATABASE_URL": "",
            "PYTHONWARNINGS": "ignore",
        },
    )


def _make_home(home: Path, asked: QuestionSet) -> None:
    """Raises FileExistsError where something else than a home of ours stands there."""
    if (home / MARK).exists():
        shutil.rmtree(home)
    with installation(QUICK, cluster="") as hub:
        _fill(hub, asked)
        shutil.copytree(hub.home, home)


def _fill(hub: Installation, asked: QuestionSet) -> None:
    print(f"Filling an installation with the set {asked.name} …", flush=True)
    match asked.name:
        case set_name if set_name == DEMO:
            hub.job(DEMO_JOB)
        case set_name if set_name == NPM:
            with tempfile.TemporaryDirectory() as folder:
                npm.copy_without_descriptions(asked.articles, Path(folder))
                _import(hub, Path(folder), set_name)
        case set_name:
            _import(hub, asked.articles, set_name)


def _import(hub: Installation, folder: Path, collection: str) -> None:
    named = ("--collection", collection, "--locale", "en", "--publish")
    hub.run("manage.py", "import_articles", str(folder), *named)


def _digest(asked: QuestionSet) -> str:
    """What an installation was made of: its articles, the code that reads and renders them, and
    the tables they went into."""
    fixtures = [path for path in asked.articles.parent.glob("*.yaml") if asked.name == DEMO]
    digest = hashlib.sha256()
    code = [path for folder in MAKING for path in (ROOT / folder).rglob("*.py")]
    for path in sorted([*asked.articles.rglob("*.md"), *fixtures, *code]):
        digest.update(f"{path} ".encode() + path.read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.name.encode())
    return digest.hexdigest()
