"""Files with a question through the whole stack: as the published examples send them, over REST, SSE and gRPC."""

from __future__ import annotations

import base64
import json
import os
import signal
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import grpc
import pytest
import requests
from tradewind.v1 import prediction_pb2 as pb
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind_server.models.local.fetch import is_present, require_model
from tradewind_server.settings import Settings
from tradewind_server.supervisor.envoy_config import envoy_binary

from harness.processes import find
from harness.stack import RunningStack

pytestmark = pytest.mark.skipif(envoy_binary() is None, reason="there is no Envoy here")
FLOW = Path(__file__).parents[2] / "examples" / "flows" / "conversation.json"
SPEECH = Path(__file__).parents[1] / "conformance" / "speech" / "capital_of_france.webm"
HEARD = "What is the capital of France?"
IMAGE = {"data": "data:image/png;base64,iVBORw0KGgdM2uN0", "type": "file", "name": "image.png", "mime": "image/png"}
AUDIO = {"data": "data:audio/webm;codecs=opus;base64,GkXf", "type": "audio", "name": "audio.wav", "mime": "audio/webm"}


@pytest.fixture(scope="module")
def stack(breakable: RunningStack) -> RunningStack:
    return breakable


def drawing() -> str:
    """A conversation whose model says what it was shown and asked."""
    flow = json.loads(FLOW.read_text())
    for node in flow["nodes"]:
        if node["data"]["category"] == "Chat Models":
            node["data"]["inputs"] |= {"modelName": "look", "allowImageUploads": True}
    return json.dumps(flow)


@pytest.fixture(scope="module")
def flow(stack: RunningStack) -> str:
    return stack.create_flow(drawing(), speechToText=json.dumps({"openAIWhisper": {"status": True}}))


def ask(stack: RunningStack, flow: str, **request: Any) -> requests.Response:
    return requests.post(f"{stack.rest}/api/v1/prediction/{flow}", timeout=100, **request)


def download(stack: RunningStack, method: str = "GET", headers: dict[str, str] | None = None, **params: str) -> Any:
    return requests.request(method, f"{stack.rest}/api/v1/get-upload-file", params=params, headers=headers, timeout=30)


def test_the_published_image_is_shown_stored_and_given_back(stack: RunningStack, flow: str) -> None:
    answer = ask(stack, flow, json={"question": "Can you describe the image?", "uploads": [IMAGE]}).json()
    assert IMAGE["data"] in answer["text"] and "Can you describe the image?" in answer["text"]
    listed = requests.get(
        f"{stack.rest}/api/v1/chatmessage/{flow}", params={"chatId": answer["chatId"]}, headers=stack.admin, timeout=30
    ).json()
    assert [row["fileUploads"] for row in listed] == [[{"type": "stored-file", "name": "image.png", "mime": "image/png"}], None]
    where = {"chatflowId": flow, "chatId": answer["chatId"], "fileName": "image.png"}
    file = download(stack, **where)
    assert (file.status_code, file.content) == (200, base64.b64decode("iVBORw0KGgdM2uN0"))
    assert file.headers["content-type"] == "image/png"
    assert file.headers["content-disposition"].startswith('attachment; filename="image.png"')
    assert file.headers["x-content-type-options"] == "nosniff"
    head = download(stack, "HEAD", **where)
    assert (head.status_code, head.headers["content-type"], head.content) == (200, "image/png", b"")
    page = {"Origin": "https://pages.example"}
    assert download(stack, headers=page, **where).headers["access-control-allow-origin"] == "https://pages.example"
    again = {"type": "stored-file", "name": "image.png", "mime": "image/png"}
    second = ask(stack, flow, json={"question": "And now?", "chatId": answer["chatId"], "uploads": [again]}).json()
    assert IMAGE["data"] in second["text"]
    elsewhere = ask(stack, flow, json={"question": "And now?", "uploads": [again]})
    assert (elsewhere.status_code, elsewhere.json()["reason"]) == (400, "FILE_NOT_FOUND")


def test_what_is_not_the_callers_is_not_found(stack: RunningStack, flow: str) -> None:
    chat = ask(stack, flow, json={"question": "?", "uploads": [IMAGE]}).json()["chatId"]
    other = chat[:-1] + ("0" if chat[-1] != "0" else "1")
    for params in ({"chatId": other, "fileName": "image.png"}, {"chatId": chat, "fileName": "../image.pn"}):
        missing = download(stack, chatflowId=flow, **params)
        assert (missing.status_code, missing.json()["reason"]) == (404, "FILE_NOT_FOUND")
    assert download(stack, chatflowId=flow, chatId="anna", fileName="image.png").status_code == 401
    assert download(stack, chatflowId=flow, chatId="anna", fileName="x", headers=stack.admin).status_code == 404
    assert download(stack, chatflowId=flow).status_code == 400


def test_the_published_recording_is_the_question(stack: RunningStack, flow: str) -> None:
    answer = ask(stack, flow, json={"uploads": [AUDIO]}).json()
    assert (answer["question"], answer["text"]) == (HEARD, HEARD)
    streamed = ask(stack, flow, json={"question": "typed", "uploads": [AUDIO], "streaming": True})
    assert streamed.headers["content-type"] == "text/event-stream"
    assert f'"question":"{HEARD}"' in streamed.text
    silent = stack.create_flow(drawing())
    refused = ask(stack, silent, json={"uploads": [AUDIO]})
    assert (refused.status_code, refused.json()["reason"]) == (400, "SPEECH_NOT_CONFIGURED")
    assert ask(stack, silent, json={"question": "typed", "uploads": [AUDIO]}).json()["text"] == "typed"


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "multipart/form-data"}])
def test_the_published_form_works_as_written(stack: RunningStack, flow: str, headers: dict[str, str]) -> None:
    files = {"question": "text", "files": "binary", "modelName": ""}
    answer = ask(stack, flow, files=files, headers={"Authorization": "Bearer JWT", **headers}).json()
    assert (answer["question"], answer["text"]) == ("text", "<doc name='files'>binary</doc>\n\n\n\ntext")


def test_files_of_a_form_are_used_and_streamed(stack: RunningStack, flow: str) -> None:
    files = [("files", ("a.txt", b"Zanzibar", "text/plain")), ("files", ("said.webm", SPEECH.read_bytes()))]
    fields = {"streaming": "true", "history": '[{"role": "userMessage", "content": "before"}]', "chatId": "form-1"}
    answer = ask(stack, flow, files=files, data=fields)
    assert answer.headers["content-type"] == "text/event-stream"
    assert "<doc name='a.txt'>Zanzibar</doc>" in answer.text and HEARD in answer.text


def test_files_over_grpc_are_used_the_same_way(stack: RunningStack, flow: str) -> None:
    def messages() -> Iterator[pb.UploadPredictRequest]:
        yield pb.UploadPredictRequest(options=pb.PredictRequest(chatflow_id=flow, question="sum up"))
        yield pb.UploadPredictRequest(file=pb.UploadPredictRequest(file={"name": "a.txt"}).file)
        yield pb.UploadPredictRequest(chunk=b"Zanzibar")

    with grpc.insecure_channel(stack.grpc_gate) as channel:
        answer = PredictionServiceStub(channel).UploadPredict(messages())
    assert answer.prediction.text == "<doc name='a.txt'>Zanzibar</doc>\n\n\n\nsum up"


def test_nothing_is_left_of_calls_that_are_over(stack: RunningStack, flow: str) -> None:
    """Neither of answered and refused ones, nor of those that ended with their worker."""
    ask(stack, flow, files={"files": ("a.txt", b"words")}, data={"question": "?"})
    ask(stack, flow, files=[("files", ("a.txt", b"words")), ("files", ("b.exe", b"MZ"))], data={"question": "?"})
    incoming = stack.data_dir / "files" / "incoming-0"
    assert list(incoming.iterdir()) == []
    (incoming / "left-by-a-kill").write_bytes(b"words")
    (worker,) = find(stack.process.pid, "tradewind_server.worker")
    os.kill(worker, signal.SIGKILL)
    stack.wait_ready()
    assert list(incoming.iterdir()) == []


def local_model() -> str | None:
    """Why the embedded speech model cannot be tested here; None when it can."""
    if find_spec("faster_whisper") is None:
        return "pip install 'tradewind[speech]' to test the embedded speech model"
    if not is_present(require_model("whisper-base"), Settings(_env_file=None).model_dir):
        return "run `tradewind models pull whisper-base` to test the embedded speech model"
    return None


@pytest.mark.skipif(local_model() is not None, reason=local_model() or "")
def test_the_embedded_model_starts_at_the_first_recording(stack: RunningStack) -> None:
    flow = stack.create_flow(drawing(), speechToText=json.dumps({"local": {"status": True, "language": "en"}}))
    assert find(stack.process.pid, "speech_server") == []
    data = base64.b64encode(SPEECH.read_bytes()).decode()
    answer = ask(stack, flow, json={"uploads": [AUDIO | {"data": f"data:audio/webm;codecs=opus;base64,{data}"}]}).json()
    assert "capital" in answer["question"].lower() and "france" in answer["question"].lower()
    assert len(find(stack.process.pid, "speech_server")) == 1
    broken = ask(stack, flow, json={"uploads": [AUDIO]})
    assert (broken.status_code, broken.json()["reason"]) == (400, "FILE_UNREADABLE")
