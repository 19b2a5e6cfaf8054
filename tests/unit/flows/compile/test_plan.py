"""Plans: which node answers, what it is built from, and that nothing is compiled twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tradewind_server.chatflows.config import ChatflowConfig
from tradewind_server.errors import InvalidInput, NotFound, Reason
from tradewind_server.flows.compile.ending import ending_node
from tradewind_server.flows.compile.plan import (
    CACHED_PLANS,
    Plan,
    PlanCache,
    plan_prediction,
    plan_upserts,
    runnable_of,
    store_of,
)
from tradewind_server.flows.components import VectorStore
from tradewind_server.flows.drawing import MOST_NODES, parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.unsupported_nodes import LONGEST_REFUSAL, NOT_KNOWN, WHY_NOT

from fakes.flow_engine import Engine, conversation, drawing, node, retrieval, wire

REGISTRY = builtin_registry()
CONFIG = ChatflowConfig()


def planned(*nodes: Any) -> Any:
    return plan_prediction(parse_flow(drawing(*nodes)), REGISTRY)


def test_nodes_are_built_before_those_that_need_them() -> None:
    plan = planned(*reversed(retrieval()))
    names = [one.name for one in plan.order]
    assert names.index("openAIEmbeddings") < names.index("qdrant") < names.index("conversationalRetrievalQAChain")
    assert plan.target.name == "conversationalRetrievalQAChain"
    assert plan.memory is None


def test_the_first_memory_that_is_wired_counts() -> None:
    loose = node("bufferMemory", 9, _label="Loose")
    plan = planned(loose, *conversation())
    assert plan.memory.id == "bufferMemory_0"


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ([node("stickyNote")], "no ending node"),
        ([node("chatOpenAI")], "must be a chain"),
        ([node("chatOpenAI"), node("bufferMemory")], "no ending node"),
        (
            [
                node("chatOpenAI"),
                node("promptTemplate", template="{x}"),
                node(
                    "llmChain",
                    model=wire("chatOpenAI"),
                    prompt=wire("promptTemplate"),
                    _outputs={"output": "outputPrediction"},
                ),
            ],
            "Output of LLM Chain|output of LLM Chain",
        ),
    ],
)
def test_a_flow_needs_something_that_answers(nodes: list[Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told) as error:
        planned(*nodes)
    assert error.value.reason is Reason.INVALID_CHATFLOW


def test_the_last_of_several_endings_answers() -> None:
    chain = node("conversationChain", 1, model=wire("chatOpenAI"))
    assert ending_node(parse_flow(drawing(*conversation(), chain)), REGISTRY).id == "conversationChain_1"


def test_a_circle_is_refused() -> None:
    first = node("llmChain", 0, prompt=wire("promptTemplate"), model=wire("chatOpenAI"))
    prompt = node("promptTemplate", 0, template="{x}", promptValues='{"x": "{{llmChain_1.data.instance}}"}')
    second = node("llmChain", 1, prompt=wire("promptTemplate"), model=wire("chatOpenAI"))
    ending = node("conversationChain", model=wire("chatOpenAI"), memory=wire("llmChain"))
    with pytest.raises(InvalidInput, match="circle"):
        planned(node("chatOpenAI"), first, prompt, second, ending)


def test_an_unknown_node_type_is_named_with_the_reason() -> None:
    with pytest.raises(InvalidInput, match=r"Zapier \(zapierNLA_0\).*zapierNLA, which does not run here: ") as error:
        planned(node("zapierNLA", _label="Zapier"), *conversation(memory=wire("zapierNLA")))
    assert error.value.reason is Reason.NODE_NOT_SUPPORTED
    assert error.value.metadata == {"node": "zapierNLA_0", "type": "zapierNLA"}


def test_all_unknown_types_are_named_at_once() -> None:
    chain = node(
        "conversationalRetrievalQAChain",
        model=wire("assemblyAI"),
        memory=wire("nobodyKnows"),
        vectorStoreRetriever=wire("vectorStoreToDocument"),
    )
    with pytest.raises(InvalidInput) as error:
        planned(node("assemblyAI"), node("nobodyKnows"), node("vectorStoreToDocument"), chain)
    message = error.value.message
    assert all(
        f"{name} ({WHY_NOT.get(name, NOT_KNOWN)})" in message for name in ("assemblyAI", "nobodyKnows", "vectorStoreToDocument")
    )
    assert len(message) <= LONGEST_REFUSAL


def test_a_wire_into_an_input_that_no_type_reads_is_no_obstacle() -> None:
    """``docs/nodes.md``: an input that is not listed is ignored."""
    plan = planned(node("redisCache"), *conversation(cache=wire("redisCache"), other=wire("gone")))
    assert [one.name for one in plan.order] == ["chatOpenAI", "bufferMemory", "conversationChain"]


def test_a_node_that_is_not_in_the_drawing_is_refused_where_it_is_needed() -> None:
    with pytest.raises(InvalidInput, match=r"memory.*conversationChain_0.*bufferMemory_7, which is not in the chatflow"):
        planned(*conversation(memory=wire("bufferMemory", 7)))
    lonely = node("llmChain", model=wire("chatOpenAI", 9))
    assert planned(lonely, *conversation()).target.name == "conversationChain"


def test_a_drawing_as_deep_as_it_may_be_is_planned() -> None:
    prompts = [
        node("promptTemplate", n, template="x", promptValues=wire("promptTemplate", n + 1)) for n in range(MOST_NODES - 3)
    ]
    prompts[-1]["data"]["inputs"]["promptValues"] = ""
    chain = node("llmChain", model=wire("chatOpenAI"), prompt=wire("promptTemplate"))
    assert len(planned(node("chatOpenAI"), *prompts, chain).order) == MOST_NODES - 1


def test_an_unknown_node_that_nothing_needs_is_no_obstacle() -> None:
    assert planned(node("zapierNLA"), *conversation()).target.name == "conversationChain"


def test_loaders_are_left_out_at_prediction_but_for_stores_that_fill_themselves() -> None:
    loader = node("textFile", txtFile="")
    nodes = {one["id"]: one for one in retrieval()}
    nodes["qdrant_0"]["data"]["inputs"]["document"] = [wire("textFile")]
    plan = planned(loader, *nodes.values())
    assert "textFile_0" not in [one.id for one in plan.order]

    store = node("memoryVectorStore", embeddings=wire("openAIEmbeddings"), document=[wire("textFile")])
    chain = retrieval(vectorStoreRetriever=wire("memoryVectorStore"))
    plan = planned(loader, store, *chain)
    assert "textFile_0" in [one.id for one in plan.order]


def two_stores() -> list[Any]:
    return [
        node("openAIEmbeddings"),
        node("qdrant", 0, embeddings=wire("openAIEmbeddings"), qdrantCollection="a"),
        node("qdrant", 1, embeddings=wire("openAIEmbeddings"), qdrantCollection="b"),
    ]


def test_upserts_go_into_the_stores_that_are_named() -> None:
    flow = parse_flow(drawing(*two_stores()))
    plans = plan_upserts(flow, REGISTRY, ["qdrant_1", "qdrant_0", "qdrant_1"])
    assert [plan.target.id for plan in plans] == ["qdrant_1", "qdrant_0"]
    with pytest.raises(InvalidInput, match="qdrant_0, qdrant_1") as error:
        plan_upserts(flow, REGISTRY, [])
    assert error.value.reason is Reason.STOP_NODE_REQUIRED
    with pytest.raises(NotFound, match="qdrant_7") as missing:
        plan_upserts(flow, REGISTRY, ["qdrant_7"])
    assert missing.value.reason is Reason.STOP_NODE_NOT_FOUND
    with pytest.raises(InvalidInput) as none:
        plan_upserts(parse_flow(drawing(*conversation())), REGISTRY, [])
    assert none.value.reason is Reason.NO_VECTOR_STORE


def test_a_target_that_is_not_what_is_asked_for_is_refused(engine: Engine) -> None:
    chatflow = engine.chatflows.flows[engine.put(*retrieval())]
    flow, context = parse_flow(chatflow.flow_data), engine.context_of(chatflow)
    (store,) = plan_upserts(flow, REGISTRY, [])
    assert isinstance(store_of(store, context), VectorStore)
    with pytest.raises(InvalidInput, match="cannot be run"):
        runnable_of(store, store.components(context))
    with pytest.raises(InvalidInput, match="not a vector store"):
        store_of(plan_prediction(flow, REGISTRY), context)


def test_a_flow_version_is_compiled_once(engine: Engine) -> None:
    plans = PlanCache(REGISTRY)
    chatflow = engine.chatflows.flows[engine.put(*conversation())]
    first = plans.get(chatflow, CONFIG, engine.context_of)
    assert plans.get(chatflow, CONFIG, engine.context_of) is first
    changed = replace(chatflow, version=2, flow_data=drawing(*conversation(systemMessagePrompt="Be long.")))
    assert plans.get(changed, CONFIG, engine.context_of) is not first
    for version in range(3, 3 + CACHED_PLANS):
        plans.get(replace(chatflow, version=version), CONFIG, engine.context_of)
    assert plans.get(chatflow, CONFIG, engine.context_of) is not first


@pytest.mark.parametrize(
    ("name", "address", "headers"),
    [
        ("requestsGet", "requestsGetUrl", "requestsGetHeaders"),
        ("requestsPost", "requestsPostUrl", "requestsPostHeaders"),
        ("requestsPut", "requestsPutUrl", "requestsPutHeaders"),
        ("requestsDelete", "requestsDeleteUrl", "requestsDeleteHeaders"),
        ("requestsGet", "url", "headers"),
        ("apiLoader", "url", "headers"),
        ("qdrant", "qdrantServerUrl", "qdrantApiKey"),
    ],
)
def test_an_address_of_a_caller_is_not_sent_what_the_owner_typed_for_another(name: str, address: str, headers: str) -> None:
    typed = {address: "https://owner.example/x", headers: '{"Authorization": "Bearer owner"}'}
    flow = parse_flow(drawing(node(name, **typed, _credential="cred-1")))
    drawn = flow.nodes[f"{name}_0"]
    plan = Plan(flow, builtin_registry(), (drawn,), drawn, None)
    elsewhere = plan.with_overrides({drawn.id: {**typed, address: "https://caller.example/x"}}).target
    assert (elsewhere.inputs, elsewhere.credential) == ({address: "https://caller.example/x"}, None)
    there = plan.with_overrides({drawn.id: {**typed, "topK": 5}}).target
    assert (there.inputs[headers], there.credential) == (typed[headers], "cred-1")
