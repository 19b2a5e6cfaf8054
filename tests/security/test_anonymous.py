"""Who is let in, over every method and every route of the contract. What to expect is read from the contract itself."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import grpc
import pytest
import requests
from requests.adapters import HTTPAdapter
from tradewind_server.rpc.methods import Level

from harness.doors import error_faults
from harness.sweep import Route, methods

METHODS = {method.path: method for method in methods()}
KEY = sorted(path for path, method in METHODS.items() if method.level in (Level.KEY, Level.ADMIN))
OF_RUNS = sorted(
    f"/tradewind.{package}/{name}"
    for package, names in (
        ("v1.RunService", ("GetRun", "StreamRunEvents", "CancelRun")),
        ("rest.v1.RunRestService", ("GetRunEntity", "StreamRunFrames", "CancelRunEntity")),
    )
    for name in names
)
"""Methods that name a run: without what its prediction needed it is as unknown as one that is not there."""
CHATFLOW = sorted({path for path, method in METHODS.items() if method.level is Level.CHATFLOW} - set(OF_RUNS))
KEY_INSIDE = sorted(path for path, method in METHODS.items() if {"apikey", "api_key"} & set(method.input_type.fields_by_name))
"""Methods whose request carries an API key: they look at it themselves."""
PUBLIC = sorted(path for path, method in METHODS.items() if method.level is Level.PUBLIC and path not in KEY_INSIDE)
NOTHING_HERE = ("DownloadAssistantFile", "GetNodeIcon", "GetPublicExecution", "GetPublicExecutionEntity")
"""Open methods that find nothing for the request of these tests: a file at OpenAI, an icon of no node, an execution that
nobody published."""
REFUSED = grpc.StatusCode.UNAUTHENTICATED
BASIC = base64.b64encode(b"admin:wrong").decode()


def routes_of(paths: list[str]) -> list[Any]:
    return [pytest.param(route, id=f"{route.verb} {route.path}") for path in paths for route in METHODS[path].routes]


def short(path: str) -> str:
    return path.rpartition(".")[2]


def test_the_contract_has_methods_of_every_kind() -> None:
    assert len(KEY) > 10 and len(CHATFLOW) > 6 and len(PUBLIC) > 5


@pytest.mark.parametrize("path", KEY, ids=short)
def test_anonymous_callers_are_refused_over_grpc(fortress: Any, path: str) -> None:
    method = METHODS[path]
    for target in (fortress.stack.grpc_gate, fortress.stack.grpc):
        with grpc.insecure_channel(target) as channel:
            for request in (method.request(fortress.open_flow), type(method.request(""))()):
                assert method.code(channel, request) is REFUSED, target


@pytest.mark.parametrize("path", CHATFLOW, ids=short)
def test_a_flows_own_key_is_asked_for_over_grpc(fortress: Any, path: str) -> None:
    method = METHODS[path]
    request = method.request(fortress.keyed_flow)
    assert method.code(fortress.channel, request) is REFUSED
    viewer = (("authorization", f"Bearer {fortress.viewer.text}"),)
    assert method.code(fortress.channel, request, viewer) is REFUSED
    holder = (("authorization", f"Bearer {fortress.flow_key.text}"),)
    assert method.code(fortress.channel, request, holder) is not REFUSED


@pytest.mark.parametrize("path", OF_RUNS, ids=short)
def test_runs_of_others_look_unknown(fortress: Any, path: str) -> None:
    method = METHODS[path]
    viewer = (("authorization", f"Bearer {fortress.viewer.text}"),)
    for metadata in ((), viewer):
        assert method.code(fortress.channel, method.request(fortress.keyed_flow), metadata) is grpc.StatusCode.NOT_FOUND


@pytest.mark.parametrize("path", PUBLIC, ids=short)
def test_open_methods_need_nothing_and_tell_nothing_secret(fortress: Any, path: str) -> None:
    method = METHODS[path]
    code, answer = method.outcome(fortress.channel, method.request(fortress.keyed_flow))
    assert code is (grpc.StatusCode.NOT_FOUND if path.endswith(NOTHING_HERE) else grpc.StatusCode.OK)
    for inside in (b"systemMessagePrompt", b"You keep the harbour log", fortress.flow_key.id.encode()):
        assert inside not in answer


@pytest.mark.parametrize("path", KEY_INSIDE, ids=short)
def test_a_key_inside_the_request_is_checked_and_never_logged(fortress: Any, path: str) -> None:
    method = METHODS[path]
    (field,) = {"apikey", "api_key"} & set(method.input_type.fields_by_name)
    as_admin = (("authorization", f"Bearer {fortress.admin.text}"),)
    for key, metadata in (("tw_canary_wrong", ()), ("", ()), ("tw_canary_wrong", as_admin)):
        request = method.request(fortress.keyed_flow)
        setattr(request, field, key)
        assert method.code(fortress.channel, request, metadata) is REFUSED
    request = method.request(fortress.keyed_flow)
    setattr(request, field, fortress.flow_key.text)
    code, answer = method.outcome(fortress.channel, request)
    assert code is grpc.StatusCode.OK and fortress.flow_key.text.encode() not in answer
    for route in method.routes:
        for key in ("tw_canary_wrong", fortress.flow_key.text):
            for verb in (route.verb, "DELETE"):
                answer = fortress.call(verb, route.path.replace("{apikey}", key))
                told = answer.text + str(answer.headers)
                assert key not in told, verb
    log = fortress.stack.log_text()
    assert "tw_canary_wrong" not in log and fortress.flow_key.text not in log


def send(fortress: Any, route: Route, path: str, **arguments: Any) -> requests.Response:
    body = {"json": {}} if route.body else {}
    return fortress.call(route.verb, path, **body, **arguments)


@pytest.mark.parametrize("route", routes_of(KEY))
def test_anonymous_callers_are_refused_over_rest(fortress: Any, route: Route) -> None:
    answer = send(fortress, route, route.filled(fortress.open_flow))
    assert answer.status_code == 401
    if route.verb != "HEAD":
        assert list(error_faults(401, answer.json(), answer.headers)) == []


def spellings(path: str) -> Iterator[str]:
    """The same path in ways that a guard may read otherwise than a router."""
    yield path + "/"
    yield "/" + path
    yield path.replace("/", "//", 2)
    yield path.replace("/api/v1/", "/api/v1/./")
    yield path.replace("/api/v1/", "/api/x/../v1/")
    yield path.replace("/api/v1/", "/API/V1/")
    yield path.replace("/api/", "/Api/")
    yield path.replace("/api/v1/", "/api%2Fv1%2F")
    yield path.replace("/api/v1/c", "/api/v1/%63")
    yield path.replace("/api/v1/", "/api/v1/prediction/../")
    yield path.replace("/api/v1/", "/api/v1/ping/%2e%2e/")
    yield path.replace("/api/v1/", "/api/v1/ping/..;/")
    yield path + ";jsessionid=1"
    yield path + "?authorization=Bearer%20x&x-api-key=x"
    yield path + "%00"
    yield path + "/.."
    yield path + "#/api/v1/ping"


@pytest.mark.parametrize("route", routes_of(KEY))
def test_no_spelling_of_a_guarded_path_gets_in(fortress: Any, route: Route) -> None:
    host, port = fortress.stack.grpc_gate.split(":")
    for path in spellings(route.filled(fortress.open_flow)):
        # No client in between that would tidy the path up.
        connection = HTTPConnection(host, int(port), timeout=60)
        connection.putrequest(route.verb, path, skip_accept_encoding=True)
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        assert answer.status in (400, 401, 404), (path, answer.status, body[:200])
        assert b"harbour" not in body, path


@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_verbs_and_overrides_do_not_open_a_door(fortress: Any, verb: str) -> None:
    for path in ("/api/v1/chatflows", f"/api/v1/chatflows/{fortress.open_flow}", f"/api/v1/chatmessage/{fortress.open_flow}"):
        headers = {"X-HTTP-Method-Override": "GET", "X-Method-Override": "GET", "X-Request-From": "internal"}
        answer = fortress.call(verb, path, headers=headers)
        assert answer.status_code in (401, 404, 501), (verb, path, answer.text)


WRONG = {
    "a wrong key": {"Authorization": "Bearer tw_wrong"},
    "a bare wrong key": {"Authorization": "tw_wrong"},
    "an empty key": {"Authorization": "Bearer "},
    "a wrong x-api-key": {"x-api-key": "tw_wrong"},
    "a wrong password": {"Authorization": f"Basic {BASIC}"},
    "broken Basic": {"Authorization": "Basic !!!"},
    "a long key": {"Authorization": "Bearer " + "k" * 8000},
    "another scheme": {"Authorization": "Digest username=admin"},
    "the name of a key": {"Authorization": "Bearer test"},
    "the internal header": {"x-request-from": "internal", "cookie": "token=x; connect.sid=x"},
}


@pytest.mark.parametrize("headers", WRONG.values(), ids=WRONG)
def test_wrong_credentials_are_refused(fortress: Any, headers: dict[str, str]) -> None:
    for path in ("/api/v1/chatflows", f"/api/v1/chatmessage/{fortress.open_flow}"):
        answer = fortress.call("GET", path, headers=headers)
        assert answer.status_code == 401 and answer.json()["reason"] == "UNAUTHENTICATED"
    # The id of a key is no key.
    assert fortress.call("GET", "/api/v1/chatflows", headers={"Authorization": fortress.admin.id}).status_code == 401


def test_a_key_may_do_what_it_may_and_nothing_else(fortress: Any) -> None:
    """Over every guarded method: a key with a permission that is not the method's is refused with 403."""
    metadata = (("authorization", f"Bearer {fortress.viewer.text}"),)
    for path in KEY:
        method = METHODS[path]
        code = method.code(fortress.channel, method.request("11111111-2222-4333-8444-555555555555"), metadata)
        of_any_key = method.level is Level.KEY and not method.permissions
        allowed = of_any_key or "chatflows:view" in method.permissions
        assert (code is grpc.StatusCode.PERMISSION_DENIED) is not allowed, path


class FromAddress(HTTPAdapter):
    """Sends from another address of this machine."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, source_address=(self._address, 0), **more)


def test_guessing_is_slowed_by_real_address_and_a_forged_one_changes_nothing(fortress: Any) -> None:
    guesser = requests.Session()
    guesser.mount("http://", FromAddress("127.0.0.77"))
    url = f"{fortress.stack.rest}/api/v1/chatflows"
    in_path = f"{fortress.stack.rest}/api/v1/verify/apikey/guess-"
    statuses = []
    for number in range(130):
        forged = f"10.0.{number}.1"
        headers = {"Authorization": f"Bearer guess-{number}", "X-Forwarded-For": forged, "X-Real-IP": forged}
        asked = f"{in_path}{number}" if number % 2 else url
        statuses.append(guesser.get(asked, headers=headers, timeout=60).status_code)
    assert statuses[:2] == [401, 401] and statuses[-2:] == [429, 429]
    last = guesser.get(url, headers={"Authorization": "Bearer x"}, timeout=60)
    assert int(last.headers["retry-after"]) > 0 and last.json()["reason"] == "RATE_LIMITED"
    # The owner, at another address, is not held up by it.
    assert requests.get(url, headers=fortress.stack.admin, timeout=60).status_code == 200


def test_methods_that_the_contract_lacks_do_not_exist(fortress: Any) -> None:
    for path in ("/tradewind.v1.ChatflowService/listchatflows", "/tradewind.v1.chatflowservice/ListChatflows", "/x.Y/Z"):
        with pytest.raises(grpc.RpcError) as raised:
            fortress.channel.unary_unary(path)(b"", timeout=60)
        assert raised.value.code() is grpc.StatusCode.UNIMPLEMENTED


def test_each_route_belongs_to_a_method_of_its_own_kind() -> None:
    """Two methods on one path must not differ in who may call them: the gate picks by the body."""
    levels: dict[tuple[str, str], set[int]] = {}
    for method in METHODS.values():
        for route in method.routes:
            levels.setdefault((route.verb, route.path), set()).add(method.level)
    assert {key: found for key, found in levels.items() if len(found) > 1} == {}
