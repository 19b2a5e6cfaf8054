"""Envoy short of memory: it sheds load by itself, before any of its filters, and says so as everywhere else."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
import requests
from tradewind.v1 import prediction_pb2, prediction_pb2_grpc

from harness.processes import command_line, find, tree
from harness.stack import RunningStack, running_stack

UNKNOWN = "11111111-2222-4333-8444-555555555555"
SENTENCE = "The server is answering as many calls as it may; try again shortly."


@pytest.fixture(scope="module")
def short_of_memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """A stack whose Envoy may use no more than it needs for itself: less than any setting allows."""
    with running_stack(tmp_path_factory.mktemp("heap") / "data", "--no-local-models") as stack:
        (envoy,) = find(stack.process.pid, "--disable-hot-restart")
        words = command_line(envoy).split()
        config = Path(next(word for word in words if word.endswith(".json")))
        text, count = re.subn(r"(max_heap_size_bytes\W+)\d+", r"\g<1>2000000", config.read_text())
        assert count == 1
        config.write_text(text)
        os.kill(envoy, signal.SIGKILL)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                if requests.get(f"{stack.rest}/healthz", timeout=60).status_code == 503:
                    break
            except requests.ConnectionError:
                pass
            time.sleep(0.1)
        yield stack


def test_a_rest_caller_hears_when_to_come_back(short_of_memory: RunningStack) -> None:
    answer = requests.post(f"{short_of_memory.rest}/api/v1/prediction/{UNKNOWN}", json={"question": "hi"}, timeout=60)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    said = answer.json()
    assert (said["statusCode"], said["reason"], said["message"], said["error"]) == (503, "OVERLOADED", SENTENCE, SENTENCE)


def test_a_grpc_caller_does_too(short_of_memory: RunningStack) -> None:
    with grpc.insecure_channel(short_of_memory.grpc_gate) as channel, pytest.raises(grpc.RpcError) as raised:
        stub = prediction_pb2_grpc.PredictionServiceStub(channel)
        stub.Predict(prediction_pb2.PredictRequest(chatflow_id=UNKNOWN, question="hi"), timeout=60)
    error = raised.value
    assert (error.code(), error.details()) == (grpc.StatusCode.UNAVAILABLE, SENTENCE)
    trailers = dict(error.trailing_metadata())
    assert (trailers["x-error-reason"], trailers["retry-after"]) == ("OVERLOADED", "1")


def log_with(stack: RunningStack, text: str) -> str:
    """The log, once it holds that text: Envoy writes it where it is many lines, or after ten seconds."""
    end = time.monotonic() + 60
    while text not in (log := stack.log_text()):
        assert time.monotonic() < end
        for _ in range(100):
            requests.get(f"{stack.rest}/api/v1/not-a-secret", timeout=60)
    return log


def test_it_is_logged(short_of_memory: RunningStack) -> None:
    assert '"reason":"OVERLOADED"' in log_with(short_of_memory, '"reason"')


def test_a_key_in_a_path_is_left_out_of_the_log(short_of_memory: RunningStack) -> None:
    paths = ["/api/v1/verify/apikey/tw_canary_one", "/api/v1/chatflows/apikey/tw_canary_two?keyonly=1", "/x/ApiKey/tw_canary_3"]
    paths.append("/api/v1/verify/%61pikey/tw_canary_four")
    before = short_of_memory.log_text().count("a path with an API key")
    for path in paths:
        assert requests.get(short_of_memory.rest + path, timeout=60).status_code == 503
    requests.get(f"{short_of_memory.rest}/api/v1/the-last-one", timeout=60)
    log = log_with(short_of_memory, "the-last-one")
    assert "tw_canary" not in log
    assert log.count("a path with an API key") == before + len(paths)


def test_workers_are_still_there(short_of_memory: RunningStack) -> None:
    assert [pid for pid in tree(short_of_memory.process.pid) if "worker" in command_line(pid)]
