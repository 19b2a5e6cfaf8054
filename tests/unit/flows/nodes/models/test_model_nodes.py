"""Chat model and embeddings nodes: what their inputs become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import ChatModelHandle, EmbedderHandle
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.models.chat import CHAT_PROVIDERS
from tradewind_server.flows.nodes.models.embeddings import EMBEDDINGS_PROVIDERS
from tradewind_server.flows.nodes.models.llama_index import CHAT_ALIASES
from tradewind_server.flows.nodes.models.llms import LLM_PROVIDERS
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs
from tradewind_server.flows.ports import ChatModelSpec, EmbedderSpec

CONTEXT = BuildContext("w", "c", cast(Any, None), cast(Any, None), cast(Any, None))


def handle(name: str, inputs: Mapping[str, Any]) -> Any:
    node = Node(f"{name}_0", name, "My Model", "Chat Models", inputs, credential="cred-1")
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), CONTEXT)


def chat(name: str, **inputs: Any) -> ChatModelSpec:
    made = handle(name, inputs)
    assert isinstance(made, ChatModelHandle)
    return made.spec


def embedder(name: str, **inputs: Any) -> EmbedderSpec:
    made = handle(name, inputs)
    assert isinstance(made, EmbedderHandle)
    return made.spec


@pytest.mark.parametrize("row", (*CHAT_PROVIDERS, *LLM_PROVIDERS, *CHAT_ALIASES), ids=lambda row: row.node)
def test_every_chat_model_is_built_from_what_the_canvas_writes(row: Any) -> None:
    inputs = {row.model_input: "acme/m", "temperature": "0.9", "topP": "", "streaming": True, "allowImageUploads": True}
    made = handle(row.node, {**inputs, row.key: "k", "cache": "", "baseOptions": '{"x-a": "1"}', "timeout": "2500"})
    spec = made.spec
    assert (spec.provider, spec.model, spec.credential_id, spec.api_key) == (row.provider, "acme/m", "cred-1", "k")
    assert dict(spec.parameters) == {"temperature": 0.9}
    assert (spec.headers, spec.timeout, made.takes_images) == ((("x-a", "1"),), 2.5, True)
    assert "k" not in repr(spec).replace("provider", "").split("'")
    assert hash(spec) == hash(handle(row.node, {**inputs, row.key: "k", "baseOptions": {"x-a": 1}, "timeout": 2500}).spec)
    if row.url:
        assert chat(row.node, **{row.url: " http://gpu/v1 "}).base_url == "http://gpu/v1"


@pytest.mark.parametrize("row", EMBEDDINGS_PROVIDERS, ids=lambda row: row.node)
def test_every_embedder_is_built_from_what_the_canvas_writes(row: Any) -> None:
    spec = embedder(row.node, **{"modelName": "m", "stripNewLines": "", "batchSize": "64", row.key: "k"})
    assert (spec.provider, spec.model, spec.credential_id, spec.api_key) == (row.provider, "m", "cred-1", "k")
    assert spec.batch_size == (64 if row.batches else None) and spec.strip_new_lines is row.strips
    if row.url:
        assert embedder(row.node, **{row.url: "http://gpu/v1"}).base_url == "http://gpu/v1"


def test_images_are_let_through_only_where_the_owner_says_so() -> None:
    assert handle("chatOpenAI", {}).takes_images is False


def test_the_same_inputs_have_the_same_names_everywhere() -> None:
    spec = chat("chatOpenAI", maxTokens="100", topP=0.5, frequencyPenalty=1, presencePenalty="0", stopSequence="a, b,")
    assert dict(spec.parameters) == {
        "max_tokens": 100,
        "top_p": 0.5,
        "frequency_penalty": 1.0,
        "presence_penalty": 0.0,
        "stop": ("a", "b"),
    }


@pytest.mark.parametrize(
    ("inputs", "parameters"),
    [
        (
            {"modelName": "gpt-4o", "reasoning": True, "reasoningEffort": "low"},
            {"reasoning_effort": "low", "max_completion_tokens": 9},
        ),
        ({"modelName": "o3-mini"}, {"max_completion_tokens": 9}),
        ({"modelName": "gpt-5.1"}, {"max_completion_tokens": 9}),
        ({"modelName": "gpt-5-chat-latest"}, {"max_tokens": 9, "temperature": 0.9}),
        ({"modelName": "gpt-4o", "reasoningEffort": "low"}, {"max_tokens": 9, "temperature": 0.9}),
    ],
)
def test_reasoning_models_are_asked_in_their_way(inputs: dict[str, Any], parameters: dict[str, Any]) -> None:
    assert dict(chat("azureChatOpenAI", temperature=0.9, maxTokens=9, **inputs).parameters) == parameters


def test_azure_takes_its_address_from_the_node_too() -> None:
    spec = chat("azureChatOpenAI", azureOpenAIApiInstanceName="team", azureOpenAIApiVersion="")
    assert spec.credential_fields == (("azureOpenAIApiInstanceName", "team"),)


@pytest.mark.parametrize(
    ("inputs", "extras"),
    [
        ({"extendedThinking": True}, {"thinking_budget": 1024}),
        ({"extendedThinking": True, "budgetTokens": "4096"}, {"thinking_budget": 4096}),
        ({"extendedThinking": True, "budgetTokens": "5"}, {"thinking_budget": 1024}),
        ({"budgetTokens": "4096"}, {}),
        (
            {"adaptiveThinking": True, "thinkingEffort": "low", "topK": "3"},
            {"adaptive_thinking": True, "effort": "low", "top_k": 3},
        ),
    ],
)
def test_claude_thinks_as_the_node_says(inputs: dict[str, Any], extras: dict[str, Any]) -> None:
    assert dict(chat("chatAnthropic", **inputs).extras) == extras


def test_gemini_guards_as_the_node_says() -> None:
    spec = chat(
        "chatGoogleGenerativeAI",
        modelName="gemini-2.5-pro",
        customModelName="gemini-x",
        harmCategory='["HARM_CATEGORY_HARASSMENT"]',
        harmBlockThreshold=["BLOCK_NONE"],
        thinkingBudget="-1",
        thinkingLevel="low",
        topK=3,
    )
    assert spec.model == "gemini-x"
    assert dict(spec.extras) == {
        "safety": (("HARM_CATEGORY_HARASSMENT", "BLOCK_NONE"),),
        "thinkingBudget": -1,
        "thinkingLevel": "low",
        "topK": 3,
    }
    with pytest.raises(InvalidInput, match="as many thresholds"):
        chat("chatGoogleGenerativeAI", harmCategory='["A"]')


def test_ollamas_options() -> None:
    spec = chat("chatOllama", numCtx="8192", repeatLastN=-1, jsonMode=True, think=False, keepAlive="5m", stop="a")
    assert dict(spec.extras) == {"num_ctx": 8192, "repeat_last_n": -1, "format": "json", "think": False, "keep_alive": "5m"}
    assert dict(spec.parameters) == {"stop": ("a",)}


def test_perplexitys_search() -> None:
    spec = chat("chatPerplexity", model="sonar", searchDomainFilter='["a.org"]', returnImages="true", searchRecencyFilter="")
    assert dict(spec.extras) == {"search_domain_filter": ("a.org",), "return_images": True}


@pytest.mark.parametrize(
    ("inputs", "name"),
    [
        ({"temperature": "warm"}, "temperature"),
        ({"maxTokens": 0}, "maxTokens"),
        ({"maxTokens": 1.5}, "maxTokens"),
        ({"baseOptions": "{"}, "baseOptions"),
        ({"baseOptions": "[1]"}, "baseOptions"),
        ({"reasoning": "maybe"}, "reasoning"),
    ],
)
def test_a_wrong_input_is_named(inputs: dict[str, Any], name: str) -> None:
    with pytest.raises(InvalidInput, match=name) as raised:
        chat("chatOpenAI", **inputs)
    assert raised.value.reason is Reason.NODE_INPUT_INVALID and "My Model" in raised.value.message


def test_what_googles_vectors_are_for() -> None:
    assert embedder("googleGenerativeAiEmbeddings", tasktype="CLUSTERING").task == "CLUSTERING"
    assert embedder("googleGenerativeAiEmbeddings", tasktype="TASK_TYPE_UNSPECIFIED").task is None
    with pytest.raises(InvalidInput, match="tasktype"):
        embedder("googleGenerativeAiEmbeddings", tasktype="FUN")
