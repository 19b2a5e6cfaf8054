"""Tokens of service accounts, read with google-auth, and what is no service account."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tradewind_server.errors import FailedPrecondition, Reason
from tradewind_server.models.google.service_account import SCOPE, ServiceAccountSigner, project_of

EMAIL = "runner@my-project.iam.gserviceaccount.com"


def pem(key: Any) -> str:
    form, nothing = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return str(key.private_bytes(serialization.Encoding.PEM, form, nothing).decode())


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def account(key: rsa.RSAPrivateKey) -> dict[str, str]:
    return {"type": "service_account", "project_id": "my-project", "private_key_id": "k1", "private_key": pem(key),
            "client_email": EMAIL, "token_uri": "https://evil.example/token"}  # fmt: skip


def token_of(signer: ServiceAccountSigner) -> str:
    return signer("POST", "https://x", b"")["Authorization"].removeprefix("Bearer ")


def test_google_auth_accepts_the_token_and_writes_the_same(account: dict[str, str], key: rsa.RSAPrivateKey) -> None:
    jwt = pytest.importorskip("google.auth.jwt", reason="google-auth is what our tokens are compared with")
    service_account = pytest.importorskip("google.oauth2.service_account")
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    token = token_of(ServiceAccountSigner(json.dumps(account)))
    ours = jwt.decode(token, certs=public)
    made = service_account.Credentials.from_service_account_info(account, scopes=[SCOPE], always_use_jwt_access=True)
    made._create_self_signed_jwt(None)
    made._jwt_credentials.refresh(None)
    theirs = jwt.decode(made._jwt_credentials.token, certs=public)
    moments = {"iat", "exp"}
    assert {name: value for name, value in ours.items() if name not in moments} == {
        name: value for name, value in theirs.items() if name not in moments
    }
    assert ours["exp"] - ours["iat"] == theirs["exp"] - theirs["iat"] == 3600
    assert jwt.decode_header(token) == jwt.decode_header(made._jwt_credentials.token)


def test_a_token_serves_until_shortly_before_its_end(account: dict[str, str]) -> None:
    now = [time.time()]
    signer = ServiceAccountSigner(json.dumps(account), lambda: now[0])
    first = token_of(signer)
    now[0] += 3200
    assert token_of(signer) == first
    now[0] += 200
    assert token_of(signer) != first


@pytest.mark.parametrize(
    "change",
    [
        lambda account: "no json",
        lambda account: "[]",
        lambda account: json.dumps({**account, "client_email": ""}),
        lambda account: json.dumps({**account, "private_key": 5}),
        lambda account: json.dumps({**account, "private_key": "-----BEGIN PRIVATE KEY-----\nx"}),
        lambda account: json.dumps({**account, "private_key": pem(ec.generate_private_key(ec.SECP256R1()))}),
        lambda account: json.dumps({**account, "private_key": pem(rsa.generate_private_key(65537, 1024))}),
    ],
)
def test_what_is_no_service_account_is_said_without_showing_it(account: dict[str, str], change: Any) -> None:
    with pytest.raises(FailedPrecondition) as error:
        ServiceAccountSigner(change(account))
    assert error.value.reason is Reason.CREDENTIAL_NOT_FOUND and "PRIVATE KEY" not in error.value.message


def test_the_project_is_the_credentials_or_the_accounts(account: dict[str, str]) -> None:
    text = json.dumps(account)
    assert project_of({"googleApplicationCredential": text}) == "my-project"
    assert project_of({"googleApplicationCredential": text, "projectID": " other "}) == "other"
