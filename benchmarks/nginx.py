"""nginx on one core, handing out given bytes as files: the limit that everything is compared with."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from benchmarks.http import free_port, wait_for
from benchmarks.processes import SERVER_CORE, running

_CONFIG = """
worker_processes 1;
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=64 inactive=1h;
  open_file_cache_valid 1h;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=1024;
    root {folder}/files;
    default_type application/octet-stream;
{locations}
  }}
}}
"""


class ServedFile(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes as our server sent them, with the headers that give them meaning."""

    body: bytes
    headers: Mapping[str, str]


class Nginx(msgspec.Struct, frozen=True, kw_only=True):
    """A running nginx."""

    pid: int
    url: str


@contextmanager
def nginx(files: Mapping[str, ServedFile], folder: Path) -> Iterator[Nginx]:
    """Serves each file under `/{name}` while the block lasts."""
    (folder / "files").mkdir(parents=True)
    folder.chmod(0o755)
    locations = []
    for name, file in files.items():
        (folder / "files" / name).write_bytes(file.body)
        added = " ".join(f'add_header {header} "{value}";' for header, value in file.headers.items())
        locations.append(f"    location = /{name} {{ {added} }}")
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(_CONFIG.format(folder=folder, port=port, locations="\n".join(locations)))
    url = f"http://127.0.0.1:{port}"
    with running(["nginx", "-c", str(config), "-p", str(folder)], core=SERVER_CORE, log=folder / "nginx.log") as process:
        wait_for(f"{url}/{next(iter(files))}", process)
        yield Nginx(pid=process.pid, url=url)
