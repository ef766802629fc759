"""nginx serving the same bytes as a file: what reading could cost at best."""

from __future__ import annotations

import http.client
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import free_port

_CONFIGURATION = """\
daemon off;
{user}
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@contextmanager
def nginx(body: bytes) -> Iterator[str | None]:
    """Yield the address of a file with these bytes; None where nginx is not installed."""
    binary = shutil.which("nginx")
    if binary is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="kh-nginx-") as name:
        folder, port = Path(name), free_port()
        folder.joinpath("files").mkdir()
        folder.joinpath("files", "article.html").write_bytes(body)
        user = "user root;" if Path.home() == Path("/root") else ""
        configuration = folder / "nginx.conf"
        configuration.write_text(_CONFIGURATION.format(folder=folder, port=port, user=user))
        process = subprocess.Popen(
            [binary, "-p", name, "-c", str(configuration)], stderr=subprocess.DEVNULL
        )
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/article.html"
        finally:
            process.terminate()
            process.wait(10)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("nginx did not start.")
