"""The composition root: settings in, joined parts out. Reads like a parts list; decides nothing."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from tradewind_server.access.api_keys import ApiKeyService
from tradewind_server.access.authenticator import Authenticator
from tradewind_server.access.credentials import CredentialService
from tradewind_server.access.ports import ApiKey
from tradewind_server.access.workspaces import WorkspaceService
from tradewind_server.administration import (
    api_key_service,
    chat_editor,
    javascript_here,
    new_id,
    new_message_id,
    now,
    open_admission,
    open_authenticator,
    open_blobs,
    open_locks,
    open_parsers,
    open_sandboxes,
    open_sound,
    open_uploads,
    runtime_names,
    transfer_rules,
    workspace_service,
)
from tradewind_server.chatflows.admission import Admission
from tradewind_server.chatflows.assistants import AssistantService
from tradewind_server.chatflows.ports import AGENTFLOW, Chatflow
from tradewind_server.chatflows.public_chatflows import PublishedChatflows
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.chatflows.tools import ToolService
from tradewind_server.chatflows.variables import VariableService, opened_environment
from tradewind_server.chatflows.version_service import VersionService
from tradewind_server.chats.editor import ChatEditor
from tradewind_server.chats.feedback import FeedbackService
from tradewind_server.chats.leads import LeadService
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.chats.stats import StatsService
from tradewind_server.document_stores.catalog import StoreCatalog, knowledge_in
from tradewind_server.document_stores.parts import StoreSurroundings, join_parts
from tradewind_server.document_stores.reader import StoreReader
from tradewind_server.document_stores.upkeep import StoreUpkeep
from tradewind_server.document_stores.vector_keys import is_document_store, store_keys
from tradewind_server.document_stores.workspace_vectors import UpsertedVectors
from tradewind_server.documents.links import LinkFinder
from tradewind_server.files.disk import DiskBlobs
from tradewind_server.flows.agentflow.engine import AgentflowEngine
from tradewind_server.flows.agentflow.execution_service import ExecutionService
from tradewind_server.flows.agentflow.leases import RunLeases
from tradewind_server.flows.agentflow.step import AgentflowLimits
from tradewind_server.flows.agentflow.take_over import TakeOver
from tradewind_server.flows.assistant_components import AssistantComponents
from tradewind_server.flows.compile.plan import PlanCache
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.nodes.registry import Registry, full_registry
from tradewind_server.flows.nodes.spec import BuildContext
from tradewind_server.flows.notes import RegistryDrawings
from tradewind_server.flows.predict.attachments import Uploads
from tradewind_server.flows.predict.chain_engine import ChainEngine
from tradewind_server.flows.predict.engine import Engines
from tradewind_server.flows.predict.follow_up import FollowUps
from tradewind_server.flows.predict.post_processing import PostProcessing
from tradewind_server.flows.predict.predictor import PredictionLimits, Predictor
from tradewind_server.flows.predict.subflows import WorkspaceFlows
from tradewind_server.flows.predict.text_to_speech import TextToSpeech
from tradewind_server.ingest.past_upserts import UpsertHistoryService
from tradewind_server.ingest.upsert import Upserter
from tradewind_server.javascript.pool import Sandboxes
from tradewind_server.models.catalog import ModelCatalog
from tradewind_server.models.chat import Meter
from tradewind_server.models.speech.catalog import SpeechCatalog
from tradewind_server.models.speech.voice_catalog import VoiceCatalog
from tradewind_server.outbound.client import HttpOutbound
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.parsing.pool import Parsers, no_count
from tradewind_server.rpc.errors import error_event
from tradewind_server.run_parts import RunSurroundings, join_runs, run_ground
from tradewind_server.runs.access import RunAccess
from tradewind_server.runs.active_runs import ActiveRuns
from tradewind_server.runs.idempotency import Idempotency
from tradewind_server.runs.keeper import RunKeeper
from tradewind_server.runs.service import RunService
from tradewind_server.settings import Settings
from tradewind_server.sql_sources.databases import ReadOnlyDatabases
from tradewind_server.store.secret_key import derive, load_secret
from tradewind_server.store.stores import Stores, open_stores
from tradewind_server.supervisor.control import ensure_started
from tradewind_server.supervisor.rundir import RunDir
from tradewind_server.vectors.qdrant import QdrantIndexes
from tradewind_server.vectors.trust import read_trust

LOG = logging.getLogger("tradewind")


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a worker serves with."""

    settings: Settings
    stores: Stores
    blobs: DiskBlobs
    catalog: ModelCatalog
    speech: SpeechCatalog
    voices: VoiceCatalog
    parsers: Parsers
    sandboxes: Sandboxes | None
    """Where JavaScript of chatflows runs; None where it is off."""
    indexes: QdrantIndexes
    outbound: HttpOutbound
    sql: ReadOnlyDatabases
    admission: Admission
    authenticator: Authenticator
    registry: Registry
    uploads: Uploads
    predictor: Predictor
    active_runs: ActiveRuns
    run_keeper: RunKeeper
    upserter: Upserter
    rules: Mapping[type[Any], Any]
    """What single services lead to, by class."""

    async def start_pools(self) -> None:
        """Have a process of each pool ready before the first call that needs one."""
        await self.parsers.start()
        if self.sandboxes is not None:
            await self.sandboxes.start()

    async def keep_clear(self) -> None:
        """Take over what is left of upserts, of deleted chatflows and workspaces, and of document stores, until cancelled."""
        upkeep: StoreUpkeep = self.rules[StoreUpkeep]
        workspaces: WorkspaceService = self.rules[WorkspaceService]
        await self.upserter.keep_clear(upkeep.clear, workspaces.take_up)

    async def aclose(self) -> None:
        await self.catalog.aclose()
        await self.speech.aclose()
        await self.voices.aclose()
        await self.indexes.aclose()
        await self.outbound.aclose()
        await self.sql.aclose()
        await self.parsers.aclose()
        if self.sandboxes is not None:
            await self.sandboxes.aclose()
        await self.stores.close()


def join(
    settings: Settings,
    run_dir: RunDir | None,
    worker: int = 0,
    *,
    count_parsers: Callable[[str], None] = no_count,
    meter: Meter | None = None,
) -> Parts:
    """Join the parts of one worker. ``run_dir`` holds the sockets of the stack; without it nothing embedded runs."""
    secret = load_secret(settings)
    environment_names = runtime_names(settings)
    stores = open_stores(settings, secret, now, time.monotonic, opened_environment(environment_names, os.environ))
    blobs = open_blobs(settings, worker)
    catalog = ModelCatalog(settings, stores.credentials, run_dir.path if run_dir else None, meter=meter)
    destinations = Destinations.from_entries(settings.outbound_allow)
    indexes = QdrantIndexes(
        socket=run_dir.qdrant_socket if run_dir else Path("qdrant.sock"),
        url=settings.qdrant_url,
        api_key=settings.qdrant_api_key.get_secret_value() if settings.qdrant_api_key else None,
        ensure_started=partial(ensure_started, run_dir.control_socket, "qdrant") if run_dir else None,
        credentials=stores.credentials,
        trust=read_trust(settings.qdrant_ca, settings.qdrant_cert, settings.qdrant_key),
        destinations=destinations,
    )
    outbound = HttpOutbound(destinations, most_bytes=settings.outbound_max_mb * 1024 * 1024)
    speech, voices = open_sound(settings, stores, run_dir)
    admission = open_admission(settings, stores, secret)
    parsers = open_parsers(settings, count_parsers)
    uploads = open_uploads(settings, blobs, parsers, speech, outbound)
    sql = ReadOnlyDatabases(settings.sql_dir, settings.own_files)
    sandboxes = open_sandboxes(settings, outbound)
    javascript = sandboxes or javascript_here(settings)
    registry = full_registry()

    other_flows = WorkspaceFlows(admission, lambda: predictor, settings.max_flow_depth)

    store_reader = StoreReader(stores.document_stores, stores.store_chunks, lambda: document_stores.assembler, time.monotonic)

    def context_of(chatflow: Chatflow) -> BuildContext:
        async def load_store(store: VectorStore) -> None:
            await upserter.ensure_loaded(store, chatflow)

        return replace(build_context(chatflow.workspace_id, chatflow.id), load_store=load_store)

    def build_context(workspace_id: str, owner_id: str) -> BuildContext:
        return BuildContext(
            workspace_id,
            owner_id,
            catalog,
            indexes,
            stores.chat_messages,
            outbound=outbound,
            credentials=stores.credentials,
            now=now,
            sql=sql,
            other_flows=other_flows,
            parsing=parsers,
            document_stores=store_reader,
            javascript=javascript,
        )

    def context_of_workspace(workspace_id: str) -> BuildContext:
        """For nodes that stand in no chatflow."""
        return BuildContext(
            workspace_id, "", catalog, indexes, stores.chat_messages, outbound=outbound, credentials=stores.credentials, now=now
        )

    locks = open_locks(settings, stores)
    upserter = Upserter(
        chatflows=stores.chatflows,
        registry=registry,
        context_of=context_of,
        blobs=blobs,
        history=stores.upsert_history,
        records=stores.records,
        journal=stores.journal,
        filled_stores=stores.filled_stores,
        locks=locks,
        indexes=indexes,
        variables=stores.variables,
        versions=stores.chatflow_versions,
        most_added=settings.max_added_docs,
        chunk_records=stores.store_chunks,
        store_keys=partial(store_keys, stores.document_stores),
        new_id=new_id,
        now=now,
    )
    leases = RunLeases(new_id())
    agentflows = AgentflowEngine(
        registry=registry,
        context_of=context_of,
        variables=stores.variables,
        executions=stores.executions,
        checkpoints=stores.checkpoints,
        limits=AgentflowLimits(settings.max_node_runs, settings.max_model_rounds),
        new_id=new_id,
        now=now,
        leases=leases,
        tools=stores.tools,
    )
    text_to_speech = TextToSpeech(voices)
    plans = PlanCache(registry)
    ground = run_ground(settings, stores, LOG)
    predictor = Predictor(
        engines=Engines(
            ChainEngine(
                plans=plans,
                context_of=context_of,
                variables=stores.variables,
                blobs=blobs,
                tools=stores.tools,
            ),
            {AGENTFLOW: agentflows},
        ),
        chat_messages=stores.chat_messages,
        follow_ups=FollowUps(registry, context_of),
        uploads=uploads,
        text_to_speech=text_to_speech,
        new_id=new_id,
        new_message_id=new_message_id,
        now=now,
        limits=PredictionLimits(settings.max_question_chars),
        post_processing=PostProcessing(javascript, stores.variables, stores.chat_messages),
        session_places=ground.places,
    )
    runs = join_runs(
        settings,
        stores,
        RunSurroundings(
            ground=ground,
            access=RunAccess(stores.runs, admission, derive(secret, "runs")),
            outbound=outbound,
            leases=leases,
            admission=admission,
            predictor=predictor,
            locks=locks,
            error_event=partial(error_event, log=LOG),
        ),
    )
    authenticator = open_authenticator(settings, stores, secret)
    chatflows = ChatflowService(
        chatflows=stores.chatflows,
        credentials=stores.credentials,
        variables=stores.variables,
        drawings=RegistryDrawings(registry, javascript),
        new_id=new_id,
        now=now,
        blobs=blobs,
        clear_stores=upserter.clear_stores,
        open_names=environment_names,
    )
    chat_messages = ChatMessageService(stores.chat_messages, stores.chatflows, settings.max_list, files=blobs)

    assistant_components = AssistantComponents(registry, context_of_workspace, partial(knowledge_in, stores.document_stores))
    document_stores = join_parts(
        StoreSurroundings(
            stores=stores.document_stores,
            chunks=stores.store_chunks,
            chunk_records=stores.store_chunks,
            uses=stores.store_uses,
            journal=stores.journal,
            records=stores.records,
            history=stores.upsert_history,
            variables=stores.variables,
            blobs=blobs,
            locks=locks,
            registry=registry,
            upserter=upserter,
            context_of=build_context,
            new_id=new_id,
            now=now,
        )
    )

    def forget_key(key: ApiKey) -> None:
        authenticator.forget(key.id)
        stores.key_presence.forget(key)

    return Parts(
        settings,
        stores,
        blobs,
        catalog,
        speech,
        voices,
        parsers,
        sandboxes,
        indexes,
        outbound,
        sql,
        admission,
        authenticator,
        registry,
        uploads,
        predictor,
        ground.active,
        runs.keeper,
        upserter,
        {
            Authenticator: authenticator,
            PlanCache: plans,
            WorkspaceService: workspace_service(
                stores, blobs, UpsertedVectors(upserter, stores.chatflows, stores.document_stores)
            ),
            CredentialService: CredentialService(stores.credentials, new_id=new_id, now=now),
            ApiKeyService: api_key_service(stores, secret, forget_key),
            ChatflowService: chatflows,
            PublishedChatflows: PublishedChatflows(stores.chatflows, RegistryDrawings(registry, javascript)),
            ExecutionService: ExecutionService(stores.executions, now),
            TakeOver: runs.take_over,
            FeedbackService: FeedbackService(stores.feedbacks, stores.chatflows, settings.max_list, new_id=new_id, now=now),
            LeadService: LeadService(stores.leads, stores.chatflows, settings.max_list, new_id=new_id, now=now),
            RunService: runs.service,
            Idempotency: runs.idempotency,
            StatsService: StatsService(stores.chatflow_counts, stores.chatflows),
            ChatMessageService: chat_messages,
            ToolService: ToolService(stores.tools, new_id=new_id, now=now),
            TextToSpeech: text_to_speech,
            LinkFinder: LinkFinder(outbound, parsers),
            AssistantService: AssistantService(stores.assistants, new_id=new_id, now=now),
            AssistantComponents: assistant_components,
            StoreCatalog: StoreCatalog(stores.document_stores, document_stores.chunks, registry, assistant_components),
            **document_stores.rules(),
            **transfer_rules(stores, chatflows, chat_messages, registry, settings),
            VersionService: VersionService(stores.chatflow_versions, stores.chatflows),
            UpsertHistoryService: UpsertHistoryService(
                stores.upsert_history, stores.chatflows, settings.max_list, partial(is_document_store, stores.document_stores)
            ),
            VariableService: VariableService(stores.variables, environment_names, new_id=new_id, now=now),
            ChatEditor: chat_editor(settings, stores),
        },
    )
