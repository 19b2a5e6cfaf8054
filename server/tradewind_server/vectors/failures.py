"""What a failed call of Qdrant means: whether the server answered at all, whether a second try helps, and one true sentence.

Qdrant's own words go into the log. Callers see them only where they speak of the request; of the inside they see a sentence.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Any

import grpc

from tradewind_server.errors import InvalidInput, Reason, TradewindError, Unavailable

Code = grpc.StatusCode
MOST_SAID = 200


class LostKind(Enum):
    """How a call ended without Qdrant's answer, or that it had one."""

    ANSWER = auto()
    REFUSAL = auto()
    """Nothing listens, or the connection broke: a server that starts again looks like this."""
    SILENT = auto()
    """No sign of life within the time of the call."""
    WRONG = auto()
    """Whatever listens there will not become a Qdrant by waiting."""


WRONG_PLACES = (
    (
        re.compile(r"WRONG_VERSION_NUMBER"),
        "The Qdrant server's port speaks no TLS: write http:// in its URL, or switch TLS on there.",
    ),
    (
        re.compile(r"CERTIFICATE_VERIFY_FAILED"),
        "The Qdrant server's certificate comes from no authority that this server trusts: set TRADEWIND_QDRANT_CA to the "
        "certificate of its authority.",
    ),
    (
        re.compile(r"Hostname Verification"),
        "The Qdrant server's certificate is for another host name than the URL's: correct one of them.",
    ),
    (
        re.compile(r"PEER_DID_NOT_RETURN_A_CERTIFICATE|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE_FAILURE"),
        "The Qdrant server asks for another client certificate: set TRADEWIND_QDRANT_CERT and TRADEWIND_QDRANT_KEY.",
    ),
    (
        re.compile(
            r"http1\.x|HTTP/1|missing selected ALPN|Received http2 header with status: (?!429)[1-4]|invalid content-type"
        ),
        "The port of the Qdrant server's URL does not speak gRPC: name the gRPC port, usually 6334 where REST has 6333.",
    ),
    (
        re.compile(r"hostname lookup|DNS resolution|Domain name not found|Name or service not known"),
        "The host of the Qdrant server's URL is not known: check the name.",
    ),
)
"""What gRPC's core says of a connection that cannot come about, each with what to change."""
TRANSIENT = re.compile(
    r"please retry|failed to apply operation|no active replica|not (yet )?(active|ready)|consensus|no leader"
    r"|at least one response for one query",
    re.IGNORECASE,
)
FULL = re.compile(r"no space left|disk (space|usage|is full)|out of disk|insufficient storage|available disk", re.IGNORECASE)
MEMORY = re.compile(r"out of memory|memory (usage|limit)", re.IGNORECASE)
RATE = re.compile(r"rate[ -]?limit", re.IGNORECASE)
RETRY_AFTER = re.compile(r"retry (?:after|in) (\d{1,5})", re.IGNORECASE)
TOO_LARGE = re.compile(r"message (length )?(is )?(too )?large|larger than max", re.IGNORECASE)
ABSENT = re.compile(r"doesn'?t exist|does not exist|not found", re.IGNORECASE)
BAD_KEY = re.compile(r"api[ -]?key|jwt|invalid token|expired token|token (?:is )?(?:invalid|expired)", re.IGNORECASE)
SILENCE = re.compile(r"keepalive|ping timeout|watchdog", re.IGNORECASE)
PLAIN_TO_TLS = re.compile(r"last error: UNAVAILABLE: \S{1,200}: Socket closed")
ABOUT_THE_REQUEST = (Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE, Code.NOT_FOUND, Code.ALREADY_EXISTS)
"""Codes whose words repeat what a caller wrote, so that nothing may be read into them."""
CLIENT_DEADLINE = "Deadline Exceeded"
"""The words of gRPC's own deadline; a server that reports one has others."""


def lost_kind(error: Any) -> LostKind:
    """Whether Qdrant answered this call; an error of its own is an answer."""
    code, details = error.code(), error.details() or ""
    if _wrong_place(error):
        return LostKind.WRONG
    if code == Code.DEADLINE_EXCEEDED and details in ("", CLIENT_DEADLINE):
        return LostKind.SILENT
    if code == Code.UNAVAILABLE:
        return LostKind.SILENT if SILENCE.search(details) else LostKind.REFUSAL
    return LostKind.ANSWER


def passes_by_itself(error: Any) -> bool:
    """Whether Qdrant asks for a second try: the shards of a new collection are not active yet, or peers disagree."""
    code, details = error.code(), error.details() or ""
    if code not in (
        Code.INTERNAL,
        Code.UNKNOWN,
        Code.ABORTED,
        Code.FAILED_PRECONDITION,
        Code.DEADLINE_EXCEEDED,
        Code.NOT_FOUND,
    ):
        return False
    return bool(TRANSIENT.search(details)) and not FULL.search(details)


def is_rate_limit(error: Any) -> bool:
    return error.code() == Code.RESOURCE_EXHAUSTED and bool(RATE.search(error.details() or ""))


def is_missing_collection(error: Any) -> bool:
    """Whether NOT_FOUND speaks of the collection, and not of a shard, a vector, or a page that a proxy does not know."""
    details = error.details() or ""
    about = re.match(r"(?:Not found: )?(?:\w{1,20} )?Collection\b", details, re.IGNORECASE)
    return error.code() == Code.NOT_FOUND and about is not None and bool(ABSENT.search(details))


def accepts_the_key(error: Any) -> bool:
    """Whether a refusal says that the key is known, and does not reach as far as was asked."""
    return error.code() == Code.PERMISSION_DENIED and not BAD_KEY.search(error.details() or "")


def meaning(error: Any, collection: str) -> TradewindError:
    """The error that a caller sees for what Qdrant, or gRPC for it, said of a call on ``collection``."""
    code, details = error.code(), error.details() or ""
    if sentence := _wrong_place(error) or _limit(error):
        return _away(sentence)
    if code in (Code.INVALID_ARGUMENT, Code.OUT_OF_RANGE):
        return InvalidInput(Reason.NODE_INPUT_INVALID, f"The vector store refused the request: {_detail(details)}")
    if code == Code.UNIMPLEMENTED:
        return InvalidInput(
            Reason.NODE_INPUT_INVALID, f"The vector store does not offer what this request needs: {_detail(details)}"
        )
    if code == Code.UNAUTHENTICATED or (code == Code.PERMISSION_DENIED and not accepts_the_key(error)):
        return _away("The Qdrant server refused its API key; check the vector store node.")
    sentences = {
        Code.PERMISSION_DENIED: f"The key of the Qdrant server does not permit this on the collection {collection}: use one "
        "that may read and write it.",
        Code.NOT_FOUND: f"The Qdrant server misses something that the collection {collection} needs, such as a shard or a "
        "vector; its state is in the server's own log.",
        Code.DATA_LOSS: f"The collection {collection} is damaged; delete it and upsert its documents again.",
        Code.RESOURCE_EXHAUSTED: "The Qdrant server has reached a limit of its own; raise it there, or send less at once.",
        Code.FAILED_PRECONDITION: f"The Qdrant server does not take this now: the collection {collection} is locked, or the "
        "server is not set up for it.",
        Code.ABORTED: f"The Qdrant server gave up this request because of another one on {collection}; try again.",
        Code.CANCELLED: "The connection to the Qdrant server was closed during the request; try again.",
        Code.INTERNAL: "The Qdrant server failed inside while it worked on the request; its log says why.",
        Code.UNKNOWN: "The Qdrant server, or a proxy before it, answered with an error that it does not explain; see its log.",
    }
    if code in sentences:
        return _away(sentences[code])
    if code == Code.DEADLINE_EXCEEDED:
        slow = lost_kind(error) is LostKind.ANSWER
        return _away(
            "The Qdrant server did not finish within its own time limit; try again, or give it more time or fewer points."
            if slow
            else "The vector store did not answer in time; try again shortly."
        )
    if PLAIN_TO_TLS.search(details):
        return _away(
            "The Qdrant server closes the connection at once: write https:// in its URL if it speaks TLS, and set "
            "TRADEWIND_QDRANT_CERT if it asks for a client certificate."
        )
    return _away("The vector store cannot be reached right now; try again shortly.")


def too_slow() -> TradewindError:
    """For calls that ended in their own deadline while others were answered."""
    return _away("The vector store took too long for this request; ask for fewer results, or filter by indexed keys.")


def _limit(error: Any) -> str | None:
    if error.code() in ABOUT_THE_REQUEST:
        return None
    details = error.details() or ""
    if FULL.search(details):
        return "The Qdrant server's disk is full: nothing can be written until there is room on it."
    if RATE.search(details):
        after = RETRY_AFTER.search(details)
        return "The Qdrant server's rate limit is reached; try again " + (f"in {after[1]} seconds." if after else "shortly.")
    if MEMORY.search(details):
        return "The Qdrant server is out of memory; give it more, or remove collections."
    if TOO_LARGE.search(details):
        return "A message is larger than the Qdrant server or this one takes; set a smaller batch size in the node."
    return None


def _wrong_place(error: Any) -> str | None:
    if error.code() in ABOUT_THE_REQUEST:
        return None
    details = error.details() or ""
    return next((sentence for pattern, sentence in WRONG_PLACES if pattern.search(details)), None)


def _detail(details: str) -> str:
    return " ".join(details.removeprefix("Wrong input: ").split())[:MOST_SAID]


def _away(sentence: str) -> Unavailable:
    return Unavailable(Reason.VECTOR_STORE_UNAVAILABLE, sentence)
