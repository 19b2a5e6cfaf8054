"""Maps results of upserts to ``tradewind.v1`` messages."""

from __future__ import annotations

from tradewind.v1 import vector_upsert_pb2 as pb

from tradewind_server.ingest.ports import UpsertResult
from tradewind_server.rpc.mapping.parts import source_documents


def upsert_response(result: UpsertResult) -> pb.UpsertResponse:
    """Counts and chunks."""
    response = pb.UpsertResponse(
        num_added=result.num_added,
        num_updated=result.num_updated,
        num_skipped=result.num_skipped,
        num_deleted=result.num_deleted,
        added_docs=source_documents(result.added),
        warnings=result.warnings,
    )
    if result.added_truncated:
        response.added_docs_truncated = True
    return response
