"""Errors a caller may see: one public sentence, one stable reason, no transport.

Every room raises these; ``rpc/errors.py`` alone turns them into status codes. The message of an error is shown to the
caller as it stands, so it says what to change and never carries a secret, a path of the server or a Python name.
"""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Stable, machine-readable reasons (mirrored one to one by ``ErrorReason`` in ``errors.proto``)."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    INVALID_CHATFLOW_ID = "INVALID_CHATFLOW_ID"
    INVALID_CHATFLOW = "INVALID_CHATFLOW"
    INVALID_HISTORY = "INVALID_HISTORY"
    INVALID_FILTER = "INVALID_FILTER"
    INVALID_FORM = "INVALID_FORM"
    NODE_NOT_SUPPORTED = "NODE_NOT_SUPPORTED"
    NODE_INPUT_INVALID = "NODE_INPUT_INVALID"
    FEATURE_NOT_SUPPORTED = "FEATURE_NOT_SUPPORTED"
    NO_VECTOR_STORE = "NO_VECTOR_STORE"
    STOP_NODE_REQUIRED = "STOP_NODE_REQUIRED"
    STOP_NODE_NOT_FOUND = "STOP_NODE_NOT_FOUND"
    NO_DOCUMENTS = "NO_DOCUMENTS"
    FILE_NOT_FOUND = "FILE_NOT_FOUND"
    FILE_TYPE_NOT_ALLOWED = "FILE_TYPE_NOT_ALLOWED"
    FILE_EMPTY = "FILE_EMPTY"
    FILE_UNREADABLE = "FILE_UNREADABLE"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    CONTEXT_LENGTH_EXCEEDED = "CONTEXT_LENGTH_EXCEEDED"
    VECTOR_DIMENSION_MISMATCH = "VECTOR_DIMENSION_MISMATCH"
    CHATFLOW_NOT_FOUND = "CHATFLOW_NOT_FOUND"
    CHAT_MESSAGE_NOT_FOUND = "CHAT_MESSAGE_NOT_FOUND"
    FEEDBACK_NOT_FOUND = "FEEDBACK_NOT_FOUND"
    LEAD_NOT_FOUND = "LEAD_NOT_FOUND"
    CREDENTIAL_NOT_FOUND = "CREDENTIAL_NOT_FOUND"
    COLLECTION_NOT_FOUND = "COLLECTION_NOT_FOUND"
    API_KEY_NOT_FOUND = "API_KEY_NOT_FOUND"
    WORKSPACE_NOT_FOUND = "WORKSPACE_NOT_FOUND"
    VARIABLE_NOT_FOUND = "VARIABLE_NOT_FOUND"
    TOOL_NOT_FOUND = "TOOL_NOT_FOUND"
    DOCUMENT_STORE_NOT_FOUND = "DOCUMENT_STORE_NOT_FOUND"
    VERSION_NOT_FOUND = "VERSION_NOT_FOUND"
    ASSISTANT_NOT_FOUND = "ASSISTANT_NOT_FOUND"
    DOCUMENT_LOADER_NOT_FOUND = "DOCUMENT_LOADER_NOT_FOUND"
    DOCUMENT_CHUNK_NOT_FOUND = "DOCUMENT_CHUNK_NOT_FOUND"
    VECTOR_STORE_NOT_CONFIGURED = "VECTOR_STORE_NOT_CONFIGURED"
    UPSERT_HISTORY_NOT_FOUND = "UPSERT_HISTORY_NOT_FOUND"
    EXECUTION_NOT_FOUND = "EXECUTION_NOT_FOUND"
    EXECUTION_NOT_STOPPED = "EXECUTION_NOT_STOPPED"
    CHECKPOINT_INVALID = "CHECKPOINT_INVALID"
    RUN_LIMIT_EXCEEDED = "RUN_LIMIT_EXCEEDED"
    TOOL_FAILED = "TOOL_FAILED"
    RUN_NOT_FOUND = "RUN_NOT_FOUND"
    RUN_INTERRUPTED = "RUN_INTERRUPTED"
    RUN_IN_PROGRESS = "RUN_IN_PROGRESS"
    IDEMPOTENCY_IN_PROGRESS = "IDEMPOTENCY_IN_PROGRESS"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    SESSION_BUSY = "SESSION_BUSY"
    ROUTE_NOT_FOUND = "ROUTE_NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    CONFLICT = "CONFLICT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    ORIGIN_NOT_ALLOWED = "ORIGIN_NOT_ALLOWED"
    RATE_LIMITED = "RATE_LIMITED"
    OVERLOADED = "OVERLOADED"
    MODEL_UNAVAILABLE = "MODEL_UNAVAILABLE"
    MODEL_REFUSED = "MODEL_REFUSED"
    MODEL_RATE_LIMITED = "MODEL_RATE_LIMITED"
    MODEL_TIMEOUT = "MODEL_TIMEOUT"
    VECTOR_STORE_UNAVAILABLE = "VECTOR_STORE_UNAVAILABLE"
    DATABASE_UNAVAILABLE = "DATABASE_UNAVAILABLE"
    SERVER_UNAVAILABLE = "SERVER_UNAVAILABLE"
    OUTBOUND_REFUSED = "OUTBOUND_REFUSED"
    OUTBOUND_FAILED = "OUTBOUND_FAILED"
    UPLOAD_INVALID = "UPLOAD_INVALID"
    SPEECH_NOT_CONFIGURED = "SPEECH_NOT_CONFIGURED"
    OUTPUT_UNPARSABLE = "OUTPUT_UNPARSABLE"
    RECORD_SOURCE_MISSING = "RECORD_SOURCE_MISSING"
    DOCUMENT_TOO_COMPLEX = "DOCUMENT_TOO_COMPLEX"
    JAVASCRIPT_OFF = "JAVASCRIPT_OFF"
    JAVASCRIPT_FAILED = "JAVASCRIPT_FAILED"
    TOO_MANY_CALLS = "TOO_MANY_CALLS"
    BODY_TOO_COMPLEX = "BODY_TOO_COMPLEX"
    CANCELLED = "CANCELLED"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    INTERNAL = "INTERNAL"


class TradewindError(Exception):
    """Base of all errors that carry a public sentence.

    ``metadata`` goes into ``ErrorInfo.metadata`` (ids and names only, never contents or secrets).
    """

    def __init__(self, reason: Reason, message: str, **metadata: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata = metadata


class InvalidInput(TradewindError):
    """The caller's request cannot work as it stands: HTTP 400, gRPC INVALID_ARGUMENT."""


class FailedPrecondition(TradewindError):
    """The request is well-formed but the stored state forbids it: HTTP 400, gRPC FAILED_PRECONDITION."""


class NotFound(TradewindError):
    """Missing, or not the caller's (the two look the same): HTTP 404, gRPC NOT_FOUND."""


class Conflict(TradewindError):
    """Clashes with what is stored: HTTP 409, gRPC ABORTED or ALREADY_EXISTS."""


class Unauthenticated(TradewindError):
    """No valid credentials: HTTP 401, gRPC UNAUTHENTICATED."""


class PermissionDenied(TradewindError):
    """Valid credentials without the permission: HTTP 403, gRPC PERMISSION_DENIED."""


class ResourceExhausted(TradewindError):
    """A limit is reached: HTTP 429, gRPC RESOURCE_EXHAUSTED. ``retry_after`` is in seconds."""

    def __init__(self, reason: Reason, message: str, retry_after: float | None = None, **metadata: str) -> None:
        super().__init__(reason, message, **metadata)
        self.retry_after = retry_after


class Unavailable(TradewindError):
    """A part this call needs is away, or all are busy: HTTP 503, gRPC UNAVAILABLE. Calling again later may work.

    ``retry_after`` is in seconds.
    """

    def __init__(self, reason: Reason, message: str, retry_after: float | None = None, **metadata: str) -> None:
        super().__init__(reason, message, **metadata)
        self.retry_after = retry_after


class DeadlineExceeded(TradewindError):
    """The work took longer than it may: HTTP 504, gRPC DEADLINE_EXCEEDED."""


class InternalError(TradewindError):
    """A fault of ours: HTTP 500, gRPC INTERNAL. The message says nothing of the inside."""
