"""Which nodes of a level may run side by side, and how what they say stays in the order of the queue."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tradewind_server.flows.agentflow.step import FlowRun, StepType
from tradewind_server.flows.components import EventSink

CONVERSATION = re.compile(r"chat_history|runtime_messages_length|chatHistory|runtimeChatHistoryLength")
"""Tokens that stand for what was said in the run."""
APPROVAL = re.compile(r"agentSelectedToolRequiresHumanInput['\"]\s*:\s*['\"]?[Tt]rue")


def batch_of(waiting: Sequence[str], run: FlowRun, types: Mapping[str, StepType]) -> Sequence[str]:
    """The node that runs next, and those behind it in the queue that no order of running could tell apart: none of them
    changes the state, asks a person, names another one or hears what another one says."""
    batch: list[str] = []
    speaks = False
    for node_id in waiting:
        node = run.graph.flow.nodes[node_id]
        inputs, node_type = run.inputs.get(node_id, node.inputs), types[node.name]
        text = str(inputs)
        apart = node_type.keeps_apart and not _changes_state(inputs) and APPROVAL.search(text) is None
        if batch and (not apart or any(one in text for one in batch) or (speaks and _hears(node_type, inputs, text))):
            break
        batch.append(node_id)
        if not apart:
            break
        speaks = speaks or bool(node_type.speaks)
    return batch


def _changes_state(inputs: Mapping[str, Any]) -> bool:
    return any(name.endswith("UpdateState") and value not in (None, "", []) for name, value in inputs.items())


def _hears(node_type: StepType, inputs: Mapping[str, Any], text: str) -> bool:
    has_memory = bool(node_type.speaks) and inputs.get(f"{node_type.speaks}EnableMemory") not in (False, "false")
    return has_memory or CONVERSATION.search(text) is not None


class LateSink:
    """Keeps what a node says until it is its turn, and hands it on from then. Bounded by what one node says."""

    def __init__(self, sink: EventSink) -> None:
        self._sink = sink
        self._events: list[tuple[str | None, Any]] = []
        self._is_open = False

    async def token(self, text: str) -> None:
        await self._take(None, text)

    async def event(self, name: str, data: Any) -> None:
        await self._take(name, data)

    async def open(self) -> None:
        """Hand on what was kept, in its order."""
        while self._events:
            await self._hand_on(*self._events.pop(0))
        self._is_open = True

    async def _take(self, name: str | None, data: Any) -> None:
        if self._is_open:
            await self._hand_on(name, data)
        else:
            self._events.append((name, data))

    async def _hand_on(self, name: str | None, data: Any) -> None:
        if name is None:
            await self._sink.token(data)
        else:
            await self._sink.event(name, data)
