import asyncio
import ssl
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from statuspage.zoo.zoo import Zoo

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def secure() -> AsyncIterator[Zoo]:
    async with Zoo(tls=True) as zoo:
        yield zoo


async def _shake(zoo: Zoo, certificate: str) -> str:
    """`fine` or what the client says about the handshake."""
    parts = urlsplit(zoo.tls_url("moonshot", certificate))
    context = ssl.create_default_context(cafile=zoo.ca_file)
    try:
        async with asyncio.timeout(3):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port, ssl=context)
    except ssl.SSLCertVerificationError as error:
        return error.verify_message
    except (OSError, ssl.SSLError) as error:
        return type(error).__name__
    writer.write(b"GET /canary HTTP/1.1\r\nConnection: close\r\n\r\n")
    answer = await reader.readline()
    writer.close()
    return "fine" if b"204" in answer else answer.decode()


@pytest.mark.parametrize(
    "certificate,said",
    [
        ("good", "fine"),
        ("expiring", "fine"),
        ("expired", "certificate has expired"),
        ("wrong-host", "Hostname mismatch, certificate is not valid for 'localhost'."),
        ("untrusted", "unable to get local issuer certificate"),
        ("broken", "ConnectionResetError"),
    ],
)
async def test_it_shows_good_and_bad_certificates(secure: Zoo, certificate: str, said: str) -> None:
    assert await _shake(secure, certificate) == said


async def test_it_names_a_base_url_per_certificate(secure: Zoo) -> None:
    assert set(secure.tls_certificates) == {"good", "expired", "wrong-host", "expiring", "untrusted", "broken"}
    assert secure.tls_url("openai").endswith("/openai/v1")


async def test_it_has_no_authority_without_tls() -> None:
    async with Zoo() as plain:
        with pytest.raises(RuntimeError, match="without TLS"):
            _ = plain.ca_file
