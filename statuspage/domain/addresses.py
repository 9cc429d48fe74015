"""Which addresses a monitor on the public internet refuses to ask, however they are spelled.

`refused` judges one resolved IP address, `refused_host` what can be seen in a name before resolution
(contract §2). Ranges: IANA special-purpose registries (RFC 6890), RFC 6052 (NAT64), RFC 3056 (6to4).
"""

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import unquote

LOOPBACK: Final = "loopback"
METADATA: Final = "metadata"
MALFORMED: Final = "malformed"
NEVER_ALLOWED: Final = frozenset({METADATA, MALFORMED, "multicast", "reserved"})
"""Reasons that stand even where private networks are allowed: nobody serves models there."""

_METADATA: Final = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254",  # AWS, Azure, Google, OpenStack and most others
        "169.254.170.2",  # AWS ECS credentials
        "100.100.100.200",  # Alibaba
        "192.0.0.192",  # Oracle
        "168.63.129.16",  # Azure's wire server
        "fd00:ec2::254",
        "fd20:ce::254",
    )
)
_V4: Final = tuple(
    (ip_network(net), reason)
    for net, reason in (
        ("0.0.0.0/8", "unspecified"),
        ("127.0.0.0/8", LOOPBACK),
        ("10.0.0.0/8", "private"),
        ("172.16.0.0/12", "private"),
        ("192.168.0.0/16", "private"),
        ("169.254.0.0/16", "link-local"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("192.0.0.0/24", "protocol assignment"),
        ("192.88.99.0/24", "6to4"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_V6: Final = tuple(
    (ip_network(net), reason)
    for net, reason in (
        ("::/128", "unspecified"),
        ("::1/128", LOOPBACK),
        ("fc00::/7", "private"),
        ("fec0::/10", "private"),
        ("fe80::/10", "link-local"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2002::/16", "6to4"),
        ("2001::/32", "Teredo"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("ff00::/8", "multicast"),
    )
)
_V4_COMPATIBLE: Final = IPv6Network("::/96")
_LOCAL_NAMES: Final = frozenset({"localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"})
_METADATA_NAMES: Final = frozenset({"metadata.google.internal", "metadata.goog", "metadata", "instance-data"})
_NUMBER: Final = re.compile(r"0x[0-9a-f]*|[0-9]+")
_MAX_V4: Final = 2**32


def refused(address: str) -> str | None:
    """Why this one IP address is refused, in a word, or None when it is an address of the public internet.

    What is no IP address at all is refused as `malformed`.
    """
    try:
        return _refused_ip(ip_address(address.split("%", 1)[0]))
    except ValueError:
        return MALFORMED


def refused_host(host: str) -> str | None:
    """Why this host of a URL is refused, in a word, or None when only resolution can tell.

    Reads brackets, zones, trailing dots, percent-escapes, full-width letters, and IPv4 in decimal,
    octal, hexadecimal and shortened forms as the C library's `inet_aton` does; where two readings of a
    number are in use (`010` as 8 or 10) either is enough to refuse.
    """
    name = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").strip().lower()
    name = name.removeprefix("[").removesuffix("]")
    if ":" in name:
        return refused(name)
    name = name.rstrip(".")
    if not name:
        return MALFORMED
    if name in _LOCAL_NAMES or name.endswith(".localhost"):
        return LOOPBACK
    if name in _METADATA_NAMES:
        return METADATA
    parts = name.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    readings = [_ipv4(parts, octal=True), _ipv4(parts, octal=False)]
    addresses = [IPv4Address(reading) for reading in readings if reading is not None]
    if not addresses:
        return MALFORMED
    return next((reason for reason in map(_refused_ip, addresses) if reason is not None), None)


def _refused_ip(ip: IPv4Address | IPv6Address) -> str | None:
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return _refused_ip(ip.ipv4_mapped)
        if ip in _METADATA:
            return METADATA
        for network, reason in _V6:
            if ip in network:
                return reason
        return _refused_ip(IPv4Address(int(ip))) if ip in _V4_COMPATIBLE else None
    if ip in _METADATA:
        return METADATA
    return next((reason for network, reason in _V4 if ip in network), None)


def _ipv4(parts: list[str], *, octal: bool) -> int | None:
    """One to four numbers as `inet_aton` reads them: the last one fills all the bytes that remain."""
    if len(parts) > 4:
        return None
    try:
        numbers = [_number(part, octal=octal) for part in parts]
    except ValueError:
        return None
    *leading, last = numbers
    if any(number > 255 for number in leading) or last >= _MAX_V4 >> 8 * len(leading):
        return None
    return sum(number << 8 * (3 - place) for place, number in enumerate(leading)) + last


def _number(part: str, *, octal: bool) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > 20:
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if octal and len(part) > 1 and part.startswith("0"):
        return int(part, 8)
    return int(part)
