"""What goes wrong, as a test asks for it: each fault meets the first requests that fit it.

    {"service": "s3", "operation": "PutObject", "path": "/b/k", "times": 2, "skip": 1, "kind": KIND, …}

`service`, `operation` and `path` (a part of it) may be left out; `times` is 1, or -1 for ever; `skip` lets so many pass first. KIND is
    error        {"status", "code", "message", "headers"}: refused, nothing is done
    lost_reply   done, and the connection is closed without a word
    cut_off      nothing is done, and the connection is closed without a word
    short_body   done, and the connection is closed in the middle of the body
    slow         done, {"delay_s"} later
    body         nothing is done; 200 with {"body"}
"""


class Faults:
    def __init__(self):
        self.list = []

    def tell(self, faults):
        self.list = [dict(fault) for fault in faults]

    def take(self, service, operation, path):
        for fault in self.list:
            if fault.get("service", service) != service or fault.get("operation", operation) != operation or fault.get("path", "") not in path or fault.get("times", 1) == 0:
                continue
            if fault.get("skip", 0) > 0:
                fault["skip"] -= 1
                continue
            fault["times"] = fault.get("times", 1) - 1 if fault.get("times", 1) > 0 else -1
            return fault
        return None
