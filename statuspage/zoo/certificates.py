"""Good and bad TLS certificates, made at start by the `openssl` program in a directory of their own."""

import shutil
import ssl
import subprocess
import tempfile
from pathlib import Path
from typing import Final

_LEAVES: Final = {
    "good": ("DNS:localhost,IP:127.0.0.1", "30"),
    "expired": ("DNS:localhost,IP:127.0.0.1", "-1"),
    "wrong-host": ("DNS:elsewhere.invalid", "30"),
    "expiring": ("DNS:localhost,IP:127.0.0.1", "5"),
}
"""Name → (subject alternative names, days of validity)."""


class CertificateError(RuntimeError):
    """Certificates could not be made; the message is one sentence."""


class Certificates:
    """A private authority and what it signed; `untrusted` is signed by another one."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @classmethod
    def make(cls) -> "Certificates":
        """Makes them all, in about a quarter of a second. Raises `CertificateError`."""
        if shutil.which("openssl") is None:
            raise CertificateError("TLS faults need the openssl program, which is not installed")
        made = cls(Path(tempfile.mkdtemp(prefix="zoo-tls-")))
        try:
            made._sign_all()
        except (subprocess.SubprocessError, OSError) as error:
            made.remove()
            raise CertificateError(f"openssl could not make the certificates: {error}") from None
        return made

    @property
    def ca_file(self) -> str:
        """The authority's certificate as PEM."""
        return str(self._directory / "authority.pem")

    def contexts(self) -> dict[str, ssl.SSLContext]:
        """A server context per certificate."""
        return {name: self._context(name) for name in (*_LEAVES, "untrusted")}

    def remove(self) -> None:
        """Deletes the directory."""
        shutil.rmtree(self._directory, ignore_errors=True)

    def _context(self, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._directory / f"{name}.pem", self._directory / f"{name}.key")
        return context

    def _sign_all(self) -> None:
        for authority in ("authority", "stranger"):
            self._openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
                "-subj", f"/CN=Zoo {authority}", "-keyout", f"{authority}.key", "-out", f"{authority}.pem",
            )  # fmt: skip
        for name, (names, days) in _LEAVES.items():
            self._sign(name, names, days, "authority")
        self._sign("untrusted", *_LEAVES["good"], "stranger")

    def _sign(self, name: str, names: str, days: str, authority: str) -> None:
        (self._directory / f"{name}.ext").write_text(f"subjectAltName={names}\nbasicConstraints=CA:FALSE\n", encoding="ascii")
        self._openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}",
            "-keyout", f"{name}.key", "-out", f"{name}.csr",
        )  # fmt: skip
        self._openssl(
            "x509", "-req", "-in", f"{name}.csr", "-CA", f"{authority}.pem", "-CAkey", f"{authority}.key", "-CAcreateserial",
            "-days", days, "-extfile", f"{name}.ext", "-out", f"{name}.pem",
        )  # fmt: skip

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._directory, check=True, capture_output=True, timeout=20)
