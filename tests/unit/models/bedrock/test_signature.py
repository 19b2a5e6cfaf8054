"""Our signatures of AWS requests are those of botocore."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.models.bedrock.signature import AwsSigner

auth = pytest.importorskip("botocore.auth", reason="botocore is what our signatures are compared with")
MOMENT = datetime(2026, 11, 27, 21, 30, 5, tzinfo=UTC)
URLS = [
    "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
    "https://bedrock-runtime.eu-west-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A1%3Aimported-model%2Fx/converse-stream",
    "https://vpce-1.example.com:8443/model/a~b_c.d-e/converse",
    "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse?b=2&a=1",
    "https://bedrock-runtime.us-east-1.amazonaws.com/model/%C3%B1/converse",
]


def theirs(monkeypatch: pytest.MonkeyPatch, url: str, body: bytes, region: str, token: str | None) -> dict[str, str]:
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    class Frozen(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return MOMENT

        @classmethod
        def utcnow(cls) -> datetime:
            return MOMENT.replace(tzinfo=None)

    if hasattr(auth, "get_current_datetime"):
        monkeypatch.setattr(auth, "get_current_datetime", lambda remove_tzinfo=True: MOMENT.replace(tzinfo=None))
    monkeypatch.setattr(auth.datetime if hasattr(auth.datetime, "datetime") else auth, "datetime", Frozen, raising=False)
    request = AWSRequest("POST", url, headers={"Content-Type": "application/json"}, data=body)
    auth.SigV4Auth(Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", token), "bedrock", region).add_auth(request)
    return dict(request.headers)


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("token", [None, "session/token=="])
@pytest.mark.parametrize("body", [b"{}", '{"text": "¿qué?"}'.encode()])
def test_a_signature_is_botocores(monkeypatch: pytest.MonkeyPatch, url: str, token: str | None, body: bytes) -> None:
    signer = AwsSigner("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG", "eu-west-1", token or "", now=lambda: MOMENT)
    ours = signer("POST", url, body)
    expected = theirs(monkeypatch, url, body, "eu-west-1", token)
    assert ours["Authorization"] == expected["Authorization"]
    assert ours["X-Amz-Date"] == expected["X-Amz-Date"] and ours.get("X-Amz-Security-Token") == token


def test_the_secret_key_is_in_nothing_that_is_shown() -> None:
    signer = AwsSigner("AKIDEXAMPLE", "wJalrXUtnFEMI", "eu-west-1", "lent")
    assert "wJalrXUtnFEMI" not in repr(signer) and "lent" not in repr(signer)
    assert "wJalrXUtnFEMI" not in str(signer("POST", URLS[0], b""))
