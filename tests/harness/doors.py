"""One call through either door: REST and gRPC, both through the gate, with one kind of outcome."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import grpc
import requests
from google.protobuf.message import Message
from google.rpc import error_details_pb2, status_pb2
from tradewind.v1 import (
    chat_attachment_pb2,
    chat_message_pb2,
    chat_message_pb2_grpc,
    common_pb2,
    prediction_pb2,
    vector_upsert_pb2,
)
from tradewind.v1.chat_attachment_pb2_grpc import ChatAttachmentServiceStub
from tradewind.v1.feedback_pb2_grpc import FeedbackServiceStub
from tradewind.v1.lead_pb2 import DeleteLeadRequest
from tradewind.v1.lead_pb2_grpc import LeadServiceStub
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind.v1.vector_upsert_pb2_grpc import VectorUpsertServiceStub
from tradewind_server.rpc.errors import HTTP_STATUS

from harness import typed, typed_opinions
from harness.asked import AskedMethods
from harness.entities import KINDS

TIMEOUT = 60.0
CHUNK = 64 * 1024
ERROR_KEYS = {"statusCode", "success", "message", "error", "code", "reason", "requestId", "stack"}
PREDICT_FIELDS = ("question", "chatId", "leadEmail", "history", "uploads", "overrideConfig", "form", "humanInput", "action")
UPSERT_FIELDS = ("stopNodeId", "chatId", "overrideConfig")
JSON_TEXTS = ("history", "uploads", "overrideConfig", "stopNodeId")


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload."""

    name: str
    data: bytes
    mime: str = ""


@dataclass
class Outcome:
    """What came back. ``status`` is the HTTP status, or what the gRPC code stands for; ``events`` those of a stream."""

    status: int
    body: Any = None
    events: list[dict[str, Any]] | None = None
    reason: str = ""
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes = b""
    faults: list[str] = field(default_factory=list)
    """What breaks a rule that holds for every answer."""

    @property
    def text(self) -> str:
        """The tokens of a stream in one piece."""
        return "".join(one["data"] for one in self.events or () if one["event"] == "token")


class Door(Protocol):
    """The calls that both doors have. ``headers`` are HTTP headers, or metadata of the same names."""

    name: str
    asked: list[str]
    """What was asked through it so far: ``GET /api/v1/leads/7``, or ``LeadService/ListLeads``."""

    def predict(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome: ...

    def stream(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome: ...

    def predict_files(self, flow: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome: ...

    def upsert(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome: ...

    def upsert_files(self, flow: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome: ...

    def attach(self, flow: str, given: Any, files: list[File], headers: Mapping[str, str]) -> Outcome: ...

    def messages(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome: ...

    def delete(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome: ...

    def edit(self, flow: str, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome: ...

    def branch(self, flow: str, message_id: str, headers: Mapping[str, str]) -> Outcome: ...

    def abort(self, flow: str, chat_id: str, headers: Mapping[str, str]) -> Outcome: ...

    def entity(self, kind: str, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome: ...


def file_of(described: Mapping[str, Any]) -> File:
    """A file as a case describes it: ``text``, ``base64``, ``repeat`` (a text and how often) or ``docx`` (paragraphs)."""
    if "base64" in described:
        data = base64.b64decode(described["base64"])
    elif "docx" in described:
        data = docx(described["docx"])
    elif "repeat" in described:
        text, times = described["repeat"]
        data = text.encode() * times
    else:
        data = described.get("text", "").encode()
    return File(described["name"], data, described.get("mime", ""))


def docx(paragraphs: Iterable[str]) -> bytes:
    """The least that is a Word document."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return packed.getvalue()


class RestDoor:
    """REST, as published examples and the public client libraries call it."""

    name = "rest"

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.asked: list[str] = []

    def call(self, method: str, path: str, *, timeout: float = TIMEOUT, **arguments: Any) -> Outcome:
        self.asked.append(f"{method} {path}")
        response = self.session.request(method, self.base + path, timeout=timeout, **arguments)
        return outcome_of(response)

    def predict(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        return self.call("POST", f"/api/v1/prediction/{flow}", json=body, headers=headers)

    def stream(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        return self.predict(flow, {**body, "streaming": body.get("streaming", True)}, headers)

    def predict_files(self, flow: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        return self._form(f"/api/v1/prediction/{flow}", fields, files, headers)

    def upsert(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        return self.call("POST", f"/api/v1/vector/upsert/{flow}", json=body, headers=headers)

    def upsert_files(self, flow: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        return self._form(f"/api/v1/vector/upsert/{flow}", fields, files, headers)

    def attach(self, flow: str, given: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        fields = {name: value for name, value in given.items() if name != "chat"}
        return self._form(f"/api/v1/attachments/{flow}/{given['chat']}", fields, files, headers)

    def _form(self, path: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        parts: list[tuple[str, Any]] = [(name, (None, form_text(value))) for name, value in fields.items()]
        parts += [("files", (one.name, one.data, one.mime) if one.mime else (one.name, one.data)) for one in files]
        return self.call("POST", path, files=parts, headers=headers)

    def messages(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        return self.call("GET", f"/api/v1/chatmessage/{flow}", params=query, headers=headers)

    def delete(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        return self.call("DELETE", f"/api/v1/chatmessage/{flow}", params=query, headers=headers)

    def edit(self, flow: str, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        body = {name: value for name, value in given.items() if name != "message"}
        return self.call("PUT", f"/api/v1/chatmessage/{flow}/{given['message']}", json=body, headers=headers)

    def branch(self, flow: str, message_id: str, headers: Mapping[str, str]) -> Outcome:
        return self.call("POST", f"/api/v1/chatmessage/{flow}/{message_id}/branch", headers=headers)

    def abort(self, flow: str, chat_id: str, headers: Mapping[str, str]) -> Outcome:
        return self.call("PUT", f"/api/v1/chatmessage/abort/{flow}/{chat_id}", headers=headers)

    def give_feedback(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        return self.call("POST", f"/api/v1/feedback/{flow}", json=body, headers=headers)

    def change_feedback(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        fields = {name: value for name, value in body.items() if name != "id"}
        return self.call("PUT", f"/api/v1/feedback/{body['id']}", json=fields, headers=headers)

    def feedback(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        return self.call("GET", f"/api/v1/feedback/{flow}", params=query, headers=headers)

    def entity(self, kind: str, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        verb, path, arguments = KINDS[kind].rest(given)
        return self.call(verb, path, headers=headers, **arguments)

    def lead(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        return self.call("POST", "/api/v1/leads/", json={"chatflowid": flow, **body}, headers=headers)

    def leads(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        return self.call("GET", f"/api/v1/leads/{flow}", params=query, headers=headers)

    def delete_lead(self, flow: str, lead_id: str, headers: Mapping[str, str]) -> Outcome:
        return self.call("DELETE", f"/api/v1/leads/{lead_id}", headers=headers)


def form_text(value: Any) -> str:
    """A value as a form carries it."""
    return value if isinstance(value, str) else json.dumps(value)


def outcome_of(response: requests.Response) -> Outcome:
    """An HTTP answer, with what breaks the rules of every answer."""
    kind = response.headers.get("content-type", "")
    outcome = Outcome(response.status_code, headers=response.headers, raw=response.content)
    if kind.startswith("text/event-stream"):
        outcome.events = list(events_of(response.content, outcome.faults))
    elif kind.startswith("application/json"):
        outcome.body = response.json() if response.content else None
    else:
        outcome.body = response.text
    if not response.ok:
        outcome.faults += error_faults(response.status_code, outcome.body, response.headers)
        if isinstance(outcome.body, dict):
            outcome.reason, outcome.message = str(outcome.body.get("reason")), str(outcome.body.get("message"))
    elif any(name.startswith("grpc-") for name in response.headers):
        outcome.faults.append("headers of gRPC leak into the answer")
    return outcome


def events_of(data: bytes, faults: list[str]) -> Iterator[dict[str, Any]]:
    """The events of a stream, each of which must be ``message:`` and one line of ``data:`` with JSON."""
    for frame in data.decode().split("\n\n"):
        if not frame or frame.startswith(":"):
            continue
        if frame.startswith("id: "):  # The number of an event of a run.
            frame = frame.partition("\n")[2]
        first, _, second = frame.partition("\n")
        if first.startswith("event: tts_"):
            yield json.loads(second.removeprefix("data: "))
            continue
        if first != "message:" or not second.startswith("data:") or "\n" in second:
            faults.append(f"a frame is malformed: {frame[:200]!r}")
            continue
        yield json.loads(second[5:])


def error_faults(status: int, body: Any, headers: Mapping[str, str]) -> Iterator[str]:
    """What keeps an error from being the one shape of every error."""
    if not isinstance(body, dict):
        yield f"the error is not JSON: {str(body)[:200]!r}"
        return
    if set(body) != ERROR_KEYS:
        yield f"the error has the keys {sorted(body)}"
        return
    if body["statusCode"] != status or body["success"] is not False or body["stack"] != {}:
        yield f"the error contradicts its status {status}: {body}"
    sentence = body["message"]
    if not isinstance(sentence, str) or not sentence.strip() or body["error"] != sentence:
        yield f"message and error differ or are empty: {body}"
    if not isinstance(body["code"], int) or not isinstance(body["reason"], str) or not body["reason"].isupper():
        yield f"code or reason is not one: {body}"
    unread = status == 431  # Refused before the headers were read, so there is no id yet.
    if headers.get("x-request-id") != body["requestId"] or (not body["requestId"] and not unread):
        yield f"the request id is not that of the header: {body['requestId']} and {headers.get('x-request-id')}"
    for inside in ("Traceback", "tradewind_server", 'File "', "object at 0x", "grpc.", "Error: "):
        if isinstance(sentence, str) and inside in sentence:
            yield f"the sentence shows the inside of the server: {sentence}"


class GrpcDoor:
    """gRPC through the gate's port, with the generated stubs."""

    name = "grpc"

    def __init__(self, target: str) -> None:
        self.asked: list[str] = []
        bare_channel = grpc.insecure_channel(target, options=[("grpc.max_receive_message_length", -1)])
        self.channel = grpc.intercept_channel(bare_channel, AskedMethods(self.asked))
        self.predictions = PredictionServiceStub(self.channel)
        self.upserts = VectorUpsertServiceStub(self.channel)
        self.chat = chat_message_pb2_grpc.ChatMessageServiceStub(self.channel)
        self.opinions = FeedbackServiceStub(self.channel)
        self.people = LeadServiceStub(self.channel)

    def close(self) -> None:
        self.channel.close()

    def predict(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        request = typed.filled(prediction_pb2.PredictRequest(), body, flow)
        return self._answer(self.predictions.Predict, request, headers, typed.answer)

    def stream(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        request = typed.filled(prediction_pb2.StreamPredictRequest(), body, flow)
        try:
            stream = self.predictions.StreamPredict(request, metadata=metadata(headers), timeout=TIMEOUT)
            return Outcome(200, events=[typed.event(one) for one in stream if one.WhichOneof("event") != "run_started"])
        except grpc.RpcError as error:
            return failed(error)

    def predict_files(self, flow: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        options = typed.filled(prediction_pb2.PredictRequest(), options_of(fields, PREDICT_FIELDS), flow)
        messages = upload(prediction_pb2.UploadPredictRequest, options, files)
        return self._answer(
            self.predictions.UploadPredict, messages, headers, lambda response: typed.answer(response.prediction)
        )

    def upsert(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        return self._answer(self.upserts.Upsert, typed.upsert_request(body, flow), headers, typed.upsert_answer)

    def upsert_files(self, flow: str, fields: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        options = typed.upsert_request(options_of(fields, UPSERT_FIELDS), flow)
        messages = upload(vector_upsert_pb2.UploadUpsertRequest, options, files)
        return self._answer(self.upserts.UploadUpsert, messages, headers, lambda answer: typed.upsert_answer(answer.result))

    def attach(self, flow: str, given: Any, files: list[File], headers: Mapping[str, str]) -> Outcome:
        options = chat_attachment_pb2.AttachmentOptions(
            chatflow_id=flow, chat_id=given["chat"], base64=given.get("base64", "false") != "false"
        )
        messages = upload(chat_attachment_pb2.UploadChatAttachmentsRequest, options, files)
        stub = ChatAttachmentServiceStub(self.channel)
        return self._answer(stub.UploadChatAttachments, messages, headers, lambda answer: [*map(attached, answer.files)])

    def messages(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        request = typed.list_request(query, flow)
        asked = request.with_feedback if request.HasField("with_feedback") else bool(request.filter.ratings)

        def rows(response: chat_message_pb2.ListChatMessagesResponse) -> list[Any]:
            return [typed.row(message, with_feedback=asked) for message in response.messages]

        return self._answer(self.chat.ListChatMessages, request, headers, rows)

    def delete(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        request = chat_message_pb2.DeleteChatMessagesRequest(
            chatflow_id=flow, filter=typed.message_filter(query), all_of_chatflow=not query
        )
        return self._answer(self.chat.DeleteChatMessages, request, headers, lambda answer: {"affected": answer.affected})

    def edit(self, flow: str, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        request = chat_message_pb2.UpdateChatMessageRequest(
            chatflow_id=flow, message_id=given["message"], content=typed.text(given.get("content") or "", "content")
        )
        return self._answer(
            self.chat.UpdateChatMessage, request, headers, lambda answer: typed.row(answer.message, with_feedback=False)
        )

    def branch(self, flow: str, message_id: str, headers: Mapping[str, str]) -> Outcome:
        request = chat_message_pb2.BranchChatSessionRequest(chatflow_id=flow, message_id=message_id)
        return self._answer(
            self.chat.BranchChatSession,
            request,
            headers,
            lambda made: {"sessionId": made.session_id, "chatId": made.chat_id, "copied": made.copied},
        )

    def abort(self, flow: str, chat_id: str, headers: Mapping[str, str]) -> Outcome:
        request = chat_message_pb2.AbortChatMessageRequest(chatflow_id=flow, chat_id=chat_id)
        aborted = {"status": 200, "message": "Chat message aborted"}
        return self._answer(self.chat.AbortChatMessage, request, headers, lambda _: aborted)

    def give_feedback(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        request = typed_opinions.new_feedback({"chatflowid": flow, **body})
        return self._answer(self.opinions.CreateFeedback, request, headers, lambda answer: typed.feedback(answer.feedback))

    def change_feedback(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        fields = {name: value for name, value in body.items() if name != "id"}
        request = typed_opinions.changed_feedback(body["id"], fields)
        return self._answer(self.opinions.UpdateFeedback, request, headers, lambda _: {"status": "OK"})

    def feedback(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        request = typed_opinions.list_request(query, flow)
        rows = self.opinions.ListFeedback
        return self._answer(rows, request, headers, lambda answer: [typed.feedback(one) for one in answer.feedback])

    def entity(self, kind: str, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        method, request, read = KINDS[kind].typed(self.channel, given)
        return self._answer(method, request, headers, read)

    def lead(self, flow: str, body: Any, headers: Mapping[str, str]) -> Outcome:
        request = typed_opinions.new_lead({"chatflowid": flow, **body})
        printed = partial(typed_opinions.lead, with_nulls=False)
        return self._answer(self.people.CreateLead, request, headers, lambda answer: printed(answer.lead))

    def leads(self, flow: str, query: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
        request = typed_opinions.list_leads_request(query, flow)
        printed = partial(typed_opinions.lead, with_nulls=True)
        return self._answer(self.people.ListLeads, request, headers, lambda answer: [*map(printed, answer.leads)])

    def delete_lead(self, flow: str, lead_id: str, headers: Mapping[str, str]) -> Outcome:
        request = DeleteLeadRequest(lead_id=lead_id)
        return self._answer(self.people.DeleteLead, request, headers, lambda _: {"affected": 1})

    def _answer(self, method: Any, request: Any, headers: Mapping[str, str], read: Callable[[Any], Any]) -> Outcome:
        try:
            return Outcome(200, read(method(request, metadata=metadata(headers), timeout=TIMEOUT)))
        except grpc.RpcError as error:
            return failed(error)


def attached(file: chat_attachment_pb2.AttachedFile) -> dict[str, Any]:
    return {"name": file.name, "mimeType": file.mime, "size": file.size, "content": file.content}


def metadata(headers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name.lower(), value) for name, value in headers.items())


def options_of(fields: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a form as the typed request has them: whatever is not its own is an override."""
    options: dict[str, Any] = {"overrideConfig": {}}
    for name, value in fields.items():
        value = json.loads(value) if name in JSON_TEXTS and isinstance(value, str) and value[:1] in "[{" else value
        if name == "overrideConfig":
            options["overrideConfig"].update(value)
        elif name in known:
            options[name] = value
        else:
            options["overrideConfig"][name] = value
    return options


def upload(kind: Any, options: Message, files: list[File]) -> Iterator[Message]:
    """The messages of an upload: the request, then each file as a header and chunks."""
    yield kind(options=options)
    for one in files:
        yield kind(file=common_pb2.UploadFile(name=one.name, mime=one.mime))
        for start in range(0, len(one.data), CHUNK):
            yield kind(chunk=one.data[start : start + CHUNK])


def failed(error: Any) -> Outcome:
    """A failed call: its code as a status, its reason from the error details."""
    trailers = dict([*(error.trailing_metadata() or ())])
    outcome = Outcome(HTTP_STATUS[error.code()], message=error.details() or "", headers=trailers)
    details = status_pb2.Status.FromString(trailers.get("grpc-status-details-bin", b""))
    info = error_details_pb2.ErrorInfo()
    if details.details and details.details[0].Unpack(info):
        outcome.reason = info.reason
        if info.domain != "tradewind" or details.message != outcome.message:
            outcome.faults.append(f"the error details contradict the status: {details}")
    if not outcome.message.strip():
        outcome.faults.append(f"the error has no sentence: {error}")
    return outcome
