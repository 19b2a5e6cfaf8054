"""What the command line works with: stored things and their rules, without a server; and the builders that a worker shares."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from tradewind_server.access.api_keys import ApiKeyService
from tradewind_server.access.authenticator import Authenticator
from tradewind_server.access.keys import KeyIssuer, KeyTerms, load_admin_key
from tradewind_server.access.ports import ApiKey
from tradewind_server.access.rate_limits import LocalRateWindows, RateLimits
from tradewind_server.access.throttle import FailureThrottle
from tradewind_server.access.workspaces import WorkspaceService, WorkspaceVectors
from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.assistants import AssistantService
from tradewind_server.chatflows.ports import Drawings
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.chatflows.tools import ToolService
from tradewind_server.chatflows.variables import VariableService, open_names_of, opened_environment
from tradewind_server.chatflows.version_service import VersionService
from tradewind_server.chats.editor import ChatEditor, EditLimits
from tradewind_server.chats.feedback import FeedbackService
from tradewind_server.chats.leads import LeadService
from tradewind_server.chats.message_ids import message_id
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.chats.stats import StatsService
from tradewind_server.data_dir import prepare_data_dir
from tradewind_server.documents.texts import DocumentTexts
from tradewind_server.errors import Reason
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.files.locks import FileLocks
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.javascript_port import JavaScript, JavaScriptElsewhere, JavaScriptOff
from tradewind_server.flows.nodes.registry import Registry, full_registry
from tradewind_server.flows.notes import RegistryDrawings
from tradewind_server.flows.predict.attachments import UploadLimits, Uploads
from tradewind_server.ingest.ports import Locks
from tradewind_server.javascript.pool import Sandboxes, ScriptLimits
from tradewind_server.javascript.process import is_installed as has_sandbox
from tradewind_server.models.speech import catalog as speech_catalog
from tradewind_server.models.speech import embedded_voice
from tradewind_server.models.speech.catalog import SpeechCatalog
from tradewind_server.models.speech.voice_catalog import VoiceCatalog
from tradewind_server.outbound.ports import Outbound
from tradewind_server.parsing.limits import DocumentLimits as ParserLimits
from tradewind_server.parsing.pool import Parsers
from tradewind_server.rpc.call import current_caller
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.methods import permissions_of
from tradewind_server.settings import Settings
from tradewind_server.store.secret_key import create_once, derive, load_secret, require_secret
from tradewind_server.store.stores import Stores, open_stores
from tradewind_server.supervisor.control import ensure_started
from tradewind_server.supervisor.rundir import RunDir
from tradewind_server.transfer.exporter import WorkspaceExporter
from tradewind_server.transfer.families import families
from tradewind_server.transfer.flow_notes import ChatflowNotes
from tradewind_server.transfer.flowise_move import FlowiseMover
from tradewind_server.transfer.importer import WorkspaceImporter
from tradewind_server.transfer.transcripts import ChatTranscripts

NO_SANDBOX = "its sandbox is not installed (pip install 'tradewind[javascript]')"


def now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    return str(uuid.uuid4())


def new_message_id() -> str:
    return message_id(time.time_ns() // 1_000_000)


def key_issuer(stores: Stores, secret: bytes) -> KeyIssuer:
    return KeyIssuer(stores.api_keys, derive(secret, "api keys"), now=now, new_id=new_id, random_bytes=os.urandom)


def api_key_service(stores: Stores, secret: bytes, forget: Callable[[ApiKey], None]) -> ApiKeyService:
    return ApiKeyService(stores.api_keys, key_issuer(stores, secret), cache(permission_names), now=now, forget=forget)


def workspace_service(stores: Stores, blobs: DiskBlobs, vectors: WorkspaceVectors | None) -> WorkspaceService:
    """Without ``vectors`` those of a deleted workspace are left to a server."""
    return WorkspaceService(stores.workspaces, delete_files=blobs.delete_owner, vectors=vectors, new_id=new_id, now=now)


def permission_names() -> frozenset[str]:
    """All permissions that methods ask for. Reads files and blocks for some milliseconds."""
    return permissions_of(load_contract().methods().values())


def chat_editor(settings: Settings, stores: Stores) -> ChatEditor:
    """What edits messages, with the bounds of the settings."""
    return ChatEditor(
        stores.message_edits,
        stores.chatflows,
        EditLimits(settings.max_question_chars, settings.max_branch_messages),
        new_id=new_id,
        new_message_id=new_message_id,
        now=now,
    )


def runtime_names(settings: Settings) -> frozenset[str]:
    """The names of the environment that runtime variables of chatflows may read."""
    return open_names_of(settings.runtime_variables, own=Settings.names())


def workspace_importer(stores: Stores, chatflows: ChatflowService, registry: Registry, settings: Settings) -> WorkspaceImporter:
    return WorkspaceImporter(
        stores.transfer,
        families(registry),
        drawings=RegistryDrawings(registry),
        new_id=new_id,
        now=now,
        open_names=runtime_names(settings),
        notes=ChatflowNotes(chatflows),
    )


def open_parsers(settings: Settings, count: Callable[[str], None]) -> Parsers:
    """The processes that read documents; ``count`` hears of each that starts or ends, and why."""
    limits = ParserLimits(
        settings.parser_memory_mb, settings.parser_cpu_seconds, settings.parser_wall_seconds, settings.parser_unpacked_mb
    )
    return Parsers(settings.parser_count, limits, settings.data_dir / "files", caller=current_caller, count=count)


def open_uploads(settings: Settings, blobs: Blobs, parsers: Parsers, speech: SpeechCatalog, outbound: Outbound) -> Uploads:
    """What takes in the files of questions."""
    return Uploads(
        blobs=blobs,
        texts=DocumentTexts(parsers, settings.max_attached_chars),
        transcribers=speech,
        limits=UploadLimits(settings.max_files, settings.max_image_mb << 20, settings.max_attached_chars),
        outbound=outbound,
    )


def open_admission(settings: Settings, stores: Stores, secret: bytes) -> Admission:
    """What lets calls in. Rates are counted in the database where several processes count together."""
    is_alone = settings.workers == 1 and not stores.database.dialect.is_shared
    windows = LocalRateWindows(time.monotonic) if is_alone else stores.rate_windows
    return Admission(
        stores.chatflows,
        RateLimits(windows, derive(secret, "rate limits")),
        stores.chatflow_versions,
        require_key=settings.require_key,
        has_key=stores.key_presence.has_key,
    )


def open_authenticator(settings: Settings, stores: Stores, secret: bytes) -> Authenticator:
    """What tells who calls."""
    return Authenticator(
        stores.api_keys,
        derive(secret, "api keys"),
        admin_key=load_admin_key(settings, create_once, os.urandom),
        username=settings.username,
        password=settings.password.get_secret_value() if settings.password else None,
        monotonic=time.monotonic,
        now=now,
        throttle=FailureThrottle(time.monotonic),
    )


def open_sound(settings: Settings, stores: Stores, run_dir: RunDir | None) -> tuple[SpeechCatalog, VoiceCatalog]:
    """What reads recordings and what reads texts aloud. The embedded ones are processes of the stack in ``run_dir``."""

    def start(name: str, label: str) -> Callable[[], Awaitable[None]] | None:
        if run_dir is None:
            return None
        return partial(ensure_started, run_dir.control_socket, name, 60.0, label=label, reason=Reason.MODEL_UNAVAILABLE)

    speech = SpeechCatalog(
        settings,
        stores.credentials,
        socket=run_dir.speech_socket if run_dir else None,
        start=start("speech", speech_catalog.LABEL),
        is_installed=partial(speech_catalog.is_installed, settings),
    )
    voices = VoiceCatalog(
        settings,
        stores.credentials,
        socket=run_dir.voice_socket if run_dir else None,
        start=start("voice", embedded_voice.LABEL),
        missing_part=partial(embedded_voice.missing_part, settings),
    )
    return speech, voices


def open_blobs(settings: Settings, worker: int) -> DiskBlobs:
    """The kept files, and a folder of the worker's own for what comes in, empty."""
    blobs = DiskBlobs(settings.data_dir / "files", incoming=f"incoming-{worker}")
    blobs.prepare()
    blobs.clear_incoming()
    return blobs


def open_locks(settings: Settings, stores: Stores) -> Locks:
    """Locks that reach as far as the database does: all servers on it, or the workers of this machine."""
    dialect_locks = stores.database.dialect.locks(settings.sql_url)
    if dialect_locks is not None:
        return dialect_locks
    locks = FileLocks(settings.data_dir / "locks")
    locks.prepare()
    return locks


def transfer_rules(
    stores: Stores, chatflows: ChatflowService, messages: ChatMessageService, registry: Registry, settings: Settings
) -> Mapping[type[Any], Any]:
    """What exports and imports lead to, by class."""
    return {
        ChatTranscripts: ChatTranscripts(messages, stores.chatflows),
        WorkspaceExporter: WorkspaceExporter(stores.transfer, families(registry)),
        WorkspaceImporter: workspace_importer(stores, chatflows, registry, settings),
    }


def flowise_mover(
    stores: Stores, chatflows: ChatflowService, registry: Registry, settings: Settings, secret: bytes
) -> FlowiseMover:
    blobs = DiskBlobs(settings.data_dir / "files", incoming="incoming-move")
    blobs.prepare()
    return FlowiseMover(
        workspace_importer(stores, chatflows, registry, settings),
        credentials=stores.credentials,
        keys=stores.api_keys,
        key_secret=derive(secret, "api keys"),
        permissions=cache(permission_names),
        blobs=blobs,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Administration:
    """What the command line works with: the stores, without a server."""

    stores: Stores
    chatflow_service: ChatflowService
    variables: VariableService
    messages: ChatMessageService
    editor: ChatEditor
    tools: ToolService
    versions: VersionService
    assistants: AssistantService
    exporter: WorkspaceExporter
    importer: WorkspaceImporter
    mover: FlowiseMover
    issuer: KeyIssuer
    api_keys: ApiKeyService
    workspaces: WorkspaceService
    feedback: FeedbackService
    leads: LeadService
    stats: StatsService

    async def create_key(self, workspace_id: str, name: str, permissions: frozenset[str]) -> tuple[ApiKey, str]:
        return await self.issuer.issue(workspace_id, name, KeyTerms(permissions))


def javascript_here(settings: Settings) -> JavaScript:
    """Whether functions of chatflows run: what says so, and refuses where they do not, with what the operator would change."""
    if not settings.javascript:
        return JavaScriptOff()
    return JavaScriptElsewhere() if has_sandbox() else JavaScriptOff(NO_SANDBOX)


def open_sandboxes(settings: Settings, outbound: Outbound) -> Sandboxes | None:
    """Where JavaScript of chatflows runs; None where the operator has not switched it on, or its extra is not there."""
    if isinstance(javascript_here(settings), JavaScriptOff):
        return None
    limits = ScriptLimits(settings.javascript_memory_mb, settings.javascript_cpu_seconds, settings.javascript_wall_seconds)
    return Sandboxes(settings.javascript_processes, limits, outbound, caller=current_caller)


def drawings(settings: Settings) -> Drawings:
    """What reads drawings, for a command that needs no store."""
    return RegistryDrawings(full_registry(), javascript_here(settings))


@contextlib.asynccontextmanager
async def open_administration(settings: Settings) -> AsyncIterator[Administration]:
    """The stores of a data directory, migrated, for one command."""
    from tradewind_server.store.migrate import migrate

    prepare_data_dir(settings.data_dir, settings.own_files)
    migrate(settings.sql_url)
    require_secret(settings)
    secret = load_secret(settings)
    environment_names = runtime_names(settings)
    stores = open_stores(settings, secret, now, time.monotonic, opened_environment(environment_names, os.environ))
    try:
        registry = full_registry()
        chatflows = ChatflowService(
            chatflows=stores.chatflows,
            credentials=stores.credentials,
            variables=stores.variables,
            drawings=drawings(settings),
            new_id=new_id,
            now=now,
            open_names=environment_names,
        )
        yield Administration(
            stores=stores,
            chatflow_service=chatflows,
            variables=VariableService(stores.variables, environment_names, new_id=new_id, now=now),
            messages=ChatMessageService(
                stores.chat_messages, stores.chatflows, settings.max_list, files=DiskBlobs(settings.data_dir / "files")
            ),
            editor=chat_editor(settings, stores),
            tools=ToolService(stores.tools, new_id=new_id, now=now),
            versions=VersionService(stores.chatflow_versions, stores.chatflows),
            assistants=AssistantService(stores.assistants, new_id=new_id, now=now),
            exporter=WorkspaceExporter(stores.transfer, families(registry)),
            importer=workspace_importer(stores, chatflows, registry, settings),
            mover=flowise_mover(stores, chatflows, registry, settings, secret),
            issuer=key_issuer(stores, secret),
            workspaces=workspace_service(stores, DiskBlobs(settings.data_dir / "files"), None),
            feedback=FeedbackService(stores.feedbacks, stores.chatflows, settings.max_list, new_id=new_id, now=now),
            leads=LeadService(stores.leads, stores.chatflows, settings.max_list, new_id=new_id, now=now),
            stats=StatsService(stores.chatflow_counts, stores.chatflows),
            api_keys=api_key_service(stores, secret, lambda _: None),
        )
    finally:
        await stores.close()
