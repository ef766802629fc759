"""Reading a rendering back: lines gathered from a tree of elements, then cut into words."""

from __future__ import annotations

from articles.document.words import words_of


class Lines:
    """What a rendering says, line by line; a line's end always separates words."""

    def __init__(self) -> None:
        self._finished: list[str] = []
        self._open: list[str] = []

    def say(self, text: str | None) -> None:
        """Add text to the open line, without a blank."""
        if text:
            self._open.append(text)

    def end(self) -> None:
        """Finish the open line."""
        if self._open:
            self._finished.append("".join(self._open))
            self._open = []

    def text(self) -> str:
        """Finish and return all lines as one text."""
        self.end()
        return "\n".join(self._finished)

    def words(self) -> list[str]:
        """Finish and return all words in order."""
        self.end()
        return words_of(self._finished)
