"""Feedback between Flowise's JSON and the typed messages: cases are written once, in the JSON that REST has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tradewind.v1 import common_pb2, feedback_pb2

from harness.typed import NotTyped, enum, moment, text


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
    if query.get("chatId") is not None:
        request.chat_id = text(query["chatId"], "chatId")
    for name, target in (("startDate", request.start_time), ("endDate", request.end_time)):
        if query.get(name) is not None:
            target.CopyFrom(moment(query[name], name))
    request.ratings.extend(enum(query.get("feedbackType"), common_pb2.Rating, "RATING_"))
    request.page_size = int(query.get("limit", 0))
    if "page" in query:
        raise NotTyped("pages are asked for by tokens")
    return request


def order(query: Mapping[str, Any], alias: str) -> Any:
    value = query.get("order", query.get(alias))
    if value is None:
        return 0
    if str(value).upper() not in ("ASC", "DESC"):
        raise NotTyped("the order is none")
    return common_pb2.SortOrder.Value(f"SORT_ORDER_{value.upper()}")
