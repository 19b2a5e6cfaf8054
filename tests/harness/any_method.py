"""One method of gRPC by its name, with request and answer as JSON: for cases that need no words of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import grpc
from google.protobuf import json_format, message_factory
from tradewind_server.rpc.contract import load_contract

from harness.doors import TIMEOUT, GrpcDoor, Outcome, failed, metadata

CHUNK = 1000
"""Bytes of a piece of a file: small, so that there are several."""


def rpc_call(door: Any, given: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
    """``{ChatflowService/CheckChatflow: {id: …}}``. The answer has its fields by their JSON names, empty ones too; that of a
    method which streams is the list of its messages.
    """
    assert isinstance(door, GrpcDoor)
    ((name, fields),) = given.items()
    service, _, method_name = name.partition("/")
    method = load_contract().pool.FindServiceByName(f"tradewind.v1.{service}").methods_by_name[method_name]
    if method.client_streaming or "chunk" in method.output_type.fields_by_name:
        return file_call(door, f"/tradewind.v1.{name}", method, fields or {}, headers)
    request = json_format.ParseDict(fields or {}, message_factory.GetMessageClass(method.input_type)())
    make = door.channel.unary_stream if method.server_streaming else door.channel.unary_unary
    call = make(
        f"/tradewind.v1.{name}",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=message_factory.GetMessageClass(method.output_type).FromString,
    )
    try:
        answer = call(request, metadata=metadata(headers), timeout=TIMEOUT)
        messages = list(answer) if method.server_streaming else [answer]
    except grpc.RpcError as error:
        return failed(error)
    shown = [json_format.MessageToDict(message, always_print_fields_with_no_presence=True) for message in messages]
    return Outcome(200, shown if method.server_streaming else shown[0])


def chunks_of(request_class: Any, value: Any) -> Iterator[Any]:
    """A JSON file in several messages."""
    data = json.dumps(value).encode()
    return (request_class(chunk=data[start : start + CHUNK]) for start in range(0, len(data), CHUNK))


def upload_of(request_class: Any, fields: Mapping[str, Any]) -> Iterator[Any]:
    """The request of an upload, the header of its one ``file``, and its ``text``."""
    for name in ("options", "file"):
        yield json_format.ParseDict({name: fields[name]}, request_class())
    yield request_class(chunk=fields["text"].encode())


def file_call(door: GrpcDoor, path: str, method: Any, fields: Mapping[str, Any], headers: Mapping[str, str]) -> Outcome:
    """A method that takes or yields a JSON file in chunks; the case gives it as ``file``, and the answer is its value."""
    request_class = message_factory.GetMessageClass(method.input_type)
    answer_class = message_factory.GetMessageClass(method.output_type)
    codec: dict[str, Any] = {
        "request_serializer": lambda message: message.SerializeToString(),
        "response_deserializer": answer_class.FromString,
    }
    try:
        if method.client_streaming:
            pieces = upload_of(request_class, fields) if "options" in fields else chunks_of(request_class, fields["file"])
            if method.server_streaming:
                answers = door.channel.stream_stream(path, **codec)(pieces, metadata=metadata(headers), timeout=TIMEOUT)
                return Outcome(
                    200, [json_format.MessageToDict(one, always_print_fields_with_no_presence=True) for one in answers]
                )
            answer = door.channel.stream_unary(path, **codec)(pieces, metadata=metadata(headers), timeout=TIMEOUT)
            return Outcome(200, json_format.MessageToDict(answer, always_print_fields_with_no_presence=True))
        call = door.channel.unary_stream(path, **codec)
        request = json_format.ParseDict(fields, request_class())
        parts = [part.chunk for part in call(request, metadata=metadata(headers), timeout=TIMEOUT)]
    except grpc.RpcError as error:
        return failed(error)
    return Outcome(200, json.loads(b"".join(parts)))
