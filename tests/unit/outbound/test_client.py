"""The wall around outbound calls, with a real server behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence

import pytest
from aiohttp import web
from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.outbound.client import HttpOutbound, parse_url
from tradewind_server.outbound.destinations import Destinations

from fakes.web_server import WebServer

Make = Callable[..., HttpOutbound]


class Names:
    """A name service: each look-up of a name takes the next of its answers, the last one for ever."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {name.replace("_", "."): list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        given = self.answers[host]
        return given.pop(0) if len(given) > 1 else given[0]


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    async with WebServer() as running:
        running.says("/", "inside")
        yield running


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    made: list[HttpOutbound] = []

    def build(*opened: str, names: Names | None = None) -> HttpOutbound:
        options = {"look_up": names} if names else {}
        made.append(HttpOutbound(Destinations.from_entries(opened), most_bytes=100_000, **options))  # type: ignore[arg-type]
        return made[-1]

    yield build
    for one in made:
        await one.aclose()


async def refused(outbound: HttpOutbound, url: str, method: str = "GET", **options: object) -> str:
    with pytest.raises(InvalidInput) as raised:
        await outbound.request(method, url, **options)  # type: ignore[arg-type]
    assert raised.value.reason is Reason.OUTBOUND_REFUSED
    return raised.value.message


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "①②⑦.⓪.⓪.①",
        "127.0.0.1.",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::1]",
        "0.0.0.0",
        "[::]",
    ],
)
async def test_this_machine_is_refused_however_it_is_spelled(make: Make, server: WebServer, host: str) -> None:
    outbound = make()
    with pytest.raises((InvalidInput, Unavailable)) as raised:
        await outbound.request("GET", server.url("/", host))
    assert raised.value.reason in (Reason.OUTBOUND_REFUSED, Reason.OUTBOUND_FAILED)
    assert not server.seen


async def test_a_name_of_a_private_address_is_refused_with_the_way_to_open_it(make: Make, server: WebServer) -> None:
    names = Names(wiki_intra=[["127.0.0.1"]])
    said = await refused(make(names=names), server.url("/", "wiki.intra"))
    assert "TRADEWIND_OUTBOUND_ALLOW" in said and "wiki.intra" in said and "127.0.0.1" not in said
    reply = await make("wiki.intra", names=names).request("GET", server.url("/", "wiki.intra"))
    assert reply.text == "inside"


async def test_a_name_that_changes_its_address_does_not_get_in(make: Make, server: WebServer) -> None:
    """The first answer is public, every later one private: the connection may only go to what was looked at."""
    names = Names(rebind_test=[["203.0.113.0", "192.0.2.1"], ["127.0.0.1"]])
    outbound = make(names=names)
    await refused(outbound, server.url("/", "rebind.test"))
    await refused(outbound, server.url("/", "rebind.test"))
    assert not server.seen


async def test_a_name_is_looked_up_once_for_a_connection(make: Make, server: WebServer) -> None:
    names = Names(app_test=[["127.0.0.1"], ["10.0.0.1"]])
    outbound = make("127.0.0.1", names=names)
    assert (await outbound.request("GET", server.url("/", "app.test"))).text == "inside"
    assert (await outbound.request("GET", server.url("/", "app.test"))).text == "inside"
    assert names.asked == ["app.test"]


async def test_of_several_addresses_only_open_ones_are_called(make: Make, server: WebServer) -> None:
    names = Names(both_test=[["10.0.0.1", "127.0.0.1"]])
    assert (await make("127.0.0.1", names=names).request("GET", server.url("/", "both.test"))).text == "inside"


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://secret.test/", "file:///etc/passwd"]
)
async def test_a_redirect_meets_the_same_wall(make: Make, server: WebServer, target: str) -> None:
    server.sends_to("/away", target)
    names = Names(secret_test=[["192.168.0.1"]])
    await refused(make("127.0.0.1", names=names), server.url("/away"))


async def test_an_opened_name_does_not_lead_to_metadata(make: Make) -> None:
    names = Names(wiki_intra=[["169.254.169.254"]])
    await refused(make("wiki.intra", names=names), "http://wiki.intra/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://x/",
        "//example.com/",
        "example.com",
        "",
        "http://",
        "http:///x",
        "javascript:1",
    ],
)
async def test_only_web_addresses_are_called(make: Make, url: str) -> None:
    await refused(make(), url)


async def test_credentials_in_the_address_are_refused(make: Make) -> None:
    assert "header" in await refused(make(), "http://user:pass@example.com/")
    assert "header" in await refused(make(), "http://user@example.com/")


async def test_unusual_methods_are_refused(make: Make) -> None:
    await refused(make("127.0.0.1"), "http://127.0.0.1/", "CONNECT")


async def test_keys_do_not_follow_a_redirect_to_another_host(make: Make, server: WebServer) -> None:
    server.sends_to("/away", server.url("/", "other.test"))
    outbound = make("127.0.0.1", "other.test", names=Names(other_test=[["127.0.0.1"]]))
    headers = {"Authorization": "Bearer k", "X-Api-Key": "k", "Cookie": "c=1", "Accept": "text/plain"}
    await outbound.request("GET", server.url("/away"), headers=headers)
    first, second = server.seen
    assert first.headers["Authorization"] == "Bearer k"
    assert not {"Authorization", "X-Api-Key", "Cookie"} & set(second.headers)
    assert second.headers["Accept"] == "text/plain"


async def test_keys_stay_on_a_redirect_within_the_host(make: Make, server: WebServer) -> None:
    server.sends_to("/old", "/")
    await make("127.0.0.1").request("GET", server.url("/old"), headers={"Authorization": "Bearer k"})
    assert server.seen[1].headers["Authorization"] == "Bearer k"


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_a_redirected_post_becomes_a_get(make: Make, server: WebServer, status: int) -> None:
    server.sends_to("/form", "/", status)
    await make("127.0.0.1").request("POST", server.url("/form"), headers={"Content-Type": "text/plain"}, body=b"x")
    assert server.seen[1].method == "GET"
    assert server.bodies[1] == b""
    assert "Content-Type" not in server.seen[1].headers


async def test_a_body_follows_only_within_the_host(make: Make, server: WebServer) -> None:
    server.sends_to("/form", "/", 307)
    server.sends_to("/away", server.url("/", "other.test"), 307)
    outbound = make("127.0.0.1", "other.test", names=Names(other_test=[["127.0.0.1"]]))
    await outbound.request("POST", server.url("/form"), body=b"secret")
    assert server.bodies == [b"secret", b"secret"]
    await refused(outbound, server.url("/away"), "POST", body=b"secret")
    assert len(server.seen) == 3


async def test_headers_of_the_connection_are_ours(make: Make, server: WebServer) -> None:
    given = {
        "Host": "metadata",
        "Transfer-Encoding": "chunked",
        "Proxy-Authorization": "x",
        "X-Kept": "1",
        "Accept-Encoding": "br",
    }
    await make("127.0.0.1").request("GET", server.url("/"), headers=given)
    [seen] = server.seen
    assert seen.headers["Host"] == f"127.0.0.1:{server.port}"
    assert seen.headers["Accept-Encoding"] == "gzip, deflate"
    assert seen.headers["X-Kept"] == "1"
    assert not {"Proxy-Authorization", "Transfer-Encoding"} & set(seen.headers)


async def test_headers_cannot_be_smuggled_in(make: Make, server: WebServer) -> None:
    await refused(make("127.0.0.1"), server.url("/"), headers={"X-A": "1\r\nX-B: 2"})
    assert not server.seen


async def test_proxies_of_the_environment_are_not_used(make: Make, server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url("/proxy"))
    names = Names(out_test=[["10.0.0.1"]])
    await refused(make(names=names), "http://out.test/")
    assert not server.seen


async def test_encodings_that_were_not_asked_for_fail(make: Make, server: WebServer) -> None:
    server.says_packed("/odd", b"x", encoding="zstd")
    server.says("/damaged", "not gzip", headers={"Content-Encoding": "gzip"})
    for path in ("/odd", "/damaged"):
        with pytest.raises(Unavailable) as raised:
            await make("127.0.0.1").request("GET", server.url(path))
        assert raised.value.reason is Reason.OUTBOUND_FAILED


async def test_an_answer_that_breaks_off_fails(make: Make, server: WebServer) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"x")
        assert request.transport is not None
        request.transport.abort()
        return response

    server.routes["/"] = broken
    with pytest.raises(Unavailable) as raised:
        await make("127.0.0.1").request("GET", server.url("/"))
    assert "broke off" in raised.value.message


async def test_unknown_names_fail(make: Make) -> None:
    async def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("no such host")

    outbound = HttpOutbound(Destinations(), most_bytes=10, look_up=unknown)
    with pytest.raises(Unavailable) as raised:
        await outbound.request("GET", "http://nowhere.test/")
    assert "nowhere.test is not known" in raised.value.message
    await outbound.aclose()


def test_addresses_are_read_plainly() -> None:
    assert str(parse_url(" https://example.com/a b ")) == "https://example.com/a%20b"
