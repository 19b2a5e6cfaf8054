"""Files of chats over REST: who gets them, and what a browser is told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.rest_stubs import files_pb2 as pb
from tradewind_server.rest_stubs.files_pb2_grpc import FileRestServiceStub
from tradewind_server.rpc.services.rest_files import disposition

FLOW = "11111111-1111-4111-8111-111111111111"
KEYED = "22222222-2222-4222-8222-222222222222"
FOREIGN = "33333333-3333-4333-8333-333333333333"
CHAT = "0a8f2d3e-1111-4222-8333-444455556666"
ADMIN = (("authorization", "Bearer tw_admin-key-of-the-tests"),)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(600_000)


async def keep(world: Any, name: str, data: bytes, flow: str = FLOW, chat: str = CHAT, mime: str = "") -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield data

    file = await world.kept.receive(name, mime, chunks())
    await world.kept.keep_for_chat(DEFAULT_WORKSPACE, flow, chat, file)


def get(world: Any, name: str, *, flow: str = FLOW, chat: str = CHAT, **options: Any) -> Any:
    request = pb.GetUploadFileRequest(chatflow_id=flow, chat_id=chat, file_name=name)
    return FileRestServiceStub(world.channel).GetUploadFile(request, **options)


async def refused(call: Any) -> grpc.StatusCode:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        [one async for one in call]
    return raised.value.code()


async def test_the_bytes_come_in_pieces_as_a_download(world: Any) -> None:
    await keep(world, "dot.png", PNG)
    call = get(world, "dot.png")
    messages = [one async for one in call]
    assert b"".join(one.data for one in messages) == PNG
    assert len(messages) > 1
    assert [one.content_type for one in messages][:2] == ["image/png", ""]
    headers = dict([*await call.initial_metadata()])
    assert headers["content-disposition"] == "attachment; filename=\"dot.png\"; filename*=UTF-8''dot.png"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("page.html", ""),
        ("drawing.svg", ""),
        ("a.xhtml", "application/xhtml+xml"),
        ("a.xml", "text/xml"),
        ("a", "text/html"),
        ("a.js", "text/javascript"),
    ],
)
async def test_what_a_browser_could_run_is_no_more_than_bytes(world: Any, name: str, mime: str) -> None:
    await keep(world, name, b"<svg onload='alert(1)'/>", mime=mime)
    call = get(world, name)
    messages = [one async for one in call]
    assert messages[0].content_type == "application/octet-stream"
    headers = dict([*await call.initial_metadata()])
    assert (
        headers["content-security-policy"].startswith("default-src 'none'") and "sandbox" in headers["content-security-policy"]
    )
    assert headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("mime", ["text/html", "text/html\r\nX-Evil: 1", "image/png\r\n\r\n<script>", "nonsense", 7, None])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_types_that_were_stored_before_they_were_checked_go_out_as_bytes(world: Any, mime: Any, method: str) -> None:
    await keep(world, "old.dat", b"\x00\x01\x02")
    (note,) = world.kept._kept_dir.rglob("*.json")
    note.write_text(json.dumps({**json.loads(note.read_text()), "mime": mime}))
    call = get(world, "old.dat", metadata=(("x-envoy-original-method", method),))
    first, *_ = [one.content_type async for one in call]
    assert first == "application/octet-stream"
    headers = dict([*await call.initial_metadata()])
    assert headers["x-content-type-options"] == "nosniff" and headers["content-disposition"].startswith("attachment")


async def test_head_says_the_same_without_the_bytes(world: Any) -> None:
    await keep(world, "dot.png", PNG)
    call = get(world, "dot.png", metadata=(("x-envoy-original-method", "HEAD"),))
    messages = [one async for one in call]
    assert [(one.content_type, one.data) for one in messages] == [("image/png", b"")]
    assert "content-disposition" in dict([*await call.initial_metadata()])


@pytest.mark.parametrize("name", ["gone.png", "../dot.pn", "..", "/etc/passwd", "%2e%2e%2fdot.png", "dot.png.json", "x" * 5000])
async def test_what_is_not_there_is_not_found_whatever_it_is_called(world: Any, name: str) -> None:
    await keep(world, "dot.png", PNG)
    assert await refused(get(world, name)) is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize(
    ("flow", "chat"),
    [
        (FLOW, CHAT.replace("6666", "7777")),
        (FOREIGN, CHAT),
        ("44444444-4444-4444-8444-444444444444", CHAT),
        (FLOW, f"../{CHAT}"),
        (FLOW, f"{CHAT}/../{CHAT}"),
    ],
)
async def test_files_of_others_look_as_if_they_were_not_there(world: Any, flow: str, chat: str) -> None:
    await keep(world, "dot.png", PNG)
    assert await refused(get(world, "dot.png", flow=flow, chat=chat)) is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize("missing", ["chatflow_id", "chat_id", "file_name"])
async def test_every_parameter_is_needed(world: Any, missing: str) -> None:
    values = {"chatflow_id": FLOW, "chat_id": CHAT, "file_name": "a"} | {missing: ""}
    call = FileRestServiceStub(world.channel).GetUploadFile(pb.GetUploadFileRequest(**values))
    assert await refused(call) is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_keyed_flow_gives_its_files_to_its_key_alone(world: Any) -> None:
    await keep(world, "dot.png", PNG, KEYED)
    world.keys.put("tw_flow-key", key_id="flow-key")
    world.keys.put("tw_other-key", key_id="other-key")
    assert await refused(get(world, "dot.png", flow=KEYED)) is grpc.StatusCode.UNAUTHENTICATED
    other = get(world, "dot.png", flow=KEYED, metadata=(("authorization", "Bearer tw_other-key"),))
    assert await refused(other) is grpc.StatusCode.UNAUTHENTICATED
    mine = get(world, "dot.png", flow=KEYED, metadata=(("authorization", "Bearer tw_flow-key"),))
    assert b"".join([one.data async for one in mine]) == PNG


async def test_a_chat_whose_id_can_be_guessed_is_open_to_keys_alone(world: Any) -> None:
    await keep(world, "dot.png", PNG, chat="anna")
    world.keys.put("tw_some-key", key_id="some")
    assert await refused(get(world, "dot.png", chat="anna")) is grpc.StatusCode.UNAUTHENTICATED
    for metadata in (ADMIN, (("authorization", "Bearer tw_some-key"),)):
        assert [one async for one in get(world, "dot.png", chat="anna", metadata=metadata)]


async def test_the_widgets_ids_are_open(world: Any) -> None:
    await keep(world, "dot.png", PNG, chat=f"customer 7+{CHAT}")
    assert [one async for one in get(world, "dot.png", chat=f"customer 7+{CHAT}")]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("Größe.txt", "attachment; filename=\"Gr__e.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt"),
        ('a"b;c%.txt', "attachment; filename=\"a_b_c_.txt\"; filename*=UTF-8''a%22b%3Bc%25.txt"),
        ("\ud800.txt", "attachment; filename=\"_.txt\"; filename*=UTF-8''%3F.txt"),
    ],
)
def test_names_in_headers(name: str, header: str) -> None:
    assert disposition(name) == header
    assert disposition(name).isascii()
