"""The registry: one door for built-in types and plug-ins, and a clear word for the rest."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.drawing import DRAWING_ONLY, Node
from tradewind_server.flows.nodes import registry
from tradewind_server.flows.nodes.registry import PLUGIN_GROUP, Registry, builtin_registry, full_registry
from tradewind_server.flows.nodes.spec import Input, NodeType
from tradewind_server.flows.nodes.unsupported_nodes import LONGEST_REFUSAL, NOT_KNOWN, WHY_NOT, why_not

PLUGIN = (NodeType("shout", "Shout", "Chains", (Input("text"),), lambda inputs, context: None),)


def a_node(name: str) -> Node:
    return Node(f"{name}_0", name, "My Node", "Chains", {})


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="two node types are called shout"):
        Registry([*PLUGIN, *PLUGIN])


def test_a_provider_of_follow_up_prompts_is_taken_once() -> None:
    other = NodeType("whisper", "Whisper", "Chat Models", (), lambda inputs, context: None, follow_up="chatOpenAI")
    with pytest.raises(ValueError, match="two node types are asked for the follow-up prompts of chatOpenAI"):
        Registry([*builtin_registry().types(), other])


def test_the_types_come_in_the_same_order_each_time() -> None:
    assert [one.name for one in builtin_registry().types()] == [one.name for one in builtin_registry().types()]
    assert len(builtin_registry().types()) > 100


def test_plugins_come_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*, group: str) -> tuple[EntryPoint, ...]:
        assert group == PLUGIN_GROUP
        return (EntryPoint("shout", f"{__name__}:PLUGIN", group),)

    monkeypatch.setattr(registry, "entry_points", found)
    monkeypatch.setattr(EntryPoint, "load", lambda self: PLUGIN)
    full = full_registry()
    assert full.type_of(a_node("shout")) is PLUGIN[0]
    assert full.knows("chatOpenAI") and not builtin_registry().knows("shout")


@pytest.mark.parametrize("name", ["nobodyKnows", "customRetriever", "vectorStoreToDocument"])
def test_a_type_that_does_not_run_is_named_with_the_reason(name: str) -> None:
    with pytest.raises(InvalidInput) as error:
        builtin_registry().type_of(a_node(name))
    why = WHY_NOT.get(name, NOT_KNOWN)
    assert error.value.reason is Reason.NODE_NOT_SUPPORTED
    assert error.value.message == f"The node My Node ({name}_0) is of the type {name}, which does not run here: {why}."


@pytest.mark.parametrize("name", [*WHY_NOT, "x" * 5000])
def test_the_refusal_of_one_type_is_short(name: str) -> None:
    with pytest.raises(InvalidInput) as error:
        builtin_registry().type_of(Node("i" * 5000, name, "L" * 5000, "", {}))
    assert len(error.value.message) <= LONGEST_REFUSAL and why_not(name) in error.value.message


@pytest.mark.parametrize("count", [2, 3, 7, 40, len(WHY_NOT)])
def test_the_refusal_of_many_types_is_whole_words(count: int) -> None:
    names = list(WHY_NOT)[:: max(1, len(WHY_NOT) // count)]
    with pytest.raises(InvalidInput) as error:
        builtin_registry().require([a_node("chatOpenAI"), *map(a_node, names)])
    message = error.value.message
    assert len(message) <= LONGEST_REFUSAL and message.endswith(".")
    parts = re.findall(r"[(;:] ?([A-Za-z_]+)(?= \(|,| and \d)", message)
    assert set(parts) <= {*WHY_NOT}


def test_every_node_of_the_canvas_runs_or_has_a_reason_not_to() -> None:
    names = (Path(__file__).parent / "canvas_names.txt").read_text().split()
    runs = {one.name for one in builtin_registry().types()}
    assert len(names) > 300
    assert [name for name in names if name not in runs and name not in WHY_NOT and name not in DRAWING_ONLY] == []


def test_every_type_is_declared_in_full() -> None:
    for one in builtin_registry().types():
        names = [field.name for field in one.inputs]
        assert one.label and one.category, one.name
        assert len(names) == len(set(names)), one.name
        wired = [field for field in one.inputs if field.kind in ("node", "nodes")]
        assert all(field.accepts or field.has_no_effect for field in wired), one.name
        assert not one.note or one.note.endswith("."), one.name


def test_what_runs_is_not_called_unsupported() -> None:
    running: Any = {one.name for one in builtin_registry().types()}
    assert running.isdisjoint(WHY_NOT)


def test_the_templates_of_the_canvas_run_or_say_what_of_them_does_not() -> None:
    """``template_names.txt``: the node types of each template that comes with Flowise 3.1. The count is printed (``-rP``)."""
    lines = (Path(__file__).parent / "template_names.txt").read_text().splitlines()
    known = {one.name for one in builtin_registry().types()}
    missing = {title: set(names.split()) - known for title, _, names in (line.partition(": ") for line in lines)}
    whole = [title for title, names in missing.items() if not names]
    print(
        f"{len(whole)} of {len(lines)} templates run with all their nodes; of the others: "
        f"{sorted({name for names in missing.values() for name in names})}"
    )
    assert len(lines) == 51 and len(whole) >= 33
    assert {name for names in missing.values() for name in names if name not in WHY_NOT} == set()
