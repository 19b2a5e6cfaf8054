"""The tools of Flowise's marketplace, as they are published: each runs here, its web calls answered by a fake.

The package is fetched into a temporary folder and nothing of it stays; where it cannot be had, the tests are skipped.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from tradewind_server.flows.javascript_port import Script
from tradewind_server.javascript.pool import Sandboxes, ScriptLimits
from tradewind_server.outbound.ports import OutboundReply

VERSION = "3.1.4"
COUNT = 13
PLACEHOLDER = re.compile(r"'YOUR-WEBHOOK-URL'")
"""What people replace by the address of their own web hook."""
ANSWERS = {
    "exports/upload": {"status": "ok", "id": "e-1"},
    "exports/get": {"status": "ok", "exportedFile": {"downloadUrl": "https://files.example/e-1.pdf"}},
}
PURPOSES = {"Get Current DateTime": "Australia/Sydney", "Print or Export Text Document": "https://files.example/e-1.pdf"}
"""What the answer of a tool holds, where it is not the fake's own."""


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm to fetch the package with")
    folder = tmp_path_factory.mktemp("marketplace")
    command = [npm, "pack", f"flowise@{VERSION}", "--silent", "--cache", str(folder / "cache")]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=90, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("the registry does not answer")
    if done.returncode != 0:
        pytest.skip(f"flowise@{VERSION} cannot be fetched")
    found = {}
    with tarfile.open(folder / f"flowise-{VERSION}.tgz") as archive:
        for member in archive.getmembers():
            path = Path(member.name)
            file = archive.extractfile(member) if path.parts[1:3] == ("marketplaces", "tools") else None
            if file is not None:
                found[path.stem] = json.loads(file.read())
    return found


class Services:
    """Stands for all web services that the tools call."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str]] = []

    async def request(self, method: str, url: str, **values: Any) -> OutboundReply:
        self.requests.append((method, url))
        answer = next((one for part, one in ANSWERS.items() if part in url), {"answer": "from the fake"})
        return OutboundReply(200, url, "application/json", json.dumps(answer).encode())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandboxes() -> AsyncIterator[tuple[Sandboxes, Services]]:
    async def no_time(seconds: float) -> None:
        """The tool that exports documents waits for minutes."""
        await asyncio.sleep(0)

    services = Services()
    pool = Sandboxes(1, ScriptLimits(), services, sleep=no_time)
    yield pool, services
    await pool.aclose()


@pytest.mark.asyncio(loop_scope="module")
async def test_all_tools_run(tools: dict[str, dict[str, Any]], sandboxes: tuple[Sandboxes, Services]) -> None:
    pool, services = sandboxes
    assert len(tools) == COUNT
    for name, tool in tools.items():
        services.requests.clear()
        properties = [(one["property"], one.get("required")) for one in json.loads(tool["schema"] or "[]")]
        values = {f"${key}": f"a {key}" for key, is_required in properties if is_required}
        absent = [f"${key}" for key, is_required in properties if not is_required]
        code = PLACEHOLDER.sub("'https://hooks.example/1'", tool["func"])
        result = await pool.run(Script(f"The tool {name}", code, values, absent))
        assert PURPOSES.get(name, "from the fake") in str(result), f"{name}: {result}"
        assert bool(services.requests) is (name != "Get Current DateTime"), name
        assert all(url.startswith("https://") for _, url in services.requests), name
