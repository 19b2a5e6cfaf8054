from __future__ import annotations

import pytest
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.interceptors.queries import check_query
from tradewind_server.rpc.methods import Method, Query

METHODS = load_contract().methods()


def query_of(name: str) -> Query:
    found: list[Method] = [method for method in METHODS.values() if method.name == name]
    assert found[0].query is not None
    return found[0].query


DELETION, LIST = query_of("DeleteChatMessagesByQuery"), query_of("ListChatMessagesArray")
LOST = {
    "sessionId": "sessionId",
    "chatId=1&sessionId": "sessionId",
    "sessionId&chatId=1": "sessionId",
    "sessionId&": "sessionId",
    "=x": "=x",
    "=": "=",
    "sessionId%3D": "sessionId%3D",
    "sessionId%3Dx": "sessionId%3Dx",
    "&": "empty",
    "chatId=1&": "empty",
    "chatId=1&&sessionId=2": "empty",
    "chatId=1;sessionId=2": "sessionId",
    "hardDelete=true;sessionId": "sessionId",
    "hardDelete=true?sessionId=2": "sessionId",
    "chatId=1&amp;sessionId=2": "sessionId",
    "sessionId=a&sessionId=b": "sessionId",
    "session_id=a&sessionId=b": "sessionId",
    "sessionId=%ff": "sessionId",
    "foo": "foo",
}
MISSPELT = [
    "sesionId=a",
    "session=a",
    "sessionid=a",
    "session-id=a",
    "sessionId[]=a",
    "sessionId.x=a",
    "chatid=a",
    "chatTyp=a",
    "strtDate=a",
]


def refusal(text: str, query: Query) -> str:
    with pytest.raises(InvalidInput) as raised:
        check_query(text, query)
    assert raised.value.reason is Reason.INVALID_FILTER
    return raised.value.message


@pytest.mark.parametrize("query", [DELETION, LIST], ids=["deletion", "list"])
@pytest.mark.parametrize("text", LOST)
def test_a_lost_parameter_is_named(text: str, query: Query) -> None:
    assert LOST[text] in refusal(text, query)


@pytest.mark.parametrize("query", [DELETION, LIST], ids=["deletion", "list"])
@pytest.mark.parametrize("text", MISSPELT)
def test_a_misspelt_filter_is_named_with_what_was_meant(text: str, query: Query) -> None:
    message = refusal(text, query)
    assert text.partition("=")[0] in message
    assert "may be meant" in message


@pytest.mark.parametrize(
    "text", ["foo=1", "_=123", "utm_source=a", "lang=es", "chatflow_id=x", "chatflowId=x", "t=1", "workspaceId=a"]
)
def test_a_list_passes_over_what_is_like_none_of_its_filters_and_a_deletion_does_not(text: str) -> None:
    check_query(text, LIST)
    assert text.partition("=")[0] in refusal(text, DELETION)


@pytest.mark.parametrize(
    "text",
    ["sessionId=a", "session_id=a", "sessionId=a%3Bb", "sessionId=a%26b", "chatType=EXTERNAL&chatType=INTERNAL",
     "feedbackType[]=THUMBS_UP&feedbackType%5B%5D=THUMBS_DOWN", "sessionId=", "sessionId=a=b", "sessionId=a+b"],
)  # fmt: skip
def test_what_binds_passes(text: str) -> None:
    check_query(text, DELETION)
    check_query(text, LIST)


def test_a_bare_question_mark_lists_all_and_deletes_nothing() -> None:
    check_query("", LIST)
    assert refusal("", DELETION)


def test_a_flood_of_parameters_is_refused() -> None:
    assert "100" in refusal("&".join(["a=1"] * 5000), LIST)


def test_every_route_that_lists_or_deletes_is_looked_at() -> None:
    assert {method.name for method in METHODS.values() if method.query} >= {
        "ListChatMessagesArray", "ListInternalChatMessagesArray", "DeleteChatMessagesByQuery", "ListChatflowsArray",
        "ListChatflowsPage", "DeleteChatflowEntity", "ExportChatflows", "GetUploadFile",
    }  # fmt: skip
