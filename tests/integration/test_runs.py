"""Runs whose streams are cut, and whose workers die: whoever follows again misses nothing, and hears of nothing twice."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
import requests
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc

from fakes import agentflow
from harness.doors import failed
from harness.flows import drawing
from harness.postgres import MISSING, PostgresServer, binaries
from harness.processes import find
from harness.stack import FakeEndpoint, RunningStack, running_fake_endpoint, running_stack, start_stack

PATIENCE = 90.0
CUTS = 48
ASK = [{"role": "user", "content": "{{ question }}"}]
NUMBER = re.compile(rb"^id: \d+\n", re.M)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[FakeEndpoint]:
    with running_fake_endpoint() as fake:
        yield fake


@pytest.fixture(scope="module")
def stack(endpoint: FakeEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    environment = {"OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_WORKERS": "2"}
    with running_stack(tmp_path_factory.mktemp("runs") / "data", env=environment) as running:
        yield running


def flow_of(stack: RunningStack, model: str, **fields: Any) -> str:
    drawn = drawing("conversation", {"nodes": {"chatOpenAI_0": {"modelName": model}}})
    return stack.create_flow(json.dumps(drawn), **fields)


def start(stack: RunningStack, flow: str, **body: Any) -> str:
    answer = requests.post(f"{stack.rest}/api/v1/runs/{flow}", json={"question": "hi", **body}, timeout=30)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def read(stack: RunningStack, run: str) -> dict[str, Any]:
    return dict(requests.get(f"{stack.rest}/api/v1/runs/{run}", timeout=30).json())


def frames_behind(stack: RunningStack, run: str, after: int = 0) -> list[bytes]:
    """The frames of a run with their lines ``id:``, to its end, heartbeats left out."""
    headers = {"Last-Event-ID": str(after)}
    body = requests.get(f"{stack.rest}/api/v1/runs/{run}/events", headers=headers, timeout=60).content
    return [frame + b"\n\n" for frame in body.split(b"\n\n") if frame and not frame.startswith(b":")]


def names(frames: list[bytes]) -> list[str]:
    return [json.loads(frame.partition(b"data:")[2])["event"] for frame in frames]


def wait_for(condition: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (value := condition()):
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.05)
    return value


def cut_stream(stack: RunningStack, flow: str, frames: int) -> tuple[str, bytes]:
    """A kept stream that is left behind so many frames: the run's id, and whole frames of what came until then."""
    body = {"question": "hi", "streaming": True, "keepRun": True}
    head = b""
    with requests.post(f"{stack.rest}/api/v1/prediction/{flow}", json=body, stream=True, timeout=30) as answer:
        run = answer.headers["x-run-id"]
        for piece in answer.iter_content(None):
            head += piece
            if head.count(b"\n\n") >= frames:
                break
    whole = head[: head.rindex(b"\n\n") + 2] if b"\n\n" in head else b""
    return run, re.sub(rb"^:heartbeat\n\n", b"", whole, flags=re.M)


def test_streams_cut_anywhere_and_followed_again_are_whole(stack: RunningStack) -> None:
    """At every kind of event, over whichever worker answers the second call."""
    flows = [flow_of(stack, model) for model in ("slow-0.02", "gpt-4o-mini", "status-401", "error-event")]
    dice = random.Random(7)

    def one(number: int) -> None:
        run, head = cut_stream(stack, flows[number % len(flows)], dice.randrange(1, 12))
        known = head.count(b"\n\n")
        tail = frames_behind(stack, run, known)
        whole = b"".join(frames_behind(stack, run))
        assert head + NUMBER.sub(b"", b"".join(tail)) == NUMBER.sub(b"", whole), (head, tail)
        assert [int(frame[4 : frame.index(b"\n")]) for frame in tail] == list(range(known + 1, known + 1 + len(tail)))
        assert b'"end"' in whole

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(CUTS)))


def test_a_run_is_stopped_over_any_worker(stack: RunningStack) -> None:
    flow = flow_of(stack, "slow-0.5")
    for _ in range(6):  # Some of these calls meet the other worker.
        run = start(stack, flow)
        answer = requests.post(f"{stack.rest}/api/v1/runs/{run}/cancel", timeout=30).json()
        assert answer["state"] == "CANCELLED"


def test_a_session_that_takes_one_question_at_a_time_does_so_over_all_workers(stack: RunningStack) -> None:
    api = json.dumps({"runs": {"doubleSend": "reject"}})
    flow = flow_of(stack, "slow-2", apiConfig=api)
    session = {"question": "hi", "chatId": "one at a time"}
    run = start(stack, flow, **session)
    others = [requests.post(f"{stack.rest}/api/v1/runs/{flow}", json=session, timeout=30) for _ in range(6)]
    assert {(other.status_code, other.json()["reason"]) for other in others} == {(409, "SESSION_BUSY")}
    requests.post(f"{stack.rest}/api/v1/runs/{run}/cancel", timeout=30)
    again = start(stack, flow, **session)
    requests.post(f"{stack.rest}/api/v1/runs/{again}/cancel", timeout=30)


def kill_workers(stack: RunningStack) -> None:
    workers = find(stack.process.pid, "tradewind_server.worker")
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    wait_for(lambda: not set(workers) & set(find(stack.process.pid, "tradewind_server.worker")))


def ended(stack: RunningStack, run: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        try:
            row = read(stack, run)
        except (requests.RequestException, ValueError):
            return None
        return row if row.get("state") in ("FINISHED", "FAILED", "CANCELLED") else None

    return dict(wait_for(look))


def test_runs_of_killed_workers_begin_again_once_or_say_that_they_broke_off(stack: RunningStack) -> None:
    told = start(stack, flow_of(stack, "slow-1"))
    wait_for(lambda: read(stack, told)["lastEventId"] >= 3)
    again = start(stack, flow_of(stack, "slow-0.5"), restart=True)
    wait_for(lambda: read(stack, again)["lastEventId"] >= 3)
    unsaid = start(stack, flow_of(stack, "late-10"))
    heads = {run: frames_behind_now(stack, run) for run in (told, unsaid)}
    steps = start(stack, stack.create_flow(slow_steps(), type="AGENTFLOW"))
    wait_for(lambda: read(stack, steps)["lastEventId"] >= 5)  # Its first step has finished, and the model is asked.
    kill_workers(stack)
    outcome = ended(stack, told)
    assert (outcome["state"], outcome["error"]["reason"]) == ("FAILED", "RUN_INTERRUPTED")
    whole = frames_behind(stack, told)
    assert names(whole)[-2:] == ["error", "end"] and "metadata" not in names(whole)
    assert whole[: len(heads[told])] == heads[told]
    last_word = int(whole[-3][4 : whole[-3].index(b"\n")])
    assert frames_behind(stack, told, last_word + 3) == whole[-2:]  # Readers may know more than was stored.
    outcome = ended(stack, unsaid)
    assert (outcome["state"], outcome["restarts"]) == ("FINISHED", 1)
    assert names(frames_behind(stack, unsaid)).count("start") == 1
    outcome = ended(stack, again)
    assert (outcome["state"], outcome["restarts"]) == ("FINISHED", 1)
    assert names(frames_behind(stack, again)).count("start") == 2
    outcome = ended(stack, steps)
    assert (outcome["state"], outcome["restarts"]) == ("FINISHED", 1)
    assert finished_steps(frames_behind(stack, steps)) == ["startAgentflow_0", "llmAgentflow_0"]  # None is told again.
    stack.wait_ready(PATIENCE)


def slow_steps() -> dict[str, Any]:
    """An agent flow whose model takes its time: only the last node streams."""
    model = agentflow.llm(0, llmEnableMemory=False, llmMessages=ASK)
    model["data"]["inputs"]["llmModelConfig"] = {"modelName": "late-10", "streaming": True}
    return {"nodes": [agentflow.start(), model], "edges": agentflow.edges("startAgentflow_0 > llmAgentflow_0")}


def finished_steps(frames: list[bytes]) -> list[str]:
    contents = [json.loads(frame.partition(b"data:")[2]) for frame in frames]
    steps = [content["data"] for content in contents if content["event"] == "nextAgentFlow"]
    return [step["nodeId"] for step in steps if step["status"] == "FINISHED"]


def stopped(stack: RunningStack, chat: str) -> tuple[str, str]:
    """The flow, and a run of it that waits for a person."""
    flow = stack.create_flow(drawing("agentflow-human"), type="AGENTFLOW")
    run = start(stack, flow, chatId=chat)
    wait_for(lambda: read(stack, run)["state"] == "WAITING")
    return flow, run


def decide(stack: RunningStack, flow: str, chat: str) -> tuple[int, str]:
    """A decision over REST: the status, and the reason or the answer."""
    body = {"question": "", "chatId": chat, "humanInput": {"type": "proceed", "feedback": "Fine."}}
    answer = requests.post(f"{stack.rest}/api/v1/prediction/{flow}", json=body, timeout=60)
    return answer.status_code, str(answer.json().get("reason") or answer.json()["text"])


def decide_over_grpc(stack: RunningStack, flow: str, chat: str) -> tuple[int, str]:
    decision = prediction_pb2.HumanDecision(type=prediction_pb2.HUMAN_DECISION_TYPE_PROCEED, feedback="Fine.")
    request = prediction_pb2.PredictRequest(chatflow_id=flow, chat_id=chat, human_input=decision)
    with grpc.insecure_channel(stack.grpc_gate) as channel:
        try:
            answer = prediction_pb2_grpc.PredictionServiceStub(channel).Predict(request, timeout=60)
        except grpc.RpcError as error:
            outcome = failed(error)
            return outcome.status, outcome.reason
    return 200, str(answer.text)


def test_a_run_that_waits_outlives_its_workers_and_of_two_decisions_one_wins(stack: RunningStack) -> None:
    flow, run = stopped(stack, "a person")
    known = read(stack, run)["lastEventId"]
    kill_workers(stack)
    stack.workers(2)
    stack.wait_ready(PATIENCE)
    assert wait_for(lambda: read(stack, run).get("state")) == "WAITING"
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda door: door(stack, flow, "a person"), (decide, decide_over_grpc)))
    assert sorted(outcomes) == [(200, "yes: Fine."), (409, "EXECUTION_NOT_STOPPED")]
    outcome = ended(stack, run)
    assert (outcome["state"], outcome["result"]["text"]) == ("FINISHED", "yes: Fine.")
    assert finished_steps(frames_behind(stack, run, known)) == ["humanInputAgentflow_0", "directReplyAgentflow_0"]


def frames_behind_now(stack: RunningStack, run: str) -> list[bytes]:
    """What is there of a run that goes on."""
    found = b""
    try:
        with requests.get(f"{stack.rest}/api/v1/runs/{run}/events", stream=True, timeout=(5, 0.2)) as answer:
            for piece in answer.iter_content(None):
                found += piece
    except requests.RequestException:  # It fell silent.
        pass
    return [frame + b"\n\n" for frame in found.split(b"\n\n")[:-1] if not frame.startswith(b":")]


@pytest.mark.timeout(400)  # Two stacks and a database are started.
@pytest.mark.skipif(not binaries(), reason=MISSING)
def test_another_server_on_the_same_postgres_takes_over(endpoint: FakeEndpoint, tmp_path: Path) -> None:
    """Two machines, as far as the database can tell: one server is killed whole, the other one goes on."""
    postgres = PostgresServer()
    try:
        postgres.start()
        url = postgres.url(postgres.create_database())
        environment = {"OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_DATABASE_URL": url}
        keys = {"TRADEWIND_SECRET_KEY": "the same secret on both machines", "TRADEWIND_ADMIN_KEY": "tw_the-same-key-on-both"}
        with running_stack(tmp_path / "other", env=environment | keys) as other:
            first = start_stack(tmp_path / "first", env=environment | keys)
            try:
                first.admin_key = other.admin_key = keys["TRADEWIND_ADMIN_KEY"]
                flow = flow_of(first, "late-10")
                run = start(first, flow)
                person, waits = stopped(first, "a person")
            finally:  # However it goes, nothing of it is left running.
                os.killpg(first.process.pid, signal.SIGKILL)
                first.process.wait(PATIENCE)
            outcome = ended(other, run)
            assert (outcome["state"], outcome["restarts"]) == ("FINISHED", 1)
            assert decide(other, person, "a person") == (200, "yes: Fine.")
            assert ended(other, waits)["state"] == "FINISHED"
    finally:
        postgres.remove()
