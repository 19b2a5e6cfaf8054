"""Maps finished upserts to ``tradewind.v1`` messages, and their lists to domain lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tradewind.v1 import common_pb2
from tradewind.v1 import upsert_history_pb2 as pb

from tradewind_server.chatflows.ids import check_id
from tradewind_server.chats.dates import end_of_millisecond
from tradewind_server.ingest.past_upserts import HistoryListing
from tradewind_server.ingest.ports import UpsertHistoryEntry
from tradewind_server.rpc.json_values import fill_value
from tradewind_server.rpc.mapping.chat_messages import moment
from tradewind_server.rpc.mapping.parts import timestamp

COUNTS = {"num_added": "numAdded", "num_updated": "numUpdated", "num_skipped": "numSkipped", "num_deleted": "numDeleted"}


def listing(request: pb.ListUpsertHistoryRequest) -> HistoryListing:
    """The list of a request. Raises ``InvalidInput(INVALID_FILTER)`` for a timestamp outside the years 1 to 9999."""
    return HistoryListing(
        check_id(request.chatflow_id),
        request.order == common_pb2.SORT_ORDER_DESC,
        moment(request.start_time, "startTime") if request.HasField("start_time") else None,
        end_of_millisecond(moment(request.end_time, "endTime")) if request.HasField("end_time") else None,
    )


def entry(row: UpsertHistoryEntry) -> pb.UpsertHistoryEntry:
    counts = {field: int(row.result.get(name) or 0) for field, name in COUNTS.items()}
    return pb.UpsertHistoryEntry(
        id=row.id,
        chatflow_id=row.chatflow_id,
        nodes=[_node(one) for one in _objects(row.flow_data)],
        create_time=timestamp(row.date),
        **counts,
    )


def _node(node: Mapping[str, Any]) -> pb.UpsertedNode:
    return pb.UpsertedNode(
        id=_text(node, "id"),
        name=_text(node, "name"),
        label=_text(node, "label"),
        category=_text(node, "category"),
        settings=[_setting(one) for one in _objects(node.get("paramValues"))],
    )


def _setting(setting: Mapping[str, Any]) -> pb.NodeSetting:
    message = pb.NodeSetting(name=_text(setting, "name"), label=_text(setting, "label"), type=_text(setting, "type"))
    fill_value(message.value, setting.get("value"))
    return message


def _objects(items: Any) -> Iterable[Mapping[str, Any]]:
    return (item for item in items if isinstance(item, Mapping)) if isinstance(items, list) else ()


def _text(item: Mapping[str, Any], name: str) -> str:
    return str(item.get(name) or "")
