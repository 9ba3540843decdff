"""What one run of ingest did, for a person to read and for a machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be taken in, and the reason."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of one run.

    `added`, `updated` and `removed` count articles; `unchanged` counts documents whose
    content the library holds already. `passages` were embedded, in `seconds` in all.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: tuple[Failure, ...] = ()
    passages: int = 0
    seconds: float = 0.0
    stopped: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON types."""
        plain = asdict(self) | {"seconds": round(self.seconds, 3)}
        plain["failed"] = [asdict(failure) for failure in self.failed]
        return plain

    def __str__(self) -> str:
        counts = ("added", "updated", "unchanged", "removed")
        told = [f"{getattr(self, name):,} {name}" for name in counts]
        lines = [f"{', '.join(told)}, {len(self.failed):,} failed; {self._effort()}."]
        lines += [f"failed: {failure.source}: {failure.reason}" for failure in self.failed]
        return "\n".join(lines)

    def _effort(self) -> str:
        rate = f" ({self.passages / self.seconds:,.0f} a second)" if self.passages else ""
        return f"{self.passages:,} passages in {self.seconds:,.1f} s{rate}"
