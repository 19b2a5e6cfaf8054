"""What the flow engine needs of vector collections. The adapter is ``vectors``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol


@dataclass(frozen=True, slots=True)
class Point:
    """One chunk as it is written: ``id`` is a UUID string."""

    id: str
    vector: Sequence[float]
    content: str
    metadata: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """One chunk as it is found, best first."""

    id: str
    score: float
    content: str
    metadata: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CollectionSpec:
    """Which Qdrant collection a vector store node means. Hashable.

    ``url`` None means this server's own Qdrant, where ``name`` is scoped to the workspace. ``config`` is the node's
    collection configuration as JSON text (Qdrant's ``create_collection`` body). ``dimension`` is never asked of the
    node: a new collection takes the size of the first vector written.
    """

    workspace_id: str
    name: str
    embedding_model: str
    url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    credential_id: str | None = None
    distance: Literal["Cosine", "Euclid", "Dot", "Manhattan"] = "Cosine"
    content_key: str = "content"
    metadata_key: str = "metadata"
    config: str | None = None
    batch_size: int | None = None
    standing_filter: str | None = field(default=None, compare=False)
    """The filter of every search, a Qdrant filter as JSON text: its payload keys get an index with the collection."""


class VectorIndex(Protocol):
    """One collection.

    ``upsert`` creates the collection when it is missing and returns after the engine has the points safely; a point's id
    that is there already is overwritten whole. Vectors may be any sequence of floats; ``array("f")`` and other buffers of
    32-bit floats are the quickest. ``filters`` are Qdrant filter objects as JSON-like mappings (``{"must": [...]}``); payload
    keys in them are used as written. A missing collection holds nothing: searches find nothing, deletions and
    ``ensure_payload_index`` do nothing. Payload keys of the standing filter are indexed with the collection, those of other
    filters where a server asks for it.

    Raises ``Conflict(VECTOR_DIMENSION_MISMATCH)`` naming both embedding models, ``Unavailable(VECTOR_STORE_UNAVAILABLE)``,
    and ``InvalidInput`` naming the place in a filter, a configuration or a chunk's metadata that no store can take.
    """

    async def exists(self) -> bool: ...

    async def upsert(self, points: Sequence[Point]) -> None: ...

    async def search(
        self, vector: Sequence[float], limit: int, filters: Mapping[str, Any] | None = None
    ) -> list[ScoredChunk]: ...

    async def existing(self, ids: Sequence[str]) -> set[str]:
        """Those of these ids that are stored."""
        ...

    async def delete(self, ids: Sequence[str]) -> None: ...

    async def delete_where(self, filters: Mapping[str, Any]) -> None:
        """Delete every point that matches. A filter without a condition is ``InvalidInput(INVALID_FILTER)``, not "all"."""
        ...

    async def ensure_payload_index(self, field: str) -> None:
        """Have filters on a payload key (``metadata.source``) answered from a keyword index. Called again, it does nothing."""
        ...

    async def count(self, filters: Mapping[str, Any] | None = None) -> int: ...

    async def drop(self) -> None: ...


class VectorIndexes(Protocol):
    """Hands out collections; clients are shared per server."""

    def index(self, spec: CollectionSpec) -> VectorIndex: ...

    async def ready(self) -> bool: ...
