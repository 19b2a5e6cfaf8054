"""One call of a compiled flow: its conversation, its variables, and the nodes that it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tradewind_server.chatflows.ids import optional_id
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.chatflows.variables import Variables
from tradewind_server.flows.compile.overrides import NOT_INPUTS, AllowList, given_variables, replaced_inputs
from tradewind_server.flows.compile.plan import CompiledFlow, Plan, runnable_of
from tradewind_server.flows.compile.tokens import CallValues, fill
from tradewind_server.flows.components import Memory, Runnable, Turn
from tradewind_server.flows.ports import Message
from tradewind_server.flows.predict.messages import PredictionRequest


class Calls:
    """Makes of a compiled flow what one call runs."""

    def __init__(self, variables: Variables, new_id: Callable[[], str], new_message_id: Callable[[], str]) -> None:
        self._variables = variables
        self._new_id = new_id
        self._new_message_id = new_message_id

    async def begin(
        self, chatflow: Chatflow, compiled: CompiledFlow, request: PredictionRequest, question: str, history: Sequence[Message]
    ) -> tuple[Plan, Turn]:
        """The plan with the caller's overrides, and the turn. Raises ``InvalidInput`` for what does not fit."""
        plan = compiled.plan
        overrides = request.override_config
        if overrides.keys() - NOT_INPUTS:
            values = replaced_inputs(compiled.flow, AllowList(compiled.config.override_inputs), overrides)
            plan = plan.overridden(values) if values else plan
        given = given_variables(compiled.config, overrides)
        variables: Mapping[str, str] = given
        if plan.reads_variables:
            variables = {**await self._variables.values(chatflow.workspace_id), **given}
        turn = self._turn(chatflow, plan, request, question, variables)
        turn.history = history
        return plan, turn

    def _turn(
        self, chatflow: Chatflow, plan: Plan, request: PredictionRequest, question: str, variables: Mapping[str, str]
    ) -> Turn:
        """Conversation and session of a call (docs/contract.md §4.2): the caller's, the canvas's, or new ones."""
        override = optional_id(request.override_config.get("sessionId"), "sessionId")
        given = optional_id(request.chat_id, "chatId")
        chat_id = given or override
        fresh = chat_id is None
        chat_id = chat_id or self._new_id()
        turn = Turn(
            workspace_id=chatflow.workspace_id,
            chatflow_id=chatflow.id,
            chat_id=chat_id,
            session_id=override or given or chat_id,
            question=question,
            message_id=self._new_message_id(),
            variables=variables,
            new_session=fresh,
        )
        drawn = plan.memory.inputs.get("sessionId") if plan.memory else None
        if fresh and isinstance(drawn, str) and drawn:
            values = CallValues(turn)
            turn.session_id = fill(drawn, lambda token: values.find(token, asks=False, given=False)) or chat_id
            turn.new_session = turn.session_id == chat_id
        return turn

    async def runnable(self, chatflow: Chatflow, compiled: CompiledFlow, plan: Plan, turn: Turn) -> Runnable:
        """The ending node, with every token filled."""
        if plan is compiled.plan and not plan.tokens:
            return runnable_of(plan, compiled.components)
        call = CallValues(turn, turn.history, compiled.config.override_variables)
        if plan.reads_history:
            call = CallValues(turn, await _past(plan, compiled.built(plan, call), turn), call.opened)
        return runnable_of(plan, compiled.built(plan, call))


async def _past(plan: Plan, components: Mapping[str, Any], turn: Turn) -> Sequence[Message]:
    """What was said before: the caller's history, then what the flow's memory holds."""
    memory = components.get(plan.memory.id) if plan.memory else None
    return [*turn.history, *(await memory.messages(turn) if isinstance(memory, Memory) else ())]
