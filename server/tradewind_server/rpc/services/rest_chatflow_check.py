"""The REST routes of what a canvas asks about a stored chatflow (docs/contract.md §9.8)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import grpc

from tradewind_server.chatflows.ports import Chatflow, DrawingProblem, OverridableInput
from tradewind_server.chatflows.service import ChatflowService
from tradewind_server.chats.dates import parse_date
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rest_stubs import chatflow_check_pb2, chatflow_check_pb2_grpc
from tradewind_server.rpc.call import current_call
from tradewind_server.rpc.json_values import fill_struct
from tradewind_server.rpc.service import Domain, Service


class ChatflowCheckRestServicer(chatflow_check_pb2_grpc.ChatflowCheckRestServiceServicer):
    def __init__(self, chatflows: ChatflowService) -> None:
        self._chatflows = chatflows

    async def ListNodeIssues(
        self, request: chatflow_check_pb2.ListNodeIssuesRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chatflow_check_pb2.NodeIssues]:
        flow, problems = await self._chatflows.problems(current_call().workspace_id, request.id)
        for message in node_issues(flow, problems):
            yield message

    async def ListFlowConfig(
        self, request: chatflow_check_pb2.ListFlowConfigRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[chatflow_check_pb2.FlowConfigEntry]:
        for one in await self._chatflows.inputs(current_call().workspace_id, request.id):
            yield flow_config_entry(one)

    async def GetHasChanged(
        self, request: chatflow_check_pb2.GetHasChangedRequest, context: grpc.aio.ServicerContext
    ) -> chatflow_check_pb2.GetHasChangedResponse:
        date = _moment(request.last_updated_date_time)
        has_changed = await self._chatflows.has_changed(current_call().workspace_id, request.id, date)
        return chatflow_check_pb2.GetHasChangedResponse(has_changed=has_changed)


def node_issues(flow: Chatflow, problems: Sequence[DrawingProblem]) -> list[chatflow_check_pb2.NodeIssues]:
    """The problems by node, in their order. Those of the whole drawing stand under the name of the chatflow."""
    by_node: dict[str, chatflow_check_pb2.NodeIssues] = {}
    for problem in problems:
        label = problem.node_label if problem.node_id else flow.name
        fresh = chatflow_check_pb2.NodeIssues(id=problem.node_id, label=label, name=problem.node_type)
        by_node.setdefault(problem.node_id, fresh).issues.append(problem.sentence)
    return list(by_node.values())


def flow_config_entry(one: OverridableInput) -> chatflow_check_pb2.FlowConfigEntry:
    message = chatflow_check_pb2.FlowConfigEntry(
        node=one.node_label, node_id=one.node_id, label=one.label, name=one.name, type=one.type
    )
    if one.schema is not None:
        message.schema.SetInParent()
        fill_struct(message.schema, one.schema)
    return message


def _moment(text: str) -> datetime:
    try:
        return parse_date(text)
    except ValueError:
        raise InvalidInput(
            Reason.INVALID_ARGUMENT, "lastUpdatedDateTime must be a date such as 2025-01-01T11:28:36.000Z."
        ) from None


def _checks(domain: Domain) -> object:
    return ChatflowCheckRestServicer(domain.rule(ChatflowService))


SERVICES = (Service(chatflow_check_pb2_grpc.add_ChatflowCheckRestServiceServicer_to_server, _checks),)
