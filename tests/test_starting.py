"""python -m ui: what it says and does when it starts, also where something is in the way."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import load_settings
from bot.errors import SettingError
from bot.writer import LibraryWriter
from ingest.splitting import split
from tests.conftest import ROOT
from tests.serving import serve
from ui.__main__ import free_port, update


def test_an_address_that_is_taken_is_told_with_the_remedy_before_any_work(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "ui"],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "GRADIO_SERVER_PORT": str(port), "PATH": ""},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"The chat cannot be served on 127.0.0.1:{port}: ")
    assert "GRADIO_SERVER_PORT=" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_port_0_becomes_one_that_is_free() -> None:
    assert free_port(load_settings(server_port=0)) > 0


def test_a_host_that_is_not_ours_is_named() -> None:
    with pytest.raises(SettingError, match=r"192\.0\.2\.1:7860"):
        free_port(load_settings(server_name="192.0.2.1"))


def test_a_folder_that_is_missing_is_told_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    update(load_settings(articles=tmp_path / "news", library=tmp_path / "library"))
    assert "Make the folder and put articles into it" in capsys.readouterr().err
    assert not (tmp_path / "library").exists()


def test_the_report_of_the_ingest_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "bridge.txt").write_text("The bridge\n\nIt opened on Monday at noon.")
    update(load_settings(articles=tmp_path / "news", library=tmp_path / "library"))
    assert "Articles: 1 added" in capsys.readouterr().err


def test_a_library_that_another_ingest_holds_is_served_as_it_is_until_ctrl_c(
    tmp_path: Path, sample_library: Path
) -> None:
    own = shutil.copytree(sample_library, tmp_path / "library")
    places = {"BOT_LIBRARY": str(own), "BOT_ARTICLES": str(ROOT / "articles")}
    command = [sys.executable, "-m", "ui"]
    with (
        LibraryWriter(load_settings(library=own), split),
        serve(command, tmp_path, **places) as page,
    ):
        assert "Ask the articles" in page.read("/")
        while "Ctrl-C stops" not in (tmp_path / "served.log").read_text():
            time.sleep(0.1)
        page.process.send_signal(signal.SIGINT)
        assert page.process.wait(30) == 0
    log = (tmp_path / "served.log").read_text()
    assert "The library could not be brought up to date: " in log
    assert "It is served as it is." in log
    assert "Ask the articles at http://127.0.0.1:" in log
    assert log.endswith("Stopped.\n")
    assert "Traceback" not in log
