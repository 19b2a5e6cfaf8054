"""Chain nodes: what turns a question into an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tradewind_server.documents.ports import Document
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.components import Answer, ChatModelHandle, Memory, OutputParser, ParseFailure, Retriever, Turn
from tradewind_server.flows.llm.context_window import ask, ask_shaped
from tradewind_server.flows.llm.output_schema import read_patiently
from tradewind_server.flows.llm.templates import PromptText, fill_known, fill_system, parse_prompt, transcript
from tradewind_server.flows.nodes.memory import StoredMemory
from tradewind_server.flows.nodes.prompts import Prompt
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

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
MEND_PROMPT = (
    "The text below was to follow an instruction, and does not: {problem}. Write it again so that it does, changing nothing "
    "that is right.\n\nInstruction:\n{instruction}\n\nText:\n{text}"
)
LONGEST_REPHRASED = 2000
INSTRUCTIONS = "format_instructions"
"""The name under which a prompt asks for what the output parser wants."""
HISTORY_NAMES = frozenset({"history", "chat_history"})


def question_values(turn: Turn) -> dict[str, Any]:
    """Names under which a prompt may ask for the question."""
    return {"input": turn.question, "question": turn.question}


@dataclass(frozen=True, slots=True)
class ConversationChain:
    """System message, history and question, in one call."""

    model: ChatModelHandle
    memory: Memory | None
    system: str
    prompt: Prompt | None

    def check(self) -> None:
        """Raises what every question would be refused for: names of the prompt that nothing fills."""
        if self.prompt is not None:
            values = dict.fromkeys(("input", "question", *HISTORY_NAMES), "")
            ask_in_the_open_name(self.prompt, {**values, **self.prompt.values}, "")

    async def run(self, turn: Turn) -> Answer:
        messages = await self.memory.messages(turn) if self.memory else []
        if self.prompt is not None:
            await self.prompt.prepare(turn)

        def assemble(lines: Sequence[Message], _: Sequence[Document]) -> list[Message]:
            if self.prompt is not None:
                return prompt_messages(self.prompt, self.model, turn, lines)
            system = [Message("system", fill_system(self.system, turn, lines))] if self.system else []
            return [*system, *lines, self.model.question(turn.question, turn)]

        return Answer(await ask(self.model, assemble, [*turn.history, *messages], (), turn.sink))


def prompt_messages(prompt: Prompt, model: ChatModelHandle, turn: Turn, history: Sequence[Message]) -> list[Message]:
    """A prompt's messages with the history before the question, unless the prompt places the history itself."""
    past = transcript(history)
    values = {**question_values(turn), **dict.fromkeys(HISTORY_NAMES, past), **prompt.fixed_values(turn, history)}
    ask_in_the_open_name(prompt, values, turn.question)
    *before, question = prompt.fill(values)
    between = () if HISTORY_NAMES.intersection(prompt.variables) else history
    return [*before, *between, model.question(str(question.content), turn)]


def ask_in_the_open_name(prompt: Prompt, values: dict[str, Any], question: str) -> None:
    """Give the question to the one name of a prompt that has no value. Raises ``InvalidInput`` where more are left.

    The instructions of an output parser are never that name.
    """
    open_names = [name for name in prompt.variables if name not in values and name != INSTRUCTIONS]
    if len(open_names) == 1:
        values[open_names[0]] = question
    if INSTRUCTIONS in prompt.variables and INSTRUCTIONS not in values:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            "The prompt names {format_instructions}, and its chain has no output parser; wire one, or take the name out.",
        )
    prompt.require(values)


@dataclass(frozen=True, slots=True)
class LLMChain:
    """One prompt, one call. The variable that the canvas left open takes the question (docs/contract.md §10.3)."""

    model: ChatModelHandle
    prompt: Prompt
    parser: OutputParser | None = None

    def check(self) -> None:
        """Raises what every question would be refused for: names of the prompt that nothing fills."""
        instructions = {INSTRUCTIONS: ""} if self.parser is not None else {}
        ask_in_the_open_name(self.prompt, {**self.prompt.values, **instructions}, "")

    async def run(self, turn: Turn) -> Answer:
        await self.prompt.prepare(turn)
        values = self.prompt.fixed_values(turn, turn.history)
        if self.parser is not None:
            values[INSTRUCTIONS] = self.parser.instructions
        ask_in_the_open_name(self.prompt, values, turn.question)
        *before, question = self.prompt.fill(values)
        if self.parser is not None:
            return Answer("", json=await self._parse(self.parser, before, str(question.content), turn))
        messages = [*before, self.model.question(str(question.content), turn)]
        return Answer(await ask(self.model, lambda _h, _c: messages, (), (), turn.sink))

    async def _parse(self, parser: OutputParser, before: Sequence[Message], text: str, turn: Turn) -> Any:
        """The answer as the parser reads it; where it cannot, the model is told what is wrong and writes it again, once."""
        instructions = text if INSTRUCTIONS in self.prompt.variables else f"{text}\n\n{parser.instructions}"
        question = self.model.question(instructions, turn)
        answer = await ask_shaped(self.model, [*before, question], parser.schema)
        try:
            return await read_patiently(answer, parser.parse)
        except ParseFailure as problem:
            values = {"problem": str(problem), "instruction": parser.instructions, "text": answer}
        repair = await ask_shaped(self.model, [Message("user", parse_prompt(MEND_PROMPT).fill(values))], parser.schema)
        try:
            return await read_patiently(repair, parser.parse)
        except ParseFailure as problem:
            raise _parse_error(problem) from None


def _parse_error(problem: ParseFailure) -> Unavailable:
    """Nothing is wrong with the request: the same question may be answered in the right form the next time."""
    return Unavailable(
        Reason.OUTPUT_UNPARSABLE,
        f"The model did not answer in the form the output parser asks for: {problem}. Ask again, or use a stronger model.",
    )


@dataclass(frozen=True, slots=True)
class Passages:
    """Answers a question from the chunks found for it."""

    model: ChatModelHandle
    store: Retriever
    response: PromptText
    return_sources: bool

    async def answer(self, turn: Turn, query: str, history: Sequence[Message] = ()) -> Answer:
        """``query`` is what is looked for; the model is asked the turn's own question."""
        documents = await self.store.retrieve(query, turn=turn)

        def assemble(lines: Sequence[Message], chunks: Sequence[Document]) -> list[Message]:
            passages = "\n".join(f"<doc id='{i}'>{chunk.content}</doc>" for i, chunk in enumerate(chunks))
            values = {"context": passages, "question": turn.question, "chat_history": transcript(lines)}
            system = Message("system", fill_known(self.response, values))
            return [system, *lines, Message("user", turn.question)]

        text = await ask(self.model, assemble, history, documents, turn.sink)
        return Answer(text, source_documents=documents if self.return_sources else None)


@dataclass(frozen=True, slots=True)
class RetrievalQAChain:
    """Looks the question up and answers from what is found; remembers nothing."""

    passages: Passages

    async def run(self, turn: Turn) -> Answer:
        return await self.passages.answer(turn, turn.question_text)


@dataclass(frozen=True, slots=True)
class ConversationalRetrievalChain:
    """The same in a conversation; remembers the session with or without a memory node."""

    passages: Passages
    memory: Memory
    rephrase: PromptText

    async def run(self, turn: Turn) -> Answer:
        history = [*turn.history, *await self.memory.messages(turn)]
        query = await self._standalone(turn, history) if history else turn.question_text
        return await self.passages.answer(turn, query, history)

    async def _standalone(self, turn: Turn, history: Sequence[Message]) -> str:
        """The question with what it takes from the conversation written out; its own words when the model fails to."""

        def assemble(lines: Sequence[Message], _: Sequence[Document]) -> list[Message]:
            values = {"chat_history": transcript(lines), "question": turn.question_text}
            return [Message("user", fill_known(self.rephrase, values))]

        text = (await ask(self.passages.model, assemble, history)).strip()
        return text if 0 < len(text) <= LONGEST_REPHRASED else turn.question_text


def build_conversation_chain(inputs: NodeInputs, context: BuildContext) -> ConversationChain:
    return ConversationChain(
        model=inputs.node_of("model", ChatModelHandle),
        memory=inputs.optional_node("memory", Memory),  # type: ignore[type-abstract]
        system=inputs.text("systemMessagePrompt", CHAT_SYSTEM),
        prompt=inputs.optional_node("chatPromptTemplate", Prompt),
    )


def build_llm_chain(inputs: NodeInputs, context: BuildContext) -> LLMChain:
    return LLMChain(
        model=inputs.node_of("model", ChatModelHandle),
        prompt=inputs.node_of("prompt", Prompt),
        parser=inputs.optional_node("outputParser", OutputParser),  # type: ignore[type-abstract]
    )


def passages_of(inputs: NodeInputs, name: str = "vectorStoreRetriever") -> Passages:
    return Passages(
        model=inputs.node_of("model", ChatModelHandle),
        store=inputs.node_of(name, Retriever),  # type: ignore[type-abstract]
        response=parse_prompt(inputs.text("responsePrompt", RESPONSE_PROMPT)),
        return_sources=inputs.flag("returnSourceDocuments"),
    )


def build_retrieval_chain(inputs: NodeInputs, context: BuildContext) -> RetrievalQAChain:
    return RetrievalQAChain(passages_of(inputs))


def build_conversational_retrieval_chain(inputs: NodeInputs, context: BuildContext) -> ConversationalRetrievalChain:
    memory = inputs.optional_node("memory", Memory)  # type: ignore[type-abstract]
    return ConversationalRetrievalChain(
        passages=passages_of(inputs),
        memory=memory or StoredMemory(context.chat_messages, None),
        rephrase=parse_prompt(inputs.text("rephrasePrompt", REPHRASE_PROMPT)),
    )


MODEL = Input("model", "node", "BaseChatModel")
MEMORY = Input("memory", "node", "BaseMemory")
RETRIEVER = Input("vectorStoreRetriever", "node", "BaseRetriever")
MODERATION = Input("inputModeration", "nodes", "Moderation")
NODES = (
    NodeType(
        "conversationChain",
        "Conversation Chain",
        "Chains",
        (
            MODEL,
            MEMORY,
            Input("chatPromptTemplate", "node", "ChatPromptTemplate"),
            MODERATION,
            Input("systemMessagePrompt", "template", late=True),
        ),
        build_conversation_chain,
        ends_flow=True,
        streams=True,
        passes_images=True,
    ),
    NodeType(
        "llmChain",
        "LLM Chain",
        "Chains",
        (
            replace(MODEL, accepts="BaseLanguageModel"),
            Input("prompt", "node", "BasePromptTemplate"),
            Input("outputParser", "node", "BaseLLMOutputParser"),
            MODERATION,
            Input("chainName", has_no_effect=True),
        ),
        build_llm_chain,
        ends_flow=True,
        streams=True,
        passes_images=True,
    ),
    NodeType(
        "retrievalQAChain",
        "Retrieval QA Chain",
        "Chains",
        (replace(MODEL, accepts="BaseLanguageModel"), RETRIEVER, MODERATION),
        build_retrieval_chain,
        ends_flow=True,
        streams=True,
    ),
    NodeType(
        "vectorDBQAChain",
        "VectorDB QA Chain",
        "Chains",
        (replace(MODEL, accepts="BaseLanguageModel"), Input("vectorStore", "node", "VectorStore"), MODERATION),
        lambda inputs, context: RetrievalQAChain(passages_of(inputs, "vectorStore")),
        ends_flow=True,
        streams=True,
    ),
    NodeType(
        "conversationalRetrievalQAChain",
        "Conversational Retrieval QA Chain",
        "Chains",
        (
            MODEL,
            RETRIEVER,
            MEMORY,
            Input("returnSourceDocuments", "flag"),
            Input("rephrasePrompt", "template"),
            Input("responsePrompt", "template"),
            MODERATION,
        ),
        build_conversational_retrieval_chain,
        ends_flow=True,
        streams=True,
    ),
)
