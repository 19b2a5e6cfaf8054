"""A chain that answers the question in capitals."""

from __future__ import annotations

from dataclasses import dataclass

from tradewind_server.flows.components import Answer, Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType


@dataclass(frozen=True, slots=True)
class Shout:
    """Needs no model."""

    sign: str

    async def run(self, turn: Turn) -> Answer:
        return Answer(turn.question.upper() + self.sign)


def build(inputs: NodeInputs, context: BuildContext) -> Shout:
    return Shout(inputs.text("sign", "!"))


NODES = (NodeType("shoutChain", "Shout Chain", "Chains", (Input("sign"),), build, ends_flow=True),)
