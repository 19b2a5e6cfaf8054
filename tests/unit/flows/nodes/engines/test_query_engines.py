"""Query engines and their synthesizers: what the model is asked, in which order, and what streams."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.nodes.engines.query_engines import MOST_SUB_QUESTIONS
from tradewind_server.flows.nodes.engines.synthesizers import MOST_CALLS, PACK_CHARS, packs_of

from fakes.flow_engine import Engine, node, wire

WAYS = ("compactrefineLlamaIndex", "refineLlamaIndex", "treeSummarizeLlamaIndex", "simpleResponseBuilderLlamaIndex")


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.indexes.hold("Open at nine.", "Closed on Sunday.")
    return engine


def store(number: int = 0, **inputs: Any) -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI_LlamaIndex", number, modelName=f"m{number}"),
        node("openAIEmbedding_LlamaIndex", number, modelName="e"),
        node(
            "pineconeLlamaIndex",
            number,
            **{
                "model": wire("chatOpenAI_LlamaIndex", number),
                "embeddings": wire("openAIEmbedding_LlamaIndex", number),
                "pineconeIndex": f"docs {number}",
                **inputs,
            },
        ),
    )


def query_engine(number: int = 0, **inputs: Any) -> dict[str, Any]:
    return node("queryEngine", number, vectorStoreRetriever=wire("pineconeLlamaIndex", number), **inputs)


def texts(engine: Engine, model: str = "m0") -> list[str]:
    return [str(call.messages[0].content) for call in engine.model(model).calls]


async def test_the_stores_model_answers_from_what_is_found(engine: Engine) -> None:
    result = await engine.ask(engine.put(*store(topK="2"), query_engine(returnSourceDocuments=True)), "When?")
    (asked,) = texts(engine)
    assert result.text == "Answer of m0."
    assert "Open at nine.\n\nClosed on Sunday." in asked and "Question: When?" in asked
    assert [document["pageContent"] for document in result.source_documents or ()] == ["Open at nine.", "Closed on Sunday."]


async def test_sources_are_told_only_where_the_node_says_so(engine: Engine) -> None:
    assert (await engine.ask(engine.put(*store(), query_engine()), "When?")).source_documents is None


@pytest.mark.parametrize("way", WAYS)
async def test_every_synthesizer_answers_and_streams(engine: Engine, way: str) -> None:
    engine.model("m0", "Nine o'clock.")
    flow = engine.put(*store(), node(way), query_engine(responseSynthesizer=wire(way)))
    events = await engine.stream(flow, "When?")
    assert "".join(event.data for event in events if event.name == "token") == "Nine o'clock."


async def test_refining_shows_each_passage_the_answer_so_far(engine: Engine) -> None:
    engine.model("m0", "Nine.", "Nine, but not on Sunday.")
    prompts = {"textQAPrompt": "A {query} {context}", "refinePrompt": "R {query} {existingAnswer} {context}"}
    synthesizer = node("refineLlamaIndex", **prompts)
    flow = engine.put(*store(), synthesizer, query_engine(responseSynthesizer=wire("refineLlamaIndex")))
    events = await engine.stream(flow, "When?")
    assert texts(engine) == ["A When? Open at nine.", "R When? Nine. Closed on Sunday."]
    assert [call.streamed for call in engine.model("m0").calls] == [False, True]
    assert "".join(event.data for event in events if event.name == "token") == "Nine, but not on Sunday."


async def test_calls_are_bounded(engine: Engine) -> None:
    engine.indexes.hold(*(f"passage {number}" for number in range(50)))
    flow = engine.put(*store(topK="50"), node("refineLlamaIndex"), query_engine(responseSynthesizer=wire("refineLlamaIndex")))
    await engine.ask(flow, "When?")
    asked = texts(engine)
    assert len(asked) == MOST_CALLS and "passage 19" in asked[-1] and "passage 49" in asked[-1]


async def test_a_tree_answers_from_answers(engine: Engine) -> None:
    engine.indexes.hold(*(letter * (PACK_CHARS - 10) for letter in "abc"))
    engine.model("m0", "A.", "B.", "C.", "All.")
    flow = engine.put(
        *store(topK="3"),
        node("treeSummarizeLlamaIndex", prompt="T {query} {context}"),
        query_engine(responseSynthesizer=wire("treeSummarizeLlamaIndex")),
    )
    result = await engine.ask(flow, "When?")
    assert (result.text, texts(engine)[-1]) == ("All.", "T When? A.\n\nB.\n\nC.")


def test_passages_are_packed_without_leaving_one_out() -> None:
    passages = ["a" * 5000, "b" * 5000, "c" * 5000, "d" * 50_000, "e"]
    packs = packs_of(passages)
    assert [len(pack) for pack in packs] == [2, 1, 1, 1] and [text for pack in packs for text in pack] == passages
    assert packs_of([]) == [[]]
    assert [len(pack) for pack in packs_of(["x" * 20_000] * 5, at_least=2)] == [2, 2, 1]


def test_a_store_without_a_model_cannot_be_asked(engine: Engine) -> None:
    nodes = (node("openAIEmbeddings", modelName="e"), node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="d"))
    flow = engine.put(*nodes, node("queryEngine", vectorStoreRetriever=wire("qdrant")))

    async def ask() -> None:
        await engine.ask(flow, "When?")

    import asyncio

    with pytest.raises(InvalidInput, match="a chat model wired to it"):
        asyncio.run(ask())


def sub_questions(*items: tuple[str, str]) -> str:
    return json.dumps({"items": [{"tool": tool, "question": question} for tool, question in items]})


def sub_question_flow(**inputs: Any) -> tuple[dict[str, Any], ...]:
    tools = [
        node(
            "queryEngineToolLlamaIndex",
            number,
            baseQueryEngine=wire("queryEngine", number),
            toolName=f"docs_{number}",
            toolDesc=f"knows {number}",
        )
        for number in range(2)
    ]
    return (
        *store(0),
        *store(1),
        query_engine(0),
        query_engine(1),
        *tools,
        node("chatOpenAI_LlamaIndex", 2, modelName="m"),
        node(
            "subQuestionQueryEngine",
            **{
                "queryEngineTools": [wire("queryEngineToolLlamaIndex", 0), wire("queryEngineToolLlamaIndex", 1)],
                "model": wire("chatOpenAI_LlamaIndex", 2),
                "returnSourceDocuments": True,
                **inputs,
            },
        ),
    )


async def test_each_tool_is_asked_its_own_question(engine: Engine) -> None:
    engine.model("m", sub_questions(("docs_0", "When do they open?"), ("docs_1", "Where are they?")), "At nine, in Vigo.")
    engine.model("m0", "At nine.")
    engine.model("m1", "In Vigo.")
    events = await engine.stream(engine.put(*sub_question_flow()), "When and where?")
    split, answer = engine.model("m").calls
    assert "- docs_0: knows 0\n- docs_1: knows 1" in str(split.messages[0].content)
    assert split.options.json_schema and (split.streamed, answer.streamed) == (False, True)
    assert "Question: When do they open?" in texts(engine, "m0")[0] and "Question: Where are they?" in texts(engine, "m1")[0]
    context = str(answer.messages[0].content)
    assert "Question: When do they open?\nAnswer: At nine.\n\nQuestion: Where are they?\nAnswer: In Vigo." in context
    assert "".join(event.data for event in events if event.name == "token") == "At nine, in Vigo."


@pytest.mark.parametrize(
    "said", ["I cannot.", "{}", sub_questions(), sub_questions(("nobody", "x")), sub_questions(("docs_0", " "))]
)
async def test_without_questions_each_tool_is_asked_the_question_itself(engine: Engine, said: str) -> None:
    engine.model("m", said, "Done.")
    result = await engine.ask(engine.put(*sub_question_flow()), "When?")
    assert result.text == "Done." and len(result.source_documents or ()) == 4
    assert "Question: When?" in texts(engine, "m0")[0] and "Question: When?" in texts(engine, "m1")[0]


async def test_questions_are_bounded(engine: Engine) -> None:
    engine.model("m", sub_questions(*((f"docs_{n % 2}", f"q{n}") for n in range(40))), "Done.")
    await engine.ask(engine.put(*sub_question_flow()), "When?")
    assert len(engine.model("m0").calls) + len(engine.model("m1").calls) == MOST_SUB_QUESTIONS


async def test_an_engine_is_a_tool_of_an_agent(engine: Engine) -> None:
    from tradewind_server.flows.ports import ChatReply, ToolCall

    engine.model("m", ChatReply("", "tool_calls", tool_calls=(ToolCall("1", "docs_0", {"input": "Hours?"}),)), "At nine.")
    nodes = sub_question_flow()[:-1]
    agent = node(
        "openAIToolAgentLlamaIndex",
        tools=[wire("queryEngineToolLlamaIndex", 0)],
        model=wire("chatOpenAI_LlamaIndex", 2),
        memory="",
    )
    result = await engine.ask(engine.put(*nodes, agent), "When?")
    assert result.text == "At nine." and "Question: Hours?" in texts(engine, "m0")[0]


@pytest.mark.parametrize(
    ("inputs", "name"), [({"queryEngineTools": []}, "queryEngineTools"), ({"queryEngineTools": ""}, "queryEngineTools")]
)
async def test_wrong_wires_are_named(engine: Engine, inputs: dict[str, Any], name: str) -> None:
    with pytest.raises(InvalidInput, match=f"The input {name} "):
        await engine.ask(engine.put(*sub_question_flow(**inputs)), "When?")
