"""The queue in which spans wait: bounded, in batches, patient with a collector that comes back."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from tradewind_server.observability import span_queue
from tradewind_server.observability.span_queue import ExportFaults, NotSent, SpanQueue

PATIENCE = 60.0


class Sender:
    """Keeps what it is given; fails as often as it is told to. ``gate`` holds it up while it is closed."""

    def __init__(self, *faults: NotSent) -> None:
        self.faults = list(faults)
        self.batches: list[list[int]] = []
        self.attempts = 0
        self.gate = threading.Event()
        self.gate.set()
        self.heard = threading.Condition()

    def __call__(self, spans: Sequence[int]) -> None:
        with self.heard:
            self.attempts += 1
            self.heard.notify_all()
        assert self.gate.wait(PATIENCE)
        if self.faults:
            raise self.faults.pop(0)
        with self.heard:
            self.batches.append(list(spans))
            self.heard.notify_all()

    def wait(self, count: int) -> None:
        with self.heard:
            assert self.heard.wait_for(lambda: sum(map(len, self.batches)) >= count, PATIENCE)

    def wait_attempts(self, count: int) -> None:
        with self.heard:
            assert self.heard.wait_for(lambda: self.attempts >= count, PATIENCE)


def queue_of(send: Sender, *, length: int = 100, batch: int = 10, seconds: float = PATIENCE) -> SpanQueue[int]:
    return SpanQueue(send, ExportFaults("here"), length=length, batch=batch, seconds=seconds)


def test_a_full_batch_leaves_at_once_and_the_rest_at_the_end() -> None:
    send = Sender()
    queue = queue_of(send)
    for number in range(25):
        queue.put(number)
    send.wait(10)
    queue.close(PATIENCE)
    assert [number for batch in send.batches for number in batch] == list(range(25))
    assert max(map(len, send.batches)) <= 10


def test_what_does_not_fit_is_dropped_and_nobody_waits() -> None:
    send = Sender()
    send.gate.clear()
    queue = queue_of(send, length=10, batch=5)
    for number in range(5):
        queue.put(number)
    send.wait_attempts(1)
    for number in range(100, 200):
        queue.put(number)
    waiting = len(queue)
    assert waiting == 10
    send.gate.set()
    queue.close(PATIENCE)
    found = sorted(number for batch in send.batches for number in batch)
    assert found[:5] == list(range(5)) and len(found) == 5 + waiting


def test_a_fault_that_passes_is_tried_again_and_another_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span_queue, "PAUSES", (0.0, 0.0, 0.0))
    send = Sender(NotSent("UNAVAILABLE", is_passing=True), NotSent("UNAVAILABLE", is_passing=True))
    queue = queue_of(send, batch=1)
    queue.put(1)
    send.wait(1)
    queue.close(PATIENCE)
    assert send.batches == [[1]] and send.attempts == 3
    send = Sender(NotSent("UNAUTHENTICATED", is_passing=False))
    queue = queue_of(send, batch=1)
    queue.put(1)
    queue.put(2)
    send.wait(1)
    queue.close(PATIENCE)
    assert send.batches == [[2]] and send.attempts == 2


def test_the_end_waits_for_no_collector() -> None:
    """A batch that is to be tried again later is given up when the server ends."""
    send = Sender(*(NotSent("UNAVAILABLE", is_passing=True) for _ in range(10)))
    queue = queue_of(send, batch=1)
    queue.put(1)
    send.wait_attempts(1)
    queue.close(PATIENCE)
    assert not queue._thread.is_alive() and send.batches == []
