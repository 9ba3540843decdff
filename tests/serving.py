"""Starts the chat as a process of its own, the way a person does, and waits until it answers."""

from __future__ import annotations

import os
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
    process: subprocess.Popen[bytes]

    def read(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=30) as reply:
            text: str = reply.read().decode("utf-8")
            return text


@contextmanager
def serve(command: Sequence[str], folder: Path, **settings: str) -> Iterator[Page]:
    """Run `command` (a `python -m ui`) in `folder`, on a free port, until the block ends."""
    port = free_port()
    environment = {**os.environ, **settings, "GRADIO_SERVER_PORT": str(port)}
    environment["PYTHONPATH"] = str(ROOT)
    with (folder / "served.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            page = Page(f"http://127.0.0.1:{port}", process)
            _wait(page, process, folder / "served.log")
            yield page
        finally:
            process.kill()
            process.wait()


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
