"""What other users of the machine, and children that need no secret, get to see of a running stack."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from harness.flows import drawing
from harness.folders import modes_in
from harness.processes import command_line, find, tree
from harness.stack import FakeEndpoint, RunningStack, running_fake_endpoint, running_stack

CANARIES = {
    "TRADEWIND_ADMIN_KEY": "tw_canary_admin_0123456789",
    "TRADEWIND_OPENAI_API_KEY": "canary-model-key",
    "TRADEWIND_SPEECH_API_KEY": "canary-speech-key",
    "TRADEWIND_SECRET_KEY": "canary-secret-key-0123456789abcdef",
    "TRADEWIND_PASSWORD": "canary-password",
    "TRADEWIND_USERNAME": "admin",
    "AWS_SECRET_ACCESS_KEY": "canary-of-the-operator",
}
COUNTER = "tradewind_rpc_calls_total"
NEED_NO_SECRET = ("envoy.json", "vectors.engine")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[FakeEndpoint]:
    with running_fake_endpoint("--tokens", "6") as running:
        yield running


@pytest.fixture(scope="module")
def stack(endpoint: FakeEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Two workers, a directory that an earlier version left open, and a chatflow whose upsert starts the vector engine."""
    folder = tmp_path_factory.mktemp("private") / "data"
    (folder / "files" / "kept").mkdir(parents=True)
    (folder / "files" / "kept" / "old.pdf").write_text("x")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    settings = {**CANARIES, "TRADEWIND_OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_WORKER_SILENCE_TIMEOUT": "5"}
    with running_stack(folder, "--workers", "2", "--no-local-models", env=settings) as running:
        running.admin_key = CANARIES["TRADEWIND_ADMIN_KEY"]
        flow = running.create_flow(drawing("rag"))
        url = f"{running.rest}/api/v1/vector/upsert/{flow}"
        requests.post(url, files={"files": ("a.txt", b"The ferry leaves at nine.")}, timeout=60).raise_for_status()
        yield running


def until(what: Callable[[], object], seconds: float, sentence: str) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, sentence
        time.sleep(0.05)


def test_everything_in_the_data_directory_is_for_one_user(stack: RunningStack) -> None:
    assert (stack.data_dir / "tradewind.db-wal").exists()
    modes = modes_in(stack.data_dir).values()
    assert {oct(stat.S_IMODE(mode)) for mode in modes if stat.S_ISDIR(mode)} == {"0o700"}
    assert {oct(stat.S_IMODE(mode)) for mode in modes if stat.S_ISREG(mode)} == {"0o600"}
    assert stack.log_text().count("was open to other users") == 1


def test_every_process_makes_private_files(stack: RunningStack) -> None:
    masks = {}
    for pid in tree(stack.process.pid):
        status = Path(f"/proc/{pid}/status").read_text()
        masks[f"{pid} {command_line(pid)}"] = next(line for line in status.splitlines() if line.startswith("Umask")).split()[1]
    assert len(masks) >= 5
    assert set(masks.values()) == {"0077"}, masks


def test_children_that_need_no_secret_hold_none(stack: RunningStack) -> None:
    for part in NEED_NO_SECRET:
        (pid,) = find(stack.process.pid, part)
        seen = Path(f"/proc/{pid}/environ").read_text() + command_line(pid)
        assert [name for name, value in CANARIES.items() if value in seen or f"{name}=" in seen] == []
        assert "TRADEWIND_" not in Path(f"/proc/{pid}/environ").read_text()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("command", [["up"], ["serve"], ["migrate"], ["keys", "list"], ["flows", "list"]])
def test_a_directory_of_another_user_is_refused_in_one_sentence(tmp_path: Path, command: list[str]) -> None:
    os.chown(tmp_path, 1234, 1234)
    done = subprocess.run(
        [sys.executable, "-m", "tradewind_server", *command, "--data-dir", str(tmp_path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "belongs to another user (id 1234)" in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == []


def summed(stack: RunningStack, name: str) -> float | None:
    """The sum of a metric over its labels; None while the worker that serves the page is away."""
    try:
        lines = requests.get(stack.metrics, timeout=60).text.splitlines()
    except requests.ConnectionError:
        return None
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


def running_calls(stack: RunningStack) -> float | None:
    return summed(stack, "tradewind_rpc_running")


def test_what_a_killed_worker_had_running_leaves_the_metrics_and_what_it_finished_stays(
    stack: RunningStack, endpoint: FakeEndpoint
) -> None:
    before = running_calls(stack) or 0
    flow = stack.create_flow(drawing("conversation", {"nodes": {"chatOpenAI_0": {"modelName": "slow-2"}}}))
    calls = [
        subprocess.Popen([
            "curl", "-sN", f"{stack.rest}/api/v1/prediction/{flow}",
            "-H", "Content-Type: application/json", "-d", json.dumps({"question": "hi", "streaming": True}),
        ], stdout=subprocess.DEVNULL)
        for _ in range(6)
    ]  # fmt: skip
    try:
        until(lambda: (running_calls(stack) or 0) >= before + 6, 30, "the calls do not run")
        finished = summed(stack, COUNTER) or 0
        pids = find(stack.process.pid, "tradewind_server.worker")
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(set(find(stack.process.pid, "tradewind_server.worker")) - set(pids)) == 2, 60, "no new workers")
        stack.wait_ready(60)
        until(
            lambda: running_calls(stack) in range(int(before) + 2), 30, "calls of killed workers are still counted as running"
        )
        assert (summed(stack, COUNTER) or 0) >= finished > 0
    finally:
        for call in calls:
            call.kill()
            call.wait()


def test_a_worker_that_is_stopped_is_replaced(stack: RunningStack) -> None:
    pids = find(stack.process.pid, "tradewind_server.worker")
    os.kill(pids[1], signal.SIGSTOP)
    until(lambda: pids[1] not in tree(stack.process.pid), 60, "the silent worker is still there")
    until(lambda: len(find(stack.process.pid, "tradewind_server.worker")) == 2, 60, "no worker took its place")
    stack.wait_ready(60)
    assert pids[0] in find(stack.process.pid, "tradewind_server.worker")
    assert stack.log_text().count("did not answer for 5 s") == 1
