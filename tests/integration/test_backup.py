"""A running stack is backed up, restored into an empty directory, and answers as before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from tradewind_server.supervisor.envoy_config import envoy_binary

from harness.flows import drawing
from harness.stack import FakeEndpoint, RunningStack, running_stack

pytestmark = pytest.mark.skipif(envoy_binary() is None, reason="there is no Envoy here")
QUESTION = "When does the Aurora leave?"
TEXT = "The Aurora leaves from pier 4 at noon.\n\nThe Borealis stays in the harbour."


def tradewind(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tradewind_server", *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def ask(stack: RunningStack, flow: str) -> list[str]:
    """The sources of the answer."""
    body = {"question": QUESTION, "overrideConfig": {"returnSourceDocuments": True}}
    answer = requests.post(f"{stack.rest}/api/v1/prediction/{flow}", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return [source["pageContent"] for source in answer.json()["sourceDocuments"]]


@pytest.mark.timeout(300)  # Three starts of processes, on a machine that may be busy.
def test_a_restored_stack_answers_with_the_same_sources(
    breakable: RunningStack, breakable_endpoint: FakeEndpoint, tmp_path: Path
) -> None:
    stack = breakable  # It holds little, so that there is little to copy.
    flow = stack.create_flow(drawing("rag"))
    upsert = requests.post(
        f"{stack.rest}/api/v1/vector/upsert/{flow}", files={"files": ("ferries.txt", TEXT.encode())}, timeout=60
    )
    assert upsert.status_code == 200, upsert.text
    sources = ask(stack, flow)
    assert any("Aurora" in source for source in sources)
    backup, keys, restored = tmp_path / "backup", tmp_path / "keys", tmp_path / "restored"
    said = tradewind("backup", str(backup), "--keys", str(keys), "--data-dir", str(stack.data_dir))
    assert said["files"] > 0
    tradewind("restore", str(backup), "--keys", str(keys), "--data-dir", str(restored))
    with running_stack(restored, env={"TRADEWIND_OPENAI_BASE_URL": breakable_endpoint.base_url}) as second:
        assert second.admin_key == stack.admin_key
        assert ask(second, flow) == sources
        messages = requests.get(f"{second.rest}/api/v1/chatmessage/{flow}", headers=second.admin, timeout=30).json()
        assert messages[0]["content"] == QUESTION
