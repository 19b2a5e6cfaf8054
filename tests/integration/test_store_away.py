"""A vector store that goes away in the middle of an upsert, for longer than anybody waits: what was written goes by itself."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
import requests
from tradewind.v1.vector_upsert_pb2_grpc import VectorUpsertServiceStub

from harness.stack import RunningStack, running_fake_endpoint, running_stack

from .test_killed_upsert import PATIENCE, flow, found, long_text, parts, unfinished


class Gate:
    """A TCP port before a unix socket, that can be shut."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.port = 0

    def open(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                listener.bind(("127.0.0.1", self.port))
                break
            except OSError:  # Somebody else was given the port meanwhile, for a call that will be over.
                assert time.monotonic() < end
                time.sleep(0.1)
        listener.listen()
        self.port, self._listener = listener.getsockname()[1], listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def shut(self) -> None:
        """End every connection and take no new one."""
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._copy, args=(one, other), daemon=True).start()

    @staticmethod
    def _copy(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                sink.sendall(data)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """Before an engine of our own."""
    bound = Path(tempfile.mkdtemp(prefix="tw-q-", dir="/tmp")) / "q"  # Short: a socket has 107 bytes.
    command = [
        sys.executable,
        "-m",
        "tradewind_server.vectors.engine",
        "--socket",
        str(bound),
        "--dir",
        str(tmp_path_factory.mktemp("engine")),
    ]
    engine = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert engine.stdout is not None
        address = json.loads(engine.stdout.readline())["address"]
        one = Gate(address.removeprefix("unix:"))
        one.open()
        yield one
        one.shut()
    finally:
        engine.terminate()
        engine.wait(60)
        shutil.rmtree(bound.parent)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory, gate: Gate) -> Iterator[RunningStack]:
    with running_fake_endpoint() as endpoint:
        env = {"OPENAI_BASE_URL": endpoint.base_url, "QDRANT_URL": f"http://127.0.0.1:{gate.port}"}
        with running_stack(tmp_path_factory.mktemp("away") / "data", env=env) as running:
            yield running


@pytest.mark.parametrize("cleanup", [None, "incremental"])
def test_half_an_upsert_goes_once_the_store_is_back(stack: RunningStack, gate: Gate, cleanup: str | None) -> None:
    flow_id = stack.create_flow(json.dumps(flow(cleanup)))
    with grpc.insecure_channel(stack.grpc_gate) as channel:
        upload = VectorUpsertServiceStub(channel).StreamUploadUpsert
        *_, last = upload(parts(flow_id, b"The bakery opens at seven."))
        assert last.result.num_added == 1
        before = found(stack, flow_id)
        with pytest.raises(grpc.RpcError) as caught:
            for message in upload(parts(flow_id, long_text())):
                if message.progress.written:
                    gate.shut()
        assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
    assert unfinished(stack) == 1
    gate.open()
    end = time.monotonic() + PATIENCE
    while unfinished(stack) or found(stack, flow_id) != before:
        assert time.monotonic() < end
        time.sleep(0.2)
    answer = requests.post(
        f"{stack.rest}/api/v1/vector/upsert/{flow_id}", files={"files": ("menu.txt", b"It is closed.")}, timeout=60
    ).json()
    assert answer["numAdded"] == 1
