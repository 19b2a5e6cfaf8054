"""What assistants are made of here, and the instruction that a chat model writes for one (docs/contract.md §9.14)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import ChatModelHandle
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.llm.context_window import ask_shaped
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

CHAT_MODELS = "Chat Models"
TOOLS = ("Tools", "Tools (MCP)")
WIRES = ("node", "nodes")
MOST_TYPES = 1000
LONGEST_TASK = 10_000
SYSTEM = (
    "You write instructions for an assistant. From a description of its task, write the instruction that it is to follow: "
    "who it is, what it does and how it goes about it, what it must not do, and the form of its answers. Address it as "
    '"you". Use short paragraphs or lists, in the language of the description. Answer with the instruction and nothing else.'
)


@dataclass(frozen=True, slots=True)
class KnowledgeStore:
    """A document store whose chunks can be found."""

    id: str
    name: str
    description: str


class AssistantComponents:
    """The node types and document stores that assistants may have, and their chat models at work."""

    def __init__(
        self,
        registry: Registry,
        context_of: Callable[[str], BuildContext],
        knowledge: Callable[[str], Awaitable[Sequence[KnowledgeStore]]],
    ) -> None:
        """``context_of`` makes the context of nodes that belong to a workspace and to no chatflow; ``knowledge`` lists the
        document stores of a workspace that were upserted, a bounded number."""
        self._types = sorted(registry.types(), key=lambda node_type: node_type.name)
        self._context_of = context_of
        self.document_stores = knowledge

    def chat_models(self) -> Sequence[NodeType]:
        """The chat models, by name; at most ``MOST_TYPES``."""
        return [one for one in self._types if one.category == CHAT_MODELS][:MOST_TYPES]

    def tools(self) -> Sequence[NodeType]:
        """The tools that need no other node, by name; at most ``MOST_TYPES``."""
        tools = [one for one in self._types if one.category in TOOLS]
        return [one for one in tools if not any(spec.kind in WIRES for spec in one.inputs)][:MOST_TYPES]

    async def write_instruction(self, workspace_id: str, task: Any, chat_model: Any) -> str:
        """The instruction for a task, by a chat model given as a node: ``name``, ``inputs`` and ``credential``.

        Raises ``InvalidInput`` for fields that are missing or wrong, and what asking a model raises.
        """
        if not isinstance(task, str) or not task.strip() or len(task) > LONGEST_TASK:
            raise _invalid(f"task must be a text of 1 to {LONGEST_TASK} characters.")
        return await self.ask(workspace_id, chat_model, SYSTEM, task)

    async def ask(self, workspace_id: str, chat_model: Any, system: str, text: str) -> str:
        """The answer of a chat model given as a node. Raises ``InvalidInput``, and what asking a model raises."""
        model = self._model(workspace_id, chat_model)
        return (await ask_shaped(model, [Message("system", system), Message("user", text)], None)).strip()

    def _model(self, workspace_id: str, chat_model: Any) -> ChatModelHandle:
        values = chat_model if isinstance(chat_model, Mapping) else {}
        name, inputs = values.get("name"), values.get("inputs") or {}
        if not isinstance(name, str) or not isinstance(inputs, Mapping):
            raise _invalid("selectedChatModel must have the name of a chat model, and an object as its inputs.")
        node_type = next((one for one in self.chat_models() if one.name == name), None)
        if node_type is None:
            raise InvalidInput(Reason.NODE_NOT_SUPPORTED, f"There is no chat model {name[:64]} here.")
        credential = values.get("credential") or inputs.get("FLOWISE_CREDENTIAL_ID")
        node = Node(
            id="selectedChatModel",
            name=node_type.name,
            label=node_type.label,
            category=node_type.category,
            inputs={},
            credential=credential if isinstance(credential, str) and credential else None,
        )
        model = node_type.build(NodeInputs(node, dict(inputs)), self._context_of(workspace_id))
        if not isinstance(model, ChatModelHandle):
            raise InvalidInput(Reason.NODE_NOT_SUPPORTED, f"The node type {node_type.name} is no chat model.")
        return model


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
