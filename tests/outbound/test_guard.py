"""Which resolved addresses may be asked."""

import pytest

from statuspage.outbound.failures import RefusedAddressError
from statuspage.outbound.guard import permitted


def test_private_addresses_are_asked_only_where_they_are_allowed() -> None:
    assert permitted("a.example", ["127.0.0.1", "10.0.0.1"], allow_private=True) == ["127.0.0.1", "10.0.0.1"]
    with pytest.raises(RefusedAddressError, match="loopback"):
        permitted("a.example", ["127.0.0.1"], allow_private=False)


def test_one_refused_address_refuses_the_name() -> None:
    with pytest.raises(RefusedAddressError):
        permitted("a.example", ["93.184.216.34", "10.0.0.1"], allow_private=False)


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254", "::ffff:169.254.169.254", "224.0.0.1"])
def test_what_hands_out_a_clouds_secrets_is_never_asked(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        permitted("a.example", [address], allow_private=True)
