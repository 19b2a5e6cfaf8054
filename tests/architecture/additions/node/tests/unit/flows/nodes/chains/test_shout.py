"""A drawing with the chain is compiled, and answers."""

from __future__ import annotations

import asyncio

from tradewind_server.flows.compile.check import without_adapters
from tradewind_server.flows.compile.plan import plan_prediction, runnable_of
from tradewind_server.flows.components import Turn
from tradewind_server.flows.drawing import Flow, Node
from tradewind_server.flows.nodes.registry import builtin_registry


def test_it_shouts() -> None:
    drawn = Node("shoutChain_0", "shoutChain", "Shout Chain", "Chains", {"sign": "?"})
    plan = plan_prediction(Flow({drawn.id: drawn}, ()), builtin_registry())
    chain = runnable_of(plan, plan.components(without_adapters()))
    answer = asyncio.run(chain.run(Turn("workspace", "chatflow", "chat", "session", "hello")))
    assert answer.text == "HELLO?"
