"""CloudFront: distributions and invalidations, by version 2020-05-31 of its API."""
import datetime
import re
import urllib.parse
from xml.etree import ElementTree
from xml.sax.saxutils import escape

NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/"
PATHS_MAX, WILDCARDS_MAX = 3000, 15
ROUTE = re.compile(r"/2020-05-31/distribution(?:/([^/]+)(?:/(invalidation)(?:/([^/]+))?)?)?$")


class Error(Exception):
    def __init__(self, status, code, message=""):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def tag(name, *content):
    return f"<{name}>{''.join(content)}</{name}>"


def aliases_xml(aliases):
    items = tag("Items", *(tag("CNAME", escape(alias)) for alias in aliases)) if aliases else ""
    return tag("Aliases", tag("Quantity", str(len(aliases))), items)


def document(name, *content):
    return f'<?xml version="1.0"?>\n<{name} xmlns="{NAMESPACE}">{"".join(content)}</{name}>'


def unsafe(path):
    return not path.startswith("/") or len(path) > 4000 or re.search(r"[^!$&-;=?-Z_a-z%]|%(?![0-9A-Fa-f]{2})", path)


class CloudFront:
    service = "cloudfront"

    def __init__(self, now, settings):
        self.now, self.settings = now, settings
        self.distributions = {}  # id: {"aliases", "enabled", "invalidations": [newest first]}
        self.count = 0

    def add(self, given):
        self.distributions[given["id"]] = {"aliases": given.get("aliases", []), "enabled": given.get("enabled", True), "invalidations": []}

    def contents(self):
        return [{"reference": one["reference"], "paths": one["paths"]} for distribution in self.distributions.values() for one in distribution["invalidations"]]

    def operation(self, method, path):
        match = ROUTE.match(path)
        if not match:
            return None, ()
        names = {("GET", 0): "ListDistributions", ("GET", 1): "GetDistribution", ("GET", 2): "ListInvalidations", ("POST", 2): "CreateInvalidation", ("GET", 3): "GetInvalidation"}
        parts = [part for part in match.groups() if part]
        return names.get((method, len(parts))), [urllib.parse.unquote(part) for part in match.groups() if part and part != "invalidation"]

    def handle(self, method, path, query, headers, body):
        name, ids = self.operation(method, path)
        if name is None:
            raise Error(404, "NoSuchResource")
        if ids and ids[0] not in self.distributions:
            raise Error(404, "NoSuchDistribution", "The specified distribution does not exist.")
        options = dict(urllib.parse.parse_qsl(query))
        return getattr(self, name)(*ids, options=options, body=body)

    def summary(self, id, distribution):
        return (tag("Id", id), tag("ARN", f"arn:aws:cloudfront::123456789012:distribution/{id}"), tag("Status", "Deployed"),
                tag("LastModifiedTime", "2026-01-01T00:00:00Z"), tag("DomainName", f"{id.lower()}.cloudfront.net"))

    def ListDistributions(self, options, body):
        size = min(int(options.get("MaxItems", 100)), self.settings.get("page", 100))
        ids = sorted(id for id in self.distributions if id > options.get("Marker", ""))
        page = ids[:size]
        items = [tag("DistributionSummary", *self.summary(id, self.distributions[id]), aliases_xml(self.distributions[id]["aliases"]), tag("Comment"),
                     tag("Enabled", str(self.distributions[id]["enabled"]).lower())) for id in page]
        more = len(ids) > len(page)
        return 200, document("DistributionList", tag("Marker", escape(options.get("Marker", ""))), tag("NextMarker", page[-1]) if more else "", tag("MaxItems", str(size)),
                             tag("IsTruncated", str(more).lower()), tag("Quantity", str(len(page))), tag("Items", *items) if items else "")

    def GetDistribution(self, id, options, body):
        distribution = self.distributions[id]
        config = tag("DistributionConfig", tag("CallerReference", "made"), aliases_xml(distribution["aliases"]), tag("Comment"), tag("Enabled", str(distribution["enabled"]).lower()))
        return 200, document("Distribution", *self.summary(id, distribution), tag("InProgressInvalidationBatches", "0"), config)

    def status(self, invalidation):
        return "InProgress" if self.now() < invalidation["done_at"] or invalidation["looks"] > 0 else "Completed"

    def invalidation_xml(self, one):
        paths = tag("Paths", tag("Quantity", str(len(one["paths"]))), tag("Items", *(tag("Path", escape(path)) for path in one["paths"])))
        return (tag("Id", one["id"]), tag("Status", self.status(one)), tag("CreateTime", one["at"].strftime("%Y-%m-%dT%H:%M:%S.000Z")),
                tag("InvalidationBatch", paths, tag("CallerReference", escape(one["reference"]))))

    def ListInvalidations(self, id, options, body):
        size = int(options.get("MaxItems", 100))
        all_of_them = self.distributions[id]["invalidations"]
        start = next((i for i, one in enumerate(all_of_them) if one["id"] == options.get("Marker")), -1) + 1
        page = all_of_them[start:start + size]
        more = len(all_of_them) > start + size
        items = [tag("InvalidationSummary", tag("Id", one["id"]), tag("CreateTime", one["at"].strftime("%Y-%m-%dT%H:%M:%S.000Z")), tag("Status", self.status(one))) for one in page]
        return 200, document("InvalidationList", tag("Marker", options.get("Marker", "")), tag("NextMarker", page[-1]["id"]) if more else "", tag("MaxItems", str(size)),
                             tag("IsTruncated", str(more).lower()), tag("Quantity", str(len(page))), tag("Items", *items) if items else "")

    def GetInvalidation(self, id, invalidation, options, body):
        for one in self.distributions[id]["invalidations"]:
            if one["id"] == invalidation:
                answer = document("Invalidation", *self.invalidation_xml(one))
                one["looks"] -= 1
                return 200, answer
        raise Error(404, "NoSuchInvalidation", "The specified invalidation does not exist.")

    def read_batch(self, body):
        try:
            root = ElementTree.fromstring(body)
        except ElementTree.ParseError:
            raise Error(400, "MalformedInput", "the body is not XML") from None
        find = lambda path: root.findall("/".join(f"{{{NAMESPACE}}}{part}" for part in path.split("/")))
        paths, quantity, reference = [path.text or "" for path in find("Paths/Items/Path")], find("Paths/Quantity"), find("CallerReference")
        if root.tag != f"{{{NAMESPACE}}}InvalidationBatch" or len(quantity) != 1 or len(reference) != 1 or not reference[0].text:
            raise Error(400, "MalformedInput", "the batch lacks something")
        if int(quantity[0].text) != len(paths) or not paths:
            raise Error(400, "InconsistentQuantities")
        if any(unsafe(path) for path in paths):
            raise Error(400, "InvalidArgument", "Your request contains one or more invalid invalidation paths.")
        return paths, reference[0].text

    def CreateInvalidation(self, id, options, body):
        paths, reference = self.read_batch(body)
        invalidations = self.distributions[id]["invalidations"]
        for one in invalidations:
            if one["reference"] != reference:
                continue
            if sorted(one["paths"]) != sorted(paths):
                raise Error(400, self.settings.get("reuse_code", "InvalidationBatchAlreadyExists"), "the reference was used for another batch")
            return 201, document("Invalidation", *self.invalidation_xml(one))
        busy = [path for one in invalidations if self.status(one) == "InProgress" for path in one["paths"]] + paths
        wildcards = sum(path.endswith("*") for path in busy)
        if wildcards > WILDCARDS_MAX or len(busy) - wildcards > self.settings.get("paths_max", PATHS_MAX):
            raise Error(400, "TooManyInvalidationsInProgress", "Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.")
        self.count += 1
        made = {"id": f"I{self.count:013d}", "at": self.now(), "done_at": self.now() + datetime.timedelta(seconds=self.settings.get("invalidation_s", 0)),
                "looks": self.settings.get("invalidation_looks", 0), "paths": paths, "reference": reference}
        invalidations.insert(0, made)
        return 201, document("Invalidation", *self.invalidation_xml(made))

    def error(self, refused):
        return refused.status, (f'<?xml version="1.0"?>\n<ErrorResponse xmlns="{NAMESPACE}"><Error><Type>Sender</Type><Code>{refused.code}</Code>'
                                f"<Message>{escape(refused.message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>")
