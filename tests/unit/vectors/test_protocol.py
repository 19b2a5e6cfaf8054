"""Qdrant's generated messages without the client around them."""

from __future__ import annotations

import subprocess
import sys

from tradewind_server.vectors.protocol import q


def test_the_messages_are_those_of_qdrant_client() -> None:
    from qdrant_client import grpc as theirs

    assert q.PointStruct is theirs.PointStruct
    assert theirs.UpsertPoints(points=[q.PointStruct(id=q.PointId(num=3))]).points[0].id.num == 3


def test_neither_side_loads_the_client_library() -> None:
    modules = "tradewind_server.vectors.qdrant, tradewind_server.vectors.engine.services"
    code = f"import sys, {modules}; print([m for m in ('qdrant_client', 'numpy', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "[]"
