"""AWS Signature Version 4, verified from a request as it came over the wire.

Written from AWS's description ("Create a signed AWS API request"), and shares nothing with src/aws: each is a check of the other.
"""
import datetime
import hashlib
import hmac
import re
import urllib.parse

SKEW_S = 15 * 60
UNSIGNED = "UNSIGNED-PAYLOAD"
AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/,]+)/(\d{8})/([^/,]+)/([^/,]+)/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$")


class Refused(Exception):
    """`code` by S3's names; each service has its own for some."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code, self.message = code, message


def quote(text, safe=""):
    return urllib.parse.quote(text, safe="-._~" + safe)


def canonical_path(path, service):
    if service == "s3":
        return path or "/"
    parts = []
    for part in path.split("/"):
        if part == "..":
            parts[-1:] = []
        elif part not in ("", "."):
            parts.append(part)
    normal = "/" + "/".join(parts) + ("/" if path.endswith("/") and parts else "")
    return quote(normal, "/")


def canonical_query(query):
    pairs = []
    for part in query.split("&") if query else []:
        name, _, value = part.partition("=")
        pairs.append((quote(urllib.parse.unquote(name)), quote(urllib.parse.unquote(value))))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def signature(secret, date, region, service, canonical, stamp):
    key = ("AWS4" + secret).encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    scope = f"{date}/{region}/{service}/aws4_request"
    text = "\n".join(("AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def payload_hash(headers, body, service):
    said = headers.get("x-amz-content-sha256")
    own = hashlib.sha256(body).hexdigest()
    if said is None:
        if service == "s3":
            raise Refused("MissingSecurityHeader", "x-amz-content-sha256 is missing")
        return own
    if said != UNSIGNED and not said.startswith("STREAMING-") and said != own:
        raise Refused("XAmzContentSHA256Mismatch", "the body has another digest than x-amz-content-sha256 says")
    return said


def verify(method, target, pairs, body, keys, now):
    """The service that the request is for. `pairs`: headers in their order; `keys`: {access key: {"secret", "token", "expired"}}."""
    headers = {}
    for name, value in pairs:
        headers.setdefault(name.lower(), []).append(" ".join(value.split()))
    headers = {name: ",".join(values) for name, values in headers.items()}
    match = AUTHORIZATION.match(headers.get("authorization", ""))
    if not match:
        raise Refused("AccessDenied", "there is no Authorization header of version 4")
    access, date, region, service, names, given = match.groups()
    key = keys.get(access)
    if key is None:
        raise Refused("InvalidAccessKeyId", "no such access key")
    signed = names.split(";")
    if signed != sorted(signed):
        raise Refused("AuthorizationHeaderMalformed", "SignedHeaders is not sorted")
    for name in headers:
        if (name == "host" or name.startswith("x-amz-") or name == "content-type") and name not in signed:
            raise Refused("AccessDenied", f"the header {name} is not signed")
    stamp = headers.get("x-amz-date", "")
    if not re.fullmatch(r"\d{8}T\d{6}Z", stamp) or not stamp.startswith(date):
        raise Refused("AuthorizationHeaderMalformed", "x-amz-date is missing, or of another day than the scope")
    at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    path, _, query = target.partition("?")
    canonical = "\n".join((method, canonical_path(path, service), canonical_query(query), *(f"{name}:{headers.get(name, '')}" for name in signed), "", names,
                           payload_hash(headers, body, service)))
    if not hmac.compare_digest(signature(key["secret"], date, region, service, canonical, stamp), given):
        raise Refused("SignatureDoesNotMatch", "the signature is another than the one of this request")
    if abs((now - at).total_seconds()) > SKEW_S:
        raise Refused("RequestTimeTooSkewed", "the time of the request is too far from the server's")
    if headers.get("x-amz-security-token", "") != key.get("token", ""):
        raise Refused("InvalidToken", "the token is not that of the access key")
    if key.get("expired"):
        raise Refused("ExpiredToken", "the token has expired")
    return service, region
