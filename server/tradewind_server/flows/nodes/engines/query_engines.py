"""Engines that answer a question from passages: of one store, or of several with a question of its own for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from tradewind_server.documents.ports import Document
from tradewind_server.flows.components import Answer, ChatModelHandle, ParseFailure, Retriever, ToolResult, Turn, VectorStore
from tradewind_server.flows.llm.context_window import ask_shaped
from tradewind_server.flows.llm.output_schema import Schema, read_in
from tradewind_server.flows.llm.templates import parse_prompt
from tradewind_server.flows.nodes.engines.synthesizers import Synthesizer
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.nodes.tools.builtin import one_text, tool_name
from tradewind_server.flows.ports import Message, ToolSpec

CATEGORY = "Engine"
MOST_SUB_QUESTIONS = 10
LONGEST_SUB_QUESTION = 2000
MOST_SOURCES = 200
SPLIT_PROMPT = (
    "Below are a question and tools that answer questions about one thing each. Write the questions that have to be put to the "
    "tools so that the question can be answered: at most {most}, each understandable by itself and in the language of the "
    'question. Answer with a JSON object of the form {{"items": [{{"tool": "its name", "question": "…"}}]}} and nothing else.'
    "\n\nTools:\n{tools}\n\nQuestion: {question}"
)


@runtime_checkable
class QuestionEngine(Protocol):
    """An engine that other engines and tools may ask."""

    async def run(self, turn: Turn) -> Answer: ...

    async def answer(self, turn: Turn, query: str) -> tuple[str, list[Document]]:
        """The answer to a query, and what it was made from. Streams where the turn does."""
        ...


@dataclass(frozen=True, slots=True)
class QueryEngine:
    """Looks the question up in one store and answers from what is found; remembers nothing."""

    model: ChatModelHandle
    retriever: Retriever
    synthesizer: Synthesizer
    return_sources: bool

    async def run(self, turn: Turn) -> Answer:
        text, documents = await self.answer(turn, turn.question_text)
        return Answer(text, source_documents=documents if self.return_sources else None)

    async def answer(self, turn: Turn, query: str) -> tuple[str, list[Document]]:
        documents = await self.retriever.retrieve(query, turn=turn)
        passages = [document.content for document in documents]
        return await self.synthesizer.synthesize(self.model, query, passages, turn.sink), documents


@dataclass(frozen=True, slots=True)
class QueryEngineTool:
    """An engine as a tool: of an agent, or of an engine that asks several."""

    spec: ToolSpec
    engine: QuestionEngine
    return_direct: bool = False

    async def call(self, arguments: Mapping[str, Any], turn: Turn) -> ToolResult:
        text, documents = await self.engine.answer(replace(turn, sink=None), str(arguments["input"]))
        return ToolResult(text, source_documents=documents)


@dataclass(frozen=True, slots=True)
class SubQuestionEngine:
    """Has the model write questions for its tools, at most ten, and answers from their answers."""

    model: ChatModelHandle
    tools: Sequence[QueryEngineTool]
    synthesizer: Synthesizer
    return_sources: bool

    async def run(self, turn: Turn) -> Answer:
        text, documents = await self.answer(turn, turn.question_text)
        return Answer(text, source_documents=documents if self.return_sources else None)

    async def answer(self, turn: Turn, query: str) -> tuple[str, list[Document]]:
        passages: list[str] = []
        documents: list[Document] = []
        silent = replace(turn, sink=None)
        for tool, question in await self._questions(query):
            text, sources = await tool.engine.answer(silent, question)
            passages.append(f"Question: {question}\nAnswer: {text}")
            documents += sources
        return await self.synthesizer.synthesize(self.model, query, passages, turn.sink), documents[:MOST_SOURCES]

    async def _questions(self, query: str) -> list[tuple[QueryEngineTool, str]]:
        """Who is asked what. Where the model's words are no questions for these tools, each is asked the question itself."""
        by_name = {tool.spec.name: tool for tool in self.tools}
        shape = Schema("object", fields={"tool": Schema("string", choices=tuple(by_name)), "question": Schema("string")})
        form = Schema("object", fields={"items": Schema("array", item=shape)})
        lines = "\n".join(f"- {tool.spec.name}: {tool.spec.description}" for tool in self.tools)
        prompt = parse_prompt(SPLIT_PROMPT).fill({"most": str(MOST_SUB_QUESTIONS), "tools": lines, "question": query})
        reply = await ask_shaped(self.model, [Message("user", prompt)], form.schema())
        try:
            items = read_in(reply, form)["items"]
        except ParseFailure:
            items = []
        questions = [(by_name[item["tool"]], item["question"].strip()[:LONGEST_SUB_QUESTION]) for item in items]
        questions = [(tool, question) for tool, question in questions if question][:MOST_SUB_QUESTIONS]
        return questions or [(tool, query) for tool in self.tools[:MOST_SUB_QUESTIONS]]


def synthesizer_of(inputs: NodeInputs) -> Synthesizer:
    return inputs.optional_node("responseSynthesizer", Synthesizer) or Synthesizer()


def build_query_engine(inputs: NodeInputs, context: BuildContext) -> QueryEngine:
    store = inputs.node_of("vectorStoreRetriever", VectorStore)
    if store.model is None:
        raise inputs.wrong_input("vectorStoreRetriever", "wired to a vector store that has a chat model wired to it")
    return QueryEngine(store.model, store, synthesizer_of(inputs), inputs.flag("returnSourceDocuments"))


def build_tool(inputs: NodeInputs, context: BuildContext) -> QueryEngineTool:
    description = inputs.text("toolDesc").strip()
    if not description:
        raise inputs.wrong_input("toolDesc", "a sentence that says what it answers")
    engine = inputs.node_of("baseQueryEngine", QuestionEngine)  # type: ignore[type-abstract]
    return QueryEngineTool(ToolSpec(tool_name(inputs, "toolName"), description, one_text("The question.")), engine)


def build_sub_questions(inputs: NodeInputs, context: BuildContext) -> SubQuestionEngine:
    tools = inputs.nodes_of("queryEngineTools", QueryEngineTool)
    if not tools:
        raise inputs.wrong_input("queryEngineTools", "wired to at least one QueryEngine Tool")
    return SubQuestionEngine(
        inputs.node_of("model", ChatModelHandle), tools, synthesizer_of(inputs), inputs.flag("returnSourceDocuments")
    )


SYNTHESIZER = Input("responseSynthesizer", "node", "ResponseSynthesizer")
SOURCES = Input("returnSourceDocuments", "flag")
NODES = (
    NodeType(
        "queryEngine",
        "Query Engine",
        CATEGORY,
        (Input("vectorStoreRetriever", "node", "VectorIndexRetriever"), SYNTHESIZER, SOURCES),
        build_query_engine,
        ends_flow=True,
        streams=True,
    ),
    NodeType(
        "queryEngineToolLlamaIndex",
        "QueryEngine Tool",
        "Tools",
        (Input("baseQueryEngine", "node", "BaseQueryEngine"), Input("toolName"), Input("toolDesc")),
        build_tool,
    ),
    NodeType(
        "subQuestionQueryEngine",
        "Sub Question Query Engine",
        CATEGORY,
        (
            Input("queryEngineTools", "nodes", "QueryEngineTool"),
            Input("model", "node", "BaseChatModel_LlamaIndex"),
            Input("embeddings", "node", "BaseEmbedding_LlamaIndex", has_no_effect=True),
            SYNTHESIZER,
            SOURCES,
        ),
        build_sub_questions,
        f"puts at most {MOST_SUB_QUESTIONS} questions to its tools.",
        ends_flow=True,
        streams=True,
    ),
)
