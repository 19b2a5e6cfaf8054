"""The five things a caller of Tradewind does: upload a document, ask, stream, list what was said, act on an error.

    TRADEWIND_API_KEY=… python client.py 127.0.0.1:3000 CHATFLOW_ID handbook.pdf

Uses the stubs of ``tradewind-client`` alone; nothing of the server.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from tradewind.v1 import chat_message_pb2, common_pb2, prediction_pb2, vector_upsert_pb2
from tradewind.v1.chat_message_pb2_grpc import ChatMessageServiceStub
from tradewind.v1.prediction_pb2_grpc import PredictionServiceStub
from tradewind.v1.vector_upsert_pb2_grpc import VectorUpsertServiceStub

QUESTION = "When does the ferry leave?"
NO_CHATFLOW = "00000000-0000-4000-8000-000000000000"
CHUNK_BYTES = 256 * 1024  # The contract advises at most 1 MiB.
CALL_SECONDS = 120.0
ATTEMPTS = 4
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0

T = TypeVar("T")


class Client:
    """One chatflow on one server. ``key`` may be empty where only open chatflows are asked."""

    def __init__(self, channel: grpc.Channel, chatflow_id: str, key: str) -> None:
        self.predictions = PredictionServiceStub(channel)
        self.upserts = VectorUpsertServiceStub(channel)
        self.messages = ChatMessageServiceStub(channel)
        self.chatflow_id = chatflow_id
        self.metadata = [("authorization", f"Bearer {key}")] if key else []

    def upload(self, path: Path) -> None:
        """Upserts a file and prints how far it is."""
        for event in self.upserts.StreamUploadUpsert(self._parts(path), metadata=self.metadata, timeout=CALL_SECONDS):
            match event.WhichOneof("event"):
                case "progress":
                    done = event.progress
                    say(f"progress: {done.loaded} loaded, {done.split} split, {done.embedded} embedded, {done.written} written")
                case "result":
                    say(f"upsert: {event.result.num_added} added")

    def _parts(self, path: Path) -> Iterator[vector_upsert_pb2.StreamUploadUpsertRequest]:
        """The request, then the file's header, then its bytes."""
        part = vector_upsert_pb2.StreamUploadUpsertRequest
        yield part(options=vector_upsert_pb2.UpsertRequest(chatflow_id=self.chatflow_id))
        yield part(file=common_pb2.UploadFile(name=path.name))
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield part(chunk=chunk)

    def ask(self, chatflow_id: str) -> str:
        """Prints the answer; returns the session that it was stored in."""
        request = prediction_pb2.PredictRequest(chatflow_id=chatflow_id, question=QUESTION)
        answer = self.predictions.Predict(request, metadata=self.metadata, timeout=CALL_SECONDS)
        say(f"answer: {answer.text}")
        return answer.session_id

    def stream(self, session_id: str) -> None:
        """Prints the answer as it is made. A stream is not repeated: part of the answer may stand on the screen."""
        request = prediction_pb2.StreamPredictRequest(
            chatflow_id=self.chatflow_id, question="And what does it cost?", session_id=session_id
        )
        pieces = 0
        print("stream: ", end="")
        for event in self.predictions.StreamPredict(request, metadata=self.metadata, timeout=CALL_SECONDS):
            match event.WhichOneof("event"):
                case "token":
                    pieces += 1
                    print(event.token.text, end="", flush=True)
                case "error":
                    print(f" … broke off: {event.error.message}", end="")
        say(f"\npieces: {pieces}")

    def list_messages(self, session_id: str) -> None:
        """Prints the messages of a session, page by page. Needs a key that may view chat messages."""
        page_token = ""
        while True:
            request = chat_message_pb2.ListChatMessagesRequest(
                chatflow_id=self.chatflow_id,
                filter=chat_message_pb2.ChatMessageFilter(session_id=session_id),
                page_size=3,
                page_token=page_token,
            )
            page = self.messages.ListChatMessages(request, metadata=self.metadata, timeout=CALL_SECONDS)
            for message in page.messages:
                role = "user" if message.role == common_pb2.MESSAGE_ROLE_USER else "api"
                say(f"message: {role}: {message.content}")
            page_token = page.next_page_token
            if not page_token:
                return


def say(line: str) -> None:
    print(line, flush=True)


def reason_of(error: grpc.RpcError) -> str:
    """The stable reason of an error; empty where the server itself was not reached."""
    status = rpc_status.from_call(error)
    for detail in status.details if status else ():
        info = error_details_pb2.ErrorInfo()
        if detail.Unpack(info):
            return info.reason
    return ""


def described(error: grpc.RpcError) -> str:
    return f"{error.code().name} {reason_of(error)}".rstrip()


def with_retry(call: Callable[[], T]) -> T:
    """Repeats a call while the server or a part behind it is away: at most ``ATTEMPTS`` times, with growing pauses."""
    for attempt in range(2, ATTEMPTS + 1):
        try:
            return call()
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.UNAVAILABLE:
                raise
            say(f"retry: {described(error)}, attempt {attempt} of {ATTEMPTS}")
        pause = min(FIRST_PAUSE_SECONDS * 2 ** (attempt - 2), LONGEST_PAUSE_SECONDS)
        time.sleep(pause * random.uniform(0.5, 1.0))  # Callers that failed together do not come back together.
    return call()


def run(client: Client, document: Path) -> None:
    with_retry(lambda: client.upload(document))
    session_id = with_retry(lambda: client.ask(client.chatflow_id))
    client.stream(session_id)
    with_retry(lambda: client.list_messages(session_id))
    try:
        client.ask(NO_CHATFLOW)
    except grpc.RpcError as error:
        if reason_of(error) != "CHATFLOW_NOT_FOUND":
            raise
        say(f"expected: {described(error)}")


def main() -> int:
    if len(sys.argv) != 4:
        print("usage: client.py HOST:PORT CHATFLOW_ID FILE", file=sys.stderr)
        return 2
    target, chatflow_id, document = sys.argv[1:]
    with grpc.insecure_channel(target) as channel:
        try:
            run(Client(channel, chatflow_id, os.environ.get("TRADEWIND_API_KEY", "")), Path(document))
        except grpc.RpcError as error:
            print(f"error: {described(error)}: {error.details()}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
