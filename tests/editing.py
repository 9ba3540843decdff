"""A process that edits and ingests: `python -m tests.editing FOLDER LIBRARY LOG ROUNDS`.

Each round gives every town's report another edition, removes one report for good and adds
one, ingests, and then writes the titles that are gone for good to the log.
"""

from __future__ import annotations

import sys
from pathlib import Path

TOWNS = ("Aachen", "Bremen", "Coburg", "Dessau", "Erfurt", "Fulda")


def report(town: str, edition: int) -> str:
    """Each sentence names its edition, so that a mixture of two can be told."""
    return (
        f"# The harbour of {town}\n\n"
        f"The harbour of {town} opened its gate, says edition {edition}.\n\n"
        f"Ships in {town} pay a fee of {edition + 100} crowns, says edition {edition}.\n\n"
        f"The bridge of {town} stays closed to cars, says edition {edition}.\n"
    )


def fill(folder: Path, edition: int) -> None:
    folder.mkdir(exist_ok=True)
    for town in TOWNS:
        (folder / f"{town}.md").write_text(report(town, edition), encoding="utf-8")


def main(folder: str, library: str, log: str, rounds: str) -> None:
    from ingest import ingest

    for n in range(2, 2 + int(rounds)):
        fill(Path(folder), n)
        (Path(folder) / f"Extra{n}.md").write_text(report(f"Extra{n}", n), encoding="utf-8")
        (Path(folder) / f"Extra{n - 1}.md").unlink(missing_ok=True)
        ingest(folder, library=library)
        with Path(log).open("a", encoding="utf-8") as lines:
            lines.write(f"Extra{n - 1}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
