"""One chatflow asks another of its workspace, as the Chatflow Tool does: the same rules, messages stored and all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tradewind_server.chatflows.admission import Admission
from tradewind_server.documents.ports import documents_of
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Answer, Turn
from tradewind_server.flows.predict.messages import PredictionRequest
from tradewind_server.flows.predict.predictor import Predictor

MOST_DEPTH = 10


class WorkspaceFlows:
    """The port ``OtherFlows``. The predictor is looked up at each use, as it is itself built from what holds this."""

    def __init__(self, admission: Admission, predictor: Callable[[], Predictor], most_depth: int = MOST_DEPTH) -> None:
        """``most_depth``: chatflows that may stand inside each other."""
        self._admission = admission
        self._predictor = predictor
        self._most_depth = most_depth

    async def ask(
        self, chatflow_id: str, question: str, turn: Turn, *, chat_id: str | None, overrides: Mapping[str, Any]
    ) -> Answer:
        admitted = await self._admission.admit_within(turn.workspace_id, chatflow_id)
        within = (*turn.within, turn.chatflow_id)
        if admitted.chatflow.id in within:
            raise InvalidInput(Reason.INVALID_CHATFLOW, f"Chatflow {chatflow_id} would ask itself; cut the circle.")
        if len(within) > self._most_depth:
            raise InvalidInput(
                Reason.RUN_LIMIT_EXCEEDED,
                f"More than {self._most_depth} chatflows stand inside each other (TRADEWIND_MAX_FLOW_DEPTH).",
            )
        predictor = self._predictor()
        request = PredictionRequest(question, override_config=overrides, chat_id=chat_id, chat_type="INTERNAL", within=within)
        prepared = await predictor.prepare(admitted, request)
        result = await predictor.run(prepared)
        return Answer(
            result.text or "",
            json=result.json,
            source_documents=documents_of(result.source_documents),
            used_tools=result.used_tools,
            artifacts=result.artifacts,
        )
