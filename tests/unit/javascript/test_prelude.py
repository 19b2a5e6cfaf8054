"""What programs find around them, compared with Node where there is one: the same expressions, the same values."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .conftest import Runs

CASES = (Path(__file__).parent / "alike.js").read_text()
ALIKE = {name: code for name, _, code in (part.partition("\n") for part in CASES.split("\n//// ")[1:])}
NODE = """
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const AsyncFunction = (async () => {}).constructor;
(async () => {
  const results = {};
  for (const name of Object.keys(cases)) results[name] = await new AsyncFunction('require', cases[name])(require);
  console.log(JSON.stringify(results));
})();
"""


@pytest.fixture(scope="module")
def node_values() -> dict[str, Any]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node to compare with")
    done = subprocess.run([node, "-e", NODE], input=json.dumps(ALIKE), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    values: dict[str, Any] = json.loads(done.stdout)
    return values


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", ALIKE)
async def test_as_in_node(name: str, runs: Runs, node_values: dict[str, Any]) -> None:
    assert await runs.outcome(ALIKE[name]) == node_values[name]


@pytest.mark.asyncio(loop_scope="module")
async def test_fetch_asks_the_outbound_port(runs: Runs) -> None:
    runs.web.requests.clear()
    code = """
        const headers = { 'X-Key': 'k' };
        const r = await fetch('http://example.test/a', { method: 'post', headers, body: JSON.stringify({ a: 1 }) });
        const gone = await require('node-fetch')('http://example.test/missing');
        return [r.status, r.ok, r.statusText, r.headers.get('x-one'), await r.json(),
            gone.ok, gone.status, gone.statusText, gone.headers.get('x-reason')]"""
    assert await runs.value(code) == [200, True, "OK", "1", {"n": 41}, False, 404, "Not Found", "gone"]
    first = runs.web.requests[0]
    assert first["method"] == "POST" and first["body"] == b'{"a":1}' and first["headers"]["x-key"] == "k"


@pytest.mark.asyncio(loop_scope="module")
async def test_bytes_come_and_go_as_they_are(runs: Runs) -> None:
    runs.web.requests.clear()
    code = """
        const b = new Uint8Array(await (await fetch('http://example.test/bytes')).arrayBuffer());
        await fetch('http://example.test/', { method: 'POST', body: b }); return b.length + ':' + b[255]"""
    assert await runs.value(code) == "256:255"
    assert runs.web.requests[1]["body"] == bytes(range(256))


@pytest.mark.asyncio(loop_scope="module")
async def test_axios(runs: Runs) -> None:
    runs.web.requests.clear()
    code = """
        const axios = require('axios');
        const params = { q: 'x y', list: [1, 2] };
        const got = await axios.get('http://example.test/a?b=c', { params, headers: { A: 'b' } });
        const auth = { username: 'u', password: 'p' };
        const sent = await axios({ method: 'put', url: '/things', baseURL: 'http://example.test/v1/', data: { n: 1 }, auth });
        const api = axios.create({ baseURL: 'http://example.test', headers: { 'X-Api': '1' } });
        await api.post('/form', new URLSearchParams({ a: 'b' }));
        const failure = await axios.get('http://example.test/missing').catch((e) =>
            [axios.isAxiosError(e), e.response.status, e.response.data.why, e.message, e.code]);
        const calm = await axios.get('http://example.test/missing', { validateStatus: () => true });
        return [got.data.n, got.status, got.headers['x-one'], sent.data, failure, calm.status]"""
    assert await runs.value(code) == [
        41,
        200,
        "1",
        {"n": 41},
        [True, 404, "gone", "Request failed with status code 404", "ERR_BAD_REQUEST"],
        404,
    ]
    got, sent, form = runs.web.requests[:3]
    assert got["url"] == "http://example.test/a?b=c&q=x+y&list%5B%5D=1&list%5B%5D=2" and got["headers"]["a"] == "b"
    assert sent["url"] == "http://example.test/v1/things" and sent["headers"]["authorization"] == "Basic dTpw"
    assert sent["headers"]["content-type"] == "application/json" and sent["body"] == b'{"n":1}'
    assert form["body"] == b"a=b" and form["headers"]["x-api"] == "1"
    assert form["headers"]["content-type"].startswith("application/x-www-form-urlencoded")


@pytest.mark.asyncio(loop_scope="module")
async def test_values_come_back_as_json(runs: Runs) -> None:
    for code, value in {
        "return 'text'": "text",
        "return 5": 5,
        "return { a: [1, null, undefined], f() {} }": {"a": [1, None, None]},
        "return null": None,
        "": None,
        "return 12345678901234567890n": "12345678901234567890",
        "return '\\ud800'": "\ufffd",
        "return $input + $vars.who + $flow.state.n // a comment at the end": "hi Ada1",
    }.items():
        values = {"$input": "hi ", "$vars": {"who": "Ada"}, "$flow": {"state": {"n": 1}}}
        assert await runs.value(code, values) == value


@pytest.mark.asyncio(loop_scope="module")
async def test_what_it_throws_is_told(runs: Runs) -> None:
    sentence = "!JAVASCRIPT_FAILED: The function failed: "
    assert await runs.outcome("throw new RangeError('too far')") == f"{sentence}too far (RangeError)."
    assert await runs.outcome("throw 'a text'") == f"{sentence}a text (Error)."
    assert (await runs.outcome("return (")).endswith("(SyntaxError).")
