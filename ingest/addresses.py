"""Which addresses of the network may be asked, checked at the very socket that is opened.

A link can name, redirect to, or resolve to a machine that only we can reach (a router, a
cloud's metadata service, this computer). So the name is resolved here, once; every address
that it has is checked; and the connection goes to a checked address and to nothing else, so
that a name that changes between check and connection gains nothing. TLS and the Host header
still carry the name.

Environment proxies are not used: a proxy would resolve the name itself, behind the check.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import httpcore
import httpx

from bot.errors import ReadError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Not left to `is_global`, whose answer for these changed between Python's patch releases.
_KINDS = {
    "unspecified": ("0.0.0.0/8", "::/128"),
    "loopback": ("127.0.0.0/8", "::1/128"),
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
    "link-local": ("169.254.0.0/16", "fe80::/10"),
    "shared by a carrier": ("100.64.0.0/10",),
    "multicast": ("224.0.0.0/4", "ff00::/8"),
    "reserved": (
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "240.0.0.0/4", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16"),
        *("3fff::/20", "5f00::/16", "64:ff9b:1::/48"),
    ),
}
_REFUSED = [
    (ipaddress.ip_network(network), kind) for kind, nets in _KINDS.items() for network in nets
]
# IPv6 addresses whose last 32 bits are an IPv4 address, which is the one that is reached.
_EMBEDDING = tuple(map(ipaddress.IPv6Network, ("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")


def kind_of(address: str) -> str:
    """What keeps a numeric address off the public internet ("loopback"), or "" if nothing."""
    ip: _Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and any(ip in network for network in _EMBEDDING):
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    for network, kind in _REFUSED:
        if ip.version == network.version and ip in network:
            return kind
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_IPV6:
        return "reserved"
    return "" if ip.is_global else "reserved"


def resolve(host: str, port: int, allow_private: bool) -> list[str]:
    """The numeric addresses of `host`, in the system's order of preference.

    Raises ReadError if any of them is not public, whatever notation the host was written in,
    and httpcore.ConnectError if the name has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved ({error})") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        kind = "" if allow_private else kind_of(address)
        if kind:
            named = "" if host == address else f"{address}, which is "
            raise ReadError(
                f"{host} is {named}{kind}: only public addresses are fetched. "
                "If you trust that machine, set BOT_ALLOW_PRIVATE_ADDRESSES=true."
            )
    return addresses


class GuardedBackend(httpcore.NetworkBackend):
    """Opens sockets to checked addresses only, and lets none outlive `deadline`.

    `deadline` is a time of `time.monotonic`; it bounds the sum of everything that happens on
    a connection, which a timeout per read does not (a server may send a byte at a time).
    """

    def __init__(self, allow_private: bool = False) -> None:
        self.allow_private = allow_private
        self.deadline = float("inf")
        self._sockets = httpcore.SyncBackend()

    def remaining(self, timeout: float | None) -> float | None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for one request was used up")
        if left == float("inf"):
            return timeout
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"the name {host} has no address")
        for address in resolve(host, port, self.allow_private):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self.remaining(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self)
        raise failure

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise httpcore.UnsupportedProtocol("links are fetched over TCP only")


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends at its backend's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        timeout = self._backend.remaining(timeout)
        return _TimedStream(
            self._stream.start_tls(ssl_context, server_hostname, timeout), self._backend
        )

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()  # 50 ms, spent once


class GuardedTransport(httpx.BaseTransport):
    """HTTP over a GuardedBackend; made of public parts, so an update cannot unhook the guard.

    Raises httpcore's errors (httpx's own transport would rename them), and ReadError.
    """

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(), network_backend=backend, keepalive_expiry=30.0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()
