"""Streams that are cut and followed again: that head and tail are the whole stream, byte for byte, also where the worker died.

    nice -n 19 .venv/bin/python tests/load/cut_streams.py --streams 200 --kills 40

Streams of chains (with sources, with tools, that fail, that are stopped) and of agent flows (an agent with its tool, one that
asks a person) are left behind each of their frames in turn, over REST and gRPC, and followed from there on over the same door;
every fourth has a second reader all along, who is not cut. Then workers are killed under streams: those of chains go on to an
``error`` with the reason RUN_INTERRUPTED, or are whole where no word had been said; those of agent flows go on from the last
finished step. Prints at which kinds of events how many streams were cut, and what became of those whose worker died.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import grpc
import requests
from tradewind.v1 import errors_pb2, prediction_pb2, prediction_pb2_grpc, run_pb2, run_pb2_grpc

sys.path.insert(0, str(Path(__file__).parent.parent))

from load import flows, upserts

from fakes import agentflow
from harness.flows import drawing
from harness.stack import RunningStack, running_fake_endpoint, start_stack

AT_ONCE = 8
WORKERS = 2
PATIENCE = 120.0
NUMBER = re.compile(rb"^id: (\d+)\n", re.M)
ASK = [{"role": "user", "content": "{{ question }}"}]


class Broken(Exception):
    """The connection ended before the stream did: its run, if it had begun, and the frames until then."""

    def __init__(self, run: str, frames: list[bytes]) -> None:
        super().__init__(run)
        self.run, self.frames = run, frames


class Door(Protocol):
    """Streams over one door, as their frames without numbers."""

    def stream(self, flow_id: str, most: int | None, started: threading.Event | None = None) -> tuple[str, list[bytes]]:
        """A kept stream, left behind so many frames: its run, and those. Raises :class:`Broken`."""
        ...

    def follow(self, run: str, after: int) -> list[bytes]: ...

    def name_of(self, frame: bytes) -> str: ...

    def is_interruption(self, frame: bytes) -> bool: ...


class Rest:
    def __init__(self, stack: RunningStack) -> None:
        self._api = f"{stack.rest}/api/v1"

    def stream(self, flow_id: str, most: int | None, started: threading.Event | None = None) -> tuple[str, list[bytes]]:
        body = {"question": "How is the weather?", "streaming": True, "keepRun": True}
        text, run = b"", ""
        try:
            with requests.post(f"{self._api}/prediction/{flow_id}", json=body, stream=True, timeout=PATIENCE) as answer:
                run = answer.headers.get("x-run-id", "")
                if started is not None:
                    started.set()
                for piece in answer.iter_content(None):
                    text += piece
                    if most is not None and len(frames_of(text)) >= most:
                        break
        except requests.RequestException:
            pass
        finally:
            if started is not None:
                started.set()
        frames = frames_of(text)
        if most is None and not (frames and b'"event":"end"' in frames[-1]):
            raise Broken(run, frames)
        return run, frames if most is None else frames[:most]

    def follow(self, run: str, after: int) -> list[bytes]:
        headers = {"Last-Event-ID": str(after)}
        text = requests.get(f"{self._api}/runs/{run}/events", headers=headers, timeout=PATIENCE).content
        numbers = [int(number) for number in NUMBER.findall(text)]
        assert numbers == sorted(set(numbers)) and (not numbers or numbers[0] > after), numbers
        return frames_of(NUMBER.sub(b"", text))

    def name_of(self, frame: bytes) -> str:
        return str(json.loads(frame.partition(b"data:")[2])["event"])

    def is_interruption(self, frame: bytes) -> bool:
        return json.loads(frame.partition(b"data:")[2]).get("reason") == "RUN_INTERRUPTED"


class Grpc:
    def __init__(self, stack: RunningStack) -> None:
        channel = grpc.insecure_channel(stack.grpc_gate, options=(("grpc.max_reconnect_backoff_ms", 500),))
        self._predictions = prediction_pb2_grpc.PredictionServiceStub(channel)
        self._runs = run_pb2_grpc.RunServiceStub(channel)

    def stream(self, flow_id: str, most: int | None, started: threading.Event | None = None) -> tuple[str, list[bytes]]:
        request = prediction_pb2.StreamPredictRequest(chatflow_id=flow_id, question="How is the weather?", keep_run=True)
        run, frames = "", []
        call = self._predictions.StreamPredict(request, timeout=PATIENCE)
        try:
            for event in call:
                if event.HasField("run_started"):
                    run = event.run_started.run_id
                    if started is not None:
                        started.set()
                else:
                    frames.append(event.SerializeToString(deterministic=True))
                if most is not None and len(frames) >= most:
                    call.cancel()
                    return run, frames
        except grpc.RpcError:
            raise Broken(run, frames) from None
        finally:
            if started is not None:
                started.set()
        return run, frames

    def follow(self, run: str, after: int) -> list[bytes]:
        request = run_pb2.StreamRunEventsRequest(id=run, after=after)
        responses = list(self._runs.StreamRunEvents(request, timeout=PATIENCE))
        numbers = [response.sequence for response in responses]
        assert numbers == sorted(set(numbers)) and (not numbers or numbers[0] > after), numbers
        return [response.event.SerializeToString(deterministic=True) for response in responses]

    def name_of(self, frame: bytes) -> str:
        return str(prediction_pb2.StreamPredictResponse.FromString(frame).WhichOneof("event"))

    def is_interruption(self, frame: bytes) -> bool:
        reason = prediction_pb2.StreamPredictResponse.FromString(frame).error.reason
        return bool(reason == errors_pb2.ERROR_REASON_RUN_INTERRUPTED)


def frames_of(text: bytes) -> list[bytes]:
    """The whole frames, heartbeats left out."""
    return [frame + b"\n\n" for frame in text.split(b"\n\n")[:-1] if not frame.startswith(b":")]


def stepwise(model: str) -> dict[str, Any]:
    """An agent flow of three models that take their time."""
    nodes = [agentflow.start()]
    for number in range(3):
        node = agentflow.llm(number, llmEnableMemory=False, llmMessages=ASK)
        node["data"]["inputs"]["llmModelConfig"] = {"modelName": model, "streaming": True}
        nodes.append(node)
    names = [node["id"] for node in nodes]
    return {"nodes": nodes, "edges": agentflow.edges(" > ".join(names))}


def conversation(model: str) -> str:
    return json.dumps(drawing("conversation", {"nodes": {"chatOpenAI_0": {"modelName": model}}}))


def cut_flows(stack: RunningStack) -> dict[str, str]:
    """Ids of the chatflows whose streams are cut, by what they are."""
    retrieval = stack.create_flow(flows.retrieval("cut"))
    asyncio.run(upserts.upsert(stack, retrieval, "The weather in the harbour is fine today. " * 20))
    return {
        "words": stack.create_flow(conversation("slow-0.02")),
        "sources": retrieval,
        "tools": stack.create_flow(flows.tool_agent()),
        "failure": stack.create_flow(conversation("error-event")),
        "refusal": stack.create_flow(conversation("status-401")),
        "steps": stack.create_flow(flows.agent_flow(), type="AGENTFLOW"),
        "agent": stack.create_flow(flows.agent_flow_with_tool(), type="AGENTFLOW"),
        "person": stack.create_flow(json.dumps(drawing("agentflow-human")), type="AGENTFLOW"),
    }


@dataclass
class Figures:
    cuts: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, counter: Counter[str], name: str) -> None:
        with self.lock:
            counter[name] += 1


def cut(door: Door, flow_id: str, most: int, figures: Figures, *, has_second_reader: bool) -> None:
    """One stream, cut behind so many frames, against the stream as a reader who was not cut has it."""
    run, head = door.stream(flow_id, most)
    beside: list[list[bytes]] = []
    reader = threading.Thread(target=lambda: beside.append(door.follow(run, 0)))
    if has_second_reader:
        reader.start()
    tail = door.follow(run, len(head))
    whole = door.follow(run, 0)
    if has_second_reader:
        reader.join(PATIENCE)
        assert beside == [whole], "the second reader has something else"
    assert b"".join(head + tail) == b"".join(whole), (head, tail, whole)
    assert door.name_of(whole[-1]) == "end"
    figures.count(figures.cuts, f"{type(door).__name__} {door.name_of(head[-1])}")


def stopped(rest: Rest, stack: RunningStack, flow_id: str, figures: Figures) -> None:
    """A stream whose run somebody stops, cut before that."""
    run, head = rest.stream(flow_id, 3)
    requests.post(f"{stack.rest}/api/v1/runs/{run}/cancel", timeout=30).raise_for_status()
    tail, whole = rest.follow(run, 3), rest.follow(run, 0)
    names = [rest.name_of(frame) for frame in whole]
    assert "abort" in names and head + tail == whole, names
    position = names.index("abort") + 1
    assert whole[:position] + rest.follow(run, position) == whole
    figures.count(figures.cuts, "Rest abort")


def cut_all(stack: RunningStack, count: int, figures: Figures) -> None:
    doors: tuple[Door, ...] = (Rest(stack), Grpc(stack))
    ids, slow = cut_flows(stack), stack.create_flow(conversation("slow-1"))
    lengths = {name: len(doors[0].stream(flow_id, None)[1]) for name, flow_id in ids.items()}
    print("frames of each stream:", lengths, flush=True)
    every = [(name, number) for name, length in lengths.items() for number in range(1, length + 1)]
    random.Random(5).shuffle(every)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        work = [pool.submit(stopped, doors[0], stack, slow, figures) for _ in range(4)]  # type: ignore[arg-type]
        for number in range(count):
            name, most = every[number // 2 % len(every)]
            door = doors[number % 2]
            work.append(pool.submit(cut, door, ids[name], most, figures, has_second_reader=number % 4 < 2))
        for one in work:
            one.result()


def kill_rounds(stack: RunningStack, count: int, figures: Figures, chance: random.Random) -> None:
    doors: tuple[Door, ...] = (Rest(stack), Grpc(stack))
    ids = {
        "told": stack.create_flow(conversation("slow-0.2")),
        "unsaid": stack.create_flow(conversation("late-4")),
        "steps": stack.create_flow(stepwise("slow-0.1"), type="AGENTFLOW"),
    }
    uncut = {(name, door): door.stream(flow_id, None)[1] for name, flow_id in ids.items() for door in doors}
    while figures.ends.total() < count:
        workers = stack.workers(WORKERS)
        plan = [(name, doors[number % 2]) for number, name in enumerate(["told", "unsaid", "steps"] * 3)]
        with ThreadPoolExecutor(len(plan)) as pool:
            begun = [threading.Event() for _ in plan]
            work = [pool.submit(door.stream, ids[name], None, event) for (name, door), event in zip(plan, begun, strict=True)]
            for event in begun:
                event.wait(PATIENCE)
            time.sleep(chance.uniform(0.0, 2.5))
            os.kill(chance.choice(workers), signal.SIGKILL)
            for (name, door), future in zip(plan, work, strict=True):
                error = future.exception()
                if isinstance(error, Broken) and not error.run:
                    print("a stream did not begin", flush=True)
                elif isinstance(error, Broken):
                    figures.count(figures.ends, f"{name}: {outcome(stack, door, name, error, uncut[name, door])}")
                elif error is not None:
                    raise error
        print("workers killed under", figures.ends.total(), "streams", flush=True)


def outcome(stack: RunningStack, door: Door, name: str, broken: Broken, uncut: Sequence[bytes]) -> str:
    """What became of a stream whose worker died, once it has ended."""
    end = time.monotonic() + PATIENCE
    row: dict[str, Any] = {}
    while row.get("state") not in ("FINISHED", "FAILED"):
        assert time.monotonic() < end, f"run {broken.run} does not end: {row}"
        with suppress(requests.RequestException, ValueError):
            row = requests.get(f"{stack.rest}/api/v1/runs/{broken.run}", timeout=30).json()
        time.sleep(0.1)
    head, tail = broken.frames, door.follow(broken.run, len(broken.frames))
    whole = door.follow(broken.run, 0)
    names, at_end = [door.name_of(frame) for frame in head + tail], [door.name_of(frame) for frame in whole[-2:]]
    if name == "steps":
        return outcome_of_steps(door, head + tail, uncut, len(head))
    if at_end == ["error", "end"]:
        assert tail[-2:] == whole[-2:] and door.is_interruption(tail[-2]), tail
        stored = whole[:-2]
        assert head[: len(stored)] == stored[: len(head)], "what was stored is not what was told"
        return "head, then RUN_INTERRUPTED"
    assert head + tail == whole and names == [door.name_of(frame) for frame in uncut], names
    if not row["restarts"]:
        return "whole, had ended when its worker died"
    assert "token" not in [door.name_of(frame) for frame in head], "words were said, and it began again"
    return "whole, begun again before its first word"


def outcome_of_steps(door: Door, frames: Sequence[bytes], uncut: Sequence[bytes], head: int) -> str:
    """Each step is told as finished once; from the last finished one on all is as in a stream that was not cut."""
    told, expected = list(step_names(door, frames)), list(step_names(door, uncut))
    finished = [step for step in told if step.endswith("FINISHED")]
    assert len(finished) == len(set(finished)), finished
    tail = list(step_names(door, frames[head:]))
    assert tail and expected[-len(tail) :] == tail, (tail, expected)
    assert tail[0].endswith("INPROGRESS") or len(tail) < 4, tail
    return "goes on from the last finished step"


def step_names(door: Door, frames: Sequence[bytes]) -> Iterator[str]:
    for frame in frames:
        name = door.name_of(frame)
        if name == "nextAgentFlow":
            step = json.loads(frame.partition(b"data:")[2])["data"]
            yield f"{step['nodeId']} {step['status']}"
        elif name == "next_agent_flow":
            node = prediction_pb2.StreamPredictResponse.FromString(frame).next_agent_flow
            status = prediction_pb2.AgentFlowStatus.Name(node.status).removeprefix("AGENT_FLOW_STATUS_")
            yield f"{node.node_id} {status.replace('_', '')}"
        elif name != "token":
            yield name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--kills", type=int, default=40, help="Streams that lose their worker, at least.")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    figures = Figures()
    with running_fake_endpoint("--tokens", "12") as endpoint, tempfile.TemporaryDirectory() as folder:
        stack = start_stack(
            Path(folder) / "data", "--workers", str(WORKERS), env={"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url}
        )
        try:
            if options.streams:
                cut_all(stack, options.streams, figures)
            print(
                figures.cuts.total(), "streams were cut, and are whole; behind:", dict(figures.cuts.most_common()), flush=True
            )
            kill_rounds(stack, options.kills, figures, random.Random(options.seed))
            print(figures.ends.total(), "streams lost their worker:", dict(figures.ends.most_common()))
        finally:
            stack.stop()


if __name__ == "__main__":
    main()
