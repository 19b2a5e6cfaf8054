"""Signature Version 4 of AWS: who asks is shown by a signature over each request, and the secret key stays here.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html says how. The tests compare it with botocore's.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"
JSON = "application/json"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class AwsSigner:
    """Signs requests with a JSON body. ``token`` goes with keys that are lent for a while."""

    key_id: str
    secret_key: str = field(repr=False)
    region: str
    token: str = field(default="", repr=False)
    service: str = "bedrock"
    now: Callable[[], datetime] = utc_now

    def __call__(self, method: str, url: str, body: bytes) -> dict[str, str]:
        """The headers that a request needs besides its content type. ``url`` is signed as it is written."""
        parts = urlsplit(url)
        moment = f"{self.now():%Y%m%dT%H%M%SZ}"
        headers = {"content-type": JSON, "host": parts.netloc, "x-amz-date": moment}
        if self.token:
            headers["x-amz-security-token"] = self.token
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        # The path is encoded once more: all services but S3 want it so.
        path = quote(parts.path or "/", safe="/~")
        query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
        request = "\n".join((method, path, query, lines, names, hashlib.sha256(body).hexdigest()))
        scope = f"{moment[:8]}/{self.region}/{self.service}/aws4_request"
        text = "\n".join((ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
        signature = hmac.new(self._key(moment[:8]), text.encode(), hashlib.sha256).hexdigest()
        result: dict[str, str] = {"X-Amz-Date": moment}
        if self.token:
            result["X-Amz-Security-Token"] = self.token
        result["Authorization"] = f"{ALGORITHM} Credential={self.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        return result

    def _key(self, day: str) -> bytes:
        key = f"AWS4{self.secret_key}".encode()
        for part in (day, self.region, self.service, "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return key
