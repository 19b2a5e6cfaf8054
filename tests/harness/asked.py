"""What is asked through a door, as its client sends it: routes over REST, methods over gRPC."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import grpc


class AskedMethods(
    grpc.UnaryUnaryClientInterceptor,
    grpc.UnaryStreamClientInterceptor,
    grpc.StreamUnaryClientInterceptor,
    grpc.StreamStreamClientInterceptor,
):
    """Adds each call of a channel to a list, as ``FeedbackService/CreateFeedback``."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def _note(self, go_on: Callable[[Any, Any], Any], details: Any, request: Any) -> Any:
        self._asked.append(details.method.rpartition(".")[2])
        return go_on(details, request)

    intercept_unary_unary = _note
    intercept_unary_stream = _note
    intercept_stream_unary = _note
    intercept_stream_stream = _note


def is_route(asked: str, route: str) -> bool:
    """Whether a request, ``GET /api/v1/leads/7?limit=1``, is one of a route, ``GET /api/v1/leads/{chatflow_id}``."""
    pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(route))
    return re.fullmatch(pattern + r"/?(\?.*)?", asked, re.S) is not None
