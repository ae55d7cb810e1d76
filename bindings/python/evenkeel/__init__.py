"""Evenkeel keeps one booking consistent across every system that holds a piece of it.

    import evenkeel
    print(evenkeel.read(open("page.html", "rb").read(), date="2026-05-30").times)

    with evenkeel.Fleet("fleet.json") as fleet:
        plan = fleet.plan()
        report = fleet.apply(plan)      # what is safe by policy; the rest waits for people

`read`, `shift`, `edit` and `read_text` work on one page. `Fleet` has the verbs of the program. `stores` has the classes to derive from for
your own systems. `documents` has the types of all documents. Every error is an `EvenkeelError` with a class for its code.
"""
from evenkeel import documents, stores
from evenkeel._host import Clock, Zones
from evenkeel._library import ffi as _ffi
from evenkeel._library import lib as _lib
from evenkeel.answers import Answer, Audit, Found, Guarded, Report, Restored, Verification
from evenkeel.errors import (AlreadyExists, EvenkeelError, Internal, InvalidArgument, LimitExceeded, NotFound, OutOfMemory, PermissionDenied,
                             PreconditionFailed, Unavailable, Unimplemented, UnknownOutcome)
from evenkeel.fleet import Fleet, has_adapter
from evenkeel.leases import Lease
from evenkeel.pages import Edits, Reading, edit, read, read_text, shift
from evenkeel.plans import Plan
from evenkeel.runs import Run
from evenkeel.stores import Adapter

__version__: str = _ffi.string(_lib.ek_version()).decode()

__all__ = ["Adapter", "AlreadyExists", "Answer", "Audit", "Clock", "Edits", "EvenkeelError", "Fleet", "Found", "Guarded", "Internal", "InvalidArgument",
           "Lease", "LimitExceeded", "NotFound", "OutOfMemory", "PermissionDenied", "Plan", "PreconditionFailed", "Reading", "Report", "Restored",
           "Run", "Unavailable", "Unimplemented", "UnknownOutcome", "Verification", "Zones", "documents", "edit", "has_adapter", "read", "read_text", "shift", "stores"]
