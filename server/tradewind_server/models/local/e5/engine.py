"""The embedding engine that onnxruntime runs, and the file it keeps."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from tradewind_server.models.local.e5 import graph
from tradewind_server.models.local.e5.tokens import Tokens
from tradewind_server.models.local.e5.weights import Floats, Weights, unpack
from tradewind_server.models.local.embedding_port import TextPiece
from tradewind_server.models.local.fetch import file_lock

LOG = logging.getLogger("tradewind.models")
FORM = 1
"""Counted up when the graph changes: a file of another form is made anew."""
PREFIXES = {"query": "query: ", "passage": "passage: "}


class Int8E5:
    """The engine. Each call runs in the thread that makes it; any number of threads may call at once."""

    def __init__(self, name: str, weights: Weights, model: bytes) -> None:
        import onnxruntime

        self.name = name
        self._weights = weights
        vocabulary = weights.vocabulary()
        self._tokens = Tokens(vocabulary)
        self._begin, self._end = vocabulary.begin, vocabulary.end
        self._room = weights.shape.positions - 2
        self._words = weights.blocks("emb.word", weights.shape.width)
        width = weights.shape.width
        self._places: Floats = weights.vector("emb.pos").reshape(-1, width) + weights.vector("emb.type")[:width]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # Texts side by side need no agreement between threads, and no waiting.
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # A higher level fuses the sum into the normalisation, which is several times slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def cut(self, texts: Sequence[str], kind: str) -> list[TextPiece]:
        """Texts as windows of the model's size; a long text is many."""
        pieces = []
        for number, ids in enumerate(self._tokens.encode([PREFIXES[kind] + text for text in texts])):
            for start in range(0, len(ids), self._room):
                window = ids[start : start + self._room]
                pieces.append(TextPiece(number, len(window), [self._begin, *window, self._end]))
        return pieces

    def embed(self, pieces: Sequence[TextPiece]) -> list[Floats]:
        return [self._mean(piece.data) for piece in pieces]

    def _mean(self, ids: list[int]) -> Any:
        words = unpack(self._words[ids]) + self._places[: len(ids)]
        return self._session.run(None, {"words": words[None]})[0][0]


def load_int8(name: str, source: Path, source_hash: str, directory: Path) -> Int8E5:
    """The engine; its graph is made once and kept in ``directory`` with its hash, which is compared at each start.

    Raises ``ImportError`` where a package of the extra is missing, ``ValueError`` when ``source`` is another file.
    """
    import onnxruntime  # noqa: F401 (before anything is converted in vain)
    import tokenizers  # noqa: F401

    weights = Weights(source)
    path = directory / f"{name}-int8.onnx"
    model = _read_tables(path, source_hash)
    if model is None:
        with ExitStack() as stack:
            with suppress(OSError):  # Where nobody may write, as in an image, nobody else is at it either.
                directory.mkdir(parents=True, exist_ok=True)
                stack.enter_context(file_lock(directory / f".{name}.lock"))
            model = _read_tables(path, source_hash)  # Another process may have made it while this one waited.
            if model is None:
                model = _make(weights, source, source_hash, path)
    return Int8E5(name, weights, model)


def _note_of(path: Path) -> Path:
    return path.with_suffix(".checked.json")


def _read_tables(path: Path, source_hash: str) -> bytes | None:
    """The kept graph, when it is whole and made from the same weights."""
    try:
        note = json.loads(_note_of(path).read_text())
        model = path.read_bytes()
    except (OSError, ValueError):
        return None
    sound = {"form": FORM, "source": source_hash, "sha256": hashlib.sha256(model).hexdigest()}
    return model if note == sound else None


def _make(weights: Weights, source: Path, source_hash: str, path: Path) -> bytes:
    with source.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != source_hash:
            raise ValueError("the weights are not those this server knows")
    model = graph.build(weights)
    try:
        draft = path.with_suffix(".part")
        draft.write_bytes(model)
        os.replace(draft, path)
        note = {"form": FORM, "source": source_hash, "sha256": hashlib.sha256(model).hexdigest()}
        _note_of(path).write_text(json.dumps(note))
    except OSError as error:  # It works without; the next start makes it again.
        LOG.warning("The converted embedding model could not be kept: %s", error.strerror)
    return model
