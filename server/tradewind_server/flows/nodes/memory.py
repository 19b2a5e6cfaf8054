"""Memory nodes: the stored messages of a session."""

from __future__ import annotations

from dataclasses import dataclass

from tradewind_server.chats.ports import ChatMessages
from tradewind_server.flows.components import Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

DEFAULT_WINDOW = 4


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


def build_buffer_memory(inputs: NodeInputs, context: BuildContext) -> StoredMemory:
    return StoredMemory(context.chat_messages, None)


def build_buffer_window_memory(inputs: NodeInputs, context: BuildContext) -> StoredMemory:
    window = inputs.integer("k", 0, 10_000)
    return StoredMemory(context.chat_messages, 2 * (DEFAULT_WINDOW if window is None else window))


NODE_TYPES = (
    NodeType("bufferMemory", "Buffer Memory", "Memory", (Input("sessionId"), Input("memoryKey")), build_buffer_memory),
    NodeType(
        "bufferWindowMemory",
        "Buffer Window Memory",
        "Memory",
        (Input("k", "number"), Input("sessionId"), Input("memoryKey")),
        build_buffer_window_memory,
    ),
)
