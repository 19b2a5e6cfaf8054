"""QuickJS-ng in WebAssembly, driven step by step: the one file that knows private names of ``quickjs_rs`` and ``wasmtime``.

The package's own time-out asks between bytecodes, which built-in functions never reach: a ``join`` of a long array runs on for
half a minute. wasmtime's epochs stop those too, so the engine is made with them and put where the package looks for it. Names
with an underscore are why the extra pins exact versions; ``tests/unit/javascript/test_engine.py`` tells when one has gone.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections.abc import Callable
from typing import Any

import quickjs_rs._engine as quickjs
import quickjs_rs._wasmtime as shared
import wasmtime
from quickjs_rs import Runtime
from quickjs_rs.errors import QuickJSError

TICK_SECONDS = 0.02
"""Computing time between two epochs."""
STACK_BYTES = 512 * 1024
BESIDE_THE_HEAP = 16 << 20
"""Memory of an instance that is not JavaScript's: the interpreter's data and stack."""
NO_TIMEOUT = 1e9
"""Of the package; the epochs count instead."""
FAULTS = (QuickJSError, quickjs.QuickJSError, wasmtime.WasmtimeError, wasmtime.Trap, ValueError, MemoryError)
"""What a broken instance raises: out of memory at a bad moment, a stack that is too deep, text that is no text."""


class OutOfTime(Exception):
    """The instance computed longer than it may. It cannot be used any more."""


class OutOfBounds(Exception):
    """The instance ran into its bounds of memory or stack. It cannot be used any more."""


class _Store(wasmtime.Store):
    """A store that has time to begin, and no more memory than it may have."""

    memory = 0

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.set_epoch_deadline(ticks(60.0))
        self.set_limits(memory_size=type(self).memory, instances=1, memories=1, tables=4)


def ticks(seconds: float) -> int:
    return math.ceil(seconds / TICK_SECONDS) + 1


class Interpreter:
    """The compiled interpreter of this process. One for each process, as the package shares it."""

    def __init__(self, heap_bytes: int, machine_code: bytes | None = None) -> None:
        """``machine_code`` is what :meth:`machine_code` gave in another process: compiling takes 2 s of computing.

        It is trusted as code of the server is: it must come from a process that has not run any program yet.
        """
        config = wasmtime.Config()
        config.epoch_interruption = True
        self._engine = wasmtime.Engine(config)
        self._heap_bytes = heap_bytes
        source = quickjs._read_guest_wasm()
        if machine_code is None:
            self._module = wasmtime.Module(self._engine, source)
        else:
            self._module = wasmtime.Module.deserialize(self._engine, machine_code)
        shared._SHARED_ENGINE = self._engine
        shared._SHARED_ARTIFACTS["quickjs"] = shared.SharedWasmArtifact(
            self._module, quickjs._build_shared_linker(self._engine), hashlib.sha256(source).digest()
        )
        _Store.memory = heap_bytes + BESIDE_THE_HEAP
        wasmtime.Store = _Store  # type: ignore[misc]
        threading.Thread(target=self._count_time, name="epochs", daemon=True).start()

    def machine_code(self) -> bytes:
        """The interpreter's machine code, 2.4 MB."""
        return bytes(self._module.serialize())

    def _count_time(self) -> None:
        """An epoch for each tick of computing: a machine that is busy elsewhere makes no program late."""
        last = time.process_time()
        while True:
            time.sleep(TICK_SECONDS)
            now = time.process_time()
            if now - last >= TICK_SECONDS:
                last = now
                self._engine.increment_epoch()

    def guests(self, prelude: str) -> Guests:
        """What makes contexts with a prelude in them: a script whose value is an object with functions, the entry."""
        first = Guest(self._heap_bytes, _no_host)
        entry = first.context._engine_ctx.eval_handle(prelude)
        image = first.context._engine_ctx.create_snapshot()
        first.close()
        return Guests(self._heap_bytes, image, entry._handle)


def _no_host(operation: str, text: str) -> str:
    raise ValueError(operation)


class Guests:
    """Makes contexts by copying the memory of one that has the prelude in it: a fifth of the time that reading it takes."""

    def __init__(self, heap_bytes: int, image: bytes, entry: int) -> None:
        self._heap_bytes = heap_bytes
        self._image = image
        self._entry = entry

    def fresh(self, host: Callable[[str, str], str]) -> Guest:
        """A context of its own. ``host`` is what the prelude finds as ``__host(operation, text)``."""
        guest = Guest(self._heap_bytes, host)
        guest.restore(self._image, self._entry)
        return guest


class Guest:
    """One context: one program runs in it, then it is thrown away."""

    def __init__(self, heap_bytes: int, host: Callable[[str, str], str]) -> None:
        self._runtime = Runtime(memory_limit=heap_bytes, stack_limit=STACK_BYTES)
        self.context = self._runtime.new_context(timeout=NO_TIMEOUT)
        self.context.register("__host", host, is_async=False)
        self._entry: Any = None
        self._seconds = 0.0

    def restore(self, image: bytes, entry: int) -> None:
        engine = self.context._engine_ctx
        engine.restore_snapshot(image)
        # An object that nothing inside the context can reach or replace; a handle is a place in the memory that was copied.
        self._entry = quickjs.QjsHandle._adopt(engine._inst, entry, context=engine)

    def allow(self, seconds: float) -> None:
        """How much computing all calls from now on may take together."""
        self._seconds = seconds

    def call(self, method: str, *texts: str) -> None:
        """Call a function of the prelude's entry, then run what became ready, until nothing is.

        Raises :class:`OutOfTime` and :class:`OutOfBounds`.
        """
        begin = time.process_time()
        engine = self.context._engine_ctx
        engine._inst.store.set_epoch_deadline(ticks(self._seconds))
        try:
            self._entry.call_method(method, *texts).dispose()
            while engine.run_pending_jobs():
                pass
        except wasmtime.Trap as trap:
            if trap.trap_code == wasmtime.TrapCode.INTERRUPT:
                raise OutOfTime from None
            raise OutOfBounds(str(trap.trap_code)) from None
        except FAULTS as fault:  # All that a program throws is caught inside: the stack or the heap was at its end.
            raise OutOfBounds(type(fault).__name__) from None
        finally:
            self._seconds = max(0.0, self._seconds - (time.process_time() - begin))

    def close(self) -> None:
        """Free the memory. Nothing inside is called any more: what is left of a program may not run."""
        self._runtime.close()
