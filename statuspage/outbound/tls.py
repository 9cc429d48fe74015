"""The one TLS context of the process: loading the trusted certificates costs 20 ms, so it happens once."""

import functools
import ssl

import httpx


@functools.cache
def shared_context() -> ssl.SSLContext:
    """Verifies host and chain against certifi's roots, or those of `SSL_CERT_FILE` / `SSL_CERT_DIR`.

    Raises `OSError` when the named file cannot be read.
    """
    context = httpx.create_ssl_context(verify=True, trust_env=True)
    context.set_alpn_protocols(["http/1.1"])
    return context
