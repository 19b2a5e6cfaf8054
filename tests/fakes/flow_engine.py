"""The flow engine over doubles of its ports: models that say what a test wants, stores in memory, drawings in a line.

In a test::

    engine = Engine()
    flow = engine.put(
        node("chatOpenAI", modelName="m"),
        node("conversationChain", model=wire("chatOpenAI"), systemMessagePrompt="Be brief."),
    )
    result = await engine.ask(flow, "Hello")
    engine.model("m").calls[0].messages
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tradewind_server.access.ports import ANONYMOUS, Credential, Principal
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.config import read_config
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.tools import StoredTool
from tradewind_server.chatflows.variables import Variable
from tradewind_server.chats.ports import ChatMessage, Deleted, MessageFilter, MessagePage, PageRequest
from tradewind_server.flows.compile.plan import CompiledFlow, PlanCache
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.javascript_port import JavaScriptOff, Script
from tradewind_server.flows.nodes.registry import Registry, builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.ports import (
    PLAIN_CALL,
    CallOptions,
    ChatDelta,
    ChatModelSpec,
    ChatReply,
    EmbedderSpec,
    Message,
    Rank,
    RerankerSpec,
)
from tradewind_server.flows.predict.attachments import Uploads
from tradewind_server.flows.predict.chain_engine import ChainEngine
from tradewind_server.flows.predict.engine import Engine as FlowEngine
from tradewind_server.flows.predict.engine import Engines
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.follow_up import FollowUps
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult
from tradewind_server.flows.predict.post_processing import PostProcessing
from tradewind_server.flows.predict.predictor import PredictionLimits, Predictor
from tradewind_server.flows.predict.session_place import SessionPlaces
from tradewind_server.flows.predict.subflows import WorkspaceFlows
from tradewind_server.flows.predict.text_to_speech import TextToSpeech
from tradewind_server.flows.predict.turn import PreparedPrediction
from tradewind_server.flows.sql_port import SqlRows, SqlSource, SqlTable
from tradewind_server.flows.vector_ports import CollectionSpec, ScoredChunk
from tradewind_server.outbound.ports import OutboundReply

from fakes.admission import admission_to, caller
from fakes.voices import FakeSynthesizers

WORKSPACE = "00000000-0000-4000-8000-000000000001"
MOMENT = datetime(2025, 1, 1, 12, tzinfo=UTC)
PIECE = re.compile(r"\s*\S+")
Say = str | ChatReply | BaseException | Callable[[Sequence[Message]], "str | ChatReply"]


@dataclass(frozen=True)
class ModelCall:
    """One call as the model saw it."""

    messages: tuple[Message, ...]
    options: CallOptions
    streamed: bool

    @property
    def texts(self) -> list[tuple[str, Any]]:
        return [(message.role, message.content) for message in self.messages]


class FakeChatModel:
    """Says ``answers`` in turn, the last one for ever. An exception is raised, a function is asked."""

    def __init__(self, name: str, *answers: Say) -> None:
        self.model_name = name
        self.answers: list[Say] = list(answers) or [f"Answer of {name}."]
        self.calls: list[ModelCall] = []
        self._turn = 0
        self.hold: asyncio.Event | None = None
        """Where it is set, a stream waits for it behind its first piece."""
        self.streaming = asyncio.Event()
        self.left = asyncio.Event()

    def say(self, *answers: Say) -> None:
        self.answers = list(answers)
        self._turn = 0

    def _next(self, messages: Sequence[Message], options: CallOptions, streamed: bool) -> ChatReply:
        answer = self.answers[min(self._turn, len(self.answers) - 1)]
        self._turn += 1
        self.calls.append(ModelCall(tuple(messages), options, streamed))
        if isinstance(answer, BaseException):
            raise answer
        said = answer(messages) if callable(answer) else answer
        return ChatReply(said) if isinstance(said, str) else said

    async def complete(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> ChatReply:
        return self._next(messages, options, False)

    async def stream(self, messages: Sequence[Message], options: CallOptions = PLAIN_CALL) -> AsyncIterator[ChatDelta]:
        reply = self._next(messages, options, True)
        try:
            for index, piece in enumerate(PIECE.findall(reply.text)):
                yield ChatDelta(piece)
                if index == 0:
                    self.streaming.set()
                    if self.hold is not None:
                        await self.hold.wait()
            yield ChatDelta(finish_reason=reply.finish_reason, tool_calls=reply.tool_calls, thinking=reply.thinking)
        finally:
            self.left.set()


class FakeEmbedder:
    model_name = "fake-embedder"

    async def embed_documents(self, texts: Sequence[str]) -> list[Sequence[float]]:
        return [[float(len(text)), 1.0] for text in texts]

    async def embed_query(self, text: str) -> Sequence[float]:
        return [float(len(text)), 1.0]


class FakeModels:
    """The port ``Models``: one double for each model name, and the specs that were asked for."""

    def __init__(self) -> None:
        self.by_name: dict[str, FakeChatModel] = {}
        self.specs: list[ChatModelSpec] = []
        self.refused: dict[str, BaseException] = {}
        self.rerankers: list[RerankerSpec] = []
        self.rerank = FakeReranker()

    async def reranker(self, workspace_id: str, spec: RerankerSpec) -> FakeReranker:
        self.rerankers.append(spec)
        return self.rerank

    async def chat_model(self, workspace_id: str, spec: ChatModelSpec) -> FakeChatModel:
        self.specs.append(spec)
        if spec.model in self.refused:
            raise self.refused[spec.model]
        return self.by_name.setdefault(spec.model, FakeChatModel(spec.model))

    async def embedder(self, workspace_id: str, spec: EmbedderSpec) -> FakeEmbedder:
        return FakeEmbedder()


@dataclass
class FakeReranker:
    """The port ``Reranker``: longer texts are more relevant."""

    questions: list[tuple[str, tuple[str, ...], int]] = field(default_factory=list)
    failure: BaseException | None = None

    async def rank(self, question: str, texts: Sequence[str], limit: int) -> list[Rank]:
        self.questions.append((question, tuple(texts), limit))
        if self.failure is not None:
            raise self.failure
        ranks = [Rank(index, len(text) / 100) for index, text in enumerate(texts)]
        return sorted(ranks, key=lambda rank: rank.score, reverse=True)[:limit]


@dataclass
class FakeIndexes:
    """The port ``VectorIndexes``: every collection finds ``chunks``, best first."""

    chunks: list[ScoredChunk] = field(default_factory=list)
    searches: list[tuple[CollectionSpec, int, Mapping[str, Any] | None]] = field(default_factory=list)
    vectors: list[Sequence[float]] = field(default_factory=list)
    """What was sought; the first number is the length of the text."""

    def hold(self, *texts: str) -> None:
        self.chunks = [ScoredChunk(f"chunk-{i}", 1.0, text, {"source": f"{i}.txt"}) for i, text in enumerate(texts)]

    def index(self, spec: CollectionSpec) -> Any:
        indexes = self

        class Index:
            async def search(
                self, vector: Sequence[float], limit: int, filters: Mapping[str, Any] | None = None
            ) -> list[ScoredChunk]:
                indexes.searches.append((spec, limit, filters))
                indexes.vectors.append(vector)
                return indexes.chunks[:limit]

        return Index()


class FakeMessages:
    """The port ``ChatMessages`` in memory."""

    def __init__(self, max_history: int = 200) -> None:
        self.rows: list[tuple[str, ChatMessage]] = []
        self.max_history = max_history
        self.reads = 0

    def of(self, chatflow_id: str) -> list[ChatMessage]:
        return [row for _, row in self.rows if row.chatflow_id == chatflow_id]

    async def add(self, workspace_id: str, messages: Sequence[ChatMessage]) -> None:
        self.rows += [(workspace_id, message) for message in messages]

    async def history(self, workspace_id: str, chatflow_id: str, session_id: str, limit: int | None) -> list[tuple[str, str]]:
        self.reads += 1
        filters = MessageFilter(chatflow_id, session_id=session_id)
        rows = [(row.role, row.content) for row in self._found(workspace_id, filters)]
        most = min(limit, self.max_history) if limit is not None else self.max_history
        return rows[len(rows) - most :] if most < len(rows) else rows

    def _found(self, workspace_id: str, filters: MessageFilter) -> list[ChatMessage]:
        wanted = {"session_id": filters.session_id, "chat_id": filters.chat_id}
        return [
            row
            for owner, row in self.rows
            if owner == workspace_id
            and row.chatflow_id == filters.chatflow_id
            and all(getattr(row, name) == value for name, value in wanted.items() if value is not None)
        ]

    async def list(
        self, workspace_id: str, filters: MessageFilter, part: PageRequest, *, with_feedback: bool = False
    ) -> MessagePage:
        self.reads += 1
        rows = self._found(workspace_id, filters)
        return MessagePage((rows[::-1] if part.descending else rows)[: part.limit])

    async def delete(self, workspace_id: str, filters: MessageFilter) -> Deleted:
        gone = self._found(workspace_id, filters)
        self.rows = [(owner, row) for owner, row in self.rows if row not in gone]
        return Deleted(len(gone))


class FakeVariables:
    """The port ``Variables`` in memory; counts its reads."""

    def __init__(self) -> None:
        self.stored: dict[str, dict[str, Variable]] = {}
        self.reads = 0

    def set(self, workspace_id: str = WORKSPACE, **values: str) -> None:
        mine = self.stored.setdefault(workspace_id, {})
        mine.update({name: Variable(name, name, value, "static", MOMENT, MOMENT) for name, value in values.items()})

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        self.reads += 1
        mine = self.stored.get(workspace_id, {})
        return {name: one.value for name, one in mine.items() if one.value is not None}

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        self.stored.setdefault(workspace_id, {}).update({one.name: one for one in variables})


@dataclass(frozen=True)
class OutboundCall:
    """One call as it would have left."""

    method: str
    url: str
    headers: Mapping[str, str]
    params: Mapping[str, str]
    body: bytes | None


class FakeOutbound:
    """The port ``Outbound``: says ``answers`` in turn, the last one for ever."""

    def __init__(self) -> None:
        self.calls: list[OutboundCall] = []
        self.answers: list[OutboundReply | BaseException] = [self.reply("")]

    @staticmethod
    def reply(body: Any, status: int = 200) -> OutboundReply:
        text = body if isinstance(body, str) else json.dumps(body)
        return OutboundReply(status, "https://example.com/", "application/json", text.encode())

    def say(self, *answers: Any) -> None:
        """Texts, JSON values, whole replies and errors."""
        known = (OutboundReply, BaseException)
        self.answers = [answer if isinstance(answer, known) else self.reply(answer) for answer in answers]

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 20.0,
    ) -> OutboundReply:
        self.calls.append(OutboundCall(method, url, dict(headers or {}), dict(params or {}), body))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer


class FakeCredentials:
    """The port ``Credentials`` as far as flows use it: secrets by name."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], dict[str, str]] = {}

    def hold(self, name: str, workspace_id: str = WORKSPACE, **secret: str) -> None:
        self.secrets[(workspace_id, name)] = secret

    async def reveal(self, workspace_id: str, name_or_id: str) -> tuple[Credential, dict[str, str]] | None:
        secret = self.secrets.get((workspace_id, name_or_id))
        return None if secret is None else (Credential(name_or_id, workspace_id, name_or_id, "", MOMENT, MOMENT), secret)


class FakeSql:
    """The port ``ReadOnlySql``: shows ``shown``; answers statements in turn, the last answer for ever."""

    def __init__(self) -> None:
        self.shown = [SqlTable("ship", "CREATE TABLE ship (name TEXT, tons REAL)")]
        self.answers: list[SqlRows | BaseException] = [SqlRows(("name",), (("Ana",),))]
        self.asked: list[tuple[SqlSource, str, int]] = []
        self.samples: list[int] = []

    def say(self, *answers: SqlRows | BaseException) -> None:
        self.answers = list(answers)

    async def tables(self, source: SqlSource, sample_rows: int = 0) -> list[SqlTable]:
        self.samples.append(sample_rows)
        return self.shown

    async def select(self, source: SqlSource, statement: str, most_rows: int) -> SqlRows:
        self.asked.append((source, statement, most_rows))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, BaseException):
            raise answer
        return answer


class FakeChatflows:
    """The port ``Chatflows`` in memory."""

    def __init__(self) -> None:
        self.flows: dict[str, Chatflow] = {}

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        return self.flows.get(chatflow_id)

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        flow = self.flows.get(chatflow_id)
        return flow if flow is not None and flow.workspace_id == workspace_id else None

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        mine = [one for one in self.flows.values() if one.workspace_id == workspace_id and type_ in (None, one.type)]
        return mine[offset:][:limit], len(mine)

    async def of_key(self, workspace_id: str, key_id: str) -> list[Chatflow]:
        mine = (one for one in self.flows.values() if one.workspace_id == workspace_id and one.apikeyid == key_id)
        return sorted(mine, key=lambda flow: flow.name)

    async def create(self, flow: Chatflow) -> Chatflow:
        self.flows[flow.id] = flow
        return flow

    async def update(self, workspace_id: str, chatflow_id: str, changes: Mapping[str, Any]) -> Chatflow | None:
        flow = await self.get(workspace_id, chatflow_id)
        if flow is not None:
            self.flows[chatflow_id] = flow = replace(flow, **changes, version=flow.version + 1)
        return flow

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        return int(await self.get(workspace_id, chatflow_id) is not None and self.flows.pop(chatflow_id) is not None)


def wire(name: str, number: int = 0) -> str:
    """What the canvas writes into an input that another node is wired to."""
    return f"{{{{{name}_{number}.data.instance}}}}"


def node(name: str, number: int = 0, /, **inputs: Any) -> dict[str, Any]:
    """A node as the canvas saves it. Keywords that begin with an underscore go into its data instead of its inputs."""
    types = {one.name: one for one in builtin_registry().types()}
    known = types.get(name)
    data = {key.removeprefix("_"): inputs.pop(key) for key in list(inputs) if key.startswith("_")}
    node_id = f"{name}_{number}"
    return {
        "id": node_id,
        "type": "customNode",
        "data": {
            "id": node_id,
            "name": name,
            "label": known.label if known else name,
            "category": known.category if known else "Tools",
            "inputs": inputs,
            "outputs": {},
            **data,
        },
    }


def drawing(*nodes: Mapping[str, Any]) -> str:
    """The JSON text of a flow; its wires follow from the inputs."""
    edges = []
    for one in nodes:
        for source in re.findall(r"\{\{(\w+)\.data\.instance", json.dumps(one["data"]["inputs"])):
            edges.append({"source": source, "target": one["id"], "id": f"{source}-{one['id']}"})
    return json.dumps({"nodes": list(nodes), "edges": edges})


class FakeJavaScript:
    """Runs no JavaScript: a Python function stands for each function of a chatflow, by its code."""

    def __init__(self) -> None:
        self.functions: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
        self.scripts: list[Script] = []
        self.is_off = False

    def check(self, label: str) -> None:
        if self.is_off:
            JavaScriptOff().check(label)

    async def run(self, script: Script) -> Any:
        self.check(script.label)
        self.scripts.append(script)
        return self.functions[script.code](script.values)


class FakeTools:
    """Stored tools by id."""

    def __init__(self, tools: dict[str, StoredTool]) -> None:
        self._tools = tools

    async def get(self, workspace_id: str, tool_id: str) -> StoredTool | None:
        return self._tools.get(tool_id) if workspace_id == WORKSPACE else None


class Engine:
    """A :class:`Predictor` with everything it needs.

    ``uploads`` are for calls that bring files, ``engines`` for further types of chatflows.
    """

    def __init__(
        self,
        registry: Registry | None = None,
        *,
        question_chars: int = 10_000,
        uploads: Uploads | None = None,
        engines: Mapping[str, FlowEngine] | None = None,
        session_places: SessionPlaces | None = None,
    ) -> None:
        self.models = FakeModels()
        self.indexes = FakeIndexes()
        self.messages = FakeMessages()
        self.variables = FakeVariables()
        self.chatflows = FakeChatflows()
        self.outbound = FakeOutbound()
        self.credentials = FakeCredentials()
        self.sql = FakeSql()
        self.javascript = FakeJavaScript()
        self.tools: dict[str, StoredTool] = {}
        self.registry = registry or builtin_registry()
        self.plans = PlanCache(self.registry)
        self.admission = admission_to(self.chatflows)
        self.synthesizers = FakeSynthesizers()
        self.text_to_speech = TextToSpeech(self.synthesizers)
        self._ids = 0
        self._ticks = 0
        self.predictor = Predictor(
            engines=Engines(
                ChainEngine(
                    plans=self.plans,
                    context_of=self.context_of,
                    variables=self.variables,
                    blobs=uploads.blobs if uploads else None,  # type: ignore[arg-type]
                    tools=FakeTools(self.tools),  # type: ignore[arg-type]
                ),
                engines,
            ),
            chat_messages=self.messages,  # type: ignore[arg-type]
            follow_ups=FollowUps(self.registry, self.context_of),
            uploads=uploads,  # type: ignore[arg-type]
            text_to_speech=self.text_to_speech,
            new_id=self.new_id,
            new_message_id=self.new_id,
            now=self.now,
            limits=PredictionLimits(question_chars),
            post_processing=PostProcessing(self.javascript, self.variables, self.messages),  # type: ignore[arg-type]
            session_places=session_places,
        )

    def new_id(self) -> str:
        self._ids += 1
        return f"00000000-0000-4000-9000-{self._ids:012}"

    def now(self) -> datetime:
        """A clock that goes on by a second each time it is read."""
        self._ticks += 1
        return MOMENT + timedelta(seconds=self._ticks)

    def context_of(self, chatflow: Chatflow) -> BuildContext:
        async def load_store(store: VectorStore) -> None:
            """Nothing to load."""

        return BuildContext(
            chatflow.workspace_id,
            chatflow.id,
            self.models,
            self.indexes,
            self.messages,  # type: ignore[arg-type]
            load_store=load_store,
            outbound=self.outbound,
            credentials=self.credentials,  # type: ignore[arg-type]
            now=self.now,
            sql=self.sql,
            other_flows=WorkspaceFlows(self.admission, lambda: self.predictor),
            javascript=self.javascript,
        )

    def model(self, name: str, *answers: Say) -> FakeChatModel:
        """The double behind a model name; ``answers`` are what it says from now on."""
        model = self.models.by_name.setdefault(name, FakeChatModel(name))
        if answers:
            model.say(*answers)
        return model

    def put(self, *nodes: Mapping[str, Any], flow_data: str | None = None, **columns: Any) -> str:
        """Store a flow; columns that are not text are stored as JSON text. The flow's id."""
        for name, value in columns.items():
            if name.endswith(("config", "prompts", "to_text", "to_speech", "analytic")) and not isinstance(value, str):
                columns[name] = json.dumps(value)
        values = {"type": "CHATFLOW", "name": "Flow", "workspace_id": WORKSPACE, **columns}
        flow = Chatflow(
            id=self.new_id(),
            flow_data=flow_data if flow_data is not None else drawing(*nodes),
            created_date=MOMENT,
            updated_date=MOMENT,
            **values,
        )
        self.chatflows.flows[flow.id] = flow
        return flow.id

    def compiled(self, flow: str) -> CompiledFlow:
        chatflow = self.chatflows.flows[flow]
        return self.plans.get(chatflow, read_config(chatflow), self.context_of)

    async def admit(self, flow: str, principal: Principal = ANONYMOUS, origin: str | None = None) -> Admitted:
        return await self.admission.admit(flow, caller(principal, origin))

    async def prepare(
        self,
        flow: str,
        question: str | None = "Hi",
        principal: Principal = ANONYMOUS,
        origin: str | None = None,
        **fields: Any,
    ) -> PreparedPrediction:
        return await self.predictor.prepare(await self.admit(flow, principal, origin), PredictionRequest(question, **fields))

    async def ask(self, flow: str, question: str | None, principal: Principal = ANONYMOUS, **fields: Any) -> PredictionResult:
        return await self.predictor.run(await self.prepare(flow, question, principal, **fields))

    async def stream(self, flow: str, question: str, principal: Principal = ANONYMOUS, **fields: Any) -> list[Event]:
        prepared = await self.prepare(flow, question, principal, **fields)
        return [event async for together in self.predictor.stream(prepared) for event in together]


def conversation(**inputs: Any) -> tuple[dict[str, Any], ...]:
    """A Conversation Chain with Buffer Memory; ``inputs`` are the chain's."""
    return (
        node("chatOpenAI", modelName="m", streaming=True, temperature=0.9),
        node("bufferMemory", sessionId="", memoryKey="chat_history"),
        node(
            "conversationChain",
            **{"model": wire("chatOpenAI"), "memory": wire("bufferMemory"), "systemMessagePrompt": "Be brief.", **inputs},
        ),
    )


def retrieval(**inputs: Any) -> tuple[dict[str, Any], ...]:
    """A Conversational Retrieval QA Chain over a Qdrant node; ``inputs`` are the chain's."""
    return (
        node("chatOpenAI", modelName="m"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs", topK="", document=""),
        node(
            "conversationalRetrievalQAChain",
            **{"model": wire("chatOpenAI"), "vectorStoreRetriever": wire("qdrant"), **inputs},
        ),
    )
