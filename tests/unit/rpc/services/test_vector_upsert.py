from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from tradewind.v1 import rest_vector_upsert_pb2 as rest
from tradewind.v1 import vector_upsert_pb2 as pb
from tradewind.v1.rest_vector_upsert_pb2_grpc import VectorUpsertFormRestServiceStub
from tradewind.v1.vector_upsert_pb2_grpc import VectorUpsertServiceStub
from tradewind_server.errors import InvalidInput, Reason

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
ADDED = {"numAdded": 1, "addedDocs": [{"pageContent": "chunk", "metadata": {"line": 7.0}}]}


async def test_upsert_takes_one_stop_node_or_several(world: Any) -> None:
    stub = VectorUpsertServiceStub(world.channel)
    for given, expected in ({"string_value": "a"}, ["a"]), ({"list_value": {"values": []}}, []), (None, []):
        request = pb.UpsertRequest(chatflow_id=FLOW, stop_node_id=given)
        request.override_config.update({"chunkSize": 10})
        assert MessageToDict(await stub.Upsert(request)) == ADDED
        assert list(world.upserter.prepared[-1].stop_node_ids) == expected
    assert world.upserter.prepared[0].override_config == {"chunkSize": 10}


async def test_uploaded_files_arrive_whole_and_are_gone_afterwards(world: Any) -> None:
    parts = [
        pb.UploadUpsertRequest(options=pb.UpsertRequest(chatflow_id=FLOW)),
        pb.UploadUpsertRequest(file={"name": "a.txt"}),
        pb.UploadUpsertRequest(chunk=b"first "),
        pb.UploadUpsertRequest(chunk=b"second"),
    ]
    response = await VectorUpsertServiceStub(world.channel).UploadUpsert(iter(parts))
    assert MessageToDict(response.result) == ADDED
    assert world.upserter.contents == [b"first second"]
    assert world.blobs.left() == []


async def test_a_failed_upsert_leaves_no_file(world: Any) -> None:
    world.upserter.error = InvalidInput(Reason.NO_DOCUMENTS, "There was nothing to upsert.")
    parts = [
        pb.UploadUpsertRequest(options=pb.UpsertRequest(chatflow_id=FLOW)),
        pb.UploadUpsertRequest(file={"name": "a.txt"}),
        pb.UploadUpsertRequest(chunk=b"x"),
    ]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await VectorUpsertServiceStub(world.channel).UploadUpsert(iter(parts))
    assert raised.value.details() == "There was nothing to upsert."
    assert world.blobs.left() == []


async def test_more_files_than_allowed_are_refused(start: Any) -> None:
    world = await start(max_files=1)
    parts = [pb.UploadUpsertRequest(options=pb.UpsertRequest(chatflow_id=FLOW))]
    parts += [pb.UploadUpsertRequest(file={"name": "a.txt"}), pb.UploadUpsertRequest(chunk=b"x")] * 2
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await VectorUpsertServiceStub(world.channel).UploadUpsert(iter(parts))
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert world.blobs.left() == []


def form_messages(flow: str) -> list[Any]:
    data = (
        b'--edge\r\nContent-Disposition: form-data; name="stopNodeId"\r\n\r\nqdrant_0\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="returnSourceDocuments"\r\n\r\ntrue\r\n'
        b'--edge\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nbytes\r\n--edge--\r\n'
    )
    return [
        rest.UpsertFormRequest(
            chatflow_id=flow, body={"content_type": "multipart/form-data; boundary=edge", "data": data[:100]}
        ),
        rest.UpsertFormRequest(body={"data": data[100:]}),
    ]


async def test_a_form_is_upserted(world: Any) -> None:
    response = await VectorUpsertFormRestServiceStub(world.channel).UpsertForm(iter(form_messages(FLOW)))
    assert MessageToDict(response) == ADDED
    request = world.upserter.prepared[0]
    assert list(request.stop_node_ids) == ["qdrant_0"]
    assert request.override_config == {"returnSourceDocuments": True}
    assert world.upserter.contents == [b"bytes"]
    assert world.blobs.left() == []


async def test_a_keyed_flow_takes_no_form_from_a_stranger(world: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await VectorUpsertFormRestServiceStub(world.channel).UpsertForm(iter(form_messages(KEYED)))
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.blobs.received == []
