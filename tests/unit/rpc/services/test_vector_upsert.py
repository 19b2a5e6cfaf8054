from __future__ import annotations

import asyncio
import json
from typing import Any

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from tradewind.v1 import vector_upsert_pb2 as pb
from tradewind.v1.vector_upsert_pb2_grpc import VectorUpsertServiceStub
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rest_stubs import vector_upsert_pb2 as rest
from tradewind_server.rest_stubs.vector_upsert_pb2_grpc import VectorUpsertFormRestServiceStub

from harness.open_bodies import left_open

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
ADDED = {"numAdded": 1, "addedDocs": [{"pageContent": "chunk", "metadata": {"line": 7.0}}]}


async def test_upsert_takes_stop_nodes(world: Any) -> None:
    stub = VectorUpsertServiceStub(world.channel)
    for nodes in ["a"], ["a", "b"], []:
        request = pb.UpsertRequest(chatflow_id=FLOW, stop_node_ids=nodes)
        request.override_config.update({"chunkSize": 10})
        assert MessageToDict(await stub.Upsert(request)) == ADDED
        assert list(world.upserter.prepared[-1].stop_node_ids) == nodes
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


async def test_an_answer_that_leaves_chunks_out_says_so(world: Any) -> None:
    world.upserter.truncated = True
    response = await VectorUpsertServiceStub(world.channel).Upsert(pb.UpsertRequest(chatflow_id=FLOW, chat_id="chat-1"))
    assert MessageToDict(response) == {**ADDED, "addedDocsTruncated": True}
    assert world.upserter.prepared[-1].chat_id == "chat-1"


UPLOAD = [
    pb.StreamUploadUpsertRequest(options=pb.UpsertRequest(chatflow_id=FLOW)),
    pb.StreamUploadUpsertRequest(file={"name": "a.txt"}),
    pb.StreamUploadUpsertRequest(chunk=b"bytes"),
]


def watched(world: Any, upload: bool, flow: str = FLOW, key: str = "", node: str = "a") -> Any:
    stub = VectorUpsertServiceStub(world.channel)
    metadata = (("idempotency-key", key),) if key else ()
    if upload:
        return stub.StreamUploadUpsert(iter(UPLOAD), metadata=metadata)
    request = pb.StreamUpsertRequest(options=pb.UpsertRequest(chatflow_id=flow, stop_node_ids=[node]))
    return stub.StreamUpsert(request, metadata=metadata)


@pytest.mark.parametrize("upload", [False, True])
async def test_a_watched_upsert_tells_its_progress_and_ends_with_the_result(world: Any, upload: bool) -> None:
    world.upserter.hold = asyncio.Event()
    messages = []
    async for message in watched(world, upload):
        messages.append(MessageToDict(message))
        world.upserter.hold.set()
    begun = {"nodeId": "qdrant_0", "loaded": 1, "split": 5}
    assert messages[0] == {"progress": begun}
    assert messages[-2:] == [{"progress": {**begun, "embedded": 5, "written": 5}}, {"result": ADDED}]
    assert world.upserter.contents == ([b"bytes"] if upload else [])
    assert world.blobs.left() == []


@pytest.mark.parametrize("upload", [False, True])
async def test_a_watched_upsert_that_fails_ends_with_its_error(world: Any, upload: bool) -> None:
    world.upserter.error = InvalidInput(Reason.NO_DOCUMENTS, "There was nothing to upsert.")
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        async for message in watched(world, upload):
            assert message.WhichOneof("event") == "progress"
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert raised.value.details() == "There was nothing to upsert."
    assert world.blobs.left() == []


@pytest.mark.parametrize("upload", [False, True])
async def test_who_leaves_a_watched_upsert_ends_it(world: Any, upload: bool) -> None:
    world.upserter.hold = asyncio.Event()
    call = watched(world, upload)
    await call.read()
    call.cancel()
    await world.upserter.cancelled.wait()


@pytest.mark.parametrize("upload", [False, True])
async def test_a_watched_upsert_with_a_key_is_made_once(world: Any, upload: bool) -> None:
    world.upserter.hold = asyncio.Event()
    first = watched(world, upload, key="k")
    assert MessageToDict(await first.read()) == {"progress": {"nodeId": "qdrant_0", "loaded": 1, "split": 5}}
    second = watched(world, upload, key="k")
    first.cancel()  # It goes on for the second one.
    world.upserter.hold.set()
    assert [MessageToDict(message) async for message in second] == [{"result": ADDED}]
    assert [MessageToDict(message) async for message in watched(world, upload, key="k")] == [{"result": ADDED}]
    assert len(world.upserter.prepared) == 1
    assert world.blobs.left() == []
    assert [MessageToDict(message) async for message in watched(world, upload, key="l")][-1] == {"result": ADDED}
    assert len(world.upserter.prepared) == 2


async def test_a_watched_upsert_with_the_key_of_another_is_refused(world: Any) -> None:
    assert [message async for message in watched(world, upload=False, key="k")]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await watched(world, upload=False, key="k", node="b").read()
    assert raised.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "idempotency key" in (raised.value.details() or "")


async def test_a_stranger_watches_no_keyed_flow(world: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await watched(world, upload=False, flow=KEYED).read()
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.upserter.prepared == []


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
    file = pb.UploadUpsertRequest(file={"name": "a.txt"})
    parts += [file, pb.UploadUpsertRequest(chunk=b"x"), file]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await VectorUpsertServiceStub(world.channel).UploadUpsert(left_open(parts))
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
    assert response.content_type == "application/json"
    counts = {"numAdded": 1, "numUpdated": 0, "numSkipped": 0, "numDeleted": 0}
    assert json.loads(response.data) == {**counts, "addedDocs": [{"pageContent": "chunk", "metadata": {"line": 7}}]}
    request = world.upserter.prepared[0]
    assert list(request.stop_node_ids) == ["qdrant_0"]
    assert request.override_config == {"returnSourceDocuments": True}
    assert world.upserter.contents == [b"bytes"]
    assert world.blobs.left() == []


async def test_a_keyed_flow_takes_no_form_from_a_stranger(world: Any) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await VectorUpsertFormRestServiceStub(world.channel).UpsertForm(left_open(form_messages(KEYED)[:1]))
    assert raised.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert world.blobs.received == []
