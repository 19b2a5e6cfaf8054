"""Prompt nodes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.components import Runnable, Turn, ValueNode
from tradewind_server.flows.drawing import REFERENCE, texts_in
from tradewind_server.flows.llm.templates import LITERAL, PromptText, fill_canvas, parse_prompt
from tradewind_server.flows.nodes.scripts import node_value, text_of_value
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

MOST_EXAMPLES = 200


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt of one or two messages. ``values`` are what the canvas fixed; texts in them may hold ``{{tokens}}``.

    ``chains`` are the nodes whose answers and values stand in the values, by id (docs/contract.md §10.3: a chain's output
    prediction).
    """

    human: PromptText
    values: Mapping[str, Any]
    system: PromptText | None = None
    is_chat: bool = False
    chains: Mapping[str, Runnable | ValueNode] = field(default_factory=dict)

    @property
    def variables(self) -> tuple[str, ...]:
        texts = (self.system, self.human) if self.system else (self.human,)
        return tuple(dict.fromkeys(name for text in texts for name in text.variables))

    async def prepare(self, turn: Turn) -> None:
        """Ask the chains whose answers the values need; each is asked once in a turn, and streams nothing."""
        for node_id, chain in self.chains.items():
            await node_value(node_id, chain, turn)

    def fixed_values(self, turn: Turn, history: Sequence[Message] = ()) -> dict[str, Any]:
        """The fixed values with their tokens replaced, and the answers of chains that :meth:`prepare` asked."""
        return {name: self._fill(value, turn, history) for name, value in self.values.items()}

    def _fill(self, value: Any, turn: Turn, history: Sequence[Message]) -> Any:
        if not isinstance(value, str):
            return value
        if not self.chains:
            return fill_canvas(value, turn, history)
        parts, position = [], 0
        for match in REFERENCE.finditer(value):
            parts += [
                fill_canvas(value[position : match.start()], turn, history),
                text_of_value(turn.node_values[match.group(1)]),
            ]
            position = match.end()
        return "".join([*parts, fill_canvas(value[position:], turn, history)])

    def fill(self, values: Mapping[str, Any]) -> list[Message]:
        texts = {name: _text(value) for name, value in values.items()}
        messages = [Message("system", self.system.fill(texts))] if self.system else []
        return [*messages, Message("user", self.human.fill(texts))]

    def require(self, values: Mapping[str, Any]) -> None:
        """Raises ``InvalidInput(NODE_INPUT_INVALID)`` naming the variables that have no value."""
        missing = [name for name in self.variables if name not in values]
        if missing:
            raise InvalidInput(Reason.NODE_INPUT_INVALID, f"Please provide Prompt Values for: {', '.join(missing)}")


def _text(value: Any) -> str:
    """A value as it stands in a prompt: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _values(inputs: NodeInputs) -> Mapping[str, Any]:
    values = inputs.json("promptValues")
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise inputs.wrong_input("promptValues", "a JSON object of variable names and values")
    return values


def _chains(inputs: NodeInputs, values: Mapping[str, Any]) -> Mapping[str, Runnable | ValueNode]:
    """The chains whose answers the values hold, in the order of their first use."""
    chains: dict[str, Runnable | ValueNode] = {}
    for node_id in _references(values):
        component = inputs.components.get(node_id)
        if not isinstance(component, Runnable | ValueNode):
            raise inputs.wrong_input("promptValues", f"wired to what yields an answer or a value; {node_id} yields none")
        chains[node_id] = component
    return chains


def _references(values: Mapping[str, Any]) -> Iterator[str]:
    for value in values.values():
        if isinstance(value, str):
            yield from (match.group(1) for match in REFERENCE.finditer(value))
        elif any(REFERENCE.search(text) for text in texts_in(value)):
            raise InvalidInput(Reason.NODE_INPUT_INVALID, "A wire in promptValues must stand in a text, not inside a list.")


def _prompt(inputs: NodeInputs, human: str, system: str = "", *, is_chat: bool = False) -> Prompt:
    values = _values(inputs)
    system_text = parse_prompt(system) if system else None
    return Prompt(parse_prompt(human), values, system_text, is_chat, _chains(inputs, values))


def build_prompt_template(inputs: NodeInputs, context: BuildContext) -> Prompt:
    template = inputs.text("template")
    if not template:
        raise inputs.wrong_input("template", "a text")
    return _prompt(inputs, template)


def build_chat_prompt_template(inputs: NodeInputs, context: BuildContext) -> Prompt:
    system = inputs.text("systemMessagePrompt")
    human = inputs.text("humanMessagePrompt")
    if not human and not system:
        raise inputs.wrong_input("humanMessagePrompt", "a text")
    if inputs.text("messageHistoryCode").strip():
        raise inputs.wrong_input("messageHistoryCode", "empty: it is JavaScript, which this server never runs")
    return _prompt(inputs, human or "{input}", system, is_chat=True)


def build_few_shot(inputs: NodeInputs, context: BuildContext) -> Prompt:
    """Prefix, examples and suffix as one prompt; names in prefix and suffix are open, those of the examples are filled."""
    if inputs.text("templateFormat", "f-string") != "f-string":
        raise inputs.wrong_input("templateFormat", "f-string: templates of Jinja are not run here")
    examples = inputs.json("examples")
    if examples is None:
        examples = []
    if not isinstance(examples, list) or len(examples) > MOST_EXAMPLES or not all(isinstance(one, dict) for one in examples):
        raise inputs.wrong_input("examples", f"a JSON list of at most {MOST_EXAMPLES} objects")
    pattern = inputs.node_of("examplePrompt", Prompt).human
    missing = [name for example in examples for name in pattern.variables if name not in example]
    if missing:
        raise inputs.wrong_input("examples", f"objects with the field {missing[0]}, which the example prompt names")
    texts = [pattern.fill({name: _text(value) for name, value in example.items()}).translate(LITERAL) for example in examples]
    parts = [part for part in (inputs.text("prefix"), *texts, inputs.text("suffix")) if part]
    return Prompt(parse_prompt(inputs.text("exampleSeparator", "\n\n").join(parts)), {})


NODES = (
    NodeType(
        "fewShotPromptTemplate",
        "Few Shot Prompt Template",
        "Prompts",
        (
            Input("examples", "json"),
            Input("examplePrompt", "node", "PromptTemplate"),
            Input("prefix", "template"),
            Input("suffix", "template"),
            Input("exampleSeparator"),
            Input("templateFormat", "choice"),
        ),
        build_few_shot,
    ),
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
            Input("messageHistory", "choice", has_no_effect=True),
            Input(
                "messageHistoryCode",
                note="makes messages with JavaScript, which is never run here; write them into the prompt.",
            ),
        ),
        build_chat_prompt_template,
    ),
)
