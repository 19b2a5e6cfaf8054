"""What nodes build: the parts a running flow is made of. Built once per flow version, shared by all its runs.

A component holds no state of a run. What belongs to one call (question, session, history, the event sink) travels in
:class:`Turn`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, runtime_checkable

from tradewind_server.documents.ports import CHAT_KEY, Document, DocumentSource
from tradewind_server.flows.ports import ChatModel, ChatModelSpec, Embedder, EmbedderSpec, Message, Models, ToolSpec
from tradewind_server.flows.vector_ports import CollectionSpec, VectorIndex, VectorIndexes
from tradewind_server.observability.steps import count_retrieval, search_step


@runtime_checkable
class ChatModelCache(Protocol):
    """A cache node for answers."""

    def around(self, model: ChatModel, spec: ChatModelSpec) -> ChatModel:
        """The model with the cache before it."""
        ...


class EmbedderCache(Protocol):
    """What a cache node for vectors puts before an embedder."""

    def around(self, embedder: Embedder, spec: EmbedderSpec) -> Embedder: ...


@dataclass(frozen=True, slots=True)
class ChatModelHandle:
    """A chat model node. The client behind it is looked up at each use: a credential stored later takes effect."""

    models: Models
    workspace_id: str
    spec: ChatModelSpec
    takes_images: bool = False
    """Whether the node's owner lets images through to this model."""
    cache: ChatModelCache | None = None

    async def client(self) -> ChatModel:
        client = await self.models.chat_model(self.workspace_id, self.spec)
        return client if self.cache is None else self.cache.around(client, self.spec)

    def question(self, text: str, turn: Turn) -> Message:
        """The message that asks ``text``, with the images of the turn where this model looks at images."""
        if not self.takes_images or not turn.images:
            return Message("user", text)
        return Message("user", [{"type": "text", "text": text}, *turn.images])


@dataclass(frozen=True, slots=True)
class EmbedderHandle:
    """An embeddings node; the client behind it is looked up at each use."""

    models: Models
    workspace_id: str
    spec: EmbedderSpec
    cache: EmbedderCache | None = None

    async def client(self) -> Embedder:
        client = await self.models.embedder(self.workspace_id, self.spec)
        return client if self.cache is None else self.cache.around(client, self.spec)


Cleanup = Literal["none", "incremental", "full"]
Holding = Literal["own", "shared", "named", "chunks"]
"""Whose a collection is: made for one node of one chatflow; shared by chatflows that name the same place and drop what was
theirs with them; or named as a place of its own, which outlives chatflows. ``chunks`` are a document store's: they go with it
one by one, wherever they are."""


@dataclass(frozen=True, slots=True)
class Records:
    """A record manager node: chunks that are there already are not written again, and old ones go (docs/contract.md §7.5)."""

    namespace: str
    """As the node has it, else the chatflow's id; each collection has records of its own below it."""
    cleanup: Cleanup = "none"
    """``incremental`` removes older chunks of the sources that an upsert brings, ``full`` whatever it does not bring."""
    source_key: str = "source"
    """The metadata key that names a chunk's source."""
    from_drawing: bool = True
    """False for stores that replace their chunks without a record manager on the canvas: every chunk is written anew."""


@dataclass(frozen=True, slots=True)
class VectorStore:
    """A vector store node: where chunks go and where they are sought."""

    node_id: str
    label: str
    collection: CollectionSpec
    """Its ``embedding_model`` is filled in at use, when the embedder is known."""
    embedder: EmbedderHandle
    indexes: VectorIndexes
    sources: tuple[DocumentSource, ...] = ()
    top_k: int = 4
    filters: Mapping[str, Any] | None = None
    load_store: Callable[[VectorStore], Awaitable[None]] | None = None
    """Set for the in-memory stores of the canvas, which fill themselves at first use (docs/contract.md §7.6)."""
    records: Records | None = None
    holding: Holding = "named"
    chat_files: bool = False
    """Chunks are tied to the chat they are upserted for, and other chats do not find them (docs/contract.md §7.3)."""
    model: ChatModelHandle | None = None
    """Answers the engines that stand on this store, where its node has a chat model."""

    @property
    def metadata_key(self) -> str:
        return self.collection.metadata_key

    async def open(self) -> tuple[Embedder, VectorIndex]:
        embedder = await self.embedder.client()
        return embedder, self.indexes.index(replace(self.collection, embedding_model=embedder.model_name))

    async def retrieve(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        """The chunks nearest to a question, best first: ``top_k`` where no ``limit`` says otherwise."""
        return [document for _, document in await self.search(question, filters, turn, limit)]

    async def search(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[tuple[float, Document]]:
        """The same with the scores, as the collection's distance has them. ``filters`` (Qdrant's) narrow the node's own
        further.

        The turn says whose files are found beside what all chats find.
        """
        limit = limit or self.top_k
        chunks = turn.call_searches.get(self.node_id) if turn is not None else None
        if chunks is not None and chunks.instead:
            vector = await (await self.embedder.client()).embed_query(question)
            return await asyncio.to_thread(chunks.nearest, vector, limit)
        if self.load_store is not None:
            await self.load_store(self)
        embedder, index = await self.open()
        with search_step(self.label, self.node_id, question):
            vector = await embedder.embed_query(question)
            hits = await index.search(vector, limit, self._filters(filters, turn))
            count_retrieval(len(hits))
        pairs = [(chunk.score, Document(chunk.content, chunk.metadata, chunk.id)) for chunk in hits]
        if chunks is None:
            return pairs
        pairs += await asyncio.to_thread(chunks.nearest, vector, limit)
        pairs.sort(key=lambda pair: pair[0], reverse=not chunks.smallest_first)
        return pairs[:limit]

    def _filters(self, more: Mapping[str, Any] | None, turn: Turn | None) -> Mapping[str, Any] | None:
        parts = [one for one in (self.filters, more) if one]
        if self.chat_files:
            key = f"{self.collection.metadata_key}.{CHAT_KEY}"
            mine: list[dict[str, Any]] = [{"is_empty": {"key": key}}]
            if turn is not None:
                mine.append({"key": key, "match": {"value": turn.chat_id}})
            parts.append({"should": mine})
        return {"must": parts} if len(parts) > 1 else next(iter(parts), None)


@runtime_checkable
class Retriever(Protocol):
    """What looks things up for a question: a vector store, or a retriever node in front of one."""

    @property
    def label(self) -> str: ...

    @property
    def metadata_key(self) -> str:
        """Below which filters find a chunk's metadata."""
        ...

    @property
    def top_k(self) -> int:
        """How many chunks it finds where it is not asked for another number."""
        ...

    async def retrieve(
        self,
        question: str,
        filters: Mapping[str, Any] | None = None,
        turn: Turn | None = None,
        limit: int | None = None,
    ) -> list[Document]:
        """Chunks, best first. ``filters`` are Qdrant's; the turn says whose files are found; ``limit`` stands for ``top_k``."""
        ...


class CallSearch(Protocol):
    """Chunks of files that came with a question, found for it alone."""

    @property
    def instead(self) -> bool:
        """Whether they stand in place of what the store holds, or beside it."""
        ...

    @property
    def smallest_first(self) -> bool:
        """Whether a smaller score is a better one."""
        ...

    def nearest(self, vector: Sequence[float], limit: int) -> list[tuple[float, Document]]:
        """The nearest chunks with their scores, best first. Takes a while: runs in a thread."""
        ...


class EventSink(Protocol):
    """Takes the events of a streamed run in the order of docs/contract.md §5.3."""

    async def token(self, text: str) -> None: ...

    async def event(self, name: str, data: Any) -> None: ...


@dataclass(slots=True)
class Turn:
    """One call of a flow, from question to answer."""

    workspace_id: str
    chatflow_id: str
    chat_id: str
    session_id: str
    question: str
    history: Sequence[Message] = ()
    """Messages the caller prepended; never stored."""
    sink: EventSink | None = None
    """Set when the caller streams; a component that can stream sends its tokens here."""
    new_session: bool = False
    """True when the server made the session id for this call: nothing can be stored under it yet."""
    images: Sequence[Mapping[str, Any]] = ()
    """OpenAI-style ``image_url`` parts that came with the question."""
    file_attachment: str = ""
    """Text of the files that came whole with the question; it already stands before the question too."""
    call_searches: Mapping[str, CallSearch] = field(default_factory=dict)
    """Chunks of files that the chatflow's own loaders read for this question, by the id of the vector store."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Values of ``{{$vars.name}}`` in this call."""
    script_variables: Mapping[str, str] = field(default_factory=dict)
    """Those that functions of the owner's read as ``$vars``; where the caller brought the function, only what is open to
    callers."""
    message_id: str = ""
    """Id under which the answer will be stored."""
    node_values: dict[str, Any] = field(default_factory=dict)
    """What nodes in the middle of the flow have answered or yielded in this call, by node id."""
    flow_variables: dict[str, Any] = field(default_factory=dict)
    """Variables of the flow that its owner shows beside the answer."""
    within: tuple[str, ...] = ()
    """Chatflows that asked this one, by id, the outermost first."""
    form: Any = None
    """The form that came in place of a question."""
    row_text: str | None = None
    """What is stored as the user's message in place of the question; None for the question itself."""

    @property
    def question_text(self) -> str:
        """The question without the files before it: what is looked up, and what an embedding model has room for."""
        return self.question.removeprefix(self.file_attachment).lstrip("\n") if self.file_attachment else self.question


@dataclass(slots=True)
class Answer:
    """What an ending node yields. Fields left None are omitted from the result."""

    text: str
    json: Any = None
    source_documents: list[Document] | None = None
    used_tools: list[dict[str, Any]] | None = None
    artifacts: list[dict[str, Any]] | None = None
    execution_id: str | None = None
    """The execution that an agent flow left."""
    trace: list[dict[str, Any]] | None = None
    """What an agent flow did, node by node."""
    action: dict[str, Any] | None = None
    """What a person is asked before an agent flow goes on."""
    reason_content: dict[str, Any] | None = None
    """What the model thought before it answered."""


@runtime_checkable
class Memory(Protocol):
    """A memory node: the stored messages of a session, oldest first, within the node's window."""

    async def messages(self, turn: Turn) -> list[Message]: ...


@dataclass(frozen=True, slots=True)
class ToolResult:
    """What a tool found. ``text`` goes back to the model; ``error`` says that it stands for a failure."""

    text: str
    source_documents: Sequence[Document] = ()
    artifacts: Sequence[Mapping[str, Any]] = ()
    error: str | None = None


@runtime_checkable
class Tool(Protocol):
    """A tool node. A failure that the model can react to is a result with ``error``, not an exception."""

    @property
    def spec(self) -> ToolSpec: ...

    @property
    def return_direct(self) -> bool:
        """Whether the result ends the run as its answer."""
        ...

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult: ...


class ParseFailure(Exception):
    """An answer that an output parser cannot read; the message says what is wrong with it."""


@runtime_checkable
class OutputParser(Protocol):
    """An output parser node: tells the model what to write, and reads it."""

    @property
    def instructions(self) -> str: ...

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema of what it reads, where that is JSON: models that can keep to one are told."""
        ...

    def parse(self, text: str) -> Any:
        """A JSON value. Raises :class:`ParseFailure`."""
        ...


@runtime_checkable
class Moderation(Protocol):
    """A moderation node."""

    async def refusal(self, question: str) -> str | None:
        """The sentence that answers a question which may not be asked; None lets it pass."""
        ...


@runtime_checkable
class Runnable(Protocol):
    """An ending node (chain, agent, engine)."""

    async def run(self, turn: Turn) -> Answer: ...


@runtime_checkable
class ValueNode(Protocol):
    """A node in the middle of a flow that yields a value: a function, a variable."""

    async def value(self, turn: Turn) -> Any:
        """The value as JSON, made once in a turn."""
        ...


@runtime_checkable
class SelfCheck(Protocol):
    """A component that can tell, before any question, that it will refuse all of them."""

    def check(self) -> None:
        """Raises what every question would be refused for."""
        ...


class StoredDocuments(Protocol):
    """What nodes may read of the document stores of a workspace. Raises ``NotFound(DOCUMENT_STORE_NOT_FOUND)``."""

    async def vector_store(self, workspace_id: str, store_id: str) -> VectorStore:
        """The store as a vector store, as its settings are now. Asked at each use: it is quick."""
        ...

    def chunks(self, workspace_id: str, store_id: str) -> AsyncIterator[list[Document]]:
        """All chunks of the store, a page at a time."""
        ...


class OtherFlows(Protocol):
    """Asks another chatflow of the turn's workspace. Raises what a prediction raises, and ``InvalidInput`` for circles.

    ``chat_id`` None begins a conversation of its own.
    """

    async def ask(
        self, chatflow_id: str, question: str, turn: Turn, *, chat_id: str | None, overrides: Mapping[str, Any]
    ) -> Answer: ...
