"""The published examples of the three services, run as they are written: addresses and keys alone are ours.

The Python ones with ``requests``, the JavaScript ones with Node's own ``fetch`` and ``FormData``, cURL with cURL.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.auth import HTTPBasicAuth

from harness.flows import drawing, stored_fields
from harness.runner import PASSWORD, World

GREETING = "Hey, how are you?"
HISTORY = [
    {"role": "apiMessage", "content": "Hello how can I help?"},
    {"role": "userMessage", "content": "Hi my name is Brian"},
    {"role": "apiMessage", "content": "Hi Brian, how can I help?"},
]
IMAGE = "data:image/png;base64,iVBORw0KGgdM2uN0"
RECORDING = "data:audio/webm;codecs=opus;base64,GkXf"
SPEECH = {"openAIWhisper": {"status": True, "credentialId": "drawn-elsewhere", "language": "en"}}
NODE_SCRIPT = """
const [base, flow, rag, folder] = process.argv.slice(2);
const fs = require("fs");
const results = {};
async function query(name, path, options) {
  const response = await fetch(base + path, options);
  results[name] = { status: response.status, body: await response.json() };
}
const json = (data) => ({
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data),
});
(async () => {
  await query("override", `/api/v1/prediction/${flow}`, json({
    "question": "Hey, how are you?", "overrideConfig": { "sessionId": "123", "returnSourceDocuments": true },
  }));
  await query("history", `/api/v1/prediction/${flow}`, json({
    "question": "Hey, how are you?",
    "history": [
      { "role": "apiMessage", "content": "Hello how can I help?" },
      { "role": "userMessage", "content": "Hi my name is Brian" },
      { "role": "apiMessage", "content": "Hi Brian, how can I help?" },
    ],
  }));
  const formData = new FormData();
  formData.append("question", "text");
  formData.append("files", "binary");
  formData.append("modelName", "");
  await query("form", `/api/v1/prediction/${flow}`, {
    method: "POST",
    headers: { "Authorization": "Bearer JWT", "Content-Type": "multipart/form-data" },
    body: formData,
  });
  const upload = new FormData();
  upload.append("files", new File([fs.readFileSync(folder + "/state_of_the_union.txt")], "state_of_the_union.txt"));
  upload.append("returnSourceDocuments", true);
  await query("upsert form", `/api/v1/vector/upsert/${rag}`, { method: "POST", body: upload });
  await query("upsert json", `/api/v1/vector/upsert/${rag}`, json({ "overrideConfig": { "returnSourceDocuments": true } }));
  console.log(JSON.stringify(results));
})().catch((error) => { console.error(error); process.exit(3); });
"""


@pytest.fixture(scope="module")
def flow(world: World) -> str:
    """A chatflow with memory, whose model sees images."""
    edits = {"nodes": {"chatOpenAI_0": {"allowImageUploads": True}}}
    return world.stack.create_flow(json.dumps(drawing("conversation", edits)), **stored_fields({"speechToText": SPEECH}))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "state_of_the_union.txt"
    path.write_text("My fellow sailors, the state of the harbour is strong.")
    return path


def prediction(world: World, flow: str) -> str:
    return f"{world.stack.rest}/api/v1/prediction/{flow}"


def upsert(world: World, flow: str) -> str:
    return f"{world.stack.rest}/api/v1/vector/upsert/{flow}"


def asked(world: World) -> list[dict[str, Any]]:
    """What the chat model was sent since the endpoint last forgot."""
    return [one["body"] for one in world.endpoint.seen()["requests"] if one["path"].endswith("/chat/completions")]


class TestPrediction:
    def query(self, world: World, flow: str, payload: Any) -> Any:
        world.endpoint.forget()
        response = requests.post(prediction(world, flow), json=payload, timeout=30)
        assert response.status_code == 200, response.text
        return response.json()

    def test_override_config(self, world: World, flow: str) -> None:
        payload = {"question": GREETING, "overrideConfig": {"sessionId": "123", "returnSourceDocuments": True}}
        output = self.query(world, flow, payload)
        assert output["text"] and output["question"] == GREETING and output["sessionId"] == "123"

    def test_override_config_of_a_chatflow_that_has_source_documents(self, world: World) -> None:
        edits = {"nodes": {"conversationalRetrievalQAChain_0": {"returnSourceDocuments": False}}}
        rag = world.stack.create_flow(drawing("rag-in-memory", edits))
        payload = {"question": GREETING, "overrideConfig": {"sessionId": "123", "returnSourceDocuments": True}}
        [first, *_] = self.query(world, rag, payload)["sourceDocuments"]
        assert first["pageContent"] and "loc" in first["metadata"]

    def test_history(self, world: World, flow: str) -> None:
        self.query(world, flow, {"question": GREETING, "history": HISTORY})
        [body] = asked(world)
        told = [(one["role"], one["content"]) for one in body["messages"][1:]]
        assert told == [
            ("assistant", "Hello how can I help?"),
            ("user", "Hi my name is Brian"),
            ("assistant", "Hi Brian, how can I help?"),
            ("user", GREETING),
        ]

    def test_a_session_lasts_and_without_one_each_call_begins_anew(self, world: World) -> None:
        flow = world.stack.create_flow(drawing("conversation"))
        payload = {"question": GREETING, "overrideConfig": {"sessionId": "123"}}
        assert self.query(world, flow, payload)["sessionId"] == "123"
        self.query(world, flow, payload)
        assert [len(body["messages"]) for body in asked(world)] == [4]
        sessions = {self.query(world, flow, {"question": GREETING})["sessionId"] for _ in range(2)}
        assert len(sessions) == 2 and len(asked(world)[0]["messages"]) == 2

    def test_an_image(self, world: World, flow: str) -> None:
        upload = {"data": IMAGE, "type": "file", "name": "image.png", "mime": "image/png"}
        output = self.query(world, flow, {"question": "Can you describe the image?", "uploads": [upload]})
        assert output["text"]
        content = asked(world)[0]["messages"][-1]["content"]
        assert [part["type"] for part in content] == ["text", "image_url"]
        assert content[1]["image_url"]["url"].startswith("data:image/png;base64,")

    def test_a_recording_without_a_question(self, world: World, flow: str) -> None:
        upload = {"data": RECORDING, "type": "audio", "name": "audio.wav", "mime": "audio/webm"}
        output = self.query(world, flow, {"uploads": [upload]})
        assert output["question"] == "What is the capital of France?"

    def test_a_flow_with_a_key(self, world: World) -> None:
        key = world.keys["flow"]
        keyed = world.stack.create_flow(drawing("conversation"), apikeyid=key.id)
        headers = {"Authorization": f"Bearer {key.text}"}
        assert requests.post(prediction(world, keyed), json={"question": GREETING}, headers=headers, timeout=30).ok
        assert requests.post(prediction(world, keyed), json={"question": GREETING}, timeout=30).status_code == 401

    def test_the_form_of_the_python_example(self, world: World, flow: str) -> None:
        files = {"question": "text", "files": "binary", "modelName": ""}
        response = requests.post(
            prediction(world, flow),
            headers={"Authorization": "Bearer JWT", "Content-Type": "multipart/form-data"},
            files=files,
            timeout=30,
        )
        assert response.status_code == 200, response.text
        assert response.json()["question"].endswith("text")

    def test_the_form_of_the_http_example(self, world: World, flow: str) -> None:
        body = '{\n  "question": "text",\n  "files": [\n    "binary"\n  ],\n  "modelName": ""\n}'
        headers = {"Authorization": "Bearer JWT", "Content-Type": "multipart/form-data", "Accept": "*/*"}
        response = requests.post(prediction(world, flow), data=body, headers=headers, timeout=30)
        assert response.status_code == 200, response.text
        assert response.json()["question"] == "text"

    @pytest.mark.skipif(not shutil.which("curl"), reason="cURL is not installed here.")
    def test_the_form_of_the_curl_example(self, world: World, flow: str) -> None:
        command = [
            "curl", "--silent", "--max-time", "30", "-L", "--request", "POST", "--url", prediction(world, flow),
            "--header", "Authorization: Bearer JWT", "--header", "Content-Type: multipart/form-data",
            "--form", "question=text", "--form", "files=binary", "--form", "modelName=",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout)["question"] == "text", done.stdout


class TestVectorUpsert:
    def test_files(self, world: World, document: Path) -> None:
        rag = world.stack.create_flow(drawing("rag"))
        with document.open("rb") as opened:
            form_data = {"files": ("state_of_the_union.txt", opened)}
            response = requests.post(upsert(world, rag), files=form_data, data={"returnSourceDocuments": True}, timeout=30)
        output = response.json()
        assert response.status_code == 200 and output["numAdded"] == 1
        assert output["addedDocs"][0]["pageContent"] == document.read_text()

    def test_json(self, world: World) -> None:
        rag = world.stack.create_flow(drawing("rag-in-memory"))
        response = requests.post(upsert(world, rag), json={"overrideConfig": {"returnSourceDocuments": True}}, timeout=30)
        assert response.status_code == 200 and response.json()["numAdded"] == 2

    def test_one_of_several_stores(self, world: World, document: Path) -> None:
        two = world.stack.create_flow(drawing("two-stores", {"nodes": {"textFile_0": {"txtFile": _drawn(document)}}}))
        response = requests.post(upsert(world, two), json={"stopNodeId": ["qdrant_1"]}, timeout=30)
        assert response.status_code == 200 and response.json()["numAdded"] == 1


def _drawn(document: Path) -> str:
    return f"data:text/plain;base64,{base64.b64encode(document.read_bytes()).decode()},filename:{document.name}"


class TestMessages:
    def test_the_admin_lists_and_deletes_with_basic_authentication(self, world: World) -> None:
        flow = world.stack.create_flow(drawing("conversation"))
        for session, question in (("123", "first"), ("123", "second"), ("456", "third")):
            payload = {"question": question, "overrideConfig": {"sessionId": session}}
            requests.post(prediction(world, flow), json=payload, timeout=30)
        url, auth = f"{world.stack.rest}/api/v1/chatmessage/{flow}", HTTPBasicAuth("admin", PASSWORD)

        def get(**query: str) -> list[str]:
            res = requests.get(url, auth=auth, params=query, timeout=30)
            assert res.status_code == 200, res.text
            return [row["content"] for row in res.json() if row["role"] == "userMessage"]

        assert get() == ["first", "second", "third"]
        assert get(sort="DESC") == ["third", "second", "first"]
        assert get(sessionId="123", sort="ASC") == ["first", "second"]
        assert get(startDate="2020-01-01", endDate="2099-12-31") == ["first", "second", "third"]
        assert get(startDate="2099-01-01T00:00:00.000Z") == []
        assert requests.get(url, timeout=30).status_code == 401
        assert requests.get(url, auth=HTTPBasicAuth("admin", "wrong"), timeout=30).status_code == 401
        deleted = requests.delete(url, auth=auth, params={"sessionId": "123"}, timeout=30)
        assert deleted.json() == {"raw": [], "affected": 4}
        assert get() == ["third"]
        assert requests.delete(url, auth=auth, timeout=30).json()["affected"] == 2
        assert get() == []


@pytest.mark.skipif(not shutil.which("node"), reason="Node is not installed here.")
def test_the_javascript_examples(world: World, flow: str, document: Path) -> None:
    edits = {"nodes": {"textFile_0": {"txtFile": _drawn(document)}}}
    rag = world.stack.create_flow(drawing("rag", edits))
    script = document.with_name("examples.cjs")
    script.write_text(NODE_SCRIPT)
    command = ["node", str(script), world.stack.rest, flow, rag, str(document.parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert {name: one["status"] for name, one in results.items()} == dict.fromkeys(results, 200), results
    assert results["override"]["body"]["sessionId"] == "123"
    assert results["history"]["body"]["text"]
    assert results["form"]["body"]["question"] == "text"
    assert results["upsert form"]["body"]["numAdded"] == 1
    assert results["upsert json"]["body"]["numAdded"] == 1
