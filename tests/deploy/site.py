"""What deploy/ holds, run for real on ports and paths of its own: gunicorn, and nginx before it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any

from tests.outside import free_port

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "deploy/nginx/tracker.conf"
NAME = "suggestions.city.example"
WAIT_SECONDS = 60
WHOLE = """
{user}
worker_processes 2;
worker_rlimit_nofile 8192;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 4096; }}
http {{
    include {folder}/mime.types;
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tracker.conf;
}}
"""
MIME = "types { text/html html; text/css css; application/javascript js; image/svg+xml svg; font/woff2 woff2; }\n"


def nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def nginx_missing() -> str:
    """Why the site cannot be tried here; empty if it can."""
    return "" if nginx() and shutil.which("openssl") else "nginx: not on this machine (or no openssl)"


@dataclass
class Site:
    """nginx on two ports, and where it reaches the pages."""

    folder: Path
    http: int = field(default_factory=free_port)
    https: int = field(default_factory=free_port)

    @property
    def socket(self) -> str:
        return f"unix:{self.folder}/web.sock"

    def written(self, upstreams: tuple[str, ...] = ()) -> Path:
        """The file of deploy/ with our ports, paths and certificate; nothing else is changed."""
        text = SITE.read_text(encoding="utf-8")
        text = re.sub(r"\n    listen \[::\].*", "", text)
        text = text.replace("listen 80", f"listen 127.0.0.1:{self.http}")
        text = text.replace("listen 443", f"listen 127.0.0.1:{self.https}")
        text = text.replace("/etc/tracker/tls/", f"{self.folder}/").replace("/opt/tracker/", f"{ROOT}/")
        text = text.replace("/var/log/nginx/", f"{self.folder}/").replace("/var/cache/nginx/", f"{self.folder}/")
        ours = "".join(f"server {one} max_fails=2 fail_timeout=5s;" for one in upstreams or (self.socket,))
        text = re.sub(r"server unix:/run/tracker/web.sock .*;", ours, text)
        (self.folder / "tracker.conf").write_text(text, encoding="utf-8")
        (self.folder / "mime.types").write_text(MIME, encoding="utf-8")
        whole = self.folder / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        whole.write_text(WHOLE.format(folder=self.folder, user=user), encoding="utf-8")
        _certify(self.folder)
        return whole

    def ask(self, method: str, path: str, source: str = "127.0.0.1", **more: Any) -> tuple[HTTPResponse, bytes]:
        """One request over https, as a browser that knows the office's name, from an address of its own."""
        trusting = ssl._create_unverified_context()
        connection = HTTPSConnection("127.0.0.1", self.https, timeout=30, context=trusting, source_address=(source, 0))
        headers = {"Host": NAME, **more.pop("headers", {})}
        connection.request(method, path, headers=headers, **more)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


@contextmanager
def a_site(*upstreams: str) -> Iterator[Site]:
    """nginx with the site of deploy/, its folder gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dst"))  # short: a socket's path may have 107 bytes
    site = Site(folder)
    try:
        command = [str(nginx()), "-c", str(site.written(upstreams)), "-p", str(folder), "-g", "daemon off;"]
        with running(command, {}) as process:
            wait_for(("127.0.0.1", site.https), process)
            yield site
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def pages(bind: str, settings: Mapping[str, Any], *, workers: int = 1, threads: int = 8) -> Iterator[Any]:
    """gunicorn as deploy/ has it."""
    more = {"WEB_SOCKET": bind, "WEB_CONCURRENCY": str(workers), "WEB_THREADS": str(threads)}
    command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn.conf.py"), "app:app"]
    with running(command, told(settings) | more) as process:
        wait_for(_address(bind), process)
        yield process


def told(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as a unit's environment file holds them."""
    switches = {True: "on", False: "off"}
    known = {name: value for name, value in settings.items() if name != "TESTING"}
    return {name: switches[value] if isinstance(value, bool) else str(value) for name, value in known.items()}


@contextmanager
def running(command: list[str], more: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **more}, **silent)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def wait_for(address: Any, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as probe:
                probe.connect(address)
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")


def _address(bind: str) -> Any:
    if bind.startswith("unix:"):
        return bind.removeprefix("unix:")
    host, _colon, port = bind.rpartition(":")
    return host, int(port)


def _certify(folder: Path) -> None:
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "fullchain.pem")]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    subprocess.run(["openssl", "req", "-x509", *kind, *files], check=True, capture_output=True)
