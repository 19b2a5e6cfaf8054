"""``overrideConfig`` reaches what the owner opened, and nothing else."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from tradewind_server.chatflows.config import read_config
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.compile.overrides import AllowList, input_overrides, variables_of_call
from tradewind_server.flows.drawing import parse_flow
from tradewind_server.flows.nodes.registry import builtin_registry

from fakes.flow_engine import Engine, conversation, drawing, node, retrieval, wire

REGISTRY = builtin_registry()


def api_config(nodes: dict[str, list[str]], *, variables: list[str] | None = None, status: Any = True) -> dict[str, Any]:
    """An owner's allow-list as the canvas saves it; a name with a minus in front is listed and not enabled."""

    def listed(names: list[str]) -> list[dict[str, Any]]:
        return [{"name": name.removeprefix("-"), "enabled": not name.startswith("-")} for name in names]

    entries = {label: listed(names) for label, names in nodes.items()}
    return {"overrideConfig": {"status": status, "nodes": entries, "variables": listed(variables or [])}}


def changes(
    engine: Engine, overrides: dict[str, Any], config: Any, nodes: tuple[dict[str, Any], ...] | None = None
) -> dict[str, dict[str, Any]]:
    """What the overrides change, by node id and input."""
    nodes = nodes or conversation()
    chatflow = engine.chatflows.flows[engine.put(*nodes, api_config=config)]
    flow = parse_flow(chatflow.flow_data)
    replaced = input_overrides(flow, AllowList(read_config(chatflow).override_inputs, REGISTRY), overrides)
    return {
        node_id: {name: value for name, value in inputs.items() if flow.nodes[node_id].inputs.get(name) != value}
        for node_id, inputs in replaced.items()
    }


CHAIN = {"Conversation Chain": ["systemMessagePrompt"]}


def test_an_opened_input_is_replaced(engine: Engine) -> None:
    assert changes(engine, {"systemMessagePrompt": "Other."}, api_config(CHAIN)) == {
        "conversationChain_0": {"systemMessagePrompt": "Other."}
    }


@pytest.mark.parametrize(
    "config",
    [
        api_config(CHAIN, status=False),
        api_config(CHAIN, status="true"),
        api_config({"Conversation Chain": ["-systemMessagePrompt"]}),
        api_config({"conversationChain": ["systemMessagePrompt"]}),
        api_config({}),
        {"overrideConfig": {"status": True, "nodes": {"Conversation Chain": [{"name": "systemMessagePrompt", "enabled": 1}]}}},
        {"overrideConfig": {"status": True, "nodes": ["Conversation Chain"]}},
        {"overrideConfig": {"status": True}},
        {"overrideConfig": []},
        {"rateLimit": {}},
        "{",
        "[]",
        "",
    ],
)
def test_everything_else_stays_as_drawn(engine: Engine, config: Any) -> None:
    for value in ("Other.", {"conversationChain_0": "Other."}, {"a": "Other."}, ["Other."]):
        assert changes(engine, {"systemMessagePrompt": value}, config) == {}


def test_source_documents_may_be_asked_for_until_the_owner_decides(engine: Engine) -> None:
    wanted = {"returnSourceDocuments": True, "topK": 1, "systemMessagePrompt": "x"}
    chain = {"conversationalRetrievalQAChain_0": {"returnSourceDocuments": True}}
    nodes = retrieval(returnSourceDocuments=False)
    assert changes(engine, wanted, "", nodes) == chain
    assert changes(engine, wanted, {"rateLimit": {"limitMax": 2}}, nodes) == chain
    assert changes(engine, wanted, {"overrideConfig": {"status": False}}, nodes) == {}
    # Nothing else takes a part of that name.
    assert changes(engine, wanted, "") == {}


@pytest.mark.parametrize("value", [0, 0.0, "", False])
def test_values_that_look_empty_count(engine: Engine, value: Any) -> None:
    found = changes(engine, {"temperature": value}, api_config({"ChatOpenAI": ["temperature"]}))
    assert found == {"chatOpenAI_0": {"temperature": value}}


def test_null_is_no_value(engine: Engine) -> None:
    config = api_config({"ChatOpenAI": ["temperature"]})
    assert changes(engine, {"temperature": None}, config) == {}
    assert changes(engine, {"temperature": {"chatOpenAI_0": None}}, config) == {}


def two_models() -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", 0, modelName="a", temperature=0.1),
        node("chatOpenAI", 1, modelName="b", temperature=0.1),
        node("conversationChain", model=wire("chatOpenAI")),
    )


def test_an_object_keyed_by_nodes_speaks_to_those_alone(engine: Engine) -> None:
    config = api_config({"ChatOpenAI": ["temperature", "baseOptions"]})
    assert changes(engine, {"temperature": {"chatOpenAI_1": 0}}, config, two_models()) == {"chatOpenAI_1": {"temperature": 0}}
    for key in ("chatOpenAI_9", "chatOpenAI"):
        assert changes(engine, {"baseOptions": {key: {"a": "b"}}}, config, two_models()) == {}
    # The node must be open itself.
    assert changes(engine, {"temperature": {"conversationChain_0": 0}}, config, two_models()) == {}


def test_nodes_of_one_label_share_what_is_open(engine: Engine) -> None:
    found = changes(engine, {"temperature": 0.5}, api_config({"ChatOpenAI": ["temperature"]}), two_models())
    assert found == {"chatOpenAI_0": {"temperature": 0.5}, "chatOpenAI_1": {"temperature": 0.5}}


@pytest.mark.parametrize("present", ['{"headers": {"a": "1"}, "b": 2}', {"headers": {"a": "1"}, "b": 2}])
def test_objects_are_merged_into_objects(engine: Engine, present: Any) -> None:
    nodes = (node("chatOpenAI", baseOptions=present), node("conversationChain", model=wire("chatOpenAI")))
    found = changes(engine, {"baseOptions": {"b": 3}}, api_config({"ChatOpenAI": ["baseOptions"]}), nodes)
    assert found == {"chatOpenAI_0": {"baseOptions": {"headers": {"a": "1"}, "b": 3}}}


@pytest.mark.parametrize("present", ["", None, "not JSON", "{broken"])
def test_an_object_replaces_what_is_none(engine: Engine, present: Any) -> None:
    nodes = (node("chatOpenAI", baseOptions=present), node("conversationChain", model=wire("chatOpenAI")))
    found = changes(engine, {"baseOptions": {"b": 3}}, api_config({"ChatOpenAI": ["baseOptions"]}), nodes)
    assert found == {"chatOpenAI_0": {"baseOptions": {"b": 3}}}


def test_lists_are_united_with_lists_and_replace_the_rest(engine: Engine) -> None:
    config = api_config({"ChatOpenAI": ["stop"]})
    for present, result in ((["a", "b"], ["a", "b", "c"]), ("a", ["b", "c"]), ("", ["b", "c"])):
        nodes = (node("chatOpenAI", stop=present), node("conversationChain", model=wire("chatOpenAI")))
        assert changes(engine, {"stop": ["b", "c"]}, config, nodes) == {"chatOpenAI_0": {"stop": result}}


def test_a_wire_cannot_be_replaced_or_made(engine: Engine) -> None:
    config = api_config({"Conversation Chain": ["model", "memory", "systemMessagePrompt"]})
    assert changes(engine, {"model": "gpt", "memory": ""}, config) == {}
    reference = wire("chatOpenAI")
    for value in (reference, f"x {reference}", [reference], {"a": reference}, {"conversationChain_0": reference}):
        with pytest.raises(InvalidInput, match="wires") as error:
            changes(engine, {"systemMessagePrompt": value}, config)
        assert error.value.reason is Reason.INVALID_ARGUMENT
    # What is not open is not even looked at.
    assert changes(engine, {"systemMessagePrompt": reference}, api_config({})) == {}


def test_a_stored_file_cannot_be_named(engine: Engine) -> None:
    nodes = (node("textFile", txtFile=""), *conversation())
    config = api_config({"Text File": ["files"]})
    with pytest.raises(InvalidInput, match="stored file"):
        changes(engine, {"txtFile": 'FILE-STORAGE::["of-someone-else.txt"]'}, config, nodes)
    data = "data:text/plain;base64,aGk=,filename:a.txt"
    assert changes(engine, {"txtFile": data}, config, nodes) == {"textFile_0": {"txtFile": data}}


def test_a_text_with_a_wire_in_it_is_a_value(engine: Engine) -> None:
    nodes = (
        node("promptTemplate", template="{a} {b}", promptValues=json.dumps({"a": wire("llmChain", 7), "b": "x"})),
        node("llmChain", 7, _outputs={"output": "outputPrediction"}),
        node("llmChain", prompt=wire("promptTemplate")),
    )
    found = changes(engine, {"promptValues": {"b": "y"}}, api_config({"Prompt Template": ["promptValues"]}), nodes)
    assert found == {"promptTemplate_0": {"promptValues": {"a": wire("llmChain", 7), "b": "y"}}}


def test_some_keys_are_never_inputs(engine: Engine) -> None:
    names = ["sessionId", "chatId", "vars", "analytic", "analytics", "credential", "FLOWISE_CREDENTIAL_ID"]
    config = api_config({label: names for label in ("ChatOpenAI", "Buffer Memory", "Conversation Chain")})
    assert changes(engine, dict.fromkeys(names, "x"), config) == {}


async def test_a_key_may_be_given_where_the_owner_opened_its_name(engine: Engine) -> None:
    flow = engine.put(*conversation(), api_config=api_config({"ChatOpenAI": ["openAIApiKey"]}))
    await engine.ask(flow, "Hi", override_config={"openAIApiKey": "sk-caller"})
    assert engine.models.specs[-1].api_key == "sk-caller"
    closed = engine.put(*conversation(), api_config=api_config({"ChatOpenAI": ["modelName"]}))
    await engine.ask(closed, "Hi", override_config={"openAIApiKey": "sk-caller"})
    assert engine.models.specs[-1].api_key is None


async def test_an_address_of_a_caller_never_gets_the_owners_keys(engine: Engine) -> None:
    owners = {"basepath": "https://owner.example/v1", "openAIApiKey": "sk-owner", "baseOptions": '{"X-Key": "owner"}'}
    nodes = (
        node("chatOpenAI", modelName="m", **owners, _credential="cred-1"),
        node("conversationChain", model=wire("chatOpenAI")),
    )
    opened = ["basepath", "modelName", "openAIApiKey"]
    flow = engine.put(*nodes, api_config=api_config({"ChatOpenAI": opened}))

    async def spec_of(**overrides: Any) -> tuple[Any, ...]:
        await engine.ask(flow, "Hi", override_config=overrides)
        spec = engine.models.specs[-1]
        return spec.base_url, spec.credential_id, spec.api_key, dict(spec.headers)

    assert await spec_of(modelName="m2") == ("https://owner.example/v1", "cred-1", "sk-owner", {"X-Key": "owner"})
    caller = "https://caller.example/v1"
    assert await spec_of(basepath=caller) == (caller, None, None, {})
    assert await spec_of(basepath=caller, openAIApiKey="sk-caller") == (caller, None, "sk-caller", {})
    assert await spec_of(basepath="https://owner.example/v1") == (
        "https://owner.example/v1",
        "cred-1",
        "sk-owner",
        {"X-Key": "owner"},
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("temperature", "warm", "temperature of the node ChatOpenAI (chatOpenAI_0) must be a number"),
        ("temperature", True, "temperature"),
        ("temperature", {"a": 1}, "temperature"),
        ("maxTokens", 1.5, "maxTokens"),
        ("modelName", ["gpt"], "modelName"),
        ("modelName", {"a": "b"}, "modelName"),
        ("reasoning", "maybe", "reasoning"),
        ("reasoning", 7, "reasoning"),
    ],
)
async def test_a_value_of_the_wrong_type_is_refused_with_node_and_input(
    engine: Engine, name: str, value: Any, told: str
) -> None:
    flow = engine.put(*conversation(), api_config=api_config({"ChatOpenAI": [name]}))
    with pytest.raises(InvalidInput) as error:
        await engine.ask(flow, "Hi", override_config={name: value})
    assert told in error.value.message
    assert error.value.reason is Reason.NODE_INPUT_INVALID


@pytest.mark.parametrize(("value", "returned"), [("true", True), ("false", False), (True, True), (False, False), (0, False)])
async def test_flags_may_be_written_as_texts(engine: Engine, value: Any, returned: bool) -> None:
    engine.indexes.hold("one")
    config = api_config({"Conversational Retrieval QA Chain": ["returnSourceDocuments"]})
    flow = engine.put(*retrieval(returnSourceDocuments=not returned), api_config=config)
    result = await engine.ask(flow, "Hi", override_config={"returnSourceDocuments": value})
    assert (result.source_documents is not None) is returned


async def test_an_override_ends_with_its_call(engine: Engine) -> None:
    flow = engine.put(*conversation(), api_config=api_config(CHAIN))
    await engine.ask(flow, "one", override_config={"systemMessagePrompt": "Other."})
    await engine.ask(flow, "two")
    firsts = [call.messages[0].content for call in engine.model("m").calls]
    assert firsts == ["Other.", "Be brief."]


async def test_a_callers_text_reads_opened_variables_only(engine: Engine) -> None:
    engine.variables.set(city="Paris", secret="hunter2")
    flow = engine.put(*conversation(), api_config=api_config(CHAIN, variables=["city"]))
    await engine.ask(flow, "q", override_config={"systemMessagePrompt": "City {{$vars.city}} and {{$vars.secret}}"})
    assert engine.model("m").calls[0].messages[0].content == "City Paris and {{$vars.secret}}"


async def test_variables_are_overridden_where_the_owner_opened_them(engine: Engine) -> None:
    engine.variables.set(city="Paris", secret="hunter2", count="1")
    text = "{{$vars.city}} {{$vars.secret}} {{$vars.count}} {{$vars.new}}"
    config = api_config({}, variables=["city", "count", "new", "-secret"])
    flow = engine.put(*conversation(systemMessagePrompt=text), api_config=config)
    overrides = {"vars": {"city": "Rome", "secret": "mine", "count": 0, "new": "", "other": "x"}}
    await engine.ask(flow, "q", override_config=overrides)
    assert engine.model("m").calls[0].messages[0].content == "Rome hunter2 0 "
    await engine.ask(flow, "q", override_config={"vars": {"city": None}})
    assert engine.model("m").calls[1].messages[0].content == "Paris hunter2 1 {{$vars.new}}"


@pytest.mark.parametrize("given", ["x", ["city"], {"city": {"a": 1}}, {"city": ["Rome"]}, {"city": wire("chatOpenAI")}])
def test_variables_must_be_plain_values(engine: Engine, given: Any) -> None:
    chatflow = engine.chatflows.flows[engine.put(*conversation(), api_config=api_config({}, variables=["city"]))]
    with pytest.raises(InvalidInput) as error:
        variables_of_call(read_config(chatflow), {"vars": given})
    assert error.value.reason is Reason.INVALID_ARGUMENT


@pytest.mark.parametrize(
    "config",
    ["", "{", api_config({}, variables=["city"], status=False), {"overrideConfig": {"status": True, "variables": {"city": 1}}}],
)
def test_without_a_list_no_variable_is_open(engine: Engine, config: Any) -> None:
    chatflow = engine.chatflows.flows[engine.put(*conversation(), api_config=config)]
    assert read_config(chatflow).override_variables == frozenset()
    assert variables_of_call(read_config(chatflow), {"vars": {"city": "Rome"}}) == {}


def _random_value(rng: random.Random, words: list[str], depth: int = 0) -> Any:
    kind = rng.randrange(9 if depth < 3 else 6)
    if kind == 6:
        return [_random_value(rng, words, depth + 1) for _ in range(rng.randrange(4))]
    if kind > 6:
        return {rng.choice(words): _random_value(rng, words, depth + 1) for _ in range(rng.randrange(4))}
    return rng.choice([None, True, False, 0, -1.5, "", "true", "x", rng.choice(words), "{{$vars.a}}", "{{question}}"])


def test_random_bodies_never_change_what_is_not_on_the_list(engine: Engine) -> None:
    """The property behind every case above."""
    rng = random.Random(20_250_101)
    nodes = (
        *retrieval(memory=wire("bufferMemory"), returnSourceDocuments=True),
        node("bufferMemory", sessionId="s"),
        *two_models()[1:2],
    )
    flow = parse_flow(drawing(*nodes))
    inputs = sorted({name for one in flow.nodes.values() for name in one.inputs})
    labels = sorted({one.label for one in flow.nodes.values()})
    words = [*inputs, *labels, *flow.nodes, "chatOpenAI", "qdrant", "id", "inputs", "data", "__proto__", "constructor", "vars",
             "credential", "openAIApiKey", "nodes", "sessionId", "overrideConfig", "files", "txtFile"]  # fmt: skip
    applied = 0
    for _ in range(4000):
        opened = {label: rng.sample(words, rng.randrange(4)) for label in rng.sample(labels, rng.randrange(len(labels)))}
        config = api_config(opened, variables=rng.sample(words, 2), status=rng.random() < 0.9)
        if rng.random() < 0.05:
            config, opened = {}, {}
        chatflow = engine.chatflows.flows[engine.put(flow_data="{}", api_config=config)]
        overrides = {rng.choice(words): _random_value(rng, words) for _ in range(rng.randrange(1, 6))}
        on = not config or config["overrideConfig"]["status"]
        open_names = {label: set(opened.get(label, ())) if on else set() for label in labels}
        if not config:
            open_names["Conversational Retrieval QA Chain"].add("returnSourceDocuments")
        replaced = input_overrides(flow, AllowList(read_config(chatflow).override_inputs, REGISTRY), overrides)
        for node_id, new in replaced.items():
            before = flow.nodes[node_id]
            changed = {name for name in new if name not in before.inputs or new[name] != before.inputs[name]}
            assert changed <= open_names[before.label], (overrides, opened)
            assert not any("data.instance" in str(before.inputs.get(name)) for name in changed)
            assert set(before.inputs) <= set(new)
            applied += bool(changed)
    assert applied > 100
