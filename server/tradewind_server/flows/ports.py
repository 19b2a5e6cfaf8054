"""What the flow engine needs of the world: models, embedders, vector collections. Adapters live in other rooms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model asks for a tool. ``id`` is the endpoint's; the result goes back under it."""

    id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as a model is told of it. ``parameters`` is a JSON schema of an object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as a chat model sees it. ``content`` is text, or OpenAI-style parts (``text``, ``image_url``).

    An assistant message may ask for tools; a message of the role ``tool`` carries the result of ``tool_call_id``.
    """

    role: Role
    content: str | Sequence[Mapping[str, Any]]
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None


@dataclass(frozen=True, slots=True)
class CallOptions:
    """What one call asks of a model besides its messages. ``stop`` ends the answer before any of these texts."""

    tools: tuple[ToolSpec, ...] = ()
    json_schema: Mapping[str, Any] | None = None
    stop: tuple[str, ...] = ()


PLAIN_CALL = CallOptions()


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts as the endpoint reports them; None where it says nothing."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    """Those of reasoning included."""
    cached_tokens: int | None = None
    """Of the prompt, those that the provider had in its cache."""
    reasoning_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class ChatReply:
    """A whole answer."""

    text: str
    finish_reason: str = "stop"
    usage: Usage = Usage()
    tool_calls: tuple[ToolCall, ...] = ()
    thinking: str = ""


@dataclass(frozen=True, slots=True)
class ChatDelta:
    """A piece of a streamed answer. ``finish_reason`` is set on the last piece only; so are ``tool_calls``, whole."""

    text: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None
    tool_calls: tuple[ToolCall, ...] = ()
    thinking: str = ""


@dataclass(frozen=True, slots=True)
class ChatModelSpec:
    """Which chat model a node asks for. Hashable, so clients are shared between nodes and flow versions.

    ``base_url`` None means: the credential's provider, the configured endpoint, or the embedded model, in that order.
    ``parameters`` are extra fields of the request body under OpenAI's names (temperature, max_tokens, top_p …), already
    validated. ``extras`` are those that this provider alone knows: another endpoint that answers in its place is not
    sent them. ``credential_fields`` are fields of a credential that the node gives itself.
    """

    provider: str
    model: str
    base_url: str | None = None
    credential_id: str | None = None
    api_key: str | None = field(default=None, repr=False)
    parameters: tuple[tuple[str, Any], ...] = ()
    extras: tuple[tuple[str, Any], ...] = ()
    credential_fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class EmbedderSpec:
    """Which embedding model a node asks for; the fields read as in :class:`ChatModelSpec`. ``task`` is Google's name for
    what the vectors are for."""

    provider: str
    model: str
    base_url: str | None = None
    credential_id: str | None = None
    api_key: str | None = field(default=None, repr=False)
    dimensions: int | None = None
    batch_size: int | None = None
    strip_new_lines: bool = False
    task: str | None = None
    credential_fields: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    timeout: float | None = None


class ChatModel(Protocol):
    """One configured chat model.

    Raises ``InvalidInput(CONTEXT_LENGTH_EXCEEDED)`` with metadata ``limit`` and ``actual`` (tokens, where the endpoint
    says them) before the first piece; ``Unavailable(MODEL_UNAVAILABLE)``, ``ResourceExhausted(MODEL_RATE_LIMITED)``,
    ``FailedPrecondition(MODEL_REFUSED)``, ``DeadlineExceeded(MODEL_TIMEOUT)``. Cancelling the awaiting task closes the
    connection to the endpoint at once.
    """

    @property
    def model_name(self) -> str: ...

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply: ...

    def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]: ...


class Embedder(Protocol):
    """One configured embedding model. Vectors are plain float sequences, in the order of the texts."""

    @property
    def model_name(self) -> str: ...

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]: ...

    async def embed_query(self, text: str) -> Sequence[float]: ...


class Models(Protocol):
    """Hands out shared model clients; the same spec yields the same client."""

    async def chat_model(self, workspace_id: str, spec: ChatModelSpec) -> ChatModel: ...

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> Embedder: ...


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
