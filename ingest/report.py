"""What one run of ingest did, for a person to read and for a machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be taken in, and the reason."""

    source: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of one run.

    `added`, `updated` and `removed` count articles; `unchanged` counts documents whose
    content the library held already. `passages` were embedded, in `seconds` in all.
    `stopped` says that the run was asked to stop before it was through.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    stopped: bool = False

    @property
    def nothing_read(self) -> bool:
        """Whether there was something to read, and not one document of it could be."""
        return bool(self.failed) and not (self.added or self.updated or self.unchanged)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON types."""
        plain = asdict(self) | {"seconds": round(self.seconds, 3)}
        plain["failed"] = [asdict(failure) for failure in self.failed]
        del plain["stopped"]
        return plain

    def __str__(self) -> str:
        counts = ("added", "updated", "unchanged", "removed")
        told = ", ".join(f"{getattr(self, name):,} {name}" for name in counts)
        rate = f" ({self.passages / self.seconds:,.0f} a second)" if self.passages else ""
        lines = [
            f"Articles: {told}, {len(self.failed):,} failed.",
            f"Embedded {self.passages:,} passages in {self.seconds:,.1f} s{rate}.",
        ]
        return "\n".join([*lines, *(f"Failed: {failure}" for failure in self.failed)])
