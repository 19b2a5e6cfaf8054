"""Long installs and builds, done at low priority beside the other tests and awaited by tests that run last.

A test says with ``@pytest.mark.beside(work=…)`` what it waits for, and gets the outcome from the fixture ``beside``. ``work``
is called with a folder of the session's own and the test's parameters, in a thread: one piece of work at a time, so that
works may share what they leave in the folder.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

MARK = "beside"
Work = Callable[..., Any]


def low_priority(*command: str) -> Sequence[str]:
    """The command as one that gives way to the tests that run meanwhile."""
    nice = shutil.which("nice")
    return (nice, "-n", "5", *command) if nice else command


class Beside:
    """The work of one session by the ids of the tests that wait for it."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="beside-"))
        self._thread = ThreadPoolExecutor(1, "beside")
        self._begun: dict[str, Future[Any]] = {}

    def begin(self, item: pytest.Item) -> None:
        """Start what a chosen test waits for, if it says so."""
        marker = item.get_closest_marker(MARK)
        if marker is None:
            return
        work: Work = marker.kwargs["work"]
        parameters = dict(item.callspec.params) if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        self._begun[item.nodeid] = self._thread.submit(work, self._folder, **parameters)

    def result(self, item: pytest.Item) -> Any:
        """The outcome of the test's work, once it is there. Raises what the work raised, ``pytest.skip`` included."""
        return self._begun[item.nodeid].result()

    def close(self) -> None:
        """Work that has not begun is dropped; what runs is waited for."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        shutil.rmtree(self._folder, ignore_errors=True)
