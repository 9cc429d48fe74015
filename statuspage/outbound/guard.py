"""Which resolved addresses may be asked (contract §2: never a private one, unless allowed)."""

from collections.abc import Iterable

from statuspage.domain.addresses import NEVER_ALLOWED, refused
from statuspage.outbound.failures import RefusedAddressError


def permitted(host: str, addresses: Iterable[str], *, allow_private: bool) -> list[str]:
    """The addresses that may be connected to, in their order.

    What serves machines of a cloud with their secrets, and groups of hosts, stay refused where private networks are allowed.
    One refused address refuses the name as a whole: a name that points both ways is not to be trusted.
    Raises `RefusedAddressError`, which names the reason.
    """
    asked = list(addresses)
    for address in asked:
        reason = refused(address)
        if reason is not None and (reason in NEVER_ALLOWED or not allow_private):
            raise RefusedAddressError(f"{host} leads to a {reason} address")
    return asked
