"""The right to change a booking, as a context."""
from __future__ import annotations

from typing import TYPE_CHECKING

from evenkeel._library import Duration, lib, seconds, view

if TYPE_CHECKING:
    from evenkeel.fleet import Fleet


class Lease:
    """An exclusive, expiring right to change one booking. A `with` block gives it back at its end."""

    def __init__(self, fleet: Fleet, booking: str, holder: str, ttl: Duration | None) -> None:
        self._fleet, self.booking, self.holder, self._ttl = fleet, booking, holder, ttl
        self.answer = fleet._leased(lib.ek_lease_take, booking, view(holder), seconds(ttl))
        """evenkeel.leased/1: until when, and the fencing number."""

    def renew(self, ttl: Duration | None = None) -> None:
        """Another ttl from now. PreconditionFailed: it ran out, or is another's; look again at what was planned under it."""
        self.answer = self._fleet._leased(lib.ek_lease_renew, self.booking, view(self.holder), seconds(ttl if ttl is not None else self._ttl))

    def release(self) -> None:
        """Gives it back. PreconditionFailed while a run under it has a write under way."""
        self.answer = self._fleet._leased(lib.ek_lease_release, self.booking, view(self.holder))

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
