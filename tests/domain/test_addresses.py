import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statuspage.domain.addresses import refused, refused_host


@pytest.mark.parametrize(
    "address, reason",
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("169.254.1.1", "link-local"),
        ("169.254.169.254", "metadata"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("100.127.255.255", "carrier-grade NAT"),
        ("100.100.100.200", "metadata"),
        ("192.0.0.8", "protocol assignment"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::1", "loopback"),
        ("::", "unspecified"),
        ("fd00::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("ff02::1", "multicast"),
        ("fd00:ec2::254", "metadata"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:a00:1", "private"),
        ("::127.0.0.1", "loopback"),
        ("64:ff9b::808:808", "NAT64"),
        ("64:ff9b:1::1", "NAT64"),
        ("2002:808:808::1", "6to4"),
        ("2001::1", "Teredo"),
        ("not an address", "malformed"),
        ("", "malformed"),
    ],
)
def test_it_refuses_addresses_that_are_not_of_the_public_internet(address: str, reason: str) -> None:
    assert refused(address) == reason


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "100.63.255.255", "100.128.0.0", "172.32.0.1", "192.0.1.1", "11.0.0.1", "2606:4700::1111", "::ffff:8.8.8.8"],
)
def test_it_lets_the_public_internet_pass(address: str) -> None:
    assert refused(address) is None
    assert refused_host(address) is None


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "api.localhost", "Foo.LocalHost.", "ip6-localhost",
        "127.0.0.1.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0X7F.0.0.1", "0x7f.1", "017700000001", "0177.0.0.1",
        "[::1]", "::1", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "%31%32%37.0.0.1",
        "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1", "0127.0.0.1",
    ],
)  # fmt: skip
def test_it_sees_loopback_in_any_spelling(host: str) -> None:
    assert refused_host(host) == "loopback"


@pytest.mark.parametrize(
    "host, reason",
    [
        ("3232235521", "private"),
        ("0xa9fea9fe", "metadata"),
        ("metadata.google.internal.", "metadata"),
        ("010.0.0.1", "private"),
        ("[64:ff9b::7f00:1]", "NAT64"),
        ("[fe80::1%25eth0]", "link-local"),
        ("0", "unspecified"),
        ("256.1.1.1", "malformed"),
        ("1.2.3.4.5", "malformed"),
        ("08.1.1.999", "malformed"),
        (".", "malformed"),
        ("", "malformed"),
        ("[::1", "loopback"),
    ],
)
def test_it_names_the_reason(host: str, reason: str) -> None:
    assert refused_host(host) == reason


@pytest.mark.parametrize(
    "host", ["api.moonshot.ai", "one.example", "1e100.net", "127.0.0.1.nip.io", "münchen.example", "localhost.example"]
)
def test_a_name_that_only_resolution_can_judge_passes(host: str) -> None:
    assert refused_host(host) is None


@given(st.text(max_size=40))
def test_it_never_raises(host: str) -> None:
    refused(host)
    refused_host(host)


@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_address_is_judged_alike(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    octets = address.packed
    expected = refused(str(address))
    spellings = [
        str(address),
        f"{address}.",
        str(number),
        hex(number),
        ".".join(map(hex, octets)),
        f"{octets[0]}.{number & 0xFFFFFF}",
        f"[::ffff:{address}]",
        f"[::ffff:{number >> 16:x}:{number & 0xFFFF:x}]",
    ]
    assert {spelling: refused_host(spelling) for spelling in spellings} == dict.fromkeys(spellings, expected)


@given(st.ip_addresses(v=4))
def test_an_octal_spelling_never_hides_an_address(address: ipaddress.IPv4Address) -> None:
    octal = ".".join(f"0{octet:o}" for octet in address.packed)
    assert refused_host(octal) is not None or refused(str(address)) is None


@given(st.ip_addresses())
def test_nothing_that_python_calls_loopback_multicast_or_link_local_passes(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_loopback or address.is_multicast or address.is_link_local:
        assert refused(str(address)) is not None
