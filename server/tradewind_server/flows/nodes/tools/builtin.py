"""Tool nodes that need nothing from outside: documents, the clock, other chains."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tradewind_server.flows.components import Answer, OtherFlows, Retriever, Runnable, ToolResult, Turn
from tradewind_server.flows.nodes.retrieval.metadata_filters import Untranslatable, qdrant_filter
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import ToolSpec

CATEGORY = "Tools"
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST_NAME = 64
NO_INPUT: Mapping[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False}
CONDITIONS = frozenset({"must", "must_not", "should", "min_should"})


def one_text(description: str) -> Mapping[str, Any]:
    """The schema of a tool with one text as its input."""
    return {
        "type": "object",
        "properties": {"input": {"type": "string", "description": description}},
        "required": ["input"],
        "additionalProperties": False,
    }


def tool_name(inputs: NodeInputs, name: str, default: str = "") -> str:
    """A name of a tool as models take it: letters, digits, hyphens and underscores."""
    text = NOT_IN_A_NAME.sub("_", inputs.text(name, default).strip()).strip("_")[:LONGEST_NAME]
    if not text:
        raise inputs.wrong_input(name, "a name for the tool, such as search_handbook")
    return text


@dataclass(frozen=True, slots=True)
class RetrieverTool:
    """Looks documents up. ``filters`` stand beside those of the store."""

    spec: ToolSpec
    store: Retriever
    returns_sources: bool
    filters: Mapping[str, Any] | None
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        documents = await self.store.retrieve(str(arguments["input"]), self.filters, turn)
        text = "\n\n".join(document.content for document in documents)
        return ToolResult(text or "Nothing was found.", source_documents=documents if self.returns_sources else ())


def build_retriever_tool(inputs: NodeInputs, context: BuildContext) -> RetrieverTool:
    description = inputs.text("description").strip()
    if not description:
        raise inputs.wrong_input("description", "a sentence that says when to look here")
    store = inputs.node_of("retriever", Retriever)  # type: ignore[type-abstract]
    return RetrieverTool(
        ToolSpec(tool_name(inputs, "name"), description, one_text("What to look up.")),
        store,
        returns_sources=inputs.flag("returnSourceDocuments"),
        filters=_filters(inputs, store),
    )


def _filters(inputs: NodeInputs, store: Retriever) -> Mapping[str, Any] | None:
    """A Qdrant filter as it is; any other has the words that the stores of the canvas share (``metadata_filters.py``).

    A list is any of its values here, as this node always took it.
    """
    conditions = inputs.json("retrieverToolMetadataFilter")
    if conditions in (None, {}):
        return None
    if not isinstance(conditions, dict):
        raise inputs.wrong_input("retrieverToolMetadataFilter", 'a JSON object such as {"source": "handbook.pdf"}')
    if CONDITIONS & conditions.keys():
        return conditions
    values = {
        name: {"$in": value} if isinstance(value, list) and not str(name).startswith("$") else value
        for name, value in conditions.items()
    }
    try:
        return qdrant_filter(values, store.metadata_key)
    except Untranslatable as error:
        raise inputs.wrong_input("retrieverToolMetadataFilter", f"a filter that can be applied here; it has {error}") from None


CLOCK = ToolSpec("current_date_time", "Tells today's date, the day of the week and the time, in UTC.", NO_INPUT)


@dataclass(frozen=True, slots=True)
class CurrentDateTime:
    """Tells the time of the server's clock, in UTC."""

    now: Callable[[], datetime]
    spec: ToolSpec = CLOCK
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        now = self.now()
        values = {
            "date": f"{now:%Y-%m-%d}",
            "time": f"{now:%H:%M:%S}",
            "day": f"{now:%A}",
            "timezone": "UTC",
            "timezoneOffset": "+00:00",
            "iso8601": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03}Z",
            "unix_timestamp": int(now.timestamp()),
        }
        return ToolResult(json.dumps(values))


def build_current_date_time(inputs: NodeInputs, context: BuildContext) -> CurrentDateTime:
    assert context.now is not None, "the composition root gives a clock"
    return CurrentDateTime(context.now)


def text_of(answer: Answer) -> str:
    """An answer as a model reads it."""
    return answer.text if answer.json is None else json.dumps(answer.json, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class ChainTool:
    """Asks a chain of the same drawing. It answers whole, to the agent alone."""

    spec: ToolSpec
    chain: Runnable
    return_direct: bool

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        answer = await self.chain.run(replace(turn, question=str(arguments["input"]), sink=None, images=()))
        return ToolResult(text_of(answer), answer.source_documents or (), answer.artifacts or ())


def build_chain_tool(inputs: NodeInputs, context: BuildContext) -> ChainTool:
    return ChainTool(
        ToolSpec(tool_name(inputs, "name"), inputs.text("description"), one_text("The question to ask.")),
        inputs.node_of("baseChain", Runnable),  # type: ignore[type-abstract]
        return_direct=inputs.flag("returnDirect"),
    )


@dataclass(frozen=True, slots=True)
class ChatflowTool:
    """Asks another chatflow of the workspace."""

    spec: ToolSpec
    flows: OtherFlows
    chatflow_id: str
    overrides: Mapping[str, Any]
    own_conversation: bool
    """Whether each question begins a conversation; otherwise the chat it is asked in goes on there."""
    fixed_question: str
    asks_as_is: bool
    """Whether the person's question is asked, and not what the model makes of it."""
    return_direct: bool

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        question = turn.question if self.asks_as_is else self.fixed_question or str(arguments.get("input") or "")
        answer = await self.flows.ask(
            self.chatflow_id,
            question,
            turn,
            chat_id=None if self.own_conversation else turn.chat_id,
            overrides=self.overrides,
        )
        return ToolResult(text_of(answer))


def build_chatflow_tool(inputs: NodeInputs, context: BuildContext) -> ChatflowTool:
    assert context.other_flows is not None, "the composition root gives the other flows"
    overrides = inputs.json("overrideConfig")
    if not isinstance(overrides, dict | None):
        raise inputs.wrong_input("overrideConfig", "a JSON object")
    chatflow_id = inputs.text("selectedChatflow").strip()
    if not chatflow_id:
        raise inputs.wrong_input("selectedChatflow", "the id of a chatflow")
    fixed_question, as_is = inputs.text("customInput").strip(), inputs.flag("useQuestionFromChat")
    return ChatflowTool(
        ToolSpec(
            tool_name(inputs, "name"),
            inputs.text("description") or "Asks another chatflow.",
            NO_INPUT if fixed_question or as_is else one_text("The question to ask."),
        ),
        context.other_flows,
        chatflow_id,
        overrides or {},
        own_conversation=inputs.flag("startNewSessionPerMessage"),
        fixed_question=fixed_question,
        asks_as_is=as_is,
        return_direct=inputs.flag("returnDirect"),
    )


NODES = (
    NodeType(
        "retrieverTool",
        "Retriever Tool",
        CATEGORY,
        (
            Input("name"),
            Input("description"),
            Input("retriever", "node", "BaseRetriever"),
            Input("returnSourceDocuments", "flag"),
            Input("retrieverToolMetadataFilter", "json", asks=True, bare=True),
        ),
        build_retriever_tool,
        repeatable=True,
    ),
    NodeType("currentDateTime", "CurrentDateTime", CATEGORY, (), build_current_date_time, repeatable=True),
    NodeType(
        "chainTool",
        "Chain Tool",
        CATEGORY,
        (Input("name"), Input("description"), Input("returnDirect", "flag"), Input("baseChain", "node", "BaseChain")),
        build_chain_tool,
    ),
    NodeType(
        "ChatflowTool",
        "Chatflow Tool",
        CATEGORY,
        (
            Input("selectedChatflow"),
            Input("name"),
            Input("description"),
            Input("returnDirect", "flag"),
            Input("overrideConfig", "json", asks=True),
            Input("baseURL", has_no_effect=True),
            Input("startNewSessionPerMessage", "flag"),
            Input("useQuestionFromChat", "flag"),
            Input("customInput", asks=True),
        ),
        build_chatflow_tool,
        note="asks chatflows of this server only, whatever its base URL says.",
    ),
)
