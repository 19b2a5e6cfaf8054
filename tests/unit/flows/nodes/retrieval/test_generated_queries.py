"""Retrievers whose queries a model writes."""

from __future__ import annotations

from typing import Any

import pytest
from tradewind_server.documents.ports import Document
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.flows.nodes.retrieval.generated_queries import (
    LONGEST_QUERY,
    MOST_QUERIES,
    PASSAGE_PROMPTS,
    fuse,
    lines_of,
)
from tradewind_server.flows.vector_ports import ScoredChunk

from fakes.flow_engine import Engine, node, wire

CHUNKS = {"when": ["a", "b"], "hours": ["c", "a"], "timetable": ["d"]}


@pytest.fixture
def engine() -> Engine:
    return Engine()


def flow(name: str, **inputs: Any) -> tuple[dict[str, Any], ...]:
    target = "baseRetriever" if name == "RRFRetriever" else "vectorStore"
    return (
        node("chatOpenAI", 0, modelName="m"),
        node("chatOpenAI", 1, modelName="writer"),
        node("openAIEmbeddings", modelName="e"),
        node("qdrant", embeddings=wire("openAIEmbeddings"), qdrantCollection="docs", topK="2"),
        node(name, model=wire("chatOpenAI", 1), **{target: wire("qdrant"), **inputs}),
        node("retrievalQAChain", model=wire("chatOpenAI"), vectorStoreRetriever=wire(name)),
    )


def by_length(engine: Engine) -> None:
    """Each query finds chunks of its own; the double's vectors tell the length of the text."""
    lengths = {len(query): texts for query, texts in CHUNKS.items()}
    index_of = engine.indexes.index

    def index(spec: Any) -> Any:
        inner = index_of(spec)

        async def search(vector: Any, limit: int, filters: Any = None) -> list[ScoredChunk]:
            await type(inner).search(inner, vector, limit, filters)
            return [ScoredChunk(text, 1.0, text, {}) for text in lengths.get(int(vector[0]), [])][:limit]

        return type("Index", (), {"search": staticmethod(search)})()

    engine.indexes.index = index  # type: ignore[method-assign]


def passages(engine: Engine) -> str:
    return str(engine.model("m").calls[-1].messages[0].content)


@pytest.mark.parametrize(
    ("said", "queries"),
    [
        ("<questions>\nhours\ntimetable\n</questions>", ["when", "hours", "timetable"]),
        ("1. hours\n2) timetable\n- When it goes\n", ["when", "hours", "timetable", "When it goes"]),
        ("Here you are:\n<questions>\nhours", ["when", "hours"]),
        ("when\n\n when \n", ["when"]),
        ("", ["when"]),
        (
            "\n".join(f"query {number}" for number in range(50)),
            ["when", *(f"query {number}" for number in range(MOST_QUERIES))],
        ),
        ("x" * 9000, ["when", "x" * LONGEST_QUERY]),
        ("2024 timetable of the ferry", ["when", "2024 timetable of the ferry"]),
    ],
)
def test_queries_are_read_out_of_what_a_model_says(said: str, queries: list[str]) -> None:
    assert lines_of(said, "when", MOST_QUERIES) == queries


async def test_several_wordings_find_each_chunk_once(engine: Engine) -> None:
    by_length(engine)
    engine.model("writer", "<questions>\nhours\ntimetable\n</questions>")
    await engine.ask(engine.put(*flow("multiQueryRetriever")), "when")
    (call,) = engine.model("writer").calls
    assert not call.streamed and "Question: when" in str(call.messages[0].content)
    assert [f"<doc id='{i}'>{text}</doc>" in passages(engine) for i, text in enumerate("acdb")] == [True] * 4


async def test_the_nodes_own_prompt_is_asked_with_the_question_in_it(engine: Engine) -> None:
    await engine.ask(engine.put(*flow("multiQueryRetriever", modelPrompt="Say {question} otherwise, {x}.")), "when")
    assert engine.model("writer").calls[0].messages[0].content == "Say when otherwise, {x}."


async def test_rankings_are_fused(engine: Engine) -> None:
    by_length(engine)
    engine.model("writer", "hours\ntimetable")
    await engine.ask(engine.put(*flow("RRFRetriever", queryCount="2", topK="3", c="1")), "when")
    assert "Write 2 different search queries" in str(engine.model("writer").calls[0].messages[0].content)
    found = passages(engine)
    assert [f"<doc id='{i}'>{text}</doc>" in found for i, text in enumerate("acd")] == [True] * 3 and "<doc id='3'" not in found


def test_the_score_of_a_fused_chunk_is_the_sum_of_its_ranks() -> None:
    a, b = Document("a", {"source": "x"}, "1"), Document("b", {}, "2")
    fused = fuse([[a, b], [b], [b, a]], 60)
    assert [document.content for document in fused] == ["b", "a"]
    assert fused[0].metadata["relevancy_score"] == pytest.approx(1 / 62 + 1 / 61 + 1 / 61)
    assert fused[1].metadata == {"source": "x", "relevancy_score": pytest.approx(1 / 61 + 1 / 62)}
    assert a.metadata == {"source": "x"}, "what others hold is left as it is"


async def test_a_passage_is_looked_for_instead_of_the_question(engine: Engine) -> None:
    engine.indexes.hold("a", "b", "c")
    engine.model("writer", "  The ferry leaves at nine.  ")
    await engine.ask(engine.put(*flow("HydeRetriever", topK="3")), "when")
    assert engine.indexes.vectors[0][0] == len("The ferry leaves at nine.")
    assert engine.indexes.searches[0][1] == 3
    assert engine.model("m").calls[0].messages[-1].content == "when"


@pytest.mark.parametrize("key", PASSAGE_PROMPTS)
async def test_the_canvas_chooses_the_kind_of_passage(engine: Engine, key: str) -> None:
    await engine.ask(engine.put(*flow("HydeRetriever", promptKey=key)), "when {x}")
    asked = str(engine.model("writer").calls[0].messages[0].content)
    assert asked == PASSAGE_PROMPTS[key].replace("{question}", "when {x}")


async def test_the_nodes_own_passage_prompt_goes_before_the_choice(engine: Engine) -> None:
    await engine.ask(engine.put(*flow("HydeRetriever", promptKey="fiqa", customPrompt="A haiku on {question}:")), "when")
    assert engine.model("writer").calls[0].messages[0].content == "A haiku on when:"


async def test_an_empty_passage_leaves_the_question(engine: Engine) -> None:
    engine.model("writer", "  ")
    await engine.ask(engine.put(*flow("HydeRetriever")), "when")
    assert engine.indexes.vectors[0][0] == len("when")


@pytest.mark.parametrize("name", ["multiQueryRetriever", "RRFRetriever", "HydeRetriever"])
async def test_a_failure_is_said_as_it_is(engine: Engine, name: str) -> None:
    engine.model("writer", Unavailable(Reason.MODEL_UNAVAILABLE, "away"))
    with pytest.raises(Unavailable, match="away"):
        await engine.ask(engine.put(*flow(name)), "when")


@pytest.mark.parametrize("name", ["multiQueryRetriever", "RRFRetriever"])
async def test_a_failure_of_one_search_is_said_as_it_is(engine: Engine, name: str) -> None:
    async def search(*_: Any) -> Any:
        raise Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, "no store")

    engine.indexes.index = lambda spec: type("Index", (), {"search": staticmethod(search)})()  # type: ignore[method-assign]
    with pytest.raises(Unavailable, match="no store"):
        await engine.ask(engine.put(*flow(name)), "when")


@pytest.mark.parametrize(
    "inputs", [{"queryCount": "11"}, {"queryCount": "x"}, {"topK": "0"}, {"c": "-1"}, {"c": "x"}, {"topK": "1.5"}]
)
async def test_wrong_numbers_are_named(engine: Engine, inputs: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match=f"The input {next(iter(inputs))} "):
        await engine.ask(engine.put(*flow("RRFRetriever", **inputs)), "when")
