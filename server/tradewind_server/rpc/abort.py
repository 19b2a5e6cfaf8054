"""Stops the running answers of a chat in every worker, for gRPC and REST."""

from __future__ import annotations

from tradewind.v1.chat_message_pb2 import AbortChatMessageRequest

from tradewind_server.chatflows.admission import FlowAccess
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.relay import AbortRelay, is_relayed
from tradewind_server.rpc.services.requests import origin_of


class Aborts:
    def __init__(self, predictor: Predictor, access: FlowAccess, relay: AbortRelay) -> None:
        self._predictor = predictor
        self._access = access
        self._relay = relay

    async def abort(self, chatflow_id: str, chat_id: str, call: Call) -> None:
        """Raises ``NotFound`` or ``Unauthenticated``. A call that another worker relayed was checked there."""
        if is_relayed(call):
            self._predictor.abort(chatflow_id, chat_id)
            return
        chatflow = await self._predictor.shown(chatflow_id, origin_of(call))
        self._access.check_flow(call.principal, chatflow)
        self._predictor.abort(chatflow.id, chat_id)
        await self._relay.tell(AbortChatMessageRequest(chatflow_id=chatflow.id, chat_id=chat_id))
