"""What differs between two texts, down to the words, Chinese ones too. Pure: no framework, no
database, no clock."""

from articles.comparing.pieces import Piece
from articles.comparing.words import word_diff

__all__ = ["Piece", "word_diff"]
