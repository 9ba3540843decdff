"""Nothing needs the network: ingest and answers work where every way out is closed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.serving import serve

# Runs `python -m MODULE …` under an audit hook that refuses each connection and each look-up
# of a name beyond this machine, and writes it down, since a caller may swallow the refusal.
GUARD = """
import runpy, sys

LOCAL = {"", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", None}
LOG = open(sys.argv[1], "a")

def guard(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        host = args[1][0] if isinstance(args[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host not in LOCAL:
        print(event, host, file=LOG, flush=True)
        raise OSError("the network is closed: " + event + " " + str(host))

sys.addaudithook(guard)
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def run_guarded(log: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", GUARD, str(log), *command],
        cwd=ROOT,
        env={**os.environ, "HF_HUB_OFFLINE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_guard_stops_and_records_a_way_out(tmp_path: Path) -> None:
    log = tmp_path / "log"
    (tmp_path / "caller.py").write_text(
        "import socket\n"
        "try:\n"
        "    socket.create_connection(('192.0.2.1', 80), 1)\n"
        "except OSError as error:\n"
        "    print('refused:', error)\n"
    )
    done = run_guarded(log, "caller", PYTHONPATH=str(tmp_path))
    assert done.stdout.startswith("refused: the network is closed"), done.stderr
    assert "192.0.2.1" in log.read_text()


def test_a_first_ingest_and_an_answer_need_no_network(tmp_path: Path) -> None:
    """Even the export of the embedding model, done once on a new machine, stays inside."""
    log, articles, library = tmp_path / "log", ROOT / "articles", tmp_path / "library"
    log.touch()
    places = {"BOT_LIBRARY": str(library), "BOT_CACHE": str(tmp_path / "cache")}
    ingested = run_guarded(log, "ingest", str(articles), **places)
    assert ingested.returncode == 0, ingested.stderr
    asked = run_guarded(log, "bot", "Who builds the Leitz Phone?", **places)
    assert asked.returncode == 0, asked.stdout + asked.stderr
    assert "Sharp" in asked.stdout
    assert log.read_text() == ""


def test_the_chat_starts_without_network(tmp_path: Path, sample_library: Path) -> None:
    """The page is served, and neither Gradio's statistics nor a font is asked for outside."""
    log = tmp_path / "log"
    log.touch()
    command = [sys.executable, "-c", GUARD, str(log), "ui"]
    own = shutil.copytree(sample_library, tmp_path / "library")
    settings = {"BOT_LIBRARY": str(own), "BOT_ARTICLES": str(ROOT / "articles")}
    with serve(command, tmp_path, HF_HUB_OFFLINE="1", **settings) as page:
        text = page.read("/")
    assert "https://fonts." not in text
    assert log.read_text() == ""
