"""The tools of an agent: told to a model, found by name, called side by side, their results kept for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from tradewind_server.documents.ports import Document, documents_json
from tradewind_server.errors import TradewindError
from tradewind_server.flows.components import Answer, Tool, ToolResult, Turn
from tradewind_server.flows.ports import ToolCall, ToolSpec
from tradewind_server.lenient_json import json_values
from tradewind_server.observability.spans import note_output
from tradewind_server.observability.steps import tool_step

LONGEST_REPAIR = 8 * 1024
"""Characters of an input that is nearly JSON: some 50 ms of the event loop."""
MOST_CALLS = 16
"""Calls that one step of a model may make; a model that asks for more has lost its way."""
REPEAT_NOTICE = "(You have made this same call before. Answer the person now, from what you know.)"


@dataclass(slots=True)
class ToolResults:
    """What the tools of one run have done and found."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    _keys: set[tuple[str, bytes]] = field(default_factory=set)

    def add(self, call: ToolCall, result: ToolResult) -> str:
        """Keep a result; what the model is told of it. A model that goes in circles is told so."""
        entry: dict[str, Any] = {
            "tool": call.name,
            "toolInput": dict(call.arguments),
            "toolOutput": "" if result.error is not None else result.text,
        }
        if result.source_documents:
            entry["sourceDocuments"] = documents_json(result.source_documents)
            self.documents.extend(result.source_documents)
        if result.artifacts:
            self.artifacts.extend(dict(artifact) for artifact in result.artifacts)
        if result.error is not None:
            entry["error"] = result.error
        self.calls.append(entry)
        key = (call.name, orjson.dumps(call.arguments, option=orjson.OPT_SORT_KEYS, default=str))
        if key in self._keys:
            return f"{result.text}\n{REPEAT_NOTICE}"
        self._keys.add(key)
        return result.text

    def answer(self, text: str) -> Answer:
        """The answer of the run. What no tool gave is absent (docs/contract.md §4.5)."""
        return Answer(
            text,
            source_documents=self.documents or None,
            used_tools=self.calls or None,
            artifacts=self.artifacts or None,
        )


class Toolbox:
    """Tools by name. Names must differ, as models know a tool by nothing else."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self.specs: tuple[ToolSpec, ...] = tuple(tool.spec for tool in tools)
        self._tools = {spec.name: tool for spec, tool in zip(self.specs, tools, strict=True)}
        self._lower = {name.lower(): tool for name, tool in self._tools.items()}
        self._required_arguments = {spec.name: tuple(spec.parameters.get("required", ())) for spec in self.specs}

    def get(self, name: str) -> Tool | None:
        """The tool of a name; models change the case of names now and then."""
        return self._tools.get(name) or self._lower.get(name.strip().lower())

    async def call(self, calls: Sequence[ToolCall], turn: Turn) -> list[ToolResult]:
        """The results in the order of the calls. A call that fails has a result the model can read."""
        if len(calls) == 1:
            return [await self._call(calls[0], turn)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._call(call, turn)) for call in calls[:MOST_CALLS]]
        left_out = _failure(f"Not called: a step may call at most {MOST_CALLS} tools.")
        return [*(task.result() for task in tasks), *(left_out for _ in calls[MOST_CALLS:])]

    async def _call(self, call: ToolCall, turn: Turn) -> ToolResult:
        tool = self.get(call.name)
        if tool is None:
            return _failure(f"There is no tool called {call.name}. There are: {', '.join(self._tools) or 'none'}.")
        missing = [name for name in self._required_arguments[tool.spec.name] if call.arguments.get(name) is None]
        if missing:
            return _failure(f"The tool {tool.spec.name} needs {', '.join(missing)}; call it again with that.")
        try:
            with tool_step(tool.spec.name, call.arguments):
                result = await tool.call(call.arguments, turn)
                note_output(result.text)
                return result
        except TradewindError as error:
            return _failure(error.message)

    def ends_run(self, calls: Sequence[ToolCall], results: Sequence[ToolResult]) -> str | None:
        """The result that is the run's answer, where a tool that answers directly was among those called."""
        for call, result in zip(calls, results, strict=True):
            tool = self.get(call.name)
            if result.error is None and tool is not None and tool.return_direct:
                return result.text
        return None

    def call_of(self, name: str, arguments: Any) -> ToolCall:
        """The call that a model wrote as text: it may give a tool's one input by itself or as JSON, in text or not."""
        tool = self.get(name)
        if tool is None:
            return ToolCall("", name, arguments if isinstance(arguments, dict) else {"input": arguments})
        return ToolCall("", tool.spec.name, _arguments(tool.spec, arguments))


def _arguments(spec: ToolSpec, raw: Any) -> Mapping[str, Any]:
    names = tuple(spec.parameters.get("properties", ()))
    value = _object_in(raw)
    if isinstance(value, dict) and (len(names) != 1 or names[0] in value):
        return value
    if value == {}:
        return {}
    if len(names) != 1:
        return {} if not names or raw is None else {"input": raw}
    if isinstance(value, dict) and not isinstance(raw, str):
        # The one input under a name the model made up, or a structure where a text is wanted.
        raw = next(iter(value.values())) if len(value) == 1 else orjson.dumps(value).decode()
    return {} if raw is None else {names[0]: raw}


def _object_in(raw: Any) -> Any:
    """The object behind a text that is one; anything else as it is."""
    if not isinstance(raw, str) or not raw.lstrip().startswith("{"):
        return raw
    return next((value for value in json_values(raw, LONGEST_REPAIR) if isinstance(value, dict)), raw)


def _failure(message: str) -> ToolResult:
    return ToolResult(message, error=message)
