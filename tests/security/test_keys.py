"""Keys and credentials that callers make: nowhere told again, and no way to more than one has."""

from __future__ import annotations

import sqlite3
from http.client import HTTPConnection
from typing import Any

import pytest
from tradewind.v1 import api_key_pb2, api_key_pb2_grpc, credential_pb2, credential_pb2_grpc

SECRET = "sk-canary-written-5f6e7d8c9b0a"


@pytest.fixture(scope="module")
def secrets(fortress: Any) -> list[str]:
    """Every text of a key that callers were shown, and the field of a credential, after all were used in every way."""
    body = {"keyName": "canary", "permissions": ["variables:view"]}
    made = fortress.call("POST", "/api/v1/apikey", fortress.admin, json=body).json()[-1]
    turned = fortress.call("POST", f"/api/v1/apikey/{made['id']}/rotate", fortress.admin, json={"overlapSeconds": 0}).json()
    stub, as_admin = api_key_pb2_grpc.ApiKeyServiceStub(fortress.channel), (("x-api-key", fortress.admin.text),)
    request = api_key_pb2.CreateApiKeyRequest(key=api_key_pb2.ApiKey(name="canary", permissions=["variables:view"]))
    typed = stub.CreateApiKey(request, metadata=as_admin)
    again = stub.RotateApiKey(api_key_pb2.RotateApiKeyRequest(id=typed.key.id), metadata=as_admin)
    keys = [made["apiKey"], turned["apiKey"], typed.secret, again.secret]
    assert len(set(keys)) == 4 and all(key.startswith("tw_") for key in keys)
    for key in keys:
        fortress.call("GET", "/api/v1/variables", headers={"x-api-key": key})
        fortress.call("GET", "/api/v1/tools", headers={"Authorization": key})
        for path in ("verify/apikey", "chatflows/apikey", "verify/%61pikey", "verify/APIKEY", "verify//apikey"):
            send_as_is(fortress, f"/api/v1/{path}/{key}?x=%FF&{key}=1")
    credential = {"name": "canary", "credentialName": "openAIApi", "plainDataObj": {"openAIApiKey": SECRET}}
    stored = fortress.call("POST", "/api/v1/credentials", fortress.admin, json=credential)
    clash = fortress.call("POST", "/api/v1/credentials", fortress.admin, json=credential)
    wrong = fortress.call("POST", "/api/v1/credentials", fortress.admin, json={**credential, "plainDataObj": [SECRET]})
    listed = fortress.call("GET", "/api/v1/credentials", fortress.admin)
    one = fortress.call("GET", f"/api/v1/credentials/{stored.json()['id']}", fortress.admin)
    typed_stub = credential_pb2_grpc.CredentialServiceStub(fortress.channel)
    read = typed_stub.GetCredential(credential_pb2.GetCredentialRequest(id=stored.json()["id"]), metadata=as_admin)
    assert [answer.status_code for answer in (stored, clash, wrong, listed, one)] == [200, 409, 400, 200, 200]
    for answer in (stored, clash, wrong, listed, one):
        assert SECRET not in answer.text
    assert SECRET not in str(read)
    shown = fortress.call("GET", "/api/v1/apikey", fortress.admin).text
    assert not [key for key in keys if key in shown]
    return [*keys, SECRET]


def send_as_is(fortress: Any, path: str) -> None:
    """No client in between that would tidy the path up."""
    host, port = fortress.stack.grpc_gate.split(":")
    connection = HTTPConnection(host, int(port), timeout=60)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    connection.endheaders()
    connection.getresponse().read()
    connection.close()


def test_the_log_holds_none_of_them(fortress: Any, secrets: list[str]) -> None:
    log = fortress.stack.log_text()
    assert '"level":"debug"' in log
    assert [secret for secret in secrets if secret in log] == []


def test_the_database_holds_none_of_them(fortress: Any, secrets: list[str]) -> None:
    with sqlite3.connect(f"file:{fortress.stack.data_dir / 'tradewind.db'}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = repr([database.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables])
    assert "canary" in rows
    assert [secret for secret in secrets if secret in rows] == []


def test_the_numbers_hold_none_of_them(fortress: Any, secrets: list[str]) -> None:
    text = fortress.call("GET", "/api/v1/metrics", fortress.admin).text
    assert [secret for secret in secrets if secret in text] == []


def test_a_key_that_makes_keys_gets_nothing_that_it_lacks(fortress: Any) -> None:
    body = {"keyName": "maker", "permissions": ["apikeys:create", "apikeys:update", "apikeys:view"]}
    maker = fortress.call("POST", "/api/v1/apikey", fortress.admin, json=body).json()[-1]
    headers = {"x-api-key": maker["apiKey"]}
    greater = [row["id"] for row in fortress.call("GET", "/api/v1/apikey", fortress.admin).json() if row["id"] != maker["id"]]
    assert len(greater) > 3
    for permissions in (["*"], ["chatflows:view"], ["apikeys:delete"], ["apikeys:*"], ["apikeys:create", "leads:view"]):
        for call in (("POST", "/api/v1/apikey"), ("PUT", f"/api/v1/apikey/{maker['id']}")):
            answer = fortress.call(*call, headers=headers, json={"keyName": "x", "permissions": permissions})
            assert answer.status_code == 403, (call, permissions)
    for key_id in greater:
        for call in (("PUT", f"/api/v1/apikey/{key_id}"), ("POST", f"/api/v1/apikey/{key_id}/rotate")):
            answer = fortress.call(*call, headers=headers, json={"keyName": "mine"})
            assert answer.status_code == 404, call
    visible = fortress.call("GET", "/api/v1/apikey", headers=headers).json()
    assert [row["id"] for row in visible] == [maker["id"]]
    stub = api_key_pb2_grpc.ApiKeyServiceStub(fortress.channel)
    request = api_key_pb2.CreateApiKeyRequest(
        key=api_key_pb2.ApiKey(name="x", permissions=["apikeys:view"]), workspace_id="00000000-0000-4000-8000-0000000000ff"
    )
    with pytest.raises(Exception, match="Only the admin"):
        stub.CreateApiKey(request, metadata=(("x-api-key", maker["apiKey"]),))
