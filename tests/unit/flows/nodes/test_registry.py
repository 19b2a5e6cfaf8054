"""The registry: one door for built-in types and plug-ins, and a clear word for the rest."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.flowdata import Node
from tradewind_server.flows.nodes import registry
from tradewind_server.flows.nodes.registry import PLUGIN_GROUP, Registry, builtin_registry, full_registry
from tradewind_server.flows.nodes.spec import Input, NodeType
from tradewind_server.flows.nodes.unsupported import WHY_NOT

PLUGIN = (NodeType("shout", "Shout", "Chains", (Input("text"),), lambda inputs, context: None),)


def a_node(name: str) -> Node:
    return Node(f"{name}_0", name, "My Node", "Chains", {})


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="two node types are called shout"):
        Registry([*PLUGIN, *PLUGIN])


def test_plugins_come_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*, group: str) -> tuple[EntryPoint, ...]:
        assert group == PLUGIN_GROUP
        return (EntryPoint("shout", f"{__name__}:PLUGIN", group),)

    monkeypatch.setattr(registry, "entry_points", found)
    monkeypatch.setattr(EntryPoint, "load", lambda self: PLUGIN)
    full = full_registry()
    assert full.of(a_node("shout")) is PLUGIN[0]
    assert full.knows("chatOpenAI") and not builtin_registry().knows("shout")


@pytest.mark.parametrize(("name", "why"), [("zapierNLA", ""), ("customFunction", "because it holds JavaScript")])
def test_a_type_that_does_not_run_is_named_with_the_reason_and_the_choice(name: str, why: str) -> None:
    with pytest.raises(InvalidInput) as error:
        builtin_registry().of(a_node(name))
    message = error.value.message
    assert error.value.reason is Reason.NODE_NOT_SUPPORTED
    assert f"My Node ({name}_0)" in message and "conversationChain" in message and why in message


def test_every_type_is_declared_in_full() -> None:
    for one in builtin_registry().types():
        names = [field.name for field in one.inputs]
        assert one.label and one.category, one.name
        assert len(names) == len(set(names)), one.name
        wired = [field for field in one.inputs if field.kind in ("node", "nodes")]
        assert all(field.accepts or field.ignored for field in wired), one.name


def test_what_runs_is_not_called_unsupported() -> None:
    running: Any = {one.name for one in builtin_registry().types()}
    assert running.isdisjoint(WHY_NOT)
