"""A real gRPC server on a unix socket, over doubles of the rules."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from prometheus_client import CollectorRegistry
from tradewind_server.access.authenticator import Authenticator
from tradewind_server.access.keys import digest_of
from tradewind_server.access.ports import DEFAULT_WORKSPACE, ApiKey
from tradewind_server.access.rate_limits import LocalRateWindows, RateLimits
from tradewind_server.access.throttle import FailureThrottle
from tradewind_server.chatflows.admission import Admission, Admitted
from tradewind_server.chatflows.ids import check_id
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.chatflows.transfer import ImportResult
from tradewind_server.chats.feedback import FeedbackService
from tradewind_server.chats.leads import LeadService
from tradewind_server.chats.ports import (
    ChatMessage,
    ChatSession,
    Deleted,
    MessageFilter,
    MessagePage,
    PageRequest,
    Position,
    SessionPage,
)
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.chats.stats import ChatflowStats, StatsService
from tradewind_server.documents.ports import SourceFile
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import NotFound, Reason
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.agentflow.execution_service import ExecutionService
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.predict.attachments import UploadLimits, Uploads
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import PredictionRequest, PredictionResult
from tradewind_server.flows.predict.text_to_speech import TextToSpeech
from tradewind_server.ingest.ports import Progress, UpsertResult
from tradewind_server.observability.metrics import Metrics
from tradewind_server.rpc.doors import doors
from tradewind_server.rpc.interceptors.tracing import Tracing
from tradewind_server.rpc.relay import AbortRelay
from tradewind_server.rpc.server import Around, RpcServer
from tradewind_server.rpc.service import Domain
from tradewind_server.runs.access import RunAccess
from tradewind_server.runs.active_runs import ActiveRuns, RunPlaces
from tradewind_server.runs.idempotency import Idempotency
from tradewind_server.settings import Settings

from fakes.agentflow import FakeExecutions
from fakes.feedbacks import FeedbacksInMemory
from fakes.leads import LeadsInMemory
from fakes.runs import KeysInMemory, WorkersInMemory
from fakes.voices import FakeSynthesizers

SECRET = b"a secret of the tests"
ADMIN_KEY = "tw_admin-key-of-the-tests"
OPEN_FLOW = "11111111-1111-4111-8111-111111111111"
KEYED_FLOW = "22222222-2222-4222-8222-222222222222"
FOREIGN_FLOW = "33333333-3333-4333-8333-333333333333"
NEW_ID = "44444444-4444-4444-8444-444444444444"
OTHER_WORKSPACE = "00000000-0000-4000-8000-000000000002"
MOMENT = datetime(2025, 1, 1, 11, 28, 36, tzinfo=UTC)
FLOW_DATA = '{"nodes":[],"edges":[]}'


def a_chatflow(flow_id: str, **changes: Any) -> Chatflow:
    flow = Chatflow(flow_id, DEFAULT_WORKSPACE, "Flow", FLOW_DATA, "CHATFLOW", MOMENT, MOMENT)
    return replace(flow, **changes)


class FakeApiKeys:
    """The port ``ApiKeys`` in memory; counts its look-ups."""

    def __init__(self) -> None:
        self.keys: dict[bytes, ApiKey] = {}
        self.lookups = 0

    def put(self, text: str, *permissions: str, key_id: str = "key-1", workspace_id: str = DEFAULT_WORKSPACE) -> None:
        digest = digest_of(SECRET, text)
        self.keys[digest] = ApiKey(key_id, workspace_id, "name", text[:9], digest, frozenset(permissions), MOMENT, MOMENT)

    async def by_digest(self, digest: bytes) -> ApiKey | None:
        self.lookups += 1
        return self.keys.get(digest)

    async def note_use(self, key_id: str, when: datetime) -> None:
        """Not looked at here."""


@dataclass
class FakePrepared:
    request: PredictionRequest
    streams: bool
    run_id: str | None = None
    decides: bool = False


@dataclass
class FakePredictor:
    """Answers every question with "Hello"; its behaviour is set by the test."""

    flows: dict[str, Chatflow]
    streams: bool = True
    admitted: list[Admitted] = field(default_factory=list)
    asked: list[PredictionRequest] = field(default_factory=list)
    aborted: list[tuple[str, str]] = field(default_factory=list)
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    hold: asyncio.Event | None = None
    error: BaseException | None = None
    error_after: int = 0
    silence: float = 0.0

    async def prepare(self, admitted: Admitted, request: PredictionRequest) -> FakePrepared:
        self.admitted.append(admitted)
        self.asked.append(request)
        return FakePrepared(request, self.streams)

    async def run(self, prepared: FakePrepared) -> PredictionResult:
        self.started.set()
        if self.hold is not None:
            try:
                await self.hold.wait()
            except asyncio.CancelledError:
                self.cancelled.set()
                raise
        if self.error is not None:
            raise self.error
        return PredictionResult(
            chat_id=prepared.request.chat_id or "c1",
            chat_message_id="m1",
            session_id="s1",
            question=prepared.request.question,
            text="Hello",
            memory_type="Buffer Memory",
            source_documents=[{"pageContent": "chunk", "metadata": {"loc": {"pageNumber": 3}, "tags": ["a", None]}}],
        )

    async def stream(self, prepared: FakePrepared, heartbeat_seconds: float | None = None) -> AsyncIterator[list[Event]]:
        said = [Event("start", ""), Event("token", "Hel"), Event("token", f"lo {prepared.request.question}")]
        try:
            for index, event in enumerate(said):
                if self.error is not None and index == self.error_after:
                    raise self.error
                yield [event]
            self.started.set()
            if self.silence:
                await asyncio.sleep(self.silence)
            if self.hold is not None:
                await self.hold.wait()
            metadata = {"chatId": "c1", "chatMessageId": "m1", "question": prepared.request.question, "sessionId": "s1"}
            yield [Event("metadata", metadata), Event("end", "[DONE]")]
        finally:
            self.cancelled.set()

    def abort(self, admitted: Admitted, chat_id: str) -> int:
        return self.abort_relayed(admitted.chatflow.id, chat_id)

    def abort_relayed(self, chatflow_id: str, chat_id: str) -> int:
        self.aborted.append((chatflow_id, chat_id))
        return 0


@dataclass
class FakeUpserter:
    prepared: list[Any] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    error: BaseException | None = None
    truncated: bool = False
    hold: asyncio.Event | None = None
    """Set: a run waits for it after its first steps."""
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)

    async def prepare(self, admitted: Admitted, request: Any) -> Any:
        self.prepared.append(request)
        return request

    async def run(self, prepared: Any, report: Callable[[Progress], None] | None = None) -> UpsertResult:
        self.contents += [_bytes_of(file) for file in prepared.files]
        if report is not None:
            report(Progress("loaded", 1, "qdrant_0"))
            report(Progress("split", 5, "qdrant_0"))
        try:
            if self.hold is not None:
                await self.hold.wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        if self.error is not None:
            raise self.error
        if report is not None:
            report(Progress("embedded", 5, "qdrant_0"))
            report(Progress("written", 5, "qdrant_0"))
        added = [{"pageContent": "chunk", "metadata": {"line": 7}}]
        return UpsertResult(num_added=1, added=added, added_truncated=self.truncated)


def _bytes_of(file: SourceFile) -> bytes:
    return Path(file.path).read_bytes()


class FakeBlobs:
    """Writes files into a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.received: list[SourceFile] = []

    async def receive(self, name: str, mime: str, chunks: AsyncIterator[bytes]) -> SourceFile:
        data = b"".join([chunk async for chunk in chunks])
        path = self.folder / f"file{len(self.received)}"
        path.write_bytes(data)
        file = SourceFile(name, mime, str(path), len(data))
        self.received.append(file)
        return file

    async def read(self, file: SourceFile) -> AsyncIterator[bytes]:
        yield _bytes_of(file)

    async def discard(self, files: list[SourceFile]) -> None:
        for file in files:
            os.unlink(file.path)

    def left(self) -> list[str]:
        return [path.name for path in self.folder.iterdir()]


class FakeMessages:
    """The port ``ChatMessages`` in memory; it filters nothing, and notes what it is asked."""

    def __init__(self) -> None:
        self.rows: list[ChatMessage] = []
        self.found: list[ChatSession] = []
        self.asked: list[MessageFilter] = []
        self.parts: list[PageRequest] = []
        self.of_sessions: list[PageRequest] = []
        self.deleted: list[MessageFilter] = []

    async def list(
        self, workspace_id: str, filters: MessageFilter, part: PageRequest, *, with_feedback: bool = False
    ) -> MessagePage:
        self.asked.append(filters)
        self.parts.append(part)
        rows = [row for row in self.rows if part.after is None or (row.created_date, row.id) > part.after][part.offset :]
        shown = rows[: part.limit]
        following = Position(shown[-1].created_date, shown[-1].id) if len(rows) > len(shown) else None
        return MessagePage(shown, following)

    async def list_of_sessions(
        self,
        workspace_id: str,
        filters: MessageFilter,
        sessions: PageRequest,
        part: PageRequest,
        *,
        with_feedback: bool = False,
    ) -> MessagePage:
        self.of_sessions.append(sessions)
        return await self.list(workspace_id, filters, part, with_feedback=with_feedback)

    async def sessions(self, workspace_id: str, filters: MessageFilter, part: PageRequest) -> SessionPage:
        self.asked.append(filters)
        self.parts.append(part)
        return SessionPage(self.found[: part.limit], len(self.found), None)

    async def delete(self, workspace_id: str, filters: MessageFilter) -> Deleted:
        self.deleted.append(filters)
        return Deleted(3)


class FakeCounts:
    """The port ``ChatflowCounts``; answers what the test says, and notes what it is asked."""

    def __init__(self) -> None:
        self.found = ChatflowStats()
        self.asked: list[tuple[str, MessageFilter]] = []

    async def stats(self, workspace_id: str, filters: MessageFilter, most_days: int) -> ChatflowStats:
        self.asked.append((workspace_id, filters))
        return self.found


class FakeChatflows:
    """Enough of ``ChatflowService`` and of the port ``Chatflows`` to see what arrives."""

    def __init__(self, flows: dict[str, Chatflow]) -> None:
        self.flows = flows
        self.given: list[dict[str, Any]] = []

    async def get_by_id(self, chatflow_id: str) -> Chatflow | None:
        return self.flows.get(chatflow_id)

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow | None:
        flow = self.flows.get(check_id(chatflow_id))
        return flow if flow is not None and flow.workspace_id == workspace_id else None

    async def _own(self, workspace_id: str, chatflow_id: str) -> Chatflow:
        flow = await self.get(workspace_id, chatflow_id)
        if flow is None:
            raise NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")
        return flow

    async def list(
        self, workspace_id: str, type_: str | None = None, offset: int = 0, limit: int | None = None
    ) -> tuple[list[Chatflow], int]:
        mine = [flow for flow in self.flows.values() if flow.workspace_id == workspace_id]
        return mine[offset:][:limit], len(mine)

    async def create(self, workspace_id: str, fields: dict[str, Any]) -> Chatflow:
        self.given.append(fields)
        return a_chatflow(OPEN_FLOW, **fields)

    async def update(self, workspace_id: str, chatflow_id: str, fields: dict[str, Any]) -> Chatflow:
        self.given.append(fields)
        return replace(await self._own(workspace_id, chatflow_id), **fields)

    async def delete(self, workspace_id: str, chatflow_id: str) -> int:
        await self._own(workspace_id, chatflow_id)
        return 1

    async def export(self, workspace_id: str, ids: list[str]) -> list[Chatflow]:
        return [await self._own(workspace_id, one) for one in ids] if ids else (await self.list(workspace_id))[0]

    async def import_file(self, workspace_id: str, data: Any, name: str | None) -> ImportResult:
        self.given.append({"data": data, "name": name})
        return ImportResult([(a_chatflow(OPEN_FLOW), ["A note."])], [], [])


class OwnedChatflows(FakeChatflows):
    """Raises for what is missing, as ``ChatflowService`` does."""

    async def get(self, workspace_id: str, chatflow_id: str) -> Chatflow:
        flow = self.flows.get(check_id(chatflow_id))
        if flow is None or flow.workspace_id != workspace_id:
            raise NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")
        return flow

    async def _own(self, workspace_id: str, chatflow_id: str) -> Chatflow:
        return await self.get(workspace_id, chatflow_id)


class NoVersions:
    """The port ``VersionSearch`` without any."""

    async def by_name(self, chatflow_id: str, name: str) -> None:
        return None


@dataclass
class World:
    """A running server and the doubles behind it."""

    settings: Settings
    server: RpcServer
    socket: Path
    keys: FakeApiKeys
    predictor: FakePredictor
    synthesizers: FakeSynthesizers
    upserter: FakeUpserter
    blobs: FakeBlobs
    kept: DiskBlobs
    messages: FakeMessages
    feedbacks: FeedbacksInMemory
    leads: LeadsInMemory
    counts: FakeCounts
    executions: FakeExecutions
    chatflows: OwnedChatflows
    registry: CollectorRegistry
    checks: dict[str, bool]
    lines: list[bytes]
    channel: grpc.aio.Channel

    def metadata(self, key: str = ADMIN_KEY) -> tuple[tuple[str, str], ...]:
        return (("authorization", f"Bearer {key}"),)


class ListLines:
    """A line writer that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[bytes] = []

    def line(self, text: bytes) -> None:
        self.lines.append(text)

    async def close(self) -> None:
        """Nothing waits."""


StartWorld = Callable[..., Any]


class Rules(dict[type[Any], Any]):
    """The rules that these tests ask. Any other is there too, because every service needs its own to be made."""

    def get(self, kind: type[Any], default: Any = None) -> Any:
        return super().get(kind, default) or object()


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[StartWorld]:
    """Starts a world; keyword arguments are settings, others are sockets of other workers."""
    worlds: list[World] = []

    async def begin(*others: Path, **values: Any) -> World:
        values.setdefault("username", "admin")
        values.setdefault("password", "pass word")
        home = tmp_path / f"world-{len(worlds)}"
        home.mkdir()
        settings = Settings(_env_file=None, data_dir=home, **values)
        flows = {
            OPEN_FLOW: a_chatflow(OPEN_FLOW),
            KEYED_FLOW: a_chatflow(KEYED_FLOW, apikeyid="flow-key"),
            FOREIGN_FLOW: a_chatflow(FOREIGN_FLOW, workspace_id=OTHER_WORKSPACE),
        }
        predictor = FakePredictor(flows)
        synthesizers = FakeSynthesizers()
        folder = home / "files"
        folder.mkdir()
        keys, blobs, messages, chatflows = FakeApiKeys(), FakeBlobs(folder), FakeMessages(), OwnedChatflows(flows)
        upserter, feedbacks, leads, counts = FakeUpserter(), FeedbacksInMemory(), LeadsInMemory(), FakeCounts()
        executions = FakeExecutions()
        kept = DiskBlobs(tmp_path / "kept")
        kept.prepare()
        log = logging.getLogger("tradewind.tests")
        checks = {"database": True, "vector store": True}
        registry, lines = CollectorRegistry(), ListLines()

        def check(name: str) -> Any:
            async def answer() -> bool:
                return checks[name]

            return answer

        domain: Any = Domain(
            settings=settings,
            version="9.9.9",
            log=log,
            checks={name: check(name) for name in checks},
            registry=builtin_registry(),
            predictor=predictor,  # type: ignore[arg-type]
            upserter=upserter,  # type: ignore[arg-type]
            rules=Rules(
                {
                    ChatMessageService: ChatMessageService(messages, FakeChatflows(flows), settings.max_list),  # type: ignore[arg-type]
                    ChatflowService: chatflows,
                    TextToSpeech: TextToSpeech(synthesizers),
                    ExecutionService: ExecutionService(executions, lambda: MOMENT),
                    Idempotency: Idempotency(
                        keys=KeysInMemory(),
                        workers=WorkersInMemory(),
                        active=ActiveRuns(RunPlaces()),
                        access=RunAccess(None, None, SECRET),  # type: ignore[arg-type]
                        owner="me",
                        now=lambda: MOMENT,
                        log=log,
                    ),
                    StatsService: StatsService(counts, FakeChatflows(flows)),  # type: ignore[arg-type]
                    LeadService: LeadService(
                        leads,
                        FakeChatflows(flows),  # type: ignore[arg-type]
                        settings.max_list,
                        new_id=lambda: NEW_ID,
                        now=lambda: MOMENT,
                    ),
                    FeedbackService: FeedbackService(
                        feedbacks,
                        FakeChatflows(flows),  # type: ignore[arg-type]
                        settings.max_list,
                        new_id=lambda: NEW_ID,
                        now=lambda: MOMENT,
                    ),
                }
            ),
            admission=Admission(
                FakeChatflows(flows),  # type: ignore[arg-type]
                RateLimits(LocalRateWindows(asyncio.get_running_loop().time), SECRET),
                NoVersions(),
                require_key=settings.require_key,
            ),
            blobs=blobs,  # type: ignore[arg-type]
            uploads=Uploads(
                blobs=kept,
                texts=DocumentTexts(),
                transcribers=None,  # type: ignore[arg-type]
                limits=UploadLimits(files=10, image_bytes=1 << 20, text_chars=1000),
            ),
            relay=AbortRelay(others, log),
        )
        password = settings.password.get_secret_value() if settings.password else None
        clock = asyncio.get_running_loop().time
        around = Around(
            authenticator=Authenticator(
                keys,  # type: ignore[arg-type]
                SECRET,
                admin_key=ADMIN_KEY,
                username=settings.username,
                password=password,
                monotonic=clock,
                now=lambda: MOMENT,
                throttle=FailureThrottle(clock),
            ),
            metrics=Metrics(registry),
            tracing=Tracing(None),
            access_lines=lines,  # type: ignore[arg-type]
            log_form="json",
            log=log,
        )
        socket = home / "run" / "worker-0.sock"
        server = RpcServer(settings, doors(domain), around, socket=socket, address=("127.0.0.1", 0))
        await server.start()
        channel = grpc.aio.insecure_channel(f"unix:{socket}")
        world = World(
            settings, server, socket, keys, predictor, synthesizers, upserter, blobs, kept, messages, feedbacks, leads, counts,
            executions,
            chatflows, registry, checks, lines.lines, channel,
        )  # fmt: skip
        worlds.append(world)
        return world

    yield begin
    for world in worlds:
        await world.channel.close()
        await world.server.drain(0)


@pytest.fixture
async def world(start: StartWorld) -> World:
    return await start()  # type: ignore[no-any-return]
