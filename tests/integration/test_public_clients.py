"""The public client libraries, unmodified: PyPI's ``flowise`` and npm's ``flowise-sdk``."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flowise import Flowise, IFileUpload, IMessage, PredictionData
from platformdirs import user_cache_path

from harness.flows import drawing
from harness.runner import World

NPM_PACKAGE = "flowise-sdk@1.0.9"
NPM_SECONDS = 90
SCRIPT = """
const { FlowiseClient } = require(process.argv[2]);
const [base, key, request] = process.argv.slice(3);
(async () => {
  const client = new FlowiseClient({ baseUrl: base, apiKey: key });
  const answer = await client.createPrediction(JSON.parse(request));
  if (!answer[Symbol.asyncIterator]) return console.log(JSON.stringify(answer));
  const events = [];
  for await (const event of answer) events.push(event);
  console.log(JSON.stringify(events));
})().catch((error) => { console.error(error.message); process.exit(3); });
"""


def flow_of(world: World, **fields: Any) -> str:
    return world.stack.create_flow(drawing("conversation"), **fields)


class TestPython:
    def test_a_json_prediction(self, world: World) -> None:
        client = Flowise(world.stack.rest)
        [answer] = client.create_prediction(PredictionData(chatflowId=flow_of(world), question="hi"))
        assert answer["text"].startswith("Reply ") and answer["chatId"]

    def test_a_streamed_prediction(self, world: World) -> None:
        client = Flowise(world.stack.rest)
        lines = client.create_prediction(PredictionData(chatflowId=flow_of(world), question="hi", streaming=True))
        events = [json.loads(line) for line in lines]
        assert [events[0]["event"], events[-2]["event"], events[-1]["event"]] == ["start", "metadata", "end"]
        assert "".join(one["data"] for one in events if one["event"] == "token").startswith("Reply ")

    def test_history_session_and_chat(self, world: World) -> None:
        client = Flowise(world.stack.rest)
        world.endpoint.forget()
        data = PredictionData(
            chatflowId=flow_of(world),
            question="What am I called?",
            overrideConfig={"sessionId": "s-1"},
            chatId="c-1",
            history=[IMessage(message="My name is Bo.", type="userMessage"), IMessage(message="Hello Bo!", type="apiMessage")],
        )
        [answer] = client.create_prediction(data)
        assert (answer["chatId"], answer["sessionId"]) == ("c-1", "s-1")
        [asked] = [one["body"] for one in world.endpoint.seen()["requests"]]
        assert [one["content"] for one in asked["messages"][1:]] == ["My name is Bo.", "Hello Bo!", "What am I called?"]

    def test_it_probes_without_a_key_and_asks_with_one(self, world: World) -> None:
        key = world.keys["flow"]
        flow = flow_of(world, apikeyid=key.id)
        [answer] = Flowise(world.stack.rest, key.text).create_prediction(PredictionData(chatflowId=flow, question="hi"))
        assert answer["text"].startswith("Reply ")

    def test_an_upload(self, world: World) -> None:
        upload = IFileUpload(data="data:text/plain;base64,QSBub3RlLg==", type="file", name="note.txt", mime="text/plain")
        data = PredictionData(chatflowId=flow_of(world), question="Read it.", uploads=[upload])
        [answer] = Flowise(world.stack.rest).create_prediction(data)
        assert answer["text"].startswith("Reply ")


@pytest.fixture(scope="session")
def npm_client() -> str:
    """Where the installed package lies; it is fetched once and kept in the user's cache."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("Node and npm are not installed here.")
    folder = user_cache_path("tradewind") / "tests" / NPM_PACKAGE
    package = folder / "node_modules" / "flowise-sdk"
    if not package.exists():
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), NPM_PACKAGE]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=NPM_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip(f"npm did not fetch {NPM_PACKAGE} within {NPM_SECONDS} seconds.")
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            pytest.skip(f"npm cannot fetch {NPM_PACKAGE}: {done.stderr.strip().splitlines()[-1:]}")
    return str(package)


class TestJavaScript:
    @pytest.fixture(autouse=True)
    def client(self, npm_client: str, tmp_path: Path) -> None:
        self.package = npm_client
        self.script = tmp_path / "client.js"
        self.script.write_text(SCRIPT)

    def ask(self, world: World, key: str = "", **request: Any) -> Any:
        command = ["node", str(self.script), self.package, world.stack.rest, key, json.dumps(request)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def test_a_json_prediction(self, world: World) -> None:
        answer = self.ask(world, chatflowId=flow_of(world), question="hi", overrideConfig={"sessionId": "s-1"})
        assert answer["text"].startswith("Reply ") and answer["sessionId"] == "s-1"

    def test_a_streamed_prediction(self, world: World) -> None:
        events = self.ask(world, chatflowId=flow_of(world), question="hi", streaming=True)
        assert [events[0]["event"], events[-2]["event"], events[-1]["event"]] == ["start", "metadata", "end"]
        assert "".join(one["data"] for one in events if one["event"] == "token").startswith("Reply ")

    def test_it_probes_without_a_key_and_asks_with_one(self, world: World) -> None:
        key = world.keys["flow"]
        flow = flow_of(world, apikeyid=key.id)
        assert self.ask(world, key.text, chatflowId=flow, question="hi")["text"].startswith("Reply ")

    def test_errors_are_json_it_can_read(self, world: World) -> None:
        unknown = "11111111-2222-4333-8444-555555555555"
        answer = self.ask(world, chatflowId=unknown, question="hi", streaming=True)
        assert answer["statusCode"] == 404 and "not found" in answer["message"]
