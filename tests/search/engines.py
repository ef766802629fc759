"""The engines as the tests of the search meet them: an index of each, looked at from outside, and
the ways in which it can be damaged."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch

from channels.search.embedded.files import IndexFiles, State
from channels.search.embedded.opening import forget_all as forget_embedded
from channels.search.indexed import VERSION
from channels.search.opensearch.service import Service, forget_all, service

EMBEDDED, OPENSEARCH = "embedded", "opensearch"
ENGINES = (EMBEDDED, OPENSEARCH)

DAMAGES = {
    EMBEDDED: (
        "cut_short",
        "cut_terms",
        "cut_records",
        "cut_said",
        "lose_segments",
        "overwrite_contents",
        "lose_folder",
        "scribble_state",
        "strange_state",
        "mistyped_state",
        "stray_state",
        "older_version",
        "lose_everything",
        "become_a_file",
    ),
    OPENSEARCH: (
        "lose_state",
        "scribble_state",
        "strange_state",
        "older_version",
        "lose_alias",
        "lose_everything",
    ),
}


class Index(ABC):
    """The index of one test."""

    name: str
    options: dict[str, str]  # how haystack is told of it

    @abstractmethod
    def documents(self) -> int:
        """How many documents its state says that it holds."""

    @abstractmethod
    def stamp(self) -> Any:
        """What changes with everything that is written."""

    @abstractmethod
    def builds(self) -> set[str]:
        """The builds that are there, whether or not they count."""

    @abstractmethod
    def pretend(self, edition: int, manifest_digest: str) -> None:
        """Let the state say that it is at another edition."""

    @abstractmethod
    def fail_to_note(self, patch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
        """Let a writer fail when its documents are written and its state is not."""

    @abstractmethod
    def forget(self) -> None:
        """Know of the index no more than a process does that begins."""

    def damage(self, how: str) -> None:
        getattr(self, how)()


class EmbeddedIndex(Index):
    name = EMBEDDED

    def __init__(self, home: Path) -> None:
        self.home, self.files = home, IndexFiles(home)
        self.options = {
            "ENGINE": "channels.search.embedded.backend.EmbeddedEngine",
            "PATH": str(home),
        }

    def documents(self) -> int:
        return self._state().documents

    def stamp(self) -> Any:
        return self.files.stamp()

    def builds(self) -> set[str]:
        return {path.name for path in self.home.glob("*/")}

    def pretend(self, edition: int, manifest_digest: str) -> None:
        state = self._state()
        self.files.write_state(
            State(state.version, state.folder, edition, manifest_digest, state.documents)
        )

    def fail_to_note(self, patch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
        patch.setattr(IndexFiles, "write_state", fail)

    def forget(self) -> None:
        forget_embedded()

    def cut_short(self) -> None:
        self._cut("*")

    def cut_terms(self) -> None:
        self._cut("trm")

    def cut_records(self) -> None:
        self._cut("col")

    def cut_said(self) -> None:
        self._cut("said")

    def _cut(self, kind: str) -> None:
        paths = list(self.home.glob(f"edition-*/MAIN_*.{kind}"))
        assert paths
        for path in paths:
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    def lose_segments(self) -> None:
        for path in self.home.glob("edition-*/MAIN_*.*"):
            path.unlink()

    def overwrite_contents(self) -> None:
        for path in self.home.glob("edition-*/*.toc"):
            path.write_bytes(b"\0" * 40)

    def lose_folder(self) -> None:
        for path in self.home.glob("edition-*"):
            path.rename(self.home / "elsewhere")

    def scribble_state(self) -> None:
        (self.home / "state.json").write_text('{"edition": ')

    def strange_state(self) -> None:
        (self.home / "state.json").write_text('{"edition": 1}')

    def mistyped_state(self) -> None:
        self.files.write_state(replace(self._state(), folder=5))  # type: ignore[arg-type]

    def stray_state(self) -> None:
        self.files.write_state(replace(self._state(), folder=".."))

    def older_version(self) -> None:
        self.files.write_state(replace(self._state(), version=VERSION - 1))

    def lose_everything(self) -> None:
        self.home.rename(self.home.with_name("gone"))

    def become_a_file(self) -> None:
        self.lose_everything()
        self.home.write_text("no folder")

    def _state(self) -> State:
        state = self.files.state()
        assert state is not None
        return state


class OpenSearchIndex(Index):
    name = OPENSEARCH
    alias = "knowledgehub"

    def __init__(self, home: Path, address: str) -> None:
        self.options = {
            "ENGINE": "channels.search.opensearch.backend.OpenSearchEngine",
            "URL": address,
            "INDEX": self.alias,
            "PATH": str(home),
        }
        self.client: OpenSearch = service(address, self.alias).client()
        self._address = address

    def documents(self) -> int:
        return int(self._state()["documents"])

    def stamp(self) -> Any:
        found = self.client.get(index=self.alias, id="state")
        return found["_index"], found["_seq_no"]

    def builds(self) -> set[str]:
        return set(self.client.indices.get_alias(index=f"{self.alias}-*"))

    def pretend(self, edition: int, manifest_digest: str) -> None:
        self._write({**self._state(), "edition": edition, "manifest_digest": manifest_digest})

    def fail_to_note(self, patch: pytest.MonkeyPatch, fail: Callable[..., None]) -> None:
        patch.setattr(Service, "write_state", fail)

    def forget(self) -> None:
        forget_all()
        self.client = service(self._address, self.alias).client()

    def lose_state(self) -> None:
        self.client.delete(index=self.alias, id="state")

    def scribble_state(self) -> None:
        self.client.index(index=self.alias, id="state", body={"state": "nonsense"})

    def strange_state(self) -> None:
        self._write({"edition": 1})

    def older_version(self) -> None:
        self._write({**self._state(), "version": 0})

    def lose_alias(self) -> None:
        (build,) = self.builds()
        self.client.indices.delete_alias(index=build, name=self.alias)

    def lose_everything(self) -> None:
        for build in self.builds():
            self.client.indices.delete(index=build)

    def lose_documents(self) -> None:
        everything = {"query": {"exists": {"field": "entry"}}}
        self.client.delete_by_query(index=self.alias, body=everything, refresh=True)

    def _state(self) -> dict[str, Any]:
        state: dict[str, Any] = self.client.get(index=self.alias, id="state")["_source"]["state"]
        return state

    def _write(self, state: dict[str, Any]) -> None:
        self.client.index(index=self.alias, id="state", body={"state": state}, refresh=True)
        self.forget()
