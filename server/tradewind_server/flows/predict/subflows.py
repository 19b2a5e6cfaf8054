"""One chatflow asks another of its workspace, as the Chatflow Tool does: the same rules, messages stored and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tradewind_server.access.ports import Principal
from tradewind_server.chatflows.ids import check_id
from tradewind_server.chatflows.ports import Chatflows
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.components import Answer, Turn
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.flows.predict.predictor import Predictor

MOST_DEPTH = 3
"""Chatflows that may stand inside each other."""


class WorkspaceFlows:
    """The port ``OtherFlows``. The predictor is looked up at each use, as it is itself built from what holds this."""

    def __init__(self, chatflows: Chatflows, predictor: Callable[[], Predictor]) -> None:
        self._chatflows = chatflows
        self._predictor = predictor

    async def ask(
        self, chatflow_id: str, question: str, turn: Turn, *, chat_id: str | None, overrides: Mapping[str, Any]
    ) -> Answer:
        if await self._chatflows.get(turn.workspace_id, check_id(chatflow_id)) is None:
            raise NotFound(Reason.CHATFLOW_NOT_FOUND, f"Chatflow {chatflow_id} not found")
        within = (*turn.within, turn.chatflow_id)
        if chatflow_id in within:
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"Chatflow {chatflow_id} would ask itself; cut the circle.")
        if len(within) > MOST_DEPTH:
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"More than {MOST_DEPTH} chatflows stand inside each other.")
        predictor = self._predictor()
        request = PredictionRequest(chatflow_id, question, override_config=overrides, chat_id=chat_id, chat_type="INTERNAL")
        # Whoever drew the flow owns the workspace: a key that guards the other flow's own door is not asked for.
        owner = Principal("admin", turn.workspace_id, permissions=frozenset({"*"}))
        prepared = await predictor.prepare(request, owner)
        prepared.turn.within = within
        result = await predictor.run(prepared)
        return Answer(result.text or "", json=result.json)
