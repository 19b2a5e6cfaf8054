"""A public OpenAPI fuzzer against a live stack and the document that it serves itself. `make fuzz` runs it.

Fails on an answer from 500 on (but 503 and 504, which must give a reason), and on a status, a content type or a shape that the
document does not name. Entities are stored first by the document's own examples, so that ids exist.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import requests

sys.path.insert(0, str(Path(__file__).parent.parent))

from harness.flows import example
from harness.stack import RunningStack, running_fake_endpoint, running_stack

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
PHASES = "examples,coverage,fuzzing"
JSON = "application/json"
PARAMETER = re.compile(r"{(\w+)}")
FLOW_PARAMETERS = ("chatflow_id", "chatflowId", "chatflowid")
TIMEOUT = 30
COPIES = 20
"""Entities stored by each example: some are deleted on the way."""


class Seeds:
    """Entities stored on one stack, by the path of their collection."""

    def __init__(self, stack: RunningStack) -> None:
        self.stack = stack
        self.headers = {"Authorization": f"Bearer {stack.admin_key}"}
        self.document: dict[str, Any] = requests.get(f"{stack.rest}/openapi.json", timeout=TIMEOUT).json()
        self.flows: list[str] = []
        self.by_collection: dict[str, list[str]] = {}

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        answer = requests.post(f"{self.stack.rest}{path}", json=body, headers=self.headers, timeout=TIMEOUT)
        return answer.json() if answer.ok and JSON in answer.headers.get("content-type", "") else None

    def store(self) -> None:
        """One runnable chatflow with a conversation, and whatever the examples of the document make."""
        fields = {"name": "fuzz", "type": "CHATFLOW", "flowData": json.dumps(example("conversation"))}
        self.flows = [self.post("/api/v1/chatflows", fields)["id"] for _ in range(COPIES)]
        for question in ("one", "two"):
            self.post(f"/api/v1/prediction/{self.flows[0]}", {"question": question, "overrideConfig": {"sessionId": "fuzz"}})
        for path, body in [*self.examples()] * COPIES:
            made = self.post(path, {**body, **{name: self.flows[0] for name in FLOW_PARAMETERS if name in body}})
            rows = made if isinstance(made, list) else [made]
            ids = [row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]
            self.by_collection.setdefault(path, []).extend(ids)
        nodes = requests.get(f"{self.stack.rest}/api/v1/nodes", headers=self.headers, timeout=TIMEOUT)
        self.by_collection["/api/v1/nodes"] = [row["name"] for row in nodes.json()]
        listed = requests.get(f"{self.stack.rest}/api/v1/chatmessage/{self.flows[0]}", headers=self.headers, timeout=TIMEOUT)
        self.by_collection["/api/v1/chatmessage"] = [row["id"] for row in listed.json()]

    def examples(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Path and example body of each POST that needs no id."""
        for path, verbs in self.document["paths"].items():
            content = verbs.get("post", {}).get("requestBody", {}).get("content", {}).get(JSON, {})
            if "{" not in path and isinstance(content.get("example"), dict):
                yield path, content["example"]

    def ids(self) -> dict[str, dict[str, list[str]]]:
        """For :mod:`hooks`: a parameter takes the ids of the collection before it in its path."""
        found: dict[str, dict[str, list[str]]] = {}
        for path in self.document["paths"]:
            for match in PARAMETER.finditer(path):
                collection = PARAMETER.split(path[: match.start()])[0].rstrip("/")
                of_flow = match[1] in FLOW_PARAMETERS or (match[1] == "id" and "chatflow" in collection.lower())
                stored = [] if of_flow else self.by_collection.get(collection, [])
                found.setdefault(path, {})[match[1]] = stored or (self.flows if of_flow or match[1] == "id" else [])
        return found


def fuzz(stack: RunningStack, seconds: int, report: Path) -> int:
    """The exit code of schemathesis; its report is written to ``report``."""
    seeds = Seeds(stack)
    seeds.store()
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{stack.rest}/openapi.json", "--url", stack.rest]
    command += ["-H", f"Authorization: Bearer {stack.admin_key}", "--checks", CHECKS, "--phases", PHASES]
    command += ["--max-time", str(seconds), "--continue-on-failure", "--no-color"]
    hooks = {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(Path(__file__).parent)}
    environment = {**os.environ, **hooks, "TRADEWIND_FUZZ_IDS": json.dumps(seeds.ids())}
    with report.open("w") as sink:
        done = subprocess.run(command, stdout=sink, stderr=subprocess.STDOUT, env=environment, cwd=report.parent, check=False)
    return done.returncode


def main() -> int:
    """Start a stack, fuzz it, print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, help="how long to go on (default 300)")
    seconds: int = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder, running_fake_endpoint() as endpoint:
        report = Path(folder) / "report.txt"
        env = {"TRADEWIND_OPENAI_BASE_URL": endpoint.base_url, "TRADEWIND_OUTBOUND_ALLOW": "127.0.0.1"}
        with running_stack(Path(folder) / "data", "--no-local-models", env=env) as stack:
            code = fuzz(stack, seconds, report)
            text = report.read_text()
            found = text.find("= FAILURES =")
            print(text[found:] if found >= 0 else text[text.find("= SUMMARY =") :])
    return code


if __name__ == "__main__":
    sys.exit(main())
