"""What the embedding child needs of an engine that turns texts into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text, or a window of one: which text, how many tokens, and what the engine made of it."""

    text: int
    tokens: int
    data: Any


class EmbeddingEngine(Protocol):
    """One loaded embedding model, called from several threads at once.

    ``embed`` yields one numpy float32 vector for each piece; a text's vector is the mean of its pieces', weighted by
    their tokens, at unit length.
    """

    name: str

    def cut(self, texts: Sequence[str], kind: str) -> list[TextPiece]: ...

    def embed(self, pieces: Sequence[TextPiece]) -> list[Any]: ...
