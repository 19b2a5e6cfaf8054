"""Steps that a model writes as text, for models without function calling: what it is told, and how it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tradewind_server.flows.ports import ToolSpec
from tradewind_server.lenient_json import json_values, without_thoughts


@dataclass(frozen=True, slots=True)
class Final:
    """The model answers."""

    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """The model wants a tool; ``arguments`` is its input as it was written."""

    tool: str
    arguments: Any


class StepFormat(Protocol):
    """One way of writing steps down."""

    @property
    def stop(self) -> tuple[str, ...]:
        """Texts before which the model must stop: it may not write the results itself."""
        ...

    @property
    def correction(self) -> str:
        """What the model is told when a step could not be read."""
        ...

    def instructions(self, specs: Sequence[ToolSpec]) -> str:
        """What stands below the system message: the tools, and how to write a step."""
        ...

    def read(self, text: str) -> Final | Use | None:
        """The step in a text; None where there is none."""
        ...

    def result(self, text: str) -> str:
        """A tool's result as the model reads it."""
        ...

    def plain(self, text: str) -> str:
        """A text that holds no step, as an answer."""
        ...


def describe(specs: Sequence[ToolSpec]) -> str:
    """The tools, one a line, with what goes into each."""
    return "\n".join(f"- {spec.name}: {' '.join(spec.description.split())}{_input(spec)}" for spec in specs)


def _input(spec: ToolSpec) -> str:
    names = tuple(spec.parameters.get("properties", ()))
    if not names:
        return " (Takes no input.)"
    if len(names) == 1:
        return " (Takes a text.)"
    return f" (Takes a JSON object of this schema: {json.dumps(spec.parameters, ensure_ascii=False)})"


ACTION_KEYS = ("action", "tool", "name")
INPUT_KEYS = ("action_input", "actionInput", "tool_input", "input", "arguments")
FINAL_NAMES = frozenset({"final answer", "final_answer", "finalanswer", "answer", "final"})
FENCE = re.compile(r"\A\s*+```[a-zA-Z]*+[^\S\n]*+\n(.*?)```\s*+\Z", re.DOTALL)


class JsonSteps:
    """Every step is one JSON object: an action and its input."""

    stop = ("\nObservation", "\nTool result")
    correction = (
        "That could not be read. Answer with one JSON object and nothing else: "
        '{"action": "the tool, or Final Answer", "action_input": "its input, or your answer"}'
    )

    def instructions(self, specs: Sequence[ToolSpec]) -> str:
        tools = describe(specs) or "(none)"
        return (
            f"You can use these tools:\n{tools}\n\n"
            "Write every message as one JSON object in a code block, with nothing before or after it.\n"
            "To use a tool, name it and give its input:\n"
            '```json\n{"action": "name of the tool", "action_input": "input of the tool"}\n```\n'
            "Its result is then sent to you. When you know enough, or need no tool, answer the person:\n"
            '```json\n{"action": "Final Answer", "action_input": "your answer"}\n```\n'
            "Use a tool whenever it knows better than you. Answer in the language of the question."
        )

    def read(self, text: str) -> Final | Use | None:
        for value in json_values(text):
            if not isinstance(value, dict):
                continue
            name = next((value[key] for key in ACTION_KEYS if isinstance(value.get(key), str)), None)
            if name is None:
                continue
            arguments = next((value[key] for key in INPUT_KEYS if key in value), None)
            if name.strip().lower() in FINAL_NAMES:
                return Final(arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False))
            return Use(name.strip(), arguments)
        return None

    def result(self, text: str) -> str:
        return (
            f"Tool result:\n{text}\n\n"
            "What is your next step? Answer with one JSON object only. In an answer to the person, repeat what matters of "
            "this result: the person does not see it."
        )

    def plain(self, text: str) -> str:
        text = without_thoughts(text)
        match = FENCE.match(text)
        return (match.group(1) if match else text).strip()


REACT_ACTION = re.compile(
    r"^[ \t*]*+Action[ \t]*+\d*+[ \t*]*+:[ \t*]*+(?P<tool>[^\n]*+)\n++"
    r"[ \t*]*+Action[ \t]*+\d*+[ \t]*+Input[ \t]*+\d*+[ \t*]*+:[ \t*]*+(?P<given>.*)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
REACT_FINAL = re.compile(r"^[ \t*]*Final[ \t]+Answer[ \t*]*:[ \t*]*", re.MULTILINE | re.IGNORECASE)
REACT_END = re.compile(r"\n[ \t*]*(?:Observation|Thought|Action|Final[ \t]+Answer)[ \t\d*]*:", re.IGNORECASE)
REACT_THOUGHT = re.compile(r"^[ \t*]*Thought[ \t*]*:[ \t*]*", re.IGNORECASE)


class ReActSteps:
    """Steps in the lines of ReAct: a thought, then an action with its input, or the final answer."""

    stop = ("\nObservation",)
    correction = (
        "That could not be read. Go on in one of these two forms and nothing else.\n"
        "Thought: what to do\nAction: name of the tool\nAction Input: input of the tool\n"
        "or\nThought: I know the answer\nFinal Answer: the answer"
    )

    def instructions(self, specs: Sequence[ToolSpec]) -> str:
        names = ", ".join(spec.name for spec in specs) or "(none)"
        return (
            f"You can use these tools:\n{describe(specs) or '(none)'}\n\n"
            "Work in steps. To use a tool, write exactly these three lines and stop:\n"
            "Thought: what you need to find out\n"
            f"Action: one of {names}\n"
            "Action Input: the input of the tool\n"
            "Its result then comes as an Observation. When you know enough, or need no tool, write:\n"
            "Thought: I know the answer\n"
            "Final Answer: your answer to the person\n"
            "Never write an Observation yourself. Give the final answer in the language of the question."
        )

    def read(self, text: str) -> Final | Use | None:
        text = without_thoughts(text)
        action = REACT_ACTION.search(text)
        final = REACT_FINAL.search(text)
        if action is not None and (final is None or action.start() < final.start()):
            arguments = action.group("given")
            end = REACT_END.search(arguments)
            name = action.group("tool").strip().strip("`\"'[]*").strip()
            return Use(name, _unwrap(arguments[: end.start()] if end else arguments)) if name else None
        if final is not None:
            return Final(text[final.end() :].strip())
        return None

    def result(self, text: str) -> str:
        return f"Observation: {text}"

    def plain(self, text: str) -> str:
        return REACT_THOUGHT.sub("", without_thoughts(text).strip()).strip()


def _unwrap(text: str) -> str:
    """An input without the quotes or the code block that models put around it."""
    text = text.strip()
    match = FENCE.match(text)
    if match:
        return match.group(1).strip()
    for quote in ('"', "'", "`"):
        if len(text) > 1 and text.startswith(quote) and text.endswith(quote) and quote not in text[1:-1]:
            return text[1:-1]
    return text
