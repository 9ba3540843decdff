"""python -m ui: bring the library up to date with the articles folder, then serve the chat.

Exit codes: 0 stopped with Ctrl-C, 2 could not start (a setting, or the address is taken),
130 broken off while the articles were read.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot import Bot, Settings, load_settings
from bot.errors import BotError, SettingError

if TYPE_CHECKING:
    from ingest import Report


def main() -> int:
    """Start what a reader needs; a library that can't be brought up to date is served as it is."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        settings = load_settings()
        port = free_port(settings)
    except BotError as error:
        tell(str(error))
        return 2
    try:
        update(settings)
    except KeyboardInterrupt:
        tell("Stopped; what was finished is in the library.")
        return 130
    try:
        serve(settings, port)
    except KeyboardInterrupt:
        tell("Stopped.")
    return 0


def free_port(settings: Settings) -> int:
    """The port to serve on, checked before any work is done; 0 stands for any free one."""
    host, port = settings.server_name, settings.server_port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            found: int = probe.getsockname()[1]
            return found
    except OSError as error:
        raise SettingError(
            f"The chat cannot be served on {host}:{port}: {error.strerror or error}. Stop what "
            "uses that address, or choose another: GRADIO_SERVER_PORT=7861 python -m ui"
        ) from None


def update(settings: Settings) -> None:
    """Ingest the articles folder, with progress; every failure is a sentence on stderr."""
    folder = settings.articles
    if not folder.is_dir():
        tell(
            f"There is no folder {folder}, so the library is served as it is. Make the folder "
            "and put articles into it, or name another in BOT_ARTICLES."
        )
        return
    tell(f"Reading {folder} …")
    try:
        tell(str(_ingest(folder, settings)))
    except Exception as error:
        if not isinstance(error, BotError):
            logging.getLogger(__name__).error("Ingest failed.", exc_info=error)
        tell(f"The library could not be brought up to date: {error}")
        tell("It is served as it is.")


def _ingest(folder: Path, settings: Settings) -> Report:
    from ingest import ingest, shown_on

    progress = shown_on()
    try:
        return ingest(folder, settings=settings, progress=progress)
    finally:
        progress.close()


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def serve(settings: Settings, port: int) -> None:
    """Serve the page until Ctrl-C."""
    # Before gradio is imported: it would ask its makers' server for newer versions.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # Gradio looks at its own page when it starts, and must not ask a proxy for it.
    os.environ.setdefault("NO_PROXY", "localhost,127.0.0.1,::1")
    from ui.chat import Chat
    from ui.page import build, look

    bot = Bot(settings)
    # No daemon: to end while a model is being loaded would abort the whole process.
    threading.Thread(target=_warm, args=(bot,)).start()
    page = build(Chat(bot), settings.articles)
    page.launch(
        server_name=settings.server_name,
        server_port=port,
        quiet=True,
        prevent_thread_lock=True,
        **look(),
    )
    print(f"Ask the articles at {page.local_url} (Ctrl-C stops).", flush=True)
    try:
        while True:  # a wait without end would not hear Ctrl-C on Windows
            time.sleep(1)
    finally:
        page.close(verbose=False)


def _warm(bot: Bot) -> None:
    """Load what the first question needs while its asker still reads the page."""
    try:
        bot.warm()
    except Exception as error:  # the first question says it again, where it can be read
        logging.getLogger(__name__).debug("Not warmed: %s", error)


if __name__ == "__main__":
    sys.exit(main())
