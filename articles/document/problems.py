"""What is wrong with a Markdown source: it stops a submit, and never the parser."""

from __future__ import annotations

from dataclasses import dataclass, field

_MOST = 100  # more than anybody reads, and a bound for what a hostile text can make us store


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct; `line` counts from 1, None where it is the text as a whole."""

    line: int | None
    code: str
    message: str


@dataclass(slots=True)
class Problems:
    """The problems of one source, each once, and not endlessly many."""

    found: dict[Problem, None] = field(default_factory=dict)

    def add(self, line: int | None, code: str, message: str) -> None:
        """Note a problem."""
        if len(self.found) < _MOST:
            self.found[Problem(line, code, message)] = None

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems by line, those of the whole text first."""
        return tuple(sorted(self.found, key=lambda problem: problem.line or 0))
