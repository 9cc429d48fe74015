"""From a host name to the addresses to try."""

import asyncio
import ipaddress
import socket
from itertools import chain, zip_longest


async def resolve(host: str, port: int) -> list[str]:
    """The host's addresses, IPv6 and IPv4 in turn (RFC 8305); a literal address is its own answer.

    Raises `socket.gaierror` when the name does not resolve.
    """
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    six = list(dict.fromkeys(str(entry[4][0]) for entry in found if entry[0] == socket.AF_INET6))
    four = list(dict.fromkeys(str(entry[4][0]) for entry in found if entry[0] == socket.AF_INET))
    return [address for address in chain.from_iterable(zip_longest(six, four)) if address is not None]
