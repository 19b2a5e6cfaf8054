"""Programs that want out of the sandbox, or to use it up: each is held, and the loop of the server goes on meanwhile.

The first group looks for anything of the host; the second for time and memory without end.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field

import pytest

from .conftest import Runs

ABSENT = "typeof process + typeof Deno + typeof std + typeof os + typeof scriptArgs"
FIVE_TIMES_NOTHING = re.escape("undefined" * 5)
REFUSED = "!JAVASCRIPT_FAILED: The function failed: "
STOPPED = r"!JAVASCRIPT_FAILED: The function was stopped: it "
OUT_OF_TIME = STOPPED + "computes longer than it may"
OUT_OF_MEMORY = (
    rf"{STOPPED}(needs more memory|computes longer)|!JAVASCRIPT_FAILED: The function failed: .*(InternalError|RangeError)"
)
EITHER = f"{OUT_OF_TIME}|{OUT_OF_MEMORY}"
ESCAPES = {
    "Function": (f"return Function('return {ABSENT}')()", FIVE_TIMES_NOTHING),
    "constructor of a constructor": (f"return (class {{}}).constructor.constructor('return {ABSENT}')()", FIVE_TIMES_NOTHING),
    "constructor of fetch": (f"return fetch.constructor('return {ABSENT}')()", FIVE_TIMES_NOTHING),
    "constructor of require": (f"return require('axios').get.constructor('return {ABSENT}')()", FIVE_TIMES_NOTHING),
    "constructor of an error of the host": (
        f"try {{ await fetch('http://127.0.0.1/') }} catch (e) {{ return e.constructor.constructor('return {ABSENT}')() }}",
        FIVE_TIMES_NOTHING,
    ),
    "indirect eval": (f"return (0, eval)('{ABSENT}')", FIVE_TIMES_NOTHING),
    "require files": ("return require('fs')", REFUSED + "Cannot find module 'fs'"),
    "require programs": ("return require('node:child_process')", REFUSED + "Cannot find module 'node:child_process'"),
    "require by a prototype's name": ("return require('__proto__') || require('constructor')", REFUSED + "Cannot find module"),
    "import of Node": ("return await import('fs')", REFUSED),
    "import of the engine": ("return await import('std')", REFUSED),
    "import of its system": ("return await import('qjs:os')", REFUSED),
    "import of a file": ("return await import('/etc/passwd')", REFUSED),
    "WebAssembly": ("return typeof WebAssembly + typeof Atomics", "undefinedundefined"),
    "host function": ("return typeof __host + typeof host + typeof globalThis.__host", "undefinedundefinedundefined"),
    "entry": (
        "return Reflect.ownKeys(globalThis).filter((k) => /start|settle|wish|entry|host/i.test(String(k))).length",
        "0",
    ),
    "caller": ("return (function f() { return f.caller })() === null", "True|False"),
    "stack frames": (
        "Error.prepareStackTrace = (e, s) => s; try { null.x } catch (e) { return String(e.stack) }",
        r"(?s)^(?!.*(tradewind|python|site-packages|/usr|/home|/work)).*$",
    ),
    "file address": ("return (await fetch('file:///etc/passwd')).text()", REFUSED + "The address must begin with http"),
    "metadata address": (
        "return (await fetch('http://169.254.169.254/latest/')).text()",
        REFUSED + "169.254.169.254 is not in",
    ),
    "loopback": ("return (await fetch('http://[::1]:3000/api/v1/apikey')).text()", REFUSED + "::1 is not in"),
    "loopback in disguise": ("return (await fetch('http://2130706433/')).text()", REFUSED),
    "an address that changes": (
        "let n = 0; await fetch({ toString() { return n++ ? 'http://example.test/' : 'http://169.254.169.254/' } })",
        REFUSED + "169.254.169.254 is not in",
    ),
    "poisoned prototype": (
        "Object.prototype.url = 'http://169.254.169.254/'; return (await fetch('http://example.test/')).url",
        r"http://example\.test/",
    ),
    "header that breaks out": (
        "return (await fetch('http://127.0.0.1/', { headers: { 'x-a': 'b\\r\\nhost: c' } })).status",
        REFUSED,
    ),
    "poisoned JSON": (
        "JSON.stringify = () => '{\"done\":1}'; JSON.parse = () => 1; Array.prototype.toJSON = () => 2; return 'as is'",
        "as is",
    ),
    "poisoned objects": ("Object.prototype.toJSON = () => 'forged'; return { real: 1 }", "forged"),
    "poisoned wishes": (
        "Object.prototype.toJSON = () => 'forged'; return (await fetch('http://example.test/')).status",
        REFUSED,
    ),
    "poisoned promises": (
        "Promise.prototype.then = () => { throw 1 }; return (await fetch('http://example.test/')).status",
        "200|!JAVASCRIPT_FAILED",
    ),
    "state of another call": ("return [typeof leak, [].evil, Math.marked]", r"\['undefined', None, None\]"),
    "signature of another module": ("return require('crypto').createHash('sha256; import os').digest('hex')", REFUSED),
    "zone of a file": (
        "return new Date().toLocaleString('en', { timeZone: '../../etc/passwd' })",
        REFUSED + "Invalid time zone",
    ),
}
EXHAUSTION = {
    "loop": ("while (true) {}", OUT_OF_TIME),
    "loop of awaits": ("while (true) await 0", OUT_OF_TIME),
    "microtasks": ("await new Promise(() => { (function f() { Promise.resolve().then(f) })() })", OUT_OF_TIME),
    "never settles": ("await new Promise(() => {})", STOPPED + "waits for something that never comes"),
    "regular expression": ("return /^(a+)+$/.test('a'.repeat(40) + 'b')", OUT_OF_TIME),
    "sort": ("return [...Array(2e6).keys()].sort(() => Math.random() - .5).length", OUT_OF_MEMORY),
    "join": ("return new Array(1e8).join('abc').length", OUT_OF_TIME),
    "big number": ("return String(7n ** 30000000n).length", EITHER),
    "JSON": ("return JSON.stringify(Array(1e6).fill({ a: [1, 2, 3] })).length", EITHER),
    "arrays": ("let a = []; while (1) a.push(new Array(1e5).fill(1))", OUT_OF_MEMORY),
    "texts": ("let s = 'x'; while (1) s += s", OUT_OF_MEMORY),
    "buffers": ("let a = []; while (1) a.push(new ArrayBuffer(2 ** 26))", OUT_OF_MEMORY),
    "memory, caught": ("let a = []; while (1) { try { while (1) a.push(new Array(1e4).fill(1)) } catch {} }", EITHER),
    "recursion": ("return (function f() { return f() + 1 })()", OUT_OF_MEMORY),
    "recursion, caught": ("function f() { try { f() } catch { f() } } f()", EITHER),
    "deep JSON": ("return JSON.parse('['.repeat(2e5) + ']'.repeat(2e5)).length", OUT_OF_MEMORY),
    "deep result": ("let o = {}, p = o; for (let i = 0; i < 1e5; i++) { p.a = {}; p = p.a } return o", OUT_OF_MEMORY),
    "long result": ("return 'x'.repeat(9e6)", STOPPED + "s result is longer|.*its result is longer|" + OUT_OF_MEMORY),
    "getter in a result": ("return { get x() { while (true) {} } }", OUT_OF_TIME),
    "proxy as a result": ("return new Proxy({}, { ownKeys() { while (true) {} }, get() { while (true) {} } })", OUT_OF_TIME),
    "toJSON": ("return { toJSON() { while (true) {} } }", OUT_OF_TIME),
    "thenable": ("return { then() { while (true) {} } }", OUT_OF_TIME),
    "message of an error": ("throw { get message() { while (true) {} } }", OUT_OF_TIME),
    "catching the stop": ("try { while (true) {} } catch { while (true) {} } finally { while (true) {} }", OUT_OF_TIME),
    "log": ("for (let i = 0; i < 1e4; i++) console.log('x'.repeat(100)); return 'quiet'", "quiet|" + OUT_OF_TIME),
    "requests": (
        "const all = await Promise.allSettled(Array.from({ length: 80 }, () => fetch('http://example.test/')));"
        "return all.filter((one) => one.status === 'fulfilled').length",
        "50",
    ),
    "requests without end": (
        "while (true) await fetch('http://example.test/').catch(() => 0)",
        STOPPED + "asks for more than 2000|" + OUT_OF_TIME,
    ),
    "requests at once": ("for (let i = 0; i < 1e6; i++) fetch('http://example.test/').catch(() => 0)", OUT_OF_TIME + "|None"),
    "timers": (
        "for (let i = 0; i < 1e5; i++) setTimeout(() => 0, 1e6); await new Promise(() => {})",
        OUT_OF_TIME + "|" + STOPPED,
    ),
    "large answer": (
        "return (await (await fetch('http://example.test/huge')).text()).length",
        REFUSED + "the answer is larger than 4 MiB",
    ),
    "digest of much": (
        "const b = Buffer.alloc(3e7); return require('crypto').createHash('md5').update(b).digest('hex')",
        EITHER,
    ),
    "random bytes": ("return require('crypto').randomBytes(1e9).length", REFUSED + "at most 65536"),
}


@dataclass
class Heart:
    """Beats as long as the loop turns. ``longest`` is the most that the loop computed between two beats, in seconds."""

    longest: float = 0.0
    last: float = field(default_factory=time.thread_time)

    def beat(self) -> None:
        now = time.thread_time()
        self.longest, self.last = max(self.longest, now - self.last), now

    async def go(self) -> None:
        while True:
            await asyncio.sleep(0.01)
            self.beat()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", [*ESCAPES, *EXHAUSTION])
async def test_held(name: str, runs: Runs) -> None:
    code, expected = {**ESCAPES, **EXHAUSTION}[name]
    heart = Heart()
    beating = asyncio.create_task(heart.go())
    try:
        outcome = str(await runs.outcome(code))
    finally:
        beating.cancel()
        heart.beat()
    assert re.search(expected, outcome), outcome[:300]
    assert heart.longest < 0.5, f"the loop stood still for {heart.longest:.1f} s"
    assert not re.search(r"Traceback|site-packages|tradewind_server", outcome)
    assert await runs.value("return 'the next call is served'") == "the next call is served"


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_of_a_call_is_left_for_the_next(runs: Runs) -> None:
    await runs.value("globalThis.leak = 1; Array.prototype.evil = 1; Math.marked = 1; console.log('secret')")
    for _ in range(4):  # Whichever process comes next.
        assert await runs.value("return [typeof leak, [].evil ?? null, Math.marked ?? null]") == ["undefined", None, None]


@pytest.mark.asyncio(loop_scope="module")
async def test_calls_draw_from_chance_of_their_own(runs: Runs) -> None:
    drawn = [await runs.value("return [Math.random(), crypto.randomUUID()]") for _ in range(3)]
    assert len({one[0] for one in drawn}) == len({one[1] for one in drawn}) == 3


def test_there_are_enough() -> None:
    assert len(ESCAPES) + len(EXHAUSTION) >= 40
