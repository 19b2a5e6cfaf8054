"""The private names that the engine stands on: a new version of either package is looked at before it is taken."""

from __future__ import annotations

import inspect
import re
from importlib.metadata import requires, version

import pytest

pytest.importorskip("quickjs_rs", reason="the extra javascript is not installed")


def test_versions_are_pinned_and_installed() -> None:
    ours = [re.match(r"([\w-]+) ?==([\w.]+) ?;.*javascript", one) for one in requires("tradewind") or []]
    pins = {one.group(1): one.group(2) for one in ours if one is not None}
    assert set(pins) == {"quickjs-rs", "wasmtime"}
    assert {name: version(name) for name in pins} == pins


def test_the_names_are_there() -> None:
    import quickjs_rs._engine as quickjs
    import quickjs_rs._wasmtime as shared
    import wasmtime

    assert shared._SHARED_ENGINE is None, "nobody in this process compiles the interpreter"
    assert isinstance(shared._SHARED_ARTIFACTS, dict)
    assert list(inspect.signature(shared.SharedWasmArtifact).parameters) == ["module", "linker", "build_id"]
    assert callable(quickjs._read_guest_wasm) and callable(quickjs._build_shared_linker)
    assert 'shared_wasm_artifact(\n        "quickjs"' in inspect.getsource(quickjs._quickjs_artifact)
    assert "wasmtime.Store(shared_wasmtime_engine())" in inspect.getsource(quickjs._Instance.__init__)
    for method in ("create_snapshot", "restore_snapshot", "eval_handle", "run_pending_jobs"):
        assert callable(getattr(quickjs.QjsContext, method))
    assert list(inspect.signature(quickjs.QjsHandle._adopt).parameters) == ["inst", "handle", "context"]
    assert wasmtime.TrapCode.INTERRUPT
    assert {"epoch_interruption"} <= set(dir(wasmtime.Config))
    assert {"set_epoch_deadline", "set_limits"} <= set(dir(wasmtime.Store))
