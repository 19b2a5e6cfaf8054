"""The owner's function that changes answers before anybody has them (docs/contract.md §10.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.variables import Variables
from tradewind_server.chats.ports import ChatMessages
from tradewind_server.documents.ports import documents_json
from tradewind_server.flows.components import Answer, Turn
from tradewind_server.flows.javascript_port import JavaScript, Script
from tradewind_server.flows.nodes.scripts import script_globals, text_of_value

LABEL = "The chatflow's post-processing"
MOST_HISTORY = 100
"""Stored messages of the session that the function sees."""


class PostProcessing:
    """Runs the functions of chatflows that have one. An answer that cannot be processed is not sent: it may be to be masked."""

    def __init__(self, javascript: JavaScript, variables: Variables, messages: ChatMessages) -> None:
        self._javascript = javascript
        self._variables = variables
        self._messages = messages

    def check(self, admitted: Admitted) -> None:
        """Raises ``InvalidInput(JAVASCRIPT_OFF)`` for a chatflow with a function, where none runs."""
        if admitted.config.post_processing:
            self._javascript.check(LABEL)

    async def process(self, admitted: Admitted, turn: Turn, answer: Answer) -> Answer:
        """The answer as the function returns it; one that is no text stays as it is."""
        code = admitted.config.post_processing
        if not code or answer.json is not None:
            return answer
        turn.script_variables = await self._variables.values(turn.workspace_id)
        values = script_globals(turn)
        values["$flow"] |= {
            "rawOutput": answer.text,
            "chatHistory": await self._history(turn),
            "sourceDocuments": documents_json(answer.source_documents),
            "usedTools": answer.used_tools,
            "artifacts": answer.artifacts,
            "fileAnnotations": None,
        }
        result = await self._javascript.run(Script(LABEL, code, values))
        return replace(answer, text=_text(result))

    async def _history(self, turn: Turn) -> Sequence[dict[str, Any]]:
        if turn.new_session:
            return []
        rows = await self._messages.history(turn.workspace_id, turn.chatflow_id, turn.session_id, MOST_HISTORY)
        return [{"role": role, "content": content} for role, content in rows]


def _text(result: Any) -> str:
    """What becomes of a result: an object is shown as a block of JSON."""
    if isinstance(result, dict | list):
        return "```json\n" + orjson.dumps(result, option=orjson.OPT_INDENT_2).decode() + "\n```"
    return text_of_value(result)
