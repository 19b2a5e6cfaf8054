"""The names that spans and their attributes have outside, here and nowhere else.

OpenTelemetry's names for generative AI are still under development (semantic-conventions-genai); those used here have been
the same since version 1.37 of the conventions. A change of theirs is a change of this file.
"""

from __future__ import annotations

ATTRIBUTES = {
    "operation": "gen_ai.operation.name",
    "provider": "gen_ai.provider.name",
    "model": "gen_ai.request.model",
    "input_tokens": "gen_ai.usage.input_tokens",
    "output_tokens": "gen_ai.usage.output_tokens",
    "conversation": "gen_ai.conversation.id",
    "agent_id": "gen_ai.agent.id",
    "tool": "gen_ai.tool.name",
    "node_id": "tradewind.node.id",
    "node_type": "tradewind.node.type",
    "chatflow_type": "tradewind.chatflow.type",
    "documents": "tradewind.retrieval.documents",
    "request_id": "tradewind.request.id",
    "database": "db.system.name",
    "db_operation": "db.operation.name",
    "collection": "db.collection.name",
    "rpc_system": "rpc.system",
    "rpc_service": "rpc.service",
    "rpc_method": "rpc.method",
    "rpc_code": "rpc.grpc.status_code",
    "error": "error.type",
}
"""Outside names by the names that steps use."""

CONTENTS = {"tool": ("gen_ai.tool.call.arguments", "gen_ai.tool.call.result")}
OTHER_CONTENTS = ("gen_ai.input.messages", "gen_ai.output.messages")
"""What was said into a step and out of it, by the kind of step. Written only where the operator asks for contents."""
