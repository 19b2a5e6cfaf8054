"""Lists, shows, publishes and forgets executions of agent flows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tradewind_server.chatflows.ids import UUID, check_id
from tradewind_server.chats.filters import invalid, period, unless_empty
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.agentflow.executions import STATES, Execution, ExecutionFilter, ExecutionPage, Executions

DEFAULT_LIMIT = 12
MOST_DELETED = 1000
MOST_JOINED = 200
FURTHEST_ROW = 2**31
LONGEST_TEXT = 255
PUBLIC_NAMES = {
    "id": "id",
    "agentflow_id": "agentflowId",
    "agentflow_name": "agentflowName",
    "session_id": "sessionId",
    "state": "state",
    "start_date": "startDate",
    "end_date": "endDate",
}


def execution_filter(values: Mapping[str, str | None]) -> ExecutionFilter:
    """The filter behind a caller's values, by the keys of ``PUBLIC_NAMES``. Raises ``InvalidInput(INVALID_FILTER)``."""
    unless_empty(values, PUBLIC_NAMES)
    start, end = period(values)
    state = values.get("state")
    if state is not None and state not in STATES:
        raise invalid(f"state must be one of {', '.join(STATES)}.")
    for name in ("agentflow_name", "session_id"):
        if len(values.get(name) or "") > LONGEST_TEXT:
            raise invalid(f"{PUBLIC_NAMES[name]} may have at most {LONGEST_TEXT} characters.")
    execution_id, chatflow_id = values.get("id"), values.get("agentflow_id")
    return ExecutionFilter(
        None if execution_id is None else check_execution_id(execution_id),
        None if chatflow_id is None else check_id(chatflow_id),
        values.get("agentflow_name"),
        values.get("session_id"),
        state,
        start,
        end,
    )


def check_execution_id(execution_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(execution_id):
        raise InvalidInput(Reason.INVALID_ARGUMENT, "The id of an execution must be a UUID.")
    return execution_id.lower()


class ExecutionService:
    """The executions of a workspace. One of another workspace is ``NotFound(EXECUTION_NOT_FOUND)``, like a missing one."""

    def __init__(self, executions: Executions, now: Callable[[], datetime]) -> None:
        self._executions = executions
        self._now = now

    async def list(self, workspace_id: str, filters: ExecutionFilter, offset: int = 0, limit: int = 0) -> ExecutionPage:
        """At most ``limit`` executions (0: ``DEFAULT_LIMIT``). Raises ``InvalidInput`` behind any list's end."""
        if offset > FURTHEST_ROW:
            raise invalid("page must be within the list.")
        return await self._executions.list(workspace_id, filters, offset, limit or DEFAULT_LIMIT)

    async def get(self, workspace_id: str, execution_id: str) -> Execution:
        return _there(await self._executions.get(workspace_id, check_execution_id(execution_id)), execution_id)

    async def of_messages(self, workspace_id: str, ids: Iterable[str | None]) -> Mapping[str, Execution]:
        """The executions behind messages, by id: those of the first ``MOST_JOINED``, as each brings its whole trace."""
        unique = list(dict.fromkeys(one for one in ids if one))[:MOST_JOINED]
        return await self._executions.by_ids(workspace_id, unique) if unique else {}

    async def get_public(self, execution_id: str) -> Execution:
        return _there(await self._executions.get_public(check_execution_id(execution_id)), execution_id)

    async def publish(self, workspace_id: str, execution_id: str, is_public: Any) -> Execution:
        """Make an execution public or private; None leaves it as it is. Raises ``InvalidInput`` and ``NotFound``."""
        if is_public is None:
            return await self.get(workspace_id, execution_id)
        if not isinstance(is_public, bool):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "isPublic must be true or false.")
        row = await self._executions.publish(workspace_id, check_execution_id(execution_id), is_public, self._now())
        return _there(row, execution_id)

    async def delete(self, workspace_id: str, ids: Any) -> int:
        """Delete executions; how many there were. Raises ``InvalidInput`` for a list without ids, or with what is none."""
        if not isinstance(ids, Sequence) or isinstance(ids, str) or not ids:
            raise InvalidInput(Reason.INVALID_ARGUMENT, "No execution IDs provided")
        if len(ids) > MOST_DELETED:
            raise InvalidInput(Reason.INVALID_ARGUMENT, f"executionIds may name at most {MOST_DELETED} executions at once.")
        if not all(isinstance(one, str) for one in ids):
            raise InvalidInput(Reason.INVALID_ARGUMENT, "executionIds must be a list of UUIDs.")
        return await self._executions.delete(workspace_id, list(dict.fromkeys(check_execution_id(one) for one in ids)))


def _there(execution: Execution | None, execution_id: str) -> Execution:
    if execution is None:
        raise NotFound(Reason.EXECUTION_NOT_FOUND, f"Execution {execution_id} not found")
    return execution
