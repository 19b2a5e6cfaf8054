"""Every servicer, joined to the rules it asks. The list here is the list of services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from logging import Logger
from typing import Any

from tradewind.v1 import (
    chat_message_pb2_grpc,
    chatflow_pb2_grpc,
    prediction_pb2_grpc,
    rest_chat_message_pb2_grpc,
    rest_chatflow_pb2_grpc,
    rest_files_pb2_grpc,
    rest_prediction_pb2_grpc,
    rest_system_pb2_grpc,
    rest_vector_upsert_pb2_grpc,
    vector_upsert_pb2_grpc,
)

from tradewind_server.access.flow_access import FlowAccess
from tradewind_server.access.rate_limits import RateLimits
from tradewind_server.chats.service import ChatMessageService
from tradewind_server.files.ports import Blobs
from tradewind_server.flows.chatflow_service import ChatflowService
from tradewind_server.flows.run import Predictor
from tradewind_server.flows.uploads import Uploads
from tradewind_server.ingest.upsert import Upserter
from tradewind_server.rpc.admission import Admission
from tradewind_server.rpc.bodies import Bodies
from tradewind_server.rpc.interceptors.chain import Registrar
from tradewind_server.rpc.relay import AbortRelay
from tradewind_server.rpc.services.chat_message import ChatMessageServicer
from tradewind_server.rpc.services.chatflow import ChatflowServicer
from tradewind_server.rpc.services.prediction import PredictionServicer
from tradewind_server.rpc.services.rest_chat_message import ChatMessageDeleteRestServicer, ChatMessageRestServicer
from tradewind_server.rpc.services.rest_chatflow import ChatflowPageRestServicer, ChatflowRestServicer
from tradewind_server.rpc.services.rest_files import FileRestServicer
from tradewind_server.rpc.services.rest_prediction import (
    AnswerBodies,
    PredictionFormRestServicer,
    PredictionRestServicer,
)
from tradewind_server.rpc.services.rest_system import Check, SystemServicer
from tradewind_server.rpc.services.rest_vector_upsert import VectorUpsertFormRestServicer, VectorUpsertRestServicer
from tradewind_server.rpc.services.vector_upsert import VectorUpsertServicer
from tradewind_server.settings import Settings

Register = Callable[[Registrar], None]


@dataclass(frozen=True, slots=True)
class Domain:
    """What the doors lead to."""

    predictor: Predictor
    upserter: Upserter
    chat_messages: ChatMessageService
    chatflows: ChatflowService
    access: FlowAccess
    rate_limits: RateLimits
    blobs: Blobs
    uploads: Uploads
    relay: AbortRelay


def doors(
    domain: Domain, settings: Settings, *, version: str, checks: Mapping[str, Check], log: Logger
) -> tuple[Register, ...]:
    """One registration for each service of the contract."""
    max_files, max_list = settings.max_files, settings.max_list
    predictor, access, blobs = domain.predictor, domain.access, domain.blobs
    answers = AnswerBodies(predictor, log, longest_seconds=settings.request_timeout)
    bodies = Bodies(most_bytes=settings.max_json_bytes, most_form_bytes=settings.max_body_bytes)
    admission = Admission(predictor.find, access, domain.rate_limits)
    prediction: Any = prediction_pb2_grpc.add_PredictionServiceServicer_to_server
    prediction_body: Any = rest_prediction_pb2_grpc.add_PredictionRestServiceServicer_to_server
    form: Any = rest_prediction_pb2_grpc.add_PredictionFormRestServiceServicer_to_server
    upsert: Any = vector_upsert_pb2_grpc.add_VectorUpsertServiceServicer_to_server
    upsert_body: Any = rest_vector_upsert_pb2_grpc.add_VectorUpsertRestServiceServicer_to_server
    upsert_form: Any = rest_vector_upsert_pb2_grpc.add_VectorUpsertFormRestServiceServicer_to_server
    messages: Any = chat_message_pb2_grpc.add_ChatMessageServiceServicer_to_server
    message_array: Any = rest_chat_message_pb2_grpc.add_ChatMessageRestServiceServicer_to_server
    message_delete: Any = rest_chat_message_pb2_grpc.add_ChatMessageDeleteRestServiceServicer_to_server
    chatflows: Any = chatflow_pb2_grpc.add_ChatflowServiceServicer_to_server
    entities: Any = rest_chatflow_pb2_grpc.add_ChatflowRestServiceServicer_to_server
    pages: Any = rest_chatflow_pb2_grpc.add_ChatflowPageRestServiceServicer_to_server
    files: Any = rest_files_pb2_grpc.add_FileRestServiceServicer_to_server
    system: Any = rest_system_pb2_grpc.add_SystemServiceServicer_to_server
    chatflow_entities = ChatflowRestServicer(
        domain.chatflows, predictor, bodies, most_megabytes=settings.max_body_mb, max_list=max_list
    )
    joined = (
        (prediction, PredictionServicer(predictor, admission, blobs, max_files=max_files, log=log)),
        (prediction_body, PredictionRestServicer(predictor, admission, answers, bodies)),
        (form, PredictionFormRestServicer(predictor, admission, blobs, answers, bodies, max_files=max_files)),
        (upsert, VectorUpsertServicer(domain.upserter, admission, blobs, max_files=max_files)),
        (upsert_body, VectorUpsertRestServicer(domain.upserter, admission, bodies)),
        (upsert_form, VectorUpsertFormRestServicer(domain.upserter, admission, blobs, bodies, max_files=max_files)),
        (messages, ChatMessageServicer(domain.chat_messages, predictor, access, domain.relay)),
        (message_array, ChatMessageRestServicer(domain.chat_messages, max_list=max_list)),
        (message_delete, ChatMessageDeleteRestServicer(domain.chat_messages)),
        (chatflows, ChatflowServicer(domain.chatflows, predictor, max_list=max_list)),
        (entities, chatflow_entities),
        (pages, ChatflowPageRestServicer(domain.chatflows, max_list=max_list)),
        (files, FileRestServicer(predictor, access, domain.uploads)),
        (system, SystemServicer(version, checks)),
    )
    return tuple(_registration(add, servicer) for add, servicer in joined)


def _registration(add: Callable[[Any, Registrar], None], servicer: object) -> Register:
    return lambda server: add(servicer, server)
