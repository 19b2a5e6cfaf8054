"""Stops the running answers of a chat in every worker, for gRPC and REST."""

from __future__ import annotations

from tradewind.v1.chat_message_pb2 import AbortChatMessageRequest

from tradewind_server.chatflows.admission import Admission
from tradewind_server.flows.predict.predictor import Predictor
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.relay import AbortRelay, is_relayed
from tradewind_server.rpc.services.requests import caller_of


class Aborts:
    def __init__(self, predictor: Predictor, admission: Admission, relay: AbortRelay) -> None:
        self._predictor = predictor
        self._admission = admission
        self._relay = relay

    async def abort(self, chatflow_id: str, chat_id: str, call: Call) -> None:
        """Raises what admission raises. A call that another worker relayed was checked there."""
        if is_relayed(call):
            self._predictor.abort_relayed(chatflow_id, chat_id)
            return
        admitted = await self._admission.admit(chatflow_id, caller_of(call), counts=False)
        self._predictor.abort(admitted, chat_id)
        await self._relay.tell(AbortChatMessageRequest(chatflow_id=admitted.chatflow.id, chat_id=chat_id))
