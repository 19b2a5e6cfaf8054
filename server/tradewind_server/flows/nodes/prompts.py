"""Prompt nodes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.components import Turn
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message
from tradewind_server.flows.templates import PromptText, fill_canvas, parse_prompt


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt of one or two messages. ``values`` are what the canvas fixed; texts in them may hold ``{{tokens}}``."""

    human: PromptText
    values: Mapping[str, Any]
    system: PromptText | None = None
    is_chat: bool = False

    @property
    def variables(self) -> tuple[str, ...]:
        texts = (self.system, self.human) if self.system else (self.human,)
        return tuple(dict.fromkeys(name for text in texts for name in text.variables))

    def fixed(self, turn: Turn, history: Sequence[Message] = ()) -> dict[str, Any]:
        """The fixed values with their tokens replaced."""
        return {
            name: fill_canvas(value, turn, history) if isinstance(value, str) else value for name, value in self.values.items()
        }

    def fill(self, values: Mapping[str, Any]) -> list[Message]:
        messages = [Message("system", self.system.fill(values))] if self.system else []
        return [*messages, Message("user", self.human.fill(values))]


def _values(inputs: NodeInputs) -> Mapping[str, Any]:
    values = inputs.json("promptValues")
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise inputs.wrong("promptValues", "a JSON object of variable names and values")
    return values


def build_prompt_template(inputs: NodeInputs, context: BuildContext) -> Prompt:
    template = inputs.text("template")
    if not template:
        raise inputs.wrong("template", "a text")
    return Prompt(parse_prompt(template), _values(inputs))


def build_chat_prompt_template(inputs: NodeInputs, context: BuildContext) -> Prompt:
    system = inputs.text("systemMessagePrompt")
    human = inputs.text("humanMessagePrompt")
    if not human and not system:
        raise inputs.wrong("humanMessagePrompt", "a text")
    return Prompt(parse_prompt(human or "{input}"), _values(inputs), parse_prompt(system) if system else None, is_chat=True)


NODE_TYPES = (
    NodeType(
        "promptTemplate",
        "Prompt Template",
        "Prompts",
        (Input("template", "template"), Input("promptValues", "json", late=True)),
        build_prompt_template,
    ),
    NodeType(
        "chatPromptTemplate",
        "Chat Prompt Template",
        "Prompts",
        (
            Input("systemMessagePrompt", "template"),
            Input("humanMessagePrompt", "template"),
            Input("promptValues", "json", late=True),
        ),
        build_chat_prompt_template,
    ),
)
