"""Only public addresses are connected to, whatever a link calls them."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpcore
import pytest

from bot.errors import ReadError
from ingest.addresses import GuardedBackend, kind_of, resolve
from ingest.fetching import Fetcher
from ingest.requesting import Fetched, Limits
from tests.web_server import TestClock, WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as server:
        server.article("/story")
        yield server


def fetcher(allow_private: bool = False) -> Fetcher:
    return Fetcher(allow_private=allow_private, clock=TestClock(), limits=Limits(attempts=1))


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "shared by a carrier"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.31.255.255", "private"),
        ("192.0.2.7", "reserved"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "reserved"),
        ("224.0.0.251", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:0:10.0.0.1", "private"),
        ("64:ff9b::169.254.169.254", "link-local"),
        ("64:ff9b:1::7f00:1", "reserved"),
        ("100::1", "reserved"),
        ("2001::1", "reserved"),
        ("2001:db8::1", "reserved"),
        ("2002:7f00:1::", "reserved"),
        ("fc00::1", "private"),
        ("fec0::1", "private"),
        ("fe80::1%eth0", "link-local"),
        ("ff02::1", "multicast"),
        ("4000::1", "reserved"),
    ],
)
def test_an_address_that_is_not_public_is_told_by_its_kind(address: str, kind: str) -> None:
    assert kind_of(address) == kind


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "172.32.0.1", "192.167.1.1", "100.128.0.1", "2606:4700::1111"),
        *("::ffff:8.8.8.8", "64:ff9b::8.8.8.8"),
    ],
)
def test_a_public_address_is_let_through_and_so_is_one_that_carries_it(address: str) -> None:
    assert kind_of(address) == ""


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "LOCALHOST", "127.1", "2130706433", "0x7f000001", "0x7f.1"),
        *(
            "0177.0.0.1",
            "017700000001",
            "0.0.0.0",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
        ),
    ],
)
def test_this_machine_is_refused_under_each_of_its_names(web: WebServer, host: str) -> None:
    with fetcher() as guarded, pytest.raises(ReadError, match=r"only public|no link that can"):
        guarded.fetch(f"http://{host}:{web.port}/story")
    assert web.asked == []


def test_the_refusal_names_the_link_the_address_the_rule_and_the_remedy(web: WebServer) -> None:
    link = f"http://localhost:{web.port}/story"
    with fetcher() as guarded, pytest.raises(ReadError) as refusal:
        guarded.fetch(link)
    assert str(refusal.value) == (
        f"{link} is not fetched: localhost is {resolve('localhost', 80, True)[0]}, which is "
        "loopback: only public addresses are fetched. "
        "If you trust that machine, set BOT_ALLOW_PRIVATE_ADDRESSES=true."
    )


def test_the_setting_lets_this_machine_be_asked(web: WebServer) -> None:
    with fetcher(allow_private=True) as open_fetcher:
        answer = open_fetcher.fetch(f"http://localhost:{web.port}/story")
    assert isinstance(answer, Fetched)
    assert answer.url == f"http://localhost:{web.port}/story"


class Names:
    """A resolver that gives a name the next of its answers each time it is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host[0].isdigit():  # no name: an address, as it was given out before
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        self.asked.append(host)
        address = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


def test_a_name_that_turns_private_after_the_check_is_not_resolved_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names("203.0.114.1", "127.0.0.1")
    connected: list[str] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError("closed")

    monkeypatch.setattr(socket, "getaddrinfo", names)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(httpcore.ConnectError):
        GuardedBackend().connect_tcp("rebinding.example", 80, timeout=1)
    assert (names.asked, connected) == (["rebinding.example"], ["203.0.114.1"])


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def both(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, port)) for address in ("1.1.1.1", "10.0.0.7")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(ReadError, match=r"mixed\.example is 10\.0\.0\.7, which is private"):
        resolve("mixed.example", 80, allow_private=False)


def test_a_server_is_asked_by_its_name_although_its_address_is_connected_to(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    link = f"http://news.example:{web.port}/story"
    with fetcher(allow_private=True) as open_fetcher:
        open_fetcher.fetch(link)
    assert web.asked[-1].headers["Host"] == f"news.example:{web.port}"


def test_tls_is_asked_for_by_the_name_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server has no certificate, so that all it ever gets is the name of the host."""
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _, name, __: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        thread = threading.Thread(target=_greet, args=(server, context))
        thread.start()
        monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
        link = f"https://news.example:{server.getsockname()[1]}/story"
        with fetcher(allow_private=True) as open_fetcher, pytest.raises(ReadError):
            open_fetcher.fetch(link)
        thread.join()
    assert names == ["news.example"]


def _greet(server: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = server.accept()
    with connection, suppress(ssl.SSLError):
        context.wrap_socket(connection, server_side=True)


def test_a_proxy_of_the_environment_is_not_asked(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with fetcher(allow_private=True) as open_fetcher:
        assert isinstance(open_fetcher.fetch(f"{web.url}/story"), Fetched)


def test_a_public_page_cannot_redirect_to_this_machine(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The public page is a server on loopback whose name alone is taken for public."""
    real = socket.getaddrinfo
    link = web.redirect("/moved", f"http://127.0.0.1:{web.port}/story")

    def public(host: str, port: int, **more: object) -> object:
        if host != "news.example":
            return real(host, port, **more)  # type: ignore[arg-type]
        return [(2, 1, 6, "", ("203.0.114.1", port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected = socket.socket()
        connected.connect(("127.0.0.1", address[1]))
        return connected

    monkeypatch.setattr(socket, "getaddrinfo", public)
    monkeypatch.setattr(socket, "create_connection", connect)
    with fetcher() as guarded, pytest.raises(ReadError, match=r"127\.0\.0\.1 is loopback"):
        guarded.fetch(link.replace("127.0.0.1", "news.example"))
    assert web.paths() == ["/moved"]
