"""A run as a tree for the terminal: its steps in the order in which they ran, with what each used and how long it took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.runs.ports import StoredRun

LONGEST_TEXT = 100
MOST_STEPS = 1000
NOT_ENDED = "INPROGRESS"


@dataclass(slots=True)
class TreeLine:
    """A line of the tree, and the lines below it."""

    text: str
    branches: list[TreeLine] = field(default_factory=list)


def tree_lines(run: StoredRun, entries: Sequence[Mapping[str, Any]], event_list: Sequence[Event]) -> list[str]:
    """The tree of a run. ``entries`` are those of its execution, where it is one; ``event_list`` its events, as far as they are
    read."""
    root = TreeLine(" ".join([f"Run {run.id}", run.state.value, *_duration_of(run)]))
    steps = entries or latest_trace(event_list)
    if steps:
        root.branches += _steps(steps[:MOST_STEPS])
        if len(steps) > MOST_STEPS:
            root.branches.append(TreeLine(f"… {len(steps) - MOST_STEPS} more steps"))
        root.branches += _current(steps, event_list)
    else:
        root.branches += _of_chain(event_list)
    text = (run.result or {}).get("text")
    if text:
        root.branches.append(TreeLine(f"answer: {short(text)}"))
    if run.error_reason:
        root.branches.append(TreeLine(f"{run.error_reason}: {short(run.error_message or '')}"))
    return lines_of(root)


def latest_trace(event_list: Sequence[Event]) -> Sequence[Mapping[str, Any]]:
    """The steps as the last event has them that tells of all."""
    data = next((event.data for event in reversed(event_list) if event.name == events.STEPS), None)
    return [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []


def lines_of(branch: TreeLine) -> list[str]:
    lines = [branch.text]
    for index, part in enumerate(branch.branches):
        is_last = index == len(branch.branches) - 1
        first, *rest = lines_of(part)
        lines.append(("└─ " if is_last else "├─ ") + first)
        lines += [("   " if is_last else "│  ") + line for line in rest]
    return lines


def short(value: Any) -> str:
    """A value on one line."""
    text = " ".join(str(value).split())
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def _steps(entries: Sequence[Mapping[str, Any]]) -> list[TreeLine]:
    """The outer steps; those that ran inside a box stand below it, before which they come in the trace."""
    outer: list[TreeLine] = []
    inner: dict[str, list[TreeLine]] = {}
    for entry in entries:
        data, branch = _object(entry.get("data")), _step(entry)
        branch.branches += inner.pop(str(entry.get("nodeId")), [])
        box = data.get("parentNodeId")
        if isinstance(box, str):
            branch.text = f"#{short(data.get('iterationIndex'))} {branch.text}"
            inner.setdefault(box, []).append(branch)
        else:
            outer.append(branch)
    return outer + [branch for branches in inner.values() for branch in branches]


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _step(entry: Mapping[str, Any]) -> TreeLine:
    data = _object(entry.get("data"))
    output = _object(data.get("output"))
    words = [
        short(entry.get("nodeLabel") or entry.get("nodeId")),
        f"({short(entry.get('nodeId'))})",
        short(entry.get("status")),
    ]
    milliseconds = _object(output.get("timeMetadata")).get("delta")
    if isinstance(milliseconds, int | float):
        words.append(seconds(milliseconds / 1000))
    if tokens := _object(output.get("usageMetadata")).get("total_tokens"):
        words.append(f"{short(tokens)} tokens")
    branch = TreeLine(" ".join(words), _uses(output.get("usedTools"), output.get("sourceDocuments")))
    if data.get("error"):
        branch.branches.append(TreeLine(f"error: {short(data['error'])}"))
    return branch


def _current(steps: Sequence[Mapping[str, Any]], event_list: Sequence[Event]) -> list[TreeLine]:
    """The steps that had begun when the events end, and have no entry yet."""
    status: dict[str, tuple[str, str]] = {}
    for event in event_list:
        if event.name == events.NODE and isinstance(event.data, dict):
            node = str(event.data.get("nodeId"))
            status[node] = (str(event.data.get("nodeLabel") or node), str(event.data.get("status")))
    return [
        TreeLine(f"{short(label)} ({short(node)}) {NOT_ENDED}")
        for node, (label, state) in status.items()
        if state == NOT_ENDED and all(entry.get("nodeId") != node for entry in steps)
    ]


def _of_chain(event_list: Sequence[Event]) -> list[TreeLine]:
    tools: list[Any] = []
    documents: list[Any] = []
    for event in event_list:
        if isinstance(event.data, list):
            tools += event.data if event.name == events.TOOLS else []
            documents += event.data if event.name == events.SOURCES else []
    words = sum(event.name == events.TOKEN for event in event_list)
    return [*_uses(tools, documents), *([TreeLine(f"{words} pieces of text")] if words else [])]


def _uses(tools: Any, documents: Any) -> list[TreeLine]:
    branches = []
    for tool in tools if isinstance(tools, list) else ():
        if isinstance(tool, dict):
            outcome = tool.get("error") or tool.get("toolOutput")
            branches.append(TreeLine(f"tool {short(tool.get('tool'))}: {short(outcome)}"))
    if isinstance(documents, list) and documents:
        branches.append(TreeLine(f"{len(documents)} source documents"))
    return branches


def _duration_of(run: StoredRun) -> list[str]:
    if run.started_date is None or run.ended_date is None:
        return []
    return [seconds((run.ended_date - run.started_date).total_seconds())]


def seconds(number: float) -> str:
    return f"{number:.2f} s"
