"""Pictures that lie in an imported folder: found, looked into, and kept when their page goes in."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from urllib.parse import unquote

from django.contrib.auth.models import AbstractUser

from articles.exceptions import InvalidInput
from articles.importing.files import read_inside
from articles.importing.refused import Refused
from articles.operations.attachments import attachment_name, store_attachment
from articles.uploads.inspection import MAX_BYTES

# Where generators keep what a site tells at its root.
_ROOTS = ("", "static", "public")


class Pictures:
    """Names each picture as the hub will store it. Nothing is stored before `store`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names: dict[str, str] = {}  # path in the folder -> stored name
        self._files: dict[str, Path] = {}  # stored name -> file
        # Stored name -> what the file was called when it was uploaded, where an export says it.
        self.original_names: dict[str, str] = {}

    def find(self, source: str, *, page_path: str) -> str:
        """Return the stored name of the picture that `source` means on the page at `page_path`.

        Raises Refused where there is no such picture in the folder, or none we can take.
        """
        path = unquote(source.split("?")[0].split("#")[0])
        if path.startswith("/"):
            tried = [posixpath.join(folder, path.lstrip("/")) for folder in _ROOTS]
        else:
            tried = [posixpath.join(posixpath.dirname(page_path), path)]
        for candidate in tried:
            inside = posixpath.normpath(candidate)
            if not inside.startswith("../") and os.path.isfile(self._root / inside):
                return self._name(inside)
        raise Refused("is not in the folder")

    def store(self, *, actor: AbstractUser, name: str) -> None:
        """Keep the picture of this stored name. Raises Refused where the file has changed."""
        file = self._files[name]
        content = read_inside(self._root, file, limit=MAX_BYTES)
        original_name = self.original_names.get(name, file.name)
        stored = store_attachment(actor=actor, content=content, original_name=original_name)
        if stored.name != name:
            raise Refused(f"The picture {file.name} changed while it was imported.")

    def _name(self, path: str) -> str:
        if path not in self._names:
            file = self._root / path
            try:
                content = read_inside(self._root, file, limit=MAX_BYTES)
                name = attachment_name(content=content, original_name=file.name)
            except Refused as refusal:
                raise Refused(refusal.reason.rstrip(".")) from None
            except InvalidInput as refusal:
                raise Refused(f"cannot be taken: {str(refusal).rstrip('.')}") from None
            self._names[path] = name
            self._files[name] = file
        return self._names[path]
