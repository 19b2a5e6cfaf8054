"""Names that callers give never become paths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from harness.folders import everything_in

NAMES = (
    "../../../../evil.txt",
    "..\\..\\evil.txt",
    "/etc/passwd",
    "/tmp/evil.txt",
    "C:\\Windows\\evil.txt",
    "....//....//evil.txt",
    "..%2f..%2fevil.txt",
    "a/../../evil.txt",
    ".",
    "..",
    "~/evil.txt",
    "$(touch evil).txt",
    "`touch evil`.txt",
    "evil.txt\n.md",
    "evil\u202etxt.exe.txt",
    "ünï cödé 海.txt",
    "file://evil.txt",
    "CON.txt",
    "x" * 300 + ".txt",
    ".htaccess",
    "evil.txt;.md",
)
CHATS = ("../../../x", "..", "/etc", "a/b/c", "%2e%2e%2f", "x" * 200, "c\u0000d")


def tree_of(folder: Path) -> set[str]:
    """Everything outside the folder of uploads, which alone may change."""
    found = {str(path.relative_to(folder)) for path in everything_in(folder)}
    return {path for path in found if not path.startswith(("files", "qdrant", "tradewind.db", "server.log"))}


def form(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A form with the name just as it is: clients tidy it up."""
    parts = [f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()]
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    parts.append(f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n\r\n')
    return "".join(parts).encode() + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_with_a_path_in_it_is_a_name(fortress: Any, name: str) -> None:
    data = fortress.stack.data_dir
    before, above = tree_of(data), set(data.parent.iterdir())
    flow = fortress.flow("rag")
    body, kind = form({}, name, b"A harmless note.")
    url = f"/api/v1/vector/upsert/{flow}"
    answer = fortress.call("POST", url, data=body, headers={"Content-Type": kind})
    assert answer.status_code in (200, 400), answer.text
    if answer.ok:
        source = answer.json()["addedDocs"][0]["metadata"]["source"]
        assert "/" not in source and "\\" not in source and "\n" not in source
    assert tree_of(data) == before and set(data.parent.iterdir()) == above
    assert not Path("/tmp/evil.txt").exists()
    assert not [path for path in everything_in(data) if "evil" in path.name]


@pytest.mark.parametrize("name", NAMES[:8])
def test_a_stored_file_is_asked_for_by_its_own_flow_only(fortress: Any, name: str) -> None:
    """A drawing may name stored files: it must not reach those of another flow, nor anything else on the disk."""
    owner = fortress.flow("rag")
    body, kind = form({}, "treasure.txt", b"The treasure map.")
    fortress.call("POST", f"/api/v1/vector/upsert/{owner}", data=body, headers={"Content-Type": kind})
    for wanted in (name, "treasure.txt", f"../{owner}/treasure.txt", "../../secret.key"):
        thief = fortress.flow(
            "rag", {"nodes": {"textFile_0": {"txtFile": f'FILE-STORAGE::["{wanted}"]'.replace("\\", "\\\\")}}}
        )
        answer = fortress.call("POST", f"/api/v1/vector/upsert/{thief}", json={})
        assert answer.status_code == 400, answer.text
        assert "treasure map" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("chat", CHATS)
def test_a_chat_id_is_no_path(fortress: Any, chat: str) -> None:
    data = fortress.stack.data_dir
    before = tree_of(data)
    uploads = [{"type": "file", "name": "note.txt", "mime": "text/plain", "data": "data:text/plain;base64,QSBub3RlLg=="}]
    url = f"/api/v1/prediction/{fortress.open_flow}"
    for more in ({}, {"uploads": uploads}):
        answer = fortress.call("POST", url, json={"question": "hi", "chatId": chat, **more})
        assert answer.status_code in (200, 400), answer.text
    assert tree_of(data) == before
    assert not [path for path in everything_in(data / "files") if path.name in (chat, "x", "note.txt")]


@pytest.mark.parametrize("name", ["../../../../../etc/passwd", "/etc/passwd", "..%2f..%2fsecret.key", "../admin.key", "."])
def test_downloads_reach_nothing_but_the_files_of_a_chat(fortress: Any, name: str) -> None:
    for chat in ("one", "..", "../..", "/"):
        query = {"chatflowId": fortress.open_flow, "chatId": chat, "fileName": name}
        answer = fortress.call("GET", "/api/v1/get-upload-file", fortress.admin, params=query)
        assert answer.status_code in (400, 404), answer.text
        assert b"root:" not in answer.content and b"tw_" not in answer.content


def test_an_address_in_a_drawing_is_not_a_file(fortress: Any) -> None:
    """`file:` and other schemes where a flow may name an address."""
    for address in ("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x", "unix:///var/run/docker.sock"):
        flow = fortress.flow("conversation", {"nodes": {"chatOpenAI_0": {"basepath": address}}})
        answer: requests.Response = fortress.call("POST", f"/api/v1/prediction/{flow}", json={"question": "hi"})
        assert answer.status_code in (400, 503), answer.text
        assert "root:" not in answer.text
