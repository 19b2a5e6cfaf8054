"""Engines for conversations: with a model alone, or with passages of a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradewind_server.documents.ports import Document
from tradewind_server.flows.components import Answer, ChatModelHandle, Memory, Retriever, Turn
from tradewind_server.flows.llm.context_window import ask
from tradewind_server.flows.llm.templates import fill_known, fill_system, parse_prompt
from tradewind_server.flows.nodes.chains.basic import CHAT_SYSTEM, RESPONSE_PROMPT, ConversationChain
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

CATEGORY = "Engine"


@dataclass(frozen=True, slots=True)
class ContextChatEngine:
    """Looks each question up as it stands and answers from what is found, in a conversation. ``system`` stands before the
    passages."""

    model: ChatModelHandle
    retriever: Retriever
    memory: Memory | None
    system: str
    return_sources: bool

    async def run(self, turn: Turn) -> Answer:
        history = [*turn.history, *(await self.memory.messages(turn) if self.memory else ())]
        documents = await self.retriever.retrieve(turn.question_text, turn=turn)

        def assemble(lines: Sequence[Message], chunks: Sequence[Document]) -> list[Message]:
            context = "\n\n".join(chunk.content for chunk in chunks)
            passages = fill_known(parse_prompt(RESPONSE_PROMPT), {"context": context})
            system = fill_system(self.system, turn, lines)
            text = f"{system}\n\n{passages}" if system else passages
            return [Message("system", text), *lines, Message("user", turn.question)]

        text = await ask(self.model, assemble, history, documents, turn.sink)
        return Answer(text, source_documents=documents if self.return_sources else None)


def build_simple(inputs: NodeInputs, context: BuildContext) -> ConversationChain:
    return ConversationChain(
        model=inputs.node_of("model", ChatModelHandle),
        memory=inputs.optional_node("memory", Memory),  # type: ignore[type-abstract]
        system=inputs.text("systemMessagePrompt", CHAT_SYSTEM),
        prompt=None,
    )


def build_context(inputs: NodeInputs, context: BuildContext) -> ContextChatEngine:
    return ContextChatEngine(
        inputs.node_of("model", ChatModelHandle),
        inputs.node_of("vectorStoreRetriever", Retriever),  # type: ignore[type-abstract]
        inputs.optional_node("memory", Memory),  # type: ignore[type-abstract]
        inputs.text("systemMessagePrompt"),
        inputs.flag("returnSourceDocuments"),
    )


MODEL = Input("model", "node", "BaseChatModel_LlamaIndex")
MEMORY = Input("memory", "node", "BaseChatMemory")
SYSTEM = Input("systemMessagePrompt", "template", late=True)
NODES = (
    NodeType(
        "simpleChatEngine", "Simple Chat Engine", CATEGORY, (MODEL, MEMORY, SYSTEM), build_simple, ends_flow=True, streams=True
    ),
    NodeType(
        "contextChatEngine",
        "Context Chat Engine",
        CATEGORY,
        (
            MODEL,
            Input("vectorStoreRetriever", "node", "VectorIndexRetriever"),
            MEMORY,
            Input("returnSourceDocuments", "flag"),
            SYSTEM,
        ),
        build_context,
        ends_flow=True,
        streams=True,
    ),
)
