"""The collection configuration of a Qdrant node: the body of Qdrant's create-collection call, as JSON text."""

from __future__ import annotations

import json
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.vectors.messages import Misfit, fill
from tradewind_server.vectors.payloads import put_fields
from tradewind_server.vectors.protocol import q

MODEL_KEY = "embedding_model"
OURS = frozenset({"collection_name", "timeout", "vectors_config", "sparse_vectors_config", "metadata"})
"""Fields of the message that this server fills, or that its points have no use for."""
OUR_VECTOR_KEYS = ("size", "distance")


def creation(name: str, size: int, spec: CollectionSpec) -> q.CreateCollection:
    """The request that makes a collection for vectors of ``size``.

    The node's own size and distance fields win over ``vectors`` in its configuration, whose other keys apply (as in
    Flowise). Raises ``InvalidInput`` naming the first key that Qdrant would not take.
    """
    request = q.CreateCollection(collection_name=name)
    vectors = request.vectors_config.params
    if spec.config:
        config = _object(spec.config)
        options = {key: value for key, value in _inner(config, "vectors").items() if key not in OUR_VECTOR_KEYS}
        unknown = sorted(set(config) - {"vectors", "metadata"} - (set(request.DESCRIPTOR.fields_by_name) - OURS))
        if unknown:
            raise _refusal(f"has unknown keys: {', '.join(unknown)}.")
        try:
            put_fields(request.metadata, _inner(config, "metadata"))
            fill(vectors, options, "vectors")
            fill(request, {key: value for key, value in config.items() if key not in ("vectors", "metadata")}, "", without=OURS)
        except Misfit as misfit:
            raise _refusal(f"is not valid at {misfit.where}; see Qdrant's create-collection options.") from None
        except (TypeError, ValueError):
            raise _refusal("is not valid at metadata; see Qdrant's create-collection options.") from None
    vectors.size = size
    vectors.distance = q.Distance.Value(spec.distance)
    request.metadata[MODEL_KEY].string_value = spec.embedding_model
    return request


def _object(text: str) -> dict[str, Any]:
    try:
        config = json.loads(text)
    except ValueError:
        config = None
    if not isinstance(config, dict):
        raise _refusal("is not a JSON object.")
    return config


def _inner(config: dict[str, Any], key: str) -> dict[str, Any]:
    inner = config.get(key) or {}
    if not isinstance(inner, dict):
        raise _refusal(f"is not valid at {key}: a JSON object belongs there.")
    return inner


def _refusal(what: str) -> InvalidInput:
    return InvalidInput(Reason.NODE_INPUT_INVALID, f"The Qdrant collection configuration {what}")
