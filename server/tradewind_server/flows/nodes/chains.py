"""Chain nodes: what turns a question into an answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.budget import ask
from tradewind_server.flows.components import Answer, ChatModelHandle, Document, Memory, Turn, VectorStore
from tradewind_server.flows.nodes.prompts import Prompt
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message
from tradewind_server.flows.templates import PromptText, fill_canvas, parse_prompt, transcript

CHAT_SYSTEM = (
    "You are a friendly, helpful assistant in a conversation with a person. Answer in the language of the question. When "
    "you do not know something, say so."
)
REPHRASE_PROMPT = (
    "Below are a conversation and the question that comes next. Write that question again so that it can be understood "
    "without the conversation: replace words such as 'it' or 'there' by what they stand for, and keep its language. Write "
    "the question only.\n\nConversation:\n{chat_history}\n\nNext question: {question}\nQuestion on its own:"
)
RESPONSE_PROMPT = (
    "You answer questions from the passages below, and from nothing else. Copy names, numbers, dates and times exactly as "
    "they stand there. Answer in the language of the question, in one or two sentences. If the passages do not hold the "
    "answer, say that you do not know.\n\nPassages:\n{context}"
)
LONGEST_REPHRASED = 2000


def reserved_values(turn: Turn) -> dict[str, str]:
    return {"input": turn.question, "question": turn.question}


@dataclass(frozen=True, slots=True)
class ConversationChain:
    """System message, history and question, in one call."""

    model: ChatModelHandle
    memory: Memory | None
    system: str
    prompt: Prompt | None

    async def run(self, turn: Turn) -> Answer:
        stored = await self.memory.messages(turn) if self.memory else []
        history = [*turn.history, *stored]

        def assemble(kept: Sequence[Message], _: Sequence[Document]) -> list[Message]:
            if self.prompt is None:
                system = [Message("system", fill_canvas(self.system, turn, kept))] if self.system else []
                return [*system, *kept, Message("user", turn.question)]
            values = {
                **self.prompt.fixed(turn, kept),
                **reserved_values(turn),
                "history": transcript(kept),
                "chat_history": transcript(kept),
            }
            require_values(self.prompt, values)
            *before, question = self.prompt.fill(values)
            return [*before, *kept, question]

        return Answer(await ask(self.model, assemble, history, (), turn.sink))


def require_values(prompt: Prompt, values: dict[str, Any]) -> None:
    missing = [name for name in prompt.variables if name not in values]
    if missing:
        raise InvalidInput(Reason.NODE_INPUT_INVALID, f"Please provide Prompt Values for: {', '.join(missing)}")


@dataclass(frozen=True, slots=True)
class LLMChain:
    """One prompt, one call. The variable that the canvas left open takes the question (contract §6.3)."""

    model: ChatModelHandle
    prompt: Prompt

    async def run(self, turn: Turn) -> Answer:
        values = self.prompt.fixed(turn, turn.history)
        open_names = [name for name in self.prompt.variables if name not in values]
        if len(open_names) == 1:
            values[open_names[0]] = turn.question
        require_values(self.prompt, values)
        messages = self.prompt.fill(values)
        return Answer(await ask(self.model, lambda _h, _c: messages, (), (), turn.sink))


@dataclass(frozen=True, slots=True)
class RetrievalQAChain:
    """Finds chunks for the question and answers from them; remembers the session with or without a memory node."""

    model: ChatModelHandle
    store: VectorStore
    memory: Memory
    rephrase: PromptText
    response: PromptText
    return_sources: bool

    async def run(self, turn: Turn) -> Answer:
        stored = await self.memory.messages(turn)
        history = [*turn.history, *stored]
        question = await self._standalone(turn, history) if history else turn.question
        documents = await self.store.retrieve(question, turn=turn)

        def assemble(kept: Sequence[Message], chunks: Sequence[Document]) -> list[Message]:
            passages = "\n".join(f"<doc id='{i}'>{chunk.content}</doc>" for i, chunk in enumerate(chunks))
            values = {"context": passages, "question": turn.question, "chat_history": transcript(kept)}
            known = {name: values.get(name, "{" + name + "}") for name in self.response.variables}
            return [Message("system", self.response.fill(known)), *kept, Message("user", turn.question)]

        text = await ask(self.model, assemble, history, documents, turn.sink)
        return Answer(text, source_documents=documents if self.return_sources else None)

    async def _standalone(self, turn: Turn, history: Sequence[Message]) -> str:
        """The question with what it takes from the conversation written out; its own words when the model fails to."""

        def assemble(kept: Sequence[Message], _: Sequence[Document]) -> list[Message]:
            values = {"chat_history": transcript(kept), "question": turn.question}
            known = {name: values.get(name, "{" + name + "}") for name in self.rephrase.variables}
            return [Message("user", self.rephrase.fill(known))]

        text = (await ask(self.model, assemble, history)).strip()
        return text if 0 < len(text) <= LONGEST_REPHRASED else turn.question


def build_conversation_chain(inputs: NodeInputs, context: BuildContext) -> ConversationChain:
    refuse_wired(inputs, "inputModeration")
    return ConversationChain(
        model=inputs.node_of("model", ChatModelHandle),
        memory=inputs.optional_node("memory", Memory),  # type: ignore[type-abstract]
        system=inputs.text("systemMessagePrompt", CHAT_SYSTEM),
        prompt=inputs.optional_node("chatPromptTemplate", Prompt),
    )


def build_llm_chain(inputs: NodeInputs, context: BuildContext) -> LLMChain:
    refuse_wired(inputs, "inputModeration", "outputParser")
    return LLMChain(inputs.node_of("model", ChatModelHandle), inputs.node_of("prompt", Prompt))


def build_retrieval_chain(inputs: NodeInputs, context: BuildContext) -> RetrievalQAChain:
    from tradewind_server.flows.nodes.memory import StoredMemory

    refuse_wired(inputs, "inputModeration")
    memory = inputs.optional_node("memory", Memory)  # type: ignore[type-abstract]
    return RetrievalQAChain(
        model=inputs.node_of("model", ChatModelHandle),
        store=inputs.node_of("vectorStoreRetriever", VectorStore),
        memory=memory or StoredMemory(context.chat_messages, None),
        rephrase=parse_prompt(inputs.text("rephrasePrompt", REPHRASE_PROMPT)),
        response=parse_prompt(inputs.text("responsePrompt", RESPONSE_PROMPT)),
        return_sources=inputs.flag("returnSourceDocuments"),
    )


def refuse_wired(inputs: NodeInputs, *names: str) -> None:
    """Inputs that would change the answer must not be left out in silence."""
    for name in names:
        if inputs.is_set(name) and json.dumps(inputs.values[name]).find("data.instance") >= 0:
            raise inputs.wrong(name, "left unwired: this server does not run such nodes yet")


NODE_TYPES = (
    NodeType(
        "conversationChain",
        "Conversation Chain",
        "Chains",
        (
            Input("model", "node", "BaseChatModel"),
            Input("memory", "node", "BaseMemory"),
            Input("chatPromptTemplate", "node", "ChatPromptTemplate"),
            Input("systemMessagePrompt"),
        ),
        build_conversation_chain,
    ),
    NodeType(
        "llmChain",
        "LLM Chain",
        "Chains",
        (
            Input("model", "node", "BaseLanguageModel"),
            Input("prompt", "node", "BasePromptTemplate"),
            Input("chainName"),
        ),
        build_llm_chain,
    ),
    NodeType(
        "conversationalRetrievalQAChain",
        "Conversational Retrieval QA Chain",
        "Chains",
        (
            Input("model", "node", "BaseChatModel"),
            Input("vectorStoreRetriever", "node", "BaseRetriever"),
            Input("memory", "node", "BaseMemory"),
            Input("returnSourceDocuments", "flag"),
            Input("rephrasePrompt"),
            Input("responsePrompt"),
        ),
        build_retrieval_chain,
    ),
)
