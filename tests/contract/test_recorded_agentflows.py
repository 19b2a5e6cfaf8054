"""What was recorded of agent flows, document stores and assistants on the older server, asked of this one: equal in meaning,
or a row of docs/migrate-from-flowise.md that says what differs and why.

``recorded_agentflows.yaml`` and ``recorded_stores.yaml`` have the flows (drawings in ``flows/recorded/``), if there is one,
with what was asked of each, in order, as the steps of a contract case. A step with a ``number`` is a recorded exchange; the
others prepare something. ``before`` comes before the flow is stored. ``${words}`` is what every answer of the recorded model
ends with.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from fakes.recorded_model import WORDS
from harness.runner import Step, World, create_flow

HERE = Path(__file__).parent
FLOWS: list[dict[str, Any]] = [
    flow for name in ("recorded_agentflows.yaml", "recorded_stores.yaml") for flow in yaml.safe_load((HERE / name).read_text())
]
PAGE = (HERE.parent.parent / "docs" / "migrate-from-flowise.md").read_text()
ROWS = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| ")]
STEPS = [step for flow in FLOWS for step in flow["exchanges"] if "number" in step]
NUMBERS = [*range(1, 121), *range(134, 172)]
"""Between them stand sequential agents, which do not run here yet."""
HOST = "127.0.0.77"
"""A loopback address that the stack of the tests may call."""


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked."""

    def do_POST(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        answer = {
            "method": self.command,
            "path": url.path,
            "query": {name: values[0] for name, values in parse_qs(url.query).items()},
            "x_test": self.headers.get("x-test"),
            "authorization": self.headers.get("authorization"),
            "content_type": self.headers.get("content-type"),
            "body": body,
        }
        data = json.dumps(answer, separators=(",", ":")).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def name_of(flow: dict[str, Any]) -> str:
    name = flow.get("flow") or flow["name"]
    return str(name["name"] if isinstance(name, dict) else name)


@pytest.fixture(scope="module")
def echo() -> Iterator[str]:
    server = ThreadingHTTPServer((HOST, 0), Echo)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_every_recorded_exchange_of_agent_flows_has_its_entry() -> None:
    assert sorted(step["number"] for step in STEPS) == NUMBERS
    assert all(step["recorded"] for step in STEPS)


def test_every_difference_of_agent_flows_has_its_row() -> None:
    missing = [step["differs"] for step in STEPS if "differs" in step and step["differs"] not in ROWS]
    assert missing == [], "docs/migrate-from-flowise.md must say what differs, in these words."


@pytest.mark.parametrize("flow", FLOWS, ids=name_of)
def test_an_agent_flow_means_the_same_or_differs_as_the_page_says(world: World, echo: str, flow: dict[str, Any]) -> None:
    saved = world.known()
    saved |= {"words": WORDS, "echo": echo}
    for step in flow.get("before", ()):
        assert Step(step).run(world, world.doors["rest"], saved) == []
    for name, drawing in (*flow.get("others", {}).items(), *([("flow", flow["flow"])] if "flow" in flow else [])):
        edits = drawing if isinstance(drawing, dict) else {"name": drawing}
        fields = {"type": "AGENTFLOW", **edits.get("fields", {})}
        saved[name] = create_flow(world, {**edits, "name": f"recorded/{edits['name']}", "fields": fields}, saved)
    wrong: list[str] = []
    for step in flow["exchanges"]:
        words = {key: value for key, value in step.items() if key not in ("number", "recorded", "differs")}
        found = Step(words).run(world, world.doors["rest"], saved)
        if found:
            wrong.append(f"{step.get('number')} {step.get('recorded')}:\n  " + "\n  ".join(found))
    assert not wrong, "\n".join(wrong)
