"""Google service accounts: a request shows a token that the account's own key has signed, so that nobody is asked for one.

https://developers.google.com/identity/protocols/oauth2/service-account#jwt-auth says how. The tests read the tokens with
google-auth.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tradewind_server.bounded_json import foreign_json
from tradewind_server.errors import FailedPrecondition, Reason

SCOPE = "https://www.googleapis.com/auth/cloud-platform"
SECONDS = 3600
RENEWAL_SECONDS = 300
"""A token is replaced so long before its end."""
SMALLEST_KEY, LARGEST_KEY = 2048, 8192
"""Bits."""


class ServiceAccountSigner:
    """The headers of requests of a service account; a token serves until shortly before its end.

    Raises ``FailedPrecondition(CREDENTIAL_NOT_FOUND)`` where the JSON is that of no service account.
    """

    def __init__(self, account: str, clock: Callable[[], float] = time.time) -> None:
        values = account_of(account)
        self._email = str(values["client_email"])
        self._key_id = str(values.get("private_key_id") or "")
        self._key = private_key(values)
        self._clock = clock
        self._token = ""
        self._until = 0.0

    def __call__(self, method: str, url: str, body: bytes) -> dict[str, str]:
        now = self._clock()
        if now > self._until - RENEWAL_SECONDS:
            self._token = self._sign(int(now))
            self._until = now + SECONDS
        return {"Authorization": f"Bearer {self._token}"}

    def _sign(self, now: int) -> str:
        head = {"typ": "JWT", "alg": "RS256", **({"kid": self._key_id} if self._key_id else {})}
        claims = {"iss": self._email, "sub": self._email, "iat": now, "exp": now + SECONDS, "scope": SCOPE}
        text = b".".join(base64_json(part) for part in (head, claims))
        signature = self._key.sign(text, padding.PKCS1v15(), hashes.SHA256())
        return b".".join((text, base64.urlsafe_b64encode(signature).rstrip(b"="))).decode()


def base64_json(part: Mapping[str, Any]) -> bytes:
    return base64.urlsafe_b64encode(orjson.dumps(part)).rstrip(b"=")


def account_of(text: str) -> Mapping[str, Any]:
    """The key file of a service account."""
    try:
        values = foreign_json(text)
    except ValueError:
        values = None
    if not isinstance(values, dict) or not values.get("client_email") or not isinstance(values.get("private_key"), str):
        raise no_account()
    return values


def private_key(values: Mapping[str, Any]) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(values["private_key"].encode(), None)
    except (ValueError, TypeError):
        raise no_account() from None
    if not isinstance(key, rsa.RSAPrivateKey) or not SMALLEST_KEY <= key.key_size <= LARGEST_KEY:
        raise no_account()
    return key


def project_of(fields: Mapping[str, str]) -> str:
    """The project of a credential, or that of its service account."""
    return fields.get("projectID", "").strip() or str(account_of(fields["googleApplicationCredential"]).get("project_id") or "")


def no_account() -> FailedPrecondition:
    return FailedPrecondition(
        Reason.CREDENTIAL_NOT_FOUND,
        "The credential of the Vertex AI node holds no key file of a service account; store its JSON in the field "
        "googleApplicationCredential (files on the server are not read).",
    )
