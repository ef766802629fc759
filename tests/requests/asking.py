"""Asking as a reader does, in as few words as a test can be read in."""

from __future__ import annotations

from articles.models import Article
from channels.models import UpdateRequest
from channels.operations.requests import ask
from channels.voters import Voter

ANN, BEN = Voter.of("browser", "ann"), Voter.of("browser", "ben")


def asked(
    sentence: str = "Please add the price.",
    voter: Voter = ANN,
    article: Article | None = None,
    rank: int = 0,
) -> UpdateRequest:
    return ask(
        voter=voter,
        locale="en",
        sentence=sentence,
        origin="website",
        audience_rank=rank,
        article=article,
    )
