"""Function nodes in the middle of a flow, at its end, and where it forks; variables between them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason

from fakes.flow_engine import Engine, drawing, node, wire

ENDS = {"output": "EndingNode"}


def function(code: str, number: int = 0, **inputs: Any) -> dict[str, Any]:
    return node("customFunction", number, javascriptFunction=code, **inputs)


def chain(number: int = 0, *, values: Any = None, template: str = "{word}", model: str = "m") -> tuple[dict[str, Any], ...]:
    return (
        node("chatOpenAI", number, modelName=model),
        node("promptTemplate", number, template=template, promptValues=json.dumps(values or {})),
        node("llmChain", number, model=wire("chatOpenAI", number), prompt=wire("promptTemplate", number)),
    )


@pytest.mark.parametrize(
    ("result", "text", "value"),
    [
        ("Hello", "Hello", None),
        (5, "5", None),
        (None, "", None),
        ({"a": 1}, None, {"a": 1}),
        ('{"a": [1]}', None, {"a": [1]}),
        ({"text": "of it"}, "of it", None),
        ("{no json", "{no json", None),
    ],
)
async def test_a_function_at_the_end_answers(engine: Engine, result: Any, text: str | None, value: Any) -> None:
    engine.javascript.functions["f"] = lambda values: result
    answer = await engine.ask(engine.put(function("f", _outputs=ENDS)), "Hi")
    assert (answer.text, answer.json) == (text, value)


async def test_its_variables_are_filled_for_each_call_and_its_code_is_not(engine: Engine) -> None:
    seen = []
    code = "return '{{question}}'"
    engine.javascript.functions[code] = lambda values: seen.append(values) or "x"
    inputs = {"functionInputVariables": json.dumps({"asked": "{{question}}!", "chat": "{{$flow.chatId}}", "n": 1})}
    await engine.ask(engine.put(function(code, _outputs=ENDS, **inputs)), 'a"b', chat_id="c-1")
    assert (seen[0]["$asked"], seen[0]["$chat"], seen[0]["$n"]) == ('a"b!', "c-1", 1)


async def test_the_value_of_a_function_stands_in_a_prompt_and_is_made_once(engine: Engine) -> None:
    engine.javascript.functions["f"] = lambda values: ["fog", "wind"]
    model = engine.model("m", "Noted.")
    values = {"word": wire("customFunction"), "more": "and " + wire("customFunction")}
    flow = engine.put(function("f"), *chain(values=values, template="{word} {more}"))
    assert (await engine.ask(flow, "Hi")).text == "Noted."
    assert model.calls[0].texts[-1] == ("user", '["fog","wind"] and ["fog","wind"]')
    assert len(engine.javascript.scripts) == 1


async def test_a_function_gets_the_value_of_another_as_it_is(engine: Engine) -> None:
    engine.javascript.functions.update({"f": lambda values: {"n": 1}, "g": lambda values: [values["$one"], values["$text"]]})
    variables = json.dumps({"one": wire("customFunction"), "text": "is " + wire("customFunction")})
    flow = engine.put(function("f"), function("g", 1, functionInputVariables=variables, _outputs=ENDS))
    assert (await engine.ask(flow, "Hi")).json == [{"n": 1}, 'is {"n":1}']


async def test_the_answer_of_a_chain_goes_into_a_function(engine: Engine) -> None:
    engine.model("m", "fog")
    engine.javascript.functions["g"] = lambda values: values["$said"].upper()
    variables = json.dumps({"said": wire("llmChain")})
    chains = chain(values={"word": "{{question}}"})
    chains[2]["data"]["outputs"] = {"output": "outputPrediction"}
    flow = engine.put(*chains, function("g", functionInputVariables=variables, _outputs=ENDS))
    assert (await engine.ask(flow, "Hi")).text == "FOG"


def forked(**handles: str) -> str:
    """Two chains behind a fork: the first on the way of true, the second on that of false."""
    nodes = (
        node("ifElseFunction", ifFunction="if", elseFunction="else", functionInputVariables='{"q": "{{question}}"}'),
        *chain(0, values={"word": wire("ifElseFunction")}, model="first"),
        *chain(1, values={"word": wire("ifElseFunction")}, model="second"),
    )
    flow = json.loads(drawing(*nodes))
    ways = {"promptTemplate_0": "returnTrue", "promptTemplate_1": "returnFalse", **handles}
    for edge in flow["edges"]:
        if edge["source"] == "ifElseFunction_0":
            edge["sourceHandle"] = f"ifElseFunction_0-output-{ways[edge['target']]}-string|number|boolean|json|array"
    return json.dumps(flow)


@pytest.mark.parametrize(("question", "model", "word"), [("long way", "first", "taken"), ("short", "second", "not taken")])
async def test_a_fork_decides_which_chain_answers(engine: Engine, question: str, model: str, word: str) -> None:
    engine.javascript.functions["if"] = lambda values: "taken" if values["$q"].startswith("long") else False
    engine.javascript.functions["else"] = lambda values: "not taken"
    for name in ("first", "second"):
        engine.model(name, f"Answer of {name}.")
    flow = engine.put(flow_data=forked())
    assert (await engine.ask(flow, question)).text == f"Answer of {model}."
    assert engine.model(model).calls[0].texts[-1] == ("user", word)
    assert [script.code for script in engine.javascript.scripts] == (["if"] if model == "first" else ["if", "else"])
    others = {"first", "second"} - {model}
    assert engine.model(others.pop()).calls == []


async def test_a_way_that_leads_nowhere_is_said(engine: Engine) -> None:
    engine.javascript.functions.update({"if": lambda values: False, "else": lambda values: "x"})
    flow = engine.put(flow_data=forked(promptTemplate_1="returnTrue"))
    with pytest.raises(InvalidInput, match="no ending on the way"):
        await engine.ask(flow, "Hi")


async def test_a_variable_is_read_without_a_wire_and_shown(engine: Engine) -> None:
    engine.javascript.functions["f"] = lambda values: {"n": 1}
    model = engine.model("m", "Noted.")
    nodes = (
        function("f"),
        node("setVariable", input=[wire("customFunction")], variableName="state", showOutput=True),
        node("getVariable", variableName="state"),
        *chain(values={"word": wire("getVariable")}),
    )
    result = await engine.ask(engine.put(*nodes), "Hi")
    assert model.calls[0].texts[-1] == ("user", '{"n":1}')
    assert result.flow_variables == {"state": {"n": 1}}


async def test_a_variable_that_nothing_sets_is_empty(engine: Engine) -> None:
    model = engine.model("m", "Noted.")
    await engine.ask(engine.put(node("getVariable", variableName="x"), *chain(values={"word": wire("getVariable")})), "Hi")
    assert model.calls[0].texts[-1] == ("user", "")


@pytest.mark.parametrize("ending", [function("f", _outputs=ENDS), node("ifElseFunction", ifFunction="f", elseFunction="f")])
async def test_without_javascript_the_node_is_refused_by_name(engine: Engine, ending: dict[str, Any]) -> None:
    engine.javascript.is_off = True
    nodes = (
        [ending] if ending["data"]["name"] == "customFunction" else [ending, *chain(values={"word": wire("ifElseFunction")})]
    )
    with pytest.raises(InvalidInput) as caught:
        await engine.ask(engine.put(*nodes), "Hi")
    assert caught.value.reason is Reason.JAVASCRIPT_OFF and f"({ending['id']})" in caught.value.message
