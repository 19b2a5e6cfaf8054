"""Fields of bodies as domain requests: bounded as the typed requests are."""

from __future__ import annotations

import pytest
from tradewind_server.errors import InvalidInput
from tradewind_server.rpc.services.requests import LONGEST_EMAIL, form_request


def test_an_address_has_the_length_that_the_typed_request_allows() -> None:
    assert form_request({"question": "hi", "leadEmail": "a" * LONGEST_EMAIL}).lead_email == "a" * LONGEST_EMAIL
    with pytest.raises(InvalidInput, match="leadEmail must have at most 320 characters"):
        form_request({"question": "hi", "leadEmail": "a" * (LONGEST_EMAIL + 1)})
