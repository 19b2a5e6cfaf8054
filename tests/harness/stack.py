"""A whole stack in a temporary data directory: `tradewind up` as a stranger runs it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from harness.processes import find, listeners

ROOT = Path(__file__).parent.parent.parent
STOP_SECONDS = 45


@dataclass
class RunningStack:
    """A started stack. ``rest`` is the base URL, ``grpc_gate`` and ``grpc`` are targets with and without Envoy."""

    process: subprocess.Popen[bytes]
    data_dir: Path
    rest: str
    grpc: str
    metrics: str
    admin_key: str
    log: Path

    @property
    def grpc_gate(self) -> str:
        return self.rest.rpartition("/")[2]

    @property
    def admin(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.admin_key}"}

    def create_flow(self, flow_data: str | Mapping[str, Any], **fields: Any) -> str:
        """Store a chatflow and return its id."""
        text = flow_data if isinstance(flow_data, str) else json.dumps(flow_data)
        body = {"name": "Test", "type": "CHATFLOW", "flowData": text, **fields}
        answer = requests.post(f"{self.rest}/api/v1/chatflows", json=body, headers=self.admin, timeout=30)
        answer.raise_for_status()
        return str(answer.json()["id"])

    def create_key(self, name: str, *permissions: str) -> dict[str, str]:
        """A new API key: ``id`` and ``key``."""
        options = [part for permission in permissions for part in ("--permission", permission)]
        command = [sys.executable, "-m", "tradewind_server", "keys", "create", name, *options, "--json"]
        done = subprocess.run([*command, "--data-dir", str(self.data_dir)], capture_output=True, text=True, check=True)
        found: dict[str, str] = json.loads(done.stdout)
        return found

    def log_text(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_ready(self, seconds: float = 60) -> None:
        """Until the stack answers again after something was killed."""
        end = time.monotonic() + seconds
        while True:
            try:
                if requests.get(f"{self.rest}/readyz", timeout=5).status_code == 200:
                    return
            except requests.RequestException:
                pass
            if time.monotonic() > end:
                raise AssertionError(f"not ready within {seconds} s:\n{self.log_text()[-3000:]}")
            time.sleep(0.05)

    def workers(self, count: int, seconds: float = 240) -> list[int]:
        """The pids of its workers, once so many of them serve."""
        end = time.monotonic() + seconds
        while True:
            found = listeners(find(self.process.pid, "tradewind_server.worker"), "/worker-")
            if len(found) == count:
                return found
            assert time.monotonic() < end, f"{len(found)} workers serve:\n{self.log_text()[-3000:]}"
            time.sleep(0.1)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)


def start_stack(data_dir: Path, *options: str, command: str = "up", env: Mapping[str, str] | None = None) -> RunningStack:
    """Start on free ports and wait until it says that it serves. Settings of the caller's environment do not count."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND_", "OPENAI_", "QDRANT_"))}
    data_dir.mkdir(parents=True, exist_ok=True)
    log = data_dir / "server.log"
    ports = ["--grpc-port", "0", "--metrics-port", "0", *(["--rest-port", "0"] if command == "up" else [])]
    argv = [sys.executable, "-m", "tradewind_server", command, "--json", "--data-dir", str(data_dir), *ports, *options]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=sink, env={**clean, **(env or {})}, cwd=data_dir, start_new_session=True
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.wait(5)
        raise AssertionError(f"the stack did not start:\n{log.read_text(errors='replace')[-4000:]}")
    known = json.loads(line)
    key = Path(known["adminKeyFile"])
    return RunningStack(
        process=process,
        data_dir=data_dir,
        rest=known["rest"],
        grpc=known["grpc"],
        metrics=known["metrics"],
        admin_key=key.read_text().strip() if key.exists() else "",
        log=log,
    )


@dataclass
class FakeEndpoint:
    """The fake model endpoint in a process of its own. Started with ``--remember N`` it tells what it was asked."""

    process: subprocess.Popen[bytes]
    base_url: str

    def seen(self) -> dict[str, Any]:
        """``requests`` (path, headers, body) since :meth:`forget`, and ``aborted``: answers a caller left."""
        answer: dict[str, Any] = requests.get(self._control, timeout=60).json()
        return answer

    def forget(self) -> None:
        requests.delete(self._control, timeout=60)

    @property
    def _control(self) -> str:
        return self.base_url.removesuffix("/v1") + "/_seen"

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


def start_fake_endpoint(*options: str) -> FakeEndpoint:
    script = ROOT / "tests" / "fakes" / "openai_endpoint.py"
    process = subprocess.Popen([sys.executable, str(script), "--port", "0", *options], stdout=subprocess.PIPE)
    assert process.stdout is not None
    return FakeEndpoint(process, process.stdout.readline().decode().strip())


@contextmanager
def running_fake_endpoint(*options: str) -> Iterator[FakeEndpoint]:
    endpoint = start_fake_endpoint(*options)
    try:
        yield endpoint
    finally:
        endpoint.stop()


@contextmanager
def running_stack(data_dir: Path, *options: str, **arguments: Any) -> Iterator[RunningStack]:
    """A stack that must end well: with exit code 0, and without a fault of its own in the log."""
    stack = start_stack(data_dir, *options, **arguments)
    try:
        yield stack
    finally:
        code = stack.stop()
    log = stack.log_text()
    assert code == 0, log[-3000:]
    assert "Traceback" not in log, log[max(0, log.find("Traceback") - 500) :][:5000]


@contextmanager
def closed_port() -> Iterator[int]:
    """A port where nothing listens, and that nobody else gets meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


def flow_text(name: str) -> str:
    """One of the example chatflows."""
    return (ROOT / "examples" / "flows" / f"{name}.json").read_text()
