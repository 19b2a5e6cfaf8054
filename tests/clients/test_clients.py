"""The example clients, against a live stack: the same program in each language says the same."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.client_programs import ROOT, ClientProgram
from harness.flows import edited, example
from harness.runner import World
from harness.stack import FakeEndpoint, closed_port, running_fake_endpoint

DOCUMENT = ROOT / "examples" / "documents" / "harbour-handbook.pdf"
PROGRESS = re.compile(r"progress: (\d+) loaded, (\d+) split, (\d+) embedded, (\d+) written")

# The first builds fetch what the package managers do not have yet.
pytestmark = pytest.mark.timeout(1500)


@pytest.fixture
def stumbling() -> Iterator[FakeEndpoint]:
    """An endpoint whose model ``flaky-4`` fails once for the client: the server itself tries three times a call."""
    with running_fake_endpoint("--tokens", "6") as endpoint:
        yield endpoint


def lines_of(output: str, name: str) -> list[str]:
    return [line.removeprefix(f"{name}: ") for line in output.splitlines() if line.startswith(f"{name}: ")]


def said_wrong(errors: str) -> list[str]:
    """What a program wrote to its error stream; the warnings of newer Java releases about libraries aside."""
    return [line for line in errors.splitlines() if not line.startswith("WARNING:")]


def test_it_uploads_asks_streams_lists_and_retries(program: ClientProgram, world: World, stumbling: FakeEndpoint) -> None:
    inputs = {
        "chatOpenAI_0": {"modelName": "flaky-4", "basepath": stumbling.base_url},
        "qdrant_0": {"qdrantCollection": f"clients-{uuid.uuid4().hex}"},
    }
    flow = world.stack.create_flow(edited(example("document-qa"), {"nodes": inputs}))
    done = program.run(world.stack.grpc_gate, flow, DOCUMENT, world.keys["reader"].text)
    output = done.stdout
    assert done.returncode == 0, f"{output}\n{done.stderr}"

    steps = [tuple(map(int, PROGRESS.fullmatch(line).groups())) for line in output.splitlines() if PROGRESS.match(line)]
    assert steps and steps == sorted(steps)
    loaded, split, embedded, written = steps[-1]
    assert loaded and split == embedded == written > 0
    assert lines_of(output, "upsert") == [f"{written} added"]
    assert lines_of(output, "retry") == ["UNAVAILABLE MODEL_UNAVAILABLE, attempt 2 of 4"]

    (answer,), (streamed,), (pieces,) = (lines_of(output, name) for name in ("answer", "stream", "pieces"))
    assert answer.startswith("Reply ") and streamed.startswith("Reply ") and answer != streamed
    assert int(pieces) > 1
    assert lines_of(output, "message") == [
        "user: When does the ferry leave?",
        f"api: {answer}",
        "user: And what does it cost?",
        f"api: {streamed}",
    ]
    assert output.splitlines()[-1] == "expected: NOT_FOUND CHATFLOW_NOT_FOUND"
    assert not said_wrong(done.stderr)


def test_it_gives_up_in_bounded_time_when_the_server_is_away(program: ClientProgram) -> None:
    with closed_port() as port:
        done = program.run(f"127.0.0.1:{port}", str(uuid.uuid4()), DOCUMENT, "")
    assert done.returncode == 1, f"{done.stdout}\n{done.stderr}"
    assert lines_of(done.stdout, "retry") == [f"UNAVAILABLE, attempt {attempt} of 4" for attempt in (2, 3, 4)]
    (error,) = said_wrong(done.stderr)
    assert error.startswith("error: UNAVAILABLE: ")


def test_a_refusal_is_told_at_once(program: ClientProgram, world: World, tmp_path: Path) -> None:
    flow = world.stack.create_flow(example("document-qa"))
    program_file = tmp_path / "program.exe"
    program_file.write_bytes(b"MZ\x90")
    done = program.run(world.stack.grpc_gate, flow, program_file, "")
    assert done.returncode == 1, f"{done.stdout}\n{done.stderr}"
    assert not lines_of(done.stdout, "retry")
    (error,) = said_wrong(done.stderr)
    assert error.startswith("error: INVALID_ARGUMENT FILE_TYPE_NOT_ALLOWED: ")
