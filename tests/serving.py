"""Starts the chat as a process of its own, the way a person does, and waits until it answers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

# Seconds until the page must be there: imports, one look at the articles, Gradio's own start.
PATIENCE = 120


@dataclass(frozen=True)
class Page:
    """A chat that is being served."""

    url: str

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=30) as reply:
            text: str = reply.read().decode("utf-8")
            return text


@contextmanager
def serve(command: Sequence[str], library: Path, workdir: Path) -> Iterator[Page]:
    """Run `command` (a `python -m ui`) on a free port with a copy of `library`."""
    port = free_port()
    own = workdir / "served-library"
    shutil.copytree(library, own)
    log = (workdir / "served.log").open("w+")
    settings = {"BOT_LIBRARY": str(own), "GRADIO_SERVER_PORT": str(port)}
    process = subprocess.Popen(
        list(command), cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log
    )
    try:
        page = Page(f"http://127.0.0.1:{port}")
        _wait(page, process, Path(log.name))
        yield page
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(page: Page, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the chat ended at once:\n{log.read_text()}"
        try:
            page.read("/")
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"no page after {PATIENCE} s:\n{log.read_text()}")
