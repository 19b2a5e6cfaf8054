"""What survives: many callers at once, killed processes, a stop in the middle of a call, callers that leave."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import aiohttp
import grpc
import pytest
import requests
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.settings import Settings

from harness.doors import error_faults
from harness.flows import drawing
from harness.load import Callers, calling
from harness.processes import command_line, find, tree
from harness.stack import FakeEndpoint, RunningStack, running_stack, start_stack

CROWD = 200
PATIENCE = 60
"""Seconds, for machines that do much else."""


def until(what: Callable[[], Any], seconds: float, sentence: str) -> Any:
    """The first true value of ``what``; fails with the sentence when none comes in time."""
    end = time.monotonic() + seconds
    while not (value := what()):
        assert time.monotonic() < end, sentence
        time.sleep(0.05)
    return value


@pytest.fixture(scope="module")
def endpoint(breakable_endpoint: FakeEndpoint) -> FakeEndpoint:
    return breakable_endpoint


@pytest.fixture(scope="module")
def stack(breakable: RunningStack) -> RunningStack:
    return breakable


def conversation(stack: RunningStack, model: str = "harbour-chat") -> str:
    return stack.create_flow(drawing("conversation", {"nodes": {"chatOpenAI_0": {"modelName": model}}}))


def rows_by_session(stack: RunningStack, flow: str) -> Counter[str]:
    """Stored messages by session, straight from the database: a list call is bounded."""
    with sqlite3.connect(f"file:{stack.data_dir / 'tradewind.db'}?mode=ro", uri=True) as database:
        found = database.execute("SELECT session_id, role FROM chat_message WHERE chatflow_id = ?", (flow,)).fetchall()
    roles: dict[str, list[str]] = {}
    for session, role in found:
        roles.setdefault(session, []).append(role)
    for session, given in roles.items():
        assert given.count("userMessage") == given.count("apiMessage"), f"half a turn is stored in {session}"
    return Counter({session: len(given) for session, given in roles.items()})


async def ask_all(stack: RunningStack, flow: str, question: str) -> list[dict[str, Any]]:
    """One question in each of the sessions, all at once."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=60)) as session:

        async def ask(number: int) -> dict[str, Any]:
            body = {"question": question.format(number), "overrideConfig": {"sessionId": f"visitor-{number}"}}
            async with session.post(f"{stack.rest}/api/v1/prediction/{flow}", json=body) as response:
                assert response.status == 200, await response.text()
                answer: dict[str, Any] = await response.json()
                return answer

        return await asyncio.gather(*(ask(number) for number in range(CROWD)))


def test_two_hundred_callers_at_once_are_all_answered_and_know_only_themselves(
    stack: RunningStack, endpoint: FakeEndpoint
) -> None:
    flow = conversation(stack)
    asyncio.run(ask_all(stack, flow, "I am visitor <{}>."))
    endpoint.forget()
    answers = asyncio.run(ask_all(stack, flow, "Who am I? (<{}>)"))
    assert {answer["sessionId"] for answer in answers} == {f"visitor-{number}" for number in range(CROWD)}
    asked = [one["body"]["messages"] for one in endpoint.seen()["requests"]]
    assert len(asked) == CROWD
    for messages in asked:
        _, first, _, second = [message["content"] for message in messages]
        assert first == f"I am visitor {second[len('Who am I? (') : -1]}."
    assert rows_by_session(stack, flow) == Counter({f"visitor-{number}": 4 for number in range(CROWD)})


def ask(stack: RunningStack, flow: str) -> Callable[[requests.Session, str], requests.Response]:
    url = f"{stack.rest}/api/v1/prediction/{flow}"
    return lambda session, mark: session.post(url, json={"question": "hi", "overrideConfig": {"sessionId": mark}}, timeout=60)


def kill(stack: RunningStack, part: str) -> None:
    """``kill -9`` of the one process of the stack with that in its command line."""
    [pid] = find(stack.process.pid, part)
    os.kill(pid, signal.SIGKILL)


def comes_back(stack: RunningStack, part: str, callers: Callers) -> None:
    """Kill under load, and wait until calls are answered again."""
    callers.wait_for(20)
    kill(stack, part)
    until(lambda: find(stack.process.pid, part), PATIENCE, f"{part} was not started again")
    stack.wait_ready(PATIENCE)
    callers.wait_for(20)


def assert_kept(stack: RunningStack, flow: str, callers: Callers) -> None:
    rows = rows_by_session(stack, flow)
    assert all(rows[mark] == 2 for mark in callers.acknowledged), "acknowledged turns are missing"
    assert callers.faults == []


def test_a_killed_worker_comes_back_and_callers_get_503_meanwhile(stack: RunningStack) -> None:
    flow = conversation(stack)
    with calling(ask(stack, flow)) as callers:
        comes_back(stack, "tradewind_server.worker", callers)
    assert callers.settled() <= {200, 503}
    assert callers.closed == 0
    assert_kept(stack, flow, callers)


def test_a_killed_gate_comes_back_on_its_port(stack: RunningStack) -> None:
    flow = conversation(stack)
    with calling(ask(stack, flow)) as callers:
        comes_back(stack, "envoy.json", callers)
    assert callers.settled() <= {200, 503}
    assert_kept(stack, flow, callers)


def test_a_killed_vector_engine_comes_back_with_every_acknowledged_chunk(stack: RunningStack) -> None:
    flow = stack.create_flow(json.dumps(drawing("rag", {"nodes": {"qdrant_0": {"topK": 1000, "qdrantCollection": "kept"}}})))
    url = f"{stack.rest}/api/v1/vector/upsert/{flow}"

    def fill(session: requests.Session, mark: str) -> requests.Response:
        return session.post(url, files={"files": (f"{mark}.txt", f"A note by {mark}.")}, timeout=60)

    with calling(fill, callers=4) as callers:
        comes_back(stack, "tradewind_server.vectors.engine", callers)
    assert callers.settled() <= {200, 503}
    assert callers.faults == [] and callers.closed == 0
    answer = requests.post(f"{stack.rest}/api/v1/prediction/{flow}", json={"question": "A note by whom?"}, timeout=30).json()
    found = {one["pageContent"] for one in answer["sourceDocuments"]}
    assert len(callers.acknowledged) < 1000, "the search above cannot see more"
    assert {f"A note by {mark}." for mark in callers.acknowledged} <= found


def test_a_caller_that_leaves_stops_the_model_and_what_was_said_is_kept(stack: RunningStack, endpoint: FakeEndpoint) -> None:
    flow = conversation(stack, "slow-1")
    url = f"{stack.rest}/api/v1/prediction/{flow}"
    endpoint.forget()
    with requests.post(url, json={"question": "hi", "chatId": "c-1", "streaming": True}, stream=True, timeout=60) as answer:
        next(line for line in answer.iter_lines() if b'"token"' in line)
    until(lambda: endpoint.seen()["aborted"] >= 1, PATIENCE, "the model went on after its caller had left")
    rows = until(lambda: rows_by_session(stack, flow)["c-1"], PATIENCE, "what was said was not kept")
    assert rows == 2


def test_a_caller_that_hangs_up_stops_the_model_of_a_plain_call(stack: RunningStack, endpoint: FakeEndpoint) -> None:
    flow = conversation(stack, "hang")
    endpoint.forget()
    connection = HTTPConnection(stack.grpc_gate, timeout=PATIENCE)
    connection.request("POST", f"/api/v1/prediction/{flow}", '{"question": "hi"}', {"Content-Type": "application/json"})
    until(lambda: len(endpoint.seen()["requests"]) == 1, PATIENCE, "the model was not asked")
    connection.close()
    until(lambda: endpoint.seen()["aborted"] >= 1, PATIENCE, "the model went on after its REST caller had left")
    with grpc.insecure_channel(stack.grpc_gate) as channel:
        call = PredictionServiceStub(channel).Predict.future(pb.PredictRequest(chatflow_id=flow, question="hi"))
        until(lambda: len(endpoint.seen()["requests"]) == 2, PATIENCE, "the model was not asked")
        call.cancel()
        until(lambda: endpoint.seen()["aborted"] >= 2, PATIENCE, "the model went on after its gRPC caller had left")
    assert not rows_by_session(stack, flow)


def test_abort_ends_a_running_stream_and_keeps_what_was_said(stack: RunningStack, endpoint: FakeEndpoint) -> None:
    flow = conversation(stack, "slow-1")
    url = f"{stack.rest}/api/v1/prediction/{flow}"
    endpoint.forget()
    events: list[dict[str, Any]] = []
    with requests.post(url, json={"question": "hi", "chatId": "c-1", "streaming": True}, stream=True, timeout=60) as answer:
        for line in answer.iter_lines():
            if line.startswith(b"data:"):
                events.append(json.loads(line[5:]))
                if events[-1]["event"] == "token" and len(events) == 2:
                    assert requests.put(f"{stack.rest}/api/v1/chatmessage/abort/{flow}/c-1", timeout=60).ok
    assert [one["event"] for one in events][-3:] == ["abort", "metadata", "end"]
    until(lambda: endpoint.seen()["aborted"] >= 1, PATIENCE, "the model went on after the abort")
    assert rows_by_session(stack, flow)["c-1"] == 2


def test_two_streams_of_one_chat_do_not_mix(stack: RunningStack) -> None:
    flows = [conversation(stack, "slow-0.02"), conversation(stack, "say:the other flow")]
    texts: dict[int, str] = {}

    def read(number: int) -> None:
        body = {"question": f"question {number}", "chatId": "c-1", "streaming": True}
        answer = requests.post(f"{stack.rest}/api/v1/prediction/{flows[number % 2]}", json=body, timeout=60)
        events = [json.loads(line[5:]) for line in answer.text.splitlines() if line.startswith("data:")]
        texts[number] = "".join(one["data"] for one in events if one["event"] == "token")
        assert [one["data"]["question"] for one in events if one["event"] == "metadata"] == [f"question {number}"]

    threads = [threading.Thread(target=read, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert [texts[number] == "the other flow" for number in range(6)] == [False, True] * 3
    assert all(texts[number].count("Reply") == 1 for number in (0, 2, 4))


def test_a_second_server_on_the_same_data_directory_says_so(stack: RunningStack) -> None:
    done = tradewind("up", "--data-dir", str(stack.data_dir), "--no-local-models", "--rest-port", "0", "--grpc-port", "0")
    assert_one_sentence(done, str(stack.data_dir))


def test_a_taken_port_is_named_with_its_option(stack: RunningStack, tmp_path: Path) -> None:
    port = stack.rest.rpartition(":")[2]
    options = ("--no-local-models", "--grpc-port", "0", "--metrics-port", "0", "--rest-port", port)
    assert_one_sentence(tradewind("up", "--data-dir", str(tmp_path), *options), port, "--rest-port")


def tradewind(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRADEWIND_")}
    command = [sys.executable, "-m", "tradewind_server", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def assert_one_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert done.returncode == 1
    said = done.stderr.strip()
    assert said.count("\n") == 0 and "Traceback" not in said, said
    assert all(part in said for part in parts), said


def refused(stack: RunningStack) -> list[requests.Response]:
    answer = requests.get(f"{stack.rest}/api/v1/ping", timeout=60)
    return [answer] if answer.status_code == 503 else []


class TestStopping:
    def test_sigterm_lets_running_calls_finish_and_leaves_nothing_behind(self, endpoint: FakeEndpoint, tmp_path: Path) -> None:
        stack = start_stack(tmp_path / "data", env={"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url})
        pids = tree(stack.process.pid)
        [config] = [word for pid in pids for word in command_line(pid).split() if word.endswith("envoy.json")][:1]
        flow = conversation(stack, "slow-0.9")
        endpoint.forget()
        answers: list[Any] = []

        def call(**more: Any) -> None:
            body = {"question": "hi", **more}
            answers.append(requests.post(f"{stack.rest}/api/v1/prediction/{flow}", json=body, timeout=60))

        threads = [threading.Thread(target=call, kwargs=more) for more in ({"streaming": True}, {"streaming": True})]
        for thread in threads:
            thread.start()
        until(lambda: len(endpoint.seen()["requests"]) == 2, PATIENCE, "the calls did not reach the model")
        stack.process.send_signal(signal.SIGTERM)
        [late] = until(lambda: refused(stack), PATIENCE, "new callers are not refused while the server stops")
        assert list(error_faults(503, late.json(), late.headers)) == []
        for thread in threads:
            thread.join(PATIENCE)
        assert [answer.status_code for answer in answers] == [200, 200]
        assert all(answer.text.rstrip().endswith('data:{"event":"end","data":"[DONE]"}') for answer in answers)
        assert stack.process.wait(40) == 0
        assert [command_line(pid) for pid in pids if command_line(pid)] == []
        assert not Path(config).parent.exists()
        assert "Traceback" not in stack.log_text()

    def test_children_end_with_a_killed_supervisor_and_the_next_start_works(
        self, endpoint: FakeEndpoint, tmp_path: Path
    ) -> None:
        settings = {"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url}
        stack = start_stack(tmp_path / "data", env=settings)
        flow = conversation(stack)
        person = stack.create_flow(drawing("agentflow-human"), type="AGENTFLOW")
        for one in (flow, person):
            requests.post(f"{stack.rest}/api/v1/prediction/{one}", json={"question": "hi", "chatId": "c"}, timeout=60)
        pids = tree(stack.process.pid)
        stack.process.kill()
        stack.process.wait(10)
        gone = lambda: not any(command_line(pid) for pid in pids)  # noqa: E731
        until(gone, PATIENCE, "children outlived their supervisor")
        with running_stack(tmp_path / "data", env=settings) as again:
            assert rows_by_session(again, flow) == Counter({"c": 2})
            decision = {"question": "", "chatId": "c", "humanInput": {"type": "proceed", "feedback": "Fine."}}
            answer = requests.post(f"{again.rest}/api/v1/prediction/{person}", json=decision, timeout=60)
            assert answer.json().get("text") == "yes: Fine.", answer.text


def test_killed_models_come_back(tmp_path: Path) -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    found = [path.name for path in settings.model_dir.rglob("*") if path.is_file()] if settings.model_dir.exists() else []
    if not any("qwen" in name.lower() for name in found) or len(found) < 2:
        pytest.skip("The embedded models are not here; `tradewind models pull` fetches them.")
    env = {"TRADEWIND_OFFLINE": "true"}
    edits = {"nodes": {"chatOpenAI_0": {"maxTokens": 4}}}
    with running_stack(tmp_path / "data", env=env) as stack:
        flow = stack.create_flow(json.dumps(drawing("rag-in-memory", edits)))
        url = f"{stack.rest}/api/v1/prediction/{flow}"

        def answered() -> bool:
            answer = requests.post(url, json={"question": "When does the ferry leave?"}, timeout=60)
            if answer.ok:
                return bool(answer.json()["sourceDocuments"])
            assert answer.status_code == 503, answer.text
            return False

        until(answered, 60, "the embedded models do not answer")
        models = ("local.chat_server", "local.embedding_server")
        for part in models:
            kill(stack, part)
        until(lambda: all(find(stack.process.pid, part) for part in models), PATIENCE, "a model was not started again")
        until(answered, 60, "no answer after the models were killed")
