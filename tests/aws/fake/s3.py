"""S3: buckets, objects with conditions on every write, listings with pages, tags. Paths have the bucket in them."""
import hashlib
import re
import urllib.parse
from xml.sax.saxutils import escape

from fake.cloudfront import Error, tag

KEPT = ("content-type", "cache-control", "content-disposition", "content-encoding", "content-language", "expires", "x-amz-website-redirect-location")


def etag_of(body):
    return f'"{hashlib.md5(body).hexdigest()}"'


def document(name, *content):
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{"".join(content)}</{name}>'


class S3:
    service = "s3"

    def __init__(self, now, settings):
        self.now, self.settings = now, settings
        self.buckets = {}  # name: {key: {"body", "headers", "at", "tags", "version"}}
        self.versions = {}  # id: what had it, where settings["versioning"] says that buckets keep versions

    def fill(self, buckets):
        page = {"headers": {"content-type": "text/html; charset=utf-8", "cache-control": "max-age=60"}, "at": self.now(), "tags": {}}
        self.buckets = {name: {key: {**page, "body": text.encode()} for key, text in pages.items()} for name, pages in buckets.items()}

    def append(self, buckets):
        """As a stranger who knows no conditions: to what is there."""
        for name, pages in buckets.items():
            for key, text in pages.items():
                if key in self.buckets.get(name, {}):
                    self.PutObject(self.buckets[name], key, {}, self.buckets[name][key]["headers"], self.buckets[name][key]["body"] + text.encode())

    def contents(self):
        return {name: {key: one["body"].decode("utf-8", "replace") for key, one in pages.items()} for name, pages in self.buckets.items()}

    def split(self, path):
        bucket, _, key = path.lstrip("/").partition("/")
        return bucket, urllib.parse.unquote(key)

    def operation(self, method, path, query, headers):
        bucket, key = self.split(path)
        options = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        if not key:
            return {"PUT": "CreateBucket", "DELETE": "DeleteBucket", "GET": "ListObjectsV2", "HEAD": "HeadBucket"}.get(method, method)
        if "tagging" in options:
            return {"GET": "GetObjectTagging", "PUT": "PutObjectTagging"}.get(method, method)
        if "x-amz-copy-source" in headers:
            return "CopyObject"
        return {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}.get(method, method)

    def handle(self, method, path, query, headers, body):
        bucket, key = self.split(path)
        options = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        name = self.operation(method, path, query, headers)
        if name == "CreateBucket":
            self.buckets.setdefault(bucket, {})
            return 200, [], b""
        if bucket not in self.buckets:
            raise Error(404, "NoSuchBucket", "The specified bucket does not exist")
        if not hasattr(self, name):
            raise Error(501, "NotImplemented")
        return getattr(self, name)(self.buckets[bucket], key, options, headers, body)

    def DeleteBucket(self, bucket, key, options, headers, body):
        if bucket:
            raise Error(409, "BucketNotEmpty")
        self.buckets = {name: one for name, one in self.buckets.items() if one is not bucket}
        return 204, [], b""

    def HeadBucket(self, bucket, key, options, headers, body):
        return 200, [], b""

    def ListObjectsV2(self, bucket, key, options, headers, body):
        prefix, after = options.get("prefix", ""), options.get("continuation-token", options.get("start-after", ""))
        size = min(int(options.get("max-keys", 1000)), self.settings.get("page", 1000))
        keys = sorted((one for one in bucket if one.startswith(prefix) and one > after), key=lambda one: one.encode())
        page, more = keys[:size], len(keys) > size
        name = urllib.parse.quote if options.get("encoding-type") == "url" else escape
        items = [tag("Contents", tag("Key", name(one)), tag("LastModified", bucket[one]["at"].strftime("%Y-%m-%dT%H:%M:%S.000Z")), tag("ETag", escape(etag_of(bucket[one]["body"]))),
                     tag("Size", str(len(bucket[one]["body"]))), tag("StorageClass", "STANDARD")) for one in page]
        return 200, [("Content-Type", "application/xml")], document("ListBucketResult", tag("Prefix", name(prefix)), tag("KeyCount", str(len(page))), tag("MaxKeys", str(size)),
                                                                    tag("EncodingType", "url") if name is not escape else "", tag("IsTruncated", str(more).lower()),
                                                                    tag("NextContinuationToken", escape(page[-1])) if more else "", *items)

    def find(self, bucket, key):
        if key not in bucket:
            raise Error(404, "NoSuchKey", "The specified key does not exist.")
        return bucket[key]

    def headers_of(self, one):
        return [("ETag", etag_of(one["body"])), ("Last-Modified", one["at"].strftime("%a, %d %b %Y %H:%M:%S GMT")), *one["headers"].items(),
                *([("x-amz-tagging-count", str(len(one["tags"])))] if one["tags"] else []), *self.version_of(one)]

    def version_of(self, one):
        return [("x-amz-version-id", one["version"])] if "version" in one else []

    def HeadObject(self, bucket, key, options, headers, body):
        one = self.find(bucket, key)
        return 200, [*self.headers_of(one), ("Content-Length", str(len(one["body"])))], b""

    def GetObject(self, bucket, key, options, headers, body):
        one = self.find(self.versions, options["versionId"]) if "versionId" in options else self.find(bucket, key)
        match = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", ""))
        if not match:
            return 200, self.headers_of(one), one["body"]
        first, last = int(match.group(1)), min(int(match.group(2) or len(one["body"]) - 1), len(one["body"]) - 1)
        return 206, [*self.headers_of(one), ("Content-Range", f"bytes {first}-{last}/{len(one['body'])}")], one["body"][first:last + 1]

    def check(self, bucket, key, headers):
        wanted = headers.get("if-match")
        if wanted is not None and key not in bucket:
            raise Error(404, "NoSuchKey", "The specified key does not exist.")
        if wanted is not None and wanted not in (etag_of(bucket[key]["body"]), "*"):
            raise Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
        if headers.get("if-none-match") == "*" and key in bucket:
            raise Error(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")

    def PutObject(self, bucket, key, options, headers, body):
        self.check(bucket, key, headers)
        kept = {name: value for name, value in headers.items() if name in KEPT or name.startswith("x-amz-meta-")}
        bucket[key] = {"body": body, "headers": kept, "at": self.now(), "tags": dict(urllib.parse.parse_qsl(headers.get("x-amz-tagging", "")))}
        if self.settings.get("versioning"):
            bucket[key]["version"] = f"version-{len(self.versions)}"
            self.versions[bucket[key]["version"]] = bucket[key]
        return 200, [("ETag", etag_of(body)), *self.version_of(bucket[key])], b""

    def CopyObject(self, bucket, key, options, headers, body):
        source, name = self.split(urllib.parse.unquote(headers["x-amz-copy-source"]))
        one = self.find(self.buckets.get(source, {}), name)
        if headers.get("x-amz-copy-source-if-match", etag_of(one["body"])) != etag_of(one["body"]):
            raise Error(412, "PreconditionFailed")
        self.check(bucket, key, headers)
        bucket[key] = {**one, "at": self.now()}
        return 200, [("Content-Type", "application/xml")], document("CopyObjectResult", tag("ETag", escape(etag_of(one["body"]))), tag("LastModified", "2026-01-01T00:00:00.000Z"))

    def DeleteObject(self, bucket, key, options, headers, body):
        self.check(bucket, key, headers)
        bucket.pop(key, None)
        return 204, [("x-amz-delete-marker", "true")] if self.settings.get("versioning") else [], b""

    def GetObjectTagging(self, bucket, key, options, headers, body):
        tags = (tag("Tag", tag("Key", escape(name)), tag("Value", escape(value))) for name, value in self.find(bucket, key)["tags"].items())
        return 200, [("Content-Type", "application/xml")], document("Tagging", tag("TagSet", *tags))
