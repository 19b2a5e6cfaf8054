"""Contract cases: read from YAML, run against a stack through one door. The words of a case are explained in
``tests/contract/README.md``."""

from __future__ import annotations

import itertools
import json
import re
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests

from harness.any_method import rpc_call
from harness.doors import Door, Outcome, RestDoor, file_of
from harness.entities import KINDS
from harness.flows import drawing, stored_fields
from harness.keys import TestKey
from harness.matching import ABSENT, differences, filled
from harness.parsed_sources import read_yaml
from harness.stack import FakeEndpoint, RunningStack
from harness.typed import NotTyped, unless_empty

PASSWORD = "harbour & pier"
PAGE_ORIGIN = "http://pages.example"
"""Where the example page stands."""
CALLS = (
    "predict",
    "stream",
    "predict_files",
    "upsert",
    "upsert_files",
    "messages",
    "delete",
    "edit",
    "branch",
    "abort",
    "attach",
    "rest",
    "rpc",
    "update",
    "rate",
    "give_feedback",
    "change_feedback",
    "feedback",
    *KINDS,
    "lead",
    "leads",
    "delete_lead",
)
CHECKS = (
    "status",
    "answer",
    "raw",
    "events",
    "event",
    "nodes",
    "text",
    "error",
    "model",
    "embedded",
    "rows",
    "headers",
    "within",
)
WORDS = {*CALLS, *CHECKS, "as", "with", "only", "chatflow", "via", "save", "files"}
CASE_WORDS = {"name", "flow", "doors", "steps", "pending", "why"}
ADMIN_CALLS = ("messages", "delete", "edit", "branch", "update", "feedback", "leads", "delete_lead", *KINDS)
MODEL_PATHS = {"model": "/chat/completions", "embedded": "/embeddings"}


class Known(dict[str, Any]):
    """What was saved, and what is made on demand: ``drawing.MODEL`` (the conversation flow with that model), or
    ``drawing.FLOW.NODE.MODEL``; ``words.N``
    and ``solid.N`` (so many characters, with and without spaces)."""

    def __missing__(self, name: str) -> Any:
        kind, _, detail = name.partition(".")
        if kind == "drawing":
            node = re.fullmatch(r"([a-z-]+)\.(\w+_\d+)\.(.+)", detail)
            flow, node_id, model = node.groups() if node else ("conversation", "chatOpenAI_0", detail)
            return json.dumps(filled(drawing(flow, {"nodes": {node_id: {"modelName": model}}}), self))
        if kind in ("words", "solid"):
            word = "wind " if kind == "words" else "windsail"
            return (word * (int(detail) // len(word) + 1))[: int(detail)]
        raise KeyError(name)


@dataclass
class World:
    """The running stack and what the cases need to know of it."""

    stack: RunningStack
    endpoint: FakeEndpoint
    doors: Mapping[str, Door]
    keys: Mapping[str, TestKey]
    dead_port: int

    def headers(self, who: str) -> dict[str, str]:
        if who == "nobody":
            return {}
        return self.stack.admin if who == "admin" else self.keys[who].headers

    def known(self) -> Known:
        """What ``${…}`` may name from the start."""
        return Known(
            {
                "unique": uuid.uuid4().hex[:12],
                "endpoint": self.endpoint.base_url,
                "dead": f"http://127.0.0.1:{self.dead_port}/v1",
                "unknown": "11111111-2222-4333-8444-555555555555",
                **{f"key.{name}": key.id for name, key in self.keys.items()},
                **{f"text.{name}": key.text for name, key in self.keys.items()},
            }
        )


@dataclass
class Case:
    """One case. ``pending`` names the feature it waits for."""

    name: str
    flow: Any
    steps: list[dict[str, Any]]
    doors: Sequence[str] = ("rest", "grpc")
    pending: str = ""
    why: str = ""

    def marks(self) -> list[Any]:
        return [pytest.mark.skip(reason=f"pending: {self.pending}")] if self.pending else []

    def run(self, world: World, door: str) -> None:
        """Raises ``AssertionError`` with everything that differs in the first step that does."""
        saved = world.known()
        if self.flow:
            saved["flow"] = create_flow(world, self.flow, saved)
        for number, step in enumerate(self.steps, 1):
            if step.get("only", door) != door:
                continue
            try:
                wrong = Step(step).run(world, world.doors[door], saved)
            except NotTyped as reason:
                if "error" in step:
                    continue  # What is refused over REST cannot be said at all with stubs.
                pytest.skip(f"step {number} cannot be said with the typed messages: {reason}")
            assert not wrong, f"step {number}: " + "\n".join(wrong)


def create_flow(world: World, wanted: Any, saved: Mapping[str, Any]) -> str:
    """Store the flow of a case: a name, or a name with edits and fields. It is new for each run of the case."""
    edits = filled(wanted if isinstance(wanted, dict) else {"name": wanted}, saved)
    text = json.dumps(filled(drawing(edits["name"], edits), saved))
    return world.stack.create_flow(text, **stored_fields(edits.get("fields", {})))


@dataclass
class Step:
    """One call and what must come of it."""

    words: dict[str, Any]
    seen: dict[str, list[Any]] = field(default_factory=dict)

    def run(self, world: World, door: Door, saved: dict[str, Any]) -> list[str]:
        said = {**self.words, **self.words.get("via", {}).get(door.name, {})}
        words = filled({word: value for word, value in said.items() if word not in (*CHECKS, "save", "via")}, saved)
        call = next(name for name in CALLS if name in words)
        looks = any(name in said for name in MODEL_PATHS)
        if looks:
            world.endpoint.forget()
        began = time.monotonic()
        outcome = self.called(world, door, call, words, saved)
        took = time.monotonic() - began
        if looks:
            self.seen = seen_by(world.endpoint)
        if outcome.status < 400:
            saved.update({name: at(outcome, path) for name, path in said.get("save", {}).items()})
        checks = {word: filled(said[word], saved) for word in CHECKS if word in said}
        if door.name == "grpc" and call != "rpc" and "answer" in checks:
            checks["answer"] = unless_empty(checks["answer"])
        wrong = [*outcome.faults, *self.checked(checks, outcome), *self.checked_rows(world, checks, saved)]
        if took > checks.get("within", took):
            wrong.append(f"it took {took:.1f} s, more than {checks['within']} s")
        if wrong:
            wrong.append(f"(status {outcome.status}, {outcome.message or str(outcome.body)[:800]})")
            wrong += [last_traceback(world.stack.log_text())] if outcome.reason == "INTERNAL" else []
        return wrong

    def called(self, world: World, door: Door, call: str, words: dict[str, Any], saved: Mapping[str, Any]) -> Outcome:
        headers = {**world.headers(words.get("as", "admin" if call in ADMIN_CALLS else "nobody")), **words.get("with", {})}
        flow, given = words.get("chatflow", saved.get("flow", "")), words[call]
        if call == "rest":
            return rest_call(world.doors["rest"], given, headers)
        if call == "rpc":
            return rpc_call(world.doors["grpc"], given, headers)
        if call == "rate":
            return rated(world, given)
        if call == "update":
            return rest_call(
                world.doors["rest"],
                {"put": f"/api/v1/chatflows/{flow}", "json": stored_fields(given)},
                headers,
            )
        if call in KINDS:
            return door.entity(call, given, headers)
        files = [file_of(one) for one in words.get("files", ())]
        if call in ("predict_files", "upsert_files", "attach"):
            return getattr(door, call)(flow, given or {}, files, headers)
        return getattr(door, call)(flow, given if given is not None else {}, headers)

    def checked(self, words: Mapping[str, Any], outcome: Outcome) -> Iterator[str]:
        if "error" in words:
            yield from differences(
                words["error"], {"status": outcome.status, "reason": outcome.reason, "message": outcome.message}
            )
            if outcome.status < 400:
                yield "the call succeeded"
        elif outcome.status != words.get("status", 200):
            yield f"it failed with {outcome.status} {outcome.reason}: {outcome.message}"
        if "answer" in words:
            yield from differences(words["answer"], outcome.body if outcome.body is not None else ABSENT)
        if "headers" in words:
            yield from differences(
                words["headers"], {name.lower(): value for name, value in outcome.headers.items()}, "headers"
            )
        if "raw" in words:
            yield from differences(words["raw"], outcome.raw.decode(errors="replace"), "the body")
        if {"events", "event", "nodes", "text"} & set(words):
            yield from checked_stream(words, outcome)
        for word in MODEL_PATHS:
            if word in words:
                yield from differences(words[word], self.seen[word], "what the model endpoint was sent")

    @staticmethod
    def checked_rows(world: World, words: Mapping[str, Any], saved: Mapping[str, Any]) -> Iterator[str]:
        if "rows" not in words:
            return
        address = f"{world.stack.rest}/api/v1/chatmessage/{saved['flow']}"
        rows = requests.get(address, headers=world.stack.admin, timeout=30).json()
        wanted = words["rows"]
        yield from differences({"<count>": wanted} if isinstance(wanted, int) else wanted, rows, "the stored messages")


def last_traceback(log: str) -> str:
    """What the server's log says of its last fault of its own."""
    found = log.rpartition("Traceback (most recent call last)")[2].partition('"}')[0]
    return found.replace("\\n", "\n")[-1500:]


def checked_stream(words: Mapping[str, Any], outcome: Outcome) -> Iterator[str]:
    """``events``: names in order, ``token+`` for several; ``nodes``: what is said of an agent flow's nodes, in order.

    Every stream ends with ``end``, once.
    """
    if outcome.events is None:
        yield f"there is no stream: {outcome.body}"
        return
    names = [one["event"] for one in outcome.events]
    if names.count("end") != 1 or names[-1] != "end" or outcome.events[-1]["data"] != "[DONE]":
        yield f"the stream does not end once with end: {names}"
    wanted = words.get("events", names)
    shown = [
        name if len(list(group)) == 1 and f"{name}+" not in wanted else f"{name}+" for name, group in itertools.groupby(names)
    ]
    if "events" in words and shown != wanted:
        yield f"the events are {shown}, not {wanted}"
    for name, data in words.get("event", {}).items():
        found = next((one["data"] for one in outcome.events if one["event"] == name), ABSENT)
        yield from differences(data, found, f"the event {name}")
    if "nodes" in words:
        steps = [one["data"] for one in outcome.events if one["event"] == "nextAgentFlow"]
        yield from differences(words["nodes"], [f"{one['nodeId']} {one['status']}" for one in steps], "the nodes")
    if "text" in words:
        yield from differences(words["text"], outcome.text, "the text of the tokens")


def rest_call(door: Any, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
    """A plain HTTP request: ``{post: path, json: …}``, or ``text`` with a ``type``, or ``query``."""
    assert isinstance(door, RestDoor)
    method = next(name for name in ("get", "post", "put", "delete", "patch", "options", "head") if name in given)
    arguments: dict[str, Any] = {"params": given.get("query"), "headers": dict(headers)}
    if "json" in given:
        arguments["json"] = given["json"]
    if "text" in given or "repeat" in given:
        text, times = given.get("repeat", (given.get("text"), 1))
        arguments["data"] = text.encode() * times
        arguments["headers"].setdefault("Content-Type", given.get("type", "application/json"))
    return door.call(method.upper(), given[method], **arguments)


def rated(world: World, ratings: Mapping[str, str]) -> Outcome:
    """Feedback by message id, as the admin gives it. The first that is refused is the outcome."""
    given = [{"post": "/api/v1/feedback", "json": {"messageId": one, "rating": rating}} for one, rating in ratings.items()]
    outcomes = [rest_call(world.doors["rest"], call, world.stack.admin) for call in given]
    return next((outcome for outcome in outcomes if outcome.status >= 400), Outcome(200))


def seen_by(endpoint: FakeEndpoint) -> dict[str, list[Any]]:
    """Bodies that the endpoint was sent since it last forgot, by the word a case has for them."""
    asked = endpoint.seen()["requests"]
    return {word: [one["body"] for one in asked if one["path"].endswith(path)] for word, path in MODEL_PATHS.items()}


def at(outcome: Outcome, path: str) -> Any:
    """``answer.chatId``, ``event.metadata.chatId``, ``answer.0.id``."""
    first, *rest = path.split(".")
    if first == "event":
        name, rest = rest[0], rest[1:]
        value = next(one["data"] for one in outcome.events or () if one["event"] == name)
    else:
        value = {"answer": outcome.body, "headers": outcome.headers}[first]
    for part in rest:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


@cache
def load_cases(folder: Path) -> list[Case]:
    """All cases of a folder. A word that means nothing, or a name that stands twice, is a mistake in the case."""
    cases = [case_of(raw, path.name) for path in sorted(folder.glob("*.yaml")) for raw in read_yaml(path)]
    names = [case.name for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"Two cases have the name {sorted(twice)}")
    return cases


def case_of(raw: Mapping[str, Any], where: str) -> Case:
    own = {key: value for key, value in raw.items() if key in CASE_WORDS}
    short = {key: value for key, value in raw.items() if key not in CASE_WORDS}
    steps = own.pop("steps", None) or [short]
    for step in steps:
        unknown = set(step) - WORDS
        if unknown or not any(name in step for name in CALLS):
            raise ValueError(f"{where}, {raw['name']}: a step says {sorted(unknown) or 'no call'}")
    if "doors" not in own and all("rest" in step for step in steps):
        own["doors"] = ["rest"]
    if not re.match(r"[A-Z]\d{2,3} ", raw["name"]):
        raise ValueError(f"{where}: {raw['name']} does not begin with the number of its rule")
    return Case(flow=own.pop("flow", None), steps=steps, **own)
