from __future__ import annotations

import asyncio
import inspect

import grpc
import pytest
from tradewind.v1 import errors_pb2
from tradewind_server import errors
from tradewind_server.errors import Reason, TradewindError
from tradewind_server.rpc.errors import CODES, HTTP_STATUS, REASON_CODES, code_of, failure_of, is_foreseen, trailers_of

CLASSES = [
    one
    for _, one in inspect.getmembers(errors, inspect.isclass)
    if issubclass(one, TradewindError) and one is not TradewindError
]


@pytest.mark.parametrize("class_", CLASSES)
def test_every_class_is_in_the_table(class_: type[TradewindError]) -> None:
    assert class_ in CODES
    code = code_of(class_(Reason.CONFLICT, "A sentence."))
    assert (
        f"gRPC {code.name}" in (class_.__doc__ or "") or code.name in (class_.__doc__ or "") or code is grpc.StatusCode.INTERNAL
    )


@pytest.mark.parametrize("class_", [one for one in CLASSES if "HTTP" in (one.__doc__ or "")])
def test_the_http_status_is_the_one_the_class_promises(class_: type[TradewindError]) -> None:
    status = HTTP_STATUS[code_of(class_(Reason.CONFLICT, "A sentence."))]
    assert f"HTTP {status}" in (class_.__doc__ or "")


def test_reasons_are_those_of_the_contract() -> None:
    declared = {name.removeprefix("ERROR_REASON_") for name in list(errors_pb2.ErrorReason.keys())} - {"UNSPECIFIED"}
    assert {one.value for one in Reason} == declared


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_reaches_the_caller(reason: Reason) -> None:
    failure = failure_of(errors.InvalidInput(reason, "A sentence.", field="x"), "r")
    trailers = dict(trailers_of(failure, "r"))
    assert trailers["x-error-reason"] == reason.value
    assert failure.code is REASON_CODES.get(reason, grpc.StatusCode.INVALID_ARGUMENT)


def test_every_code_has_a_status() -> None:
    assert set(HTTP_STATUS) == set(grpc.StatusCode)


def test_a_class_of_its_own_takes_the_code_of_its_parent() -> None:
    class Special(errors.NotFound):
        pass

    assert code_of(Special(Reason.FILE_NOT_FOUND, "A sentence.")) is grpc.StatusCode.NOT_FOUND


def test_what_was_not_foreseen_stays_opaque() -> None:
    failure = failure_of(RuntimeError("password=x"), "r-9")
    assert failure.code is grpc.StatusCode.INTERNAL
    assert "password" not in failure.message
    assert "r-9" in failure.message
    assert not is_foreseen(RuntimeError())


def test_time_and_cancelling_are_never_internal() -> None:
    assert failure_of(TimeoutError(), "r").code is grpc.StatusCode.DEADLINE_EXCEEDED
    assert failure_of(asyncio.CancelledError(), "r").code is grpc.StatusCode.CANCELLED


def test_a_401_and_a_429_carry_their_headers() -> None:
    refused = dict(trailers_of(failure_of(errors.Unauthenticated(Reason.UNAUTHENTICATED, "No."), "r"), "r"))
    assert refused["www-authenticate"] == "Bearer"
    limited = errors.ResourceExhausted(Reason.RATE_LIMITED, "Slow.", 0.1)
    assert dict(trailers_of(failure_of(limited, "r"), "r"))["retry-after"] == "1"


def test_long_sentences_are_cut() -> None:
    assert len(failure_of(errors.InvalidInput(Reason.INVALID_ARGUMENT, "x" * 100_000), "r").message) == 2000


@pytest.mark.parametrize("text", ["\u4f60" * 5000, "a" * 5000, "line\r\nX-Evil: 1\n" * 500, "\ud800" * 5000, "%" * 5000])
def test_whatever_a_sentence_holds_its_trailers_stay_small_and_whole(text: str) -> None:
    failure = failure_of(errors.InvalidInput(Reason.INVALID_ARGUMENT, text, tool=text, other=text), "r")
    trailers = dict(trailers_of(failure, "r"))
    on_the_wire = sum(1 if " " <= char <= "~" and char != "%" else 3 * len(char.encode()) for char in failure.message)
    details = trailers["grpc-status-details-bin"]
    assert on_the_wire + len(details) * 4 / 3 < 8000, "clients take 8 KiB of metadata"
    assert all(value.isprintable() for name, value in trailers.items() if not name.endswith("-bin") and isinstance(value, str))


def test_a_short_sentence_stays_as_it_is() -> None:
    assert failure_of(errors.InvalidInput(Reason.INVALID_ARGUMENT, "Größe fehlt."), "r").message == "Größe fehlt."
