"""Memory nodes: the stored messages of a session. Whatever store a drawing names, they are in this server's database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tradewind_server.chats.ports import ChatMessage, ChatMessages, MessageFilter, PageRequest
from tradewind_server.flows.components import ChatModelHandle, Turn
from tradewind_server.flows.llm.summaries import Summaries
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

CATEGORY = "Memory"
DEFAULT_WINDOW = 4
ZEP_WINDOW = 10
MOST_WINDOW = 10_000
SUMMARISED_MESSAGES = 200
DEFAULT_TOKENS = 2000
BYTES_OF_A_TOKEN = 4
SUMMARY_HEAD = "What was said before, in short:\n"


@dataclass(frozen=True, slots=True)
class StoredMemory:
    """Reads the last messages of the turn's session; ``limit`` counts messages, None takes the server's bound."""

    chat_messages: ChatMessages
    limit: int | None

    async def messages(self, turn: Turn) -> list[Message]:
        if turn.new_session:
            return []
        rows = await self.chat_messages.history(turn.workspace_id, turn.chatflow_id, turn.session_id, self.limit)
        return [Message("user" if role == "userMessage" else "assistant", content) for role, content in rows]


@dataclass(frozen=True, slots=True)
class SummaryMemory:
    """A summary of the session by the node's model, and word for word what was said last, within ``tokens``."""

    node_id: str
    chat_messages: ChatMessages
    model: ChatModelHandle
    summaries: Summaries
    tokens: int

    async def messages(self, turn: Turn) -> list[Message]:
        if turn.new_session:
            return []
        filters = MessageFilter(turn.chatflow_id, session_id=turn.session_id)
        newest = PageRequest(SUMMARISED_MESSAGES, descending=True)
        rows = (await self.chat_messages.list(turn.workspace_id, filters, newest)).messages[::-1]
        cut = len(rows) >= SUMMARISED_MESSAGES
        older = rows[: len(rows) - self._recent(rows)]
        recent = [_message(row) for row in rows[len(older) :]]
        if not older:
            return recent
        key = (turn.workspace_id, turn.session_id, self.node_id)
        summary = await self.summaries.summary_of(key, older, self.model, cut=cut)
        return [Message("system", SUMMARY_HEAD + summary), *recent]

    def _recent(self, rows: Sequence[ChatMessage]) -> int:
        """How many of the last messages stay as they were said; a turn is not torn apart."""
        remaining, count = float(self.tokens), 0
        for row in reversed(rows):
            remaining -= len(row.content.encode()) / BYTES_OF_A_TOKEN
            if remaining < 0:
                break
            count += 1
        return count - 1 if count and rows[-count].role == "apiMessage" else count


def _message(row: ChatMessage) -> Message:
    return Message("user" if row.role == "userMessage" else "assistant", row.content)


def build_buffer_memory(inputs: NodeInputs, context: BuildContext) -> StoredMemory:
    return StoredMemory(context.chat_messages, None)


def window_memory(name: str, default: int | None) -> Callable[[NodeInputs, BuildContext], StoredMemory]:
    """Builds a memory of the last turns; the input ``name`` counts them, as the canvas does."""

    def build(inputs: NodeInputs, context: BuildContext) -> StoredMemory:
        window = inputs.integer(name, 0, MOST_WINDOW)
        turns = default if window is None else window
        return StoredMemory(context.chat_messages, None if turns is None else 2 * turns)

    return build


def _summary(inputs: NodeInputs, context: BuildContext, tokens: int) -> SummaryMemory:
    return SummaryMemory(
        node_id=inputs.node.id,
        chat_messages=context.chat_messages,
        model=inputs.node_of("model", ChatModelHandle),
        summaries=context.summaries,
        tokens=tokens,
    )


def build_summary_memory(inputs: NodeInputs, context: BuildContext) -> SummaryMemory:
    return _summary(inputs, context, 0)


def build_summary_buffer_memory(inputs: NodeInputs, context: BuildContext) -> SummaryMemory:
    limit = inputs.integer("maxTokenLimit", 0, 1_000_000)
    return _summary(inputs, context, DEFAULT_TOKENS if limit is None else limit)


SESSION = Input("sessionId")
KEY = Input("memoryKey", has_no_effect=True)
MODEL = Input("model", "node", "BaseChatModel")


def elsewhere(
    name: str, label: str, product: str, without_effect: Sequence[str], window: str = "", default: int | None = None
) -> NodeType:
    """A memory node of another store, whose messages are kept here like all others."""
    inputs = (
        *((Input(window, "number"),) if window else ()),
        SESSION,
        KEY,
        *(Input(one, has_no_effect=True) for one in without_effect),
    )
    return NodeType(
        name,
        label,
        CATEGORY,
        inputs,
        window_memory(window, default) if window else build_buffer_memory,
        note=f"keeps its messages in this server's database; what is stored in {product} is not read.",
    )


PREFIXES = ("aiPrefix", "humanPrefix", "inputKey", "outputKey")
MEM0_IDS = ("user_id", "useFlowiseChatId", "run_id", "agent_id", "app_id", "project_id", "org_id", "api_version")
NODES = (
    NodeType("bufferMemory", "Buffer Memory", CATEGORY, (SESSION, KEY), build_buffer_memory),
    NodeType(
        "bufferWindowMemory",
        "Buffer Window Memory",
        CATEGORY,
        (Input("k", "number"), SESSION, KEY),
        window_memory("k", DEFAULT_WINDOW),
    ),
    NodeType("conversationSummaryMemory", "Conversation Summary Memory", CATEGORY, (MODEL, SESSION, KEY), build_summary_memory),
    NodeType(
        "conversationSummaryBufferMemory",
        "Conversation Summary Buffer Memory",
        CATEGORY,
        (MODEL, Input("maxTokenLimit", "number"), SESSION, KEY),
        build_summary_buffer_memory,
    ),
    elsewhere("RedisBackedChatMemory", "Redis-Backed Chat Memory", "Redis", ("sessionTTL",), "windowSize"),
    elsewhere("upstashRedisBackedChatMemory", "Upstash Redis-Backed Chat Memory", "Upstash", ("baseURL", "sessionTTL")),
    elsewhere("MongoDBAtlasChatMemory", "MongoDB Atlas Chat Memory", "MongoDB", ("databaseName", "collectionName")),
    elsewhere("DynamoDBChatMemory", "DynamoDB Chat Memory", "DynamoDB", ("tableName", "partitionKey", "region")),
    elsewhere("ZepMemory", "Zep Memory - Open Source", "Zep", ("baseURL", *PREFIXES), "k", ZEP_WINDOW),
    elsewhere("ZepMemoryCloud", "Zep Memory - Cloud", "Zep", ("memoryType", *PREFIXES)),
    elsewhere("mem0", "Mem0", "Mem0", (*MEM0_IDS, "inputKey", "outputKey")),
)
