"""Feedback and leads between Flowise's JSON and the typed messages: cases are written once, in the JSON that REST has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.v1 import common_pb2, feedback_pb2, lead_pb2

from harness.typed import NotTyped, enum, moment, stamp, text


def new_feedback(body: Any) -> feedback_pb2.CreateFeedbackRequest:
    """A request of the JSON body of one. The id of the message has no other word for "absent" than an empty text."""
    request = feedback_pb2.CreateFeedbackRequest(message_id=text(body.get("messageId", ""), "messageId"))
    names = {"chatflowid": "chatflow_id", "chatId": "chat_id", "content": "content"}
    for name, field in names.items():
        if body.get(name) is not None:
            setattr(request, field, text(body[name], name))
    request.rating = rating(body)
    return request


def changed_feedback(feedback_id: str, body: Any) -> feedback_pb2.UpdateFeedbackRequest:
    if set(body) - {"rating", "content"}:
        raise NotTyped("a change holds a rating and words alone")
    request = feedback_pb2.UpdateFeedbackRequest(feedback_id=feedback_id, rating=rating(body))
    if body.get("content") is not None:
        request.content = text(body["content"], "content")
    return request


def rating(body: Mapping[str, Any]) -> Any:
    return next(iter(enum(body.get("rating"), common_pb2.Rating, "RATING_")), 0)


def list_request(query: Mapping[str, Any], flow: str) -> feedback_pb2.ListFeedbackRequest:
    request = feedback_pb2.ListFeedbackRequest(chatflow_id=flow, order=order(query, "sortOrder"))
    request.ratings.extend(enum(query.get("feedbackType"), common_pb2.Rating, "RATING_"))
    narrow(request, query)
    return request


def narrow(request: Any, query: Mapping[str, Any]) -> None:
    """What lists of feedback and of leads have in common."""
    if query.get("chatId") is not None:
        request.chat_id = text(query["chatId"], "chatId")
    for name, target in (("startDate", request.start_time), ("endDate", request.end_time)):
        if query.get(name) is not None:
            target.CopyFrom(moment(query[name], name))
    request.page_size = int(query.get("limit", 0))
    if "page" in query:
        raise NotTyped("pages are asked for by tokens")


def order(query: Mapping[str, Any], alias: str) -> Any:
    value = query.get("order", query.get(alias))
    if value is None:
        return 0
    if str(value).upper() not in ("ASC", "DESC"):
        raise NotTyped("the order is none")
    return common_pb2.SortOrder.Value(f"SORT_ORDER_{value.upper()}")


def new_lead(body: Any) -> lead_pb2.CreateLeadRequest:
    request = lead_pb2.CreateLeadRequest(chatflow_id=text(body.get("chatflowid", ""), "chatflowid"))
    for name, field in {"chatId": "chat_id", "name": "name", "email": "email", "phone": "phone"}.items():
        if body.get(name) is not None:
            setattr(request, field, text(body[name], name))
    return request


def list_leads_request(query: Mapping[str, Any], flow: str) -> lead_pb2.ListLeadsRequest:
    request = lead_pb2.ListLeadsRequest(chatflow_id=flow, order=order(query, "order"))
    narrow(request, query)
    return request


def lead(item: lead_pb2.Lead, *, with_nulls: bool) -> dict[str, Any]:
    """A lead as REST prints it."""
    texts = {
        "name": item.name if item.HasField("name") else None,
        "email": item.email if item.HasField("email") else None,
        "phone": item.phone if item.HasField("phone") else None,
    }
    return {
        "id": item.id,
        "chatflowid": item.chatflow_id,
        "chatId": item.chat_id,
        "createdDate": stamp(item.create_time),
        **{name: value for name, value in texts.items() if with_nulls or value is not None},
    }
