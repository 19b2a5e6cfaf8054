"""Record manager nodes. All three keep their records in this server's own database."""

from __future__ import annotations

from tradewind_server.flows.components import Cleanup, Records
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.vector_names import name_fault

CATEGORY = "Record Manager"
CLEANUPS: dict[str, Cleanup] = {"none": "none", "incremental": "incremental", "full": "full"}
DEFAULT_SOURCE_KEY = "source"
CLEANUP_MODES = (
    Input("tableName"),
    Input("namespace"),
    Input("cleanup", "choice"),
    Input("sourceIdKey"),
    Input("additionalConfig", "json", has_no_effect=True),
)
SERVER = tuple(Input(name, has_no_effect=True) for name in ("host", "database", "port", "ssl"))
NOTE = "keeps its records in this server's database: the first upsert into a store writes all its chunks."


def build(inputs: NodeInputs, context: BuildContext) -> Records:
    """Records of another table are other records, as they were in a database of their own."""
    for name in ("namespace", "tableName"):
        value = inputs.optional_text(name)
        if value and (fault := name_fault(value, as_file=False)):
            raise inputs.wrong_input(name, f"a name that a database can keep: {fault}")
    namespace = inputs.optional_text("namespace") or context.chatflow_id
    table = inputs.optional_text("tableName")
    return Records(
        namespace=f"{table}.{namespace}" if table else namespace,
        cleanup=inputs.choice("cleanup", CLEANUPS, "none"),
        source_key=inputs.text("sourceIdKey", DEFAULT_SOURCE_KEY).strip() or DEFAULT_SOURCE_KEY,
    )


NODES = (
    NodeType("SQLiteRecordManager", "SQLite Record Manager", CATEGORY, CLEANUP_MODES, build, NOTE),
    NodeType("postgresRecordManager", "Postgres Record Manager", CATEGORY, (*SERVER, *CLEANUP_MODES), build, NOTE),
    NodeType("MySQLRecordManager", "MySQL Record Manager", CATEGORY, (*SERVER, *CLEANUP_MODES), build, NOTE),
)
