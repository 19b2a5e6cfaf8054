"""What the flow engine needs of chat models and embedders. The adapters are in ``models``."""

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


@dataclass(frozen=True, slots=True)
class RerankerSpec:
    """Which rerank model a node asks for; the fields read as in :class:`ChatModelSpec`. ``extras`` are fields of the request
    that this provider alone knows."""

    provider: str
    model: str
    base_url: str | None = None
    credential_id: str | None = None
    api_key: str | None = field(default=None, repr=False)
    extras: tuple[tuple[str, Any], ...] = ()
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


@dataclass(frozen=True, slots=True)
class Rank:
    """A text's place in a ranking: its index among the texts, and how relevant the model takes it to be (0 to 1)."""

    index: int
    score: float


class Reranker(Protocol):
    """One configured rerank model. Raises what a chat model raises, and ``FailedPrecondition(CREDENTIAL_NOT_FOUND)`` where
    no key is held for it."""

    async def rank(self, question: str, texts: Sequence[str], limit: int) -> list[Rank]:
        """At most ``limit`` of the texts, the most relevant first."""
        ...


class Models(Protocol):
    """Hands out shared model clients; the same spec yields the same client."""

    async def chat_model(self, workspace_id: str, spec: ChatModelSpec) -> ChatModel: ...

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> Embedder: ...

    async def reranker(self, workspace_id: str, spec: RerankerSpec) -> Reranker: ...
