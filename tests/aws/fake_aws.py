#!/usr/bin/env python3
"""A small AWS on the loopback for tests: CloudFront, S3, and DynamoDB by a server behind it, with faults on demand.

    python3 tests/aws/fake_aws.py [PORT] [--dynamodb http://127.0.0.1:4567] [--s3 http://127.0.0.1:7480]

prints its endpoint, and ends when its standard input does. Every request must be signed with AKIDFAKE and "fake-secret-key" (a session: ASIAFAKE,
"fake-session-key", token "fake-session-token"); a GET that is not signed gets a page of the site, as a guest would. With --s3 or --dynamodb the service is
that server's, behind our signatures and faults. POST /_fake takes what a test wants:

    {"faults": [… fake/faults.py], "settings": {"clock_offset_s", "invalidation_s", "invalidation_looks", "paths_max", "page", "reuse_code", "versioning", …}, "distributions": [{"id", "aliases"}], "buckets": {name: {key: text}},
     "appended": {bucket: {key: text}}, "keys": {access: {"secret", "token", "expired"}}, "site": {"/g/x": "<html>"}, "forget": true}

and GET /_fake tells what was asked: {"requests": [{"service", "operation", "method", "target", "headers", "body", "status"}], "buckets": {name: {key: text}},
"invalidations": [{"reference", "paths"}]}.
"""
import argparse
import datetime
import http.client
import http.server
import json
import os
import socket
import sys
import threading
import time
import urllib.parse

from fake import sigv4
from fake.cloudfront import CloudFront, Error
from fake.faults import Faults
from fake.s3 import S3

KEYS = {"AKIDFAKE": {"secret": "fake-secret-key"}, "ASIAFAKE": {"secret": "fake-session-key", "token": "fake-session-token"}}
DYNAMO_ERROR = "com.amazonaws.dynamodb.v20120810#"


class Behind:
    """A service that another server plays."""

    def __init__(self, service, url):
        self.service, self.address = service, urllib.parse.urlsplit(url).netloc

    def operation(self, method, path, headers):
        return headers.get("x-amz-target", method).rpartition(".")[2]

    def send(self, method, target, pairs, body):
        connection = http.client.HTTPConnection(self.address, timeout=60)
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in pairs:
            connection.putheader(name, value)
        connection.endheaders(body or None)
        response = connection.getresponse()
        kept = [(name, value) for name, value in response.getheaders() if name.lower() not in ("connection", "transfer-encoding", "content-length")]
        return response.status, kept, response.read(), response.getheader("Content-Length")


class World:
    def __init__(self, options):
        self.lock = threading.Lock()
        self.settings, self.faults, self.keys, self.site, self.requests = {}, Faults(), dict(KEYS), {}, []
        self.services = {"cloudfront": CloudFront(self.now, self.settings), "s3": Behind("s3", options.s3) if options.s3 else S3(self.now, self.settings)}
        self.services["dynamodb"] = Behind("dynamodb", options.dynamodb or "http://127.0.0.1:9")  # without a server, for faults alone

    def now(self):
        return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.settings.get("clock_offset_s", 0))

    def tell(self, wanted):
        if wanted.get("forget"):
            self.settings.clear()
            self.requests.clear()
            self.faults.tell([])
            self.keys = dict(KEYS)
            self.site.clear()
            self.services["cloudfront"].distributions.clear()
        self.settings.update(wanted.get("settings", {}))
        self.keys.update(wanted.get("keys", {}))
        self.site.update(wanted.get("site", {}))
        if "buckets" in wanted:
            self.services["s3"].fill(wanted["buckets"])
        if "appended" in wanted:
            self.services["s3"].append(wanted["appended"])
        for distribution in wanted.get("distributions", []):
            self.services["cloudfront"].add(distribution)
        if "faults" in wanted:
            self.faults.tell(wanted["faults"])


def error_body(service, code, message, status):
    if service == "dynamodb":
        return status if status != 403 else 400, [("Content-Type", "application/x-amz-json-1.0")], json.dumps({"__type": DYNAMO_ERROR + code, "message": message}).encode()
    if service == "cloudfront":
        status, text = CloudFront.error(None, Error(status, code, message))
        return status, [("Content-Type", "text/xml")], text.encode()
    return status, [("Content-Type", "application/xml")], f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message><RequestId>r</RequestId></Error>'.encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    world = None

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string(self.world.now().timestamp())

    def answer(self, status, headers, body, announced=None):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("date", "server"):
                self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", announced if announced is not None else str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def serve(self):
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.path.partition("?")[0]
        if path == "/_fake":
            return self.control(body)
        if "Authorization" not in self.headers and self.command == "GET":
            with self.world.lock:
                page = self.world.site.get(self.path)
            if isinstance(page, dict):  # {"status", "headers", "body"}
                return self.answer(page.get("status", 200), list(page.get("headers", {}).items()), page.get("body", ""))
            return self.answer(404, [], b"none") if page is None else self.answer(200, [("Content-Type", "text/html")], page)
        self.serve_aws(body)

    def control(self, body):
        with self.world.lock:
            if body:
                self.world.tell(json.loads(body))
            s3 = self.world.services["s3"]
            said = json.dumps({"requests": self.world.requests, "buckets": {} if isinstance(s3, Behind) else s3.contents(), "invalidations": self.world.services["cloudfront"].contents()})
        self.answer(200, [("Content-Type", "application/json")], said)

    def serve_aws(self, body):
        pairs = self.headers.items()
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in pairs}
        credential = sigv4.AUTHORIZATION.match(headers.get("authorization", ""))
        service = credential.group(4) if credential else "s3"
        seen = {"service": service, "operation": "", "method": self.command, "target": self.path, "headers": pairs, "body": body.decode("utf-8", "replace"), "status": 0}
        with self.world.lock:
            self.world.requests.append(seen)
        known = self.world.services.get(service)
        try:
            sigv4.verify(self.command, self.path, pairs, body, self.world.keys, self.world.now())
            if known is None or (service == "cloudfront" and credential.group(3) != "us-east-1"):
                raise sigv4.Refused("SignatureDoesNotMatch", f"Credential should be scoped to a valid service and region, not '{service}' in '{credential.group(3)}'")
        except sigv4.Refused as refused:
            code = {"dynamodb": {"SignatureDoesNotMatch": "InvalidSignatureException", "InvalidAccessKeyId": "UnrecognizedClientException", "InvalidToken": "UnrecognizedClientException",
                                 "ExpiredToken": "ExpiredTokenException", "RequestTimeTooSkewed": "InvalidSignatureException"},
                    "cloudfront": {"InvalidAccessKeyId": "InvalidClientTokenId", "InvalidToken": "InvalidClientTokenId", "RequestTimeTooSkewed": "SignatureDoesNotMatch"}}
            seen["status"] = 403
            return self.answer(*(error_body(service, code.get(service, {}).get(refused.code, refused.code), refused.message, 403)))
        seen["operation"] = self.name_operation(known, path, query, headers)
        with self.world.lock:
            fault = self.world.faults.take(service, seen["operation"], path)
        seen["status"] = self.carry_out(known, fault, path, query, headers, body)

    def name_operation(self, known, path, query, headers):
        if isinstance(known, Behind):
            return known.operation(self.command, path, headers)
        return known.operation(self.command, path)[0] if known.service == "cloudfront" else known.operation(self.command, path, query, headers)

    def carry_out(self, known, fault, path, query, headers, body):
        kind = fault["kind"] if fault else ""
        if kind == "error":
            status, extra, text = error_body(known.service, fault.get("code", "InternalError"), fault.get("message", "as the test asked"), fault.get("status", 500))
            self.answer(fault.get("status", status), list(extra) + list(fault.get("headers", {}).items()), b"" if self.command == "HEAD" else text)
            return fault.get("status", status)
        if kind == "body":
            self.answer(200, [("Content-Type", "application/xml")], fault["body"])
            return 200
        if kind == "cut_off":
            return self.hang_up()
        status, extra, said, announced = self.ask(known, path, query, headers, body)
        if kind == "lost_reply":
            return self.hang_up()
        if kind == "slow":
            time.sleep(fault["delay_s"])
        if kind == "short_body":
            announced, said = str(len(said)), said[:len(said) // 2]
            self.close_connection = True
        self.answer(status, extra, said, announced)
        return status

    def ask(self, known, path, query, headers, body):
        if isinstance(known, Behind):
            return known.send(self.command, self.path, self.headers.items(), body)
        with self.world.lock:
            try:
                said = known.handle(self.command, path, query, headers, body)
            except Error as refused:
                said = error_body(known.service, refused.code, refused.message, refused.status)
        status, *rest = said
        extra, text = rest if len(rest) == 2 else ([("Content-Type", "text/xml")], rest[0])
        text = text.encode() if isinstance(text, str) else text
        announced = next((value for name, value in extra if name.lower() == "content-length"), None)
        return status, [(name, value) for name, value in extra if name.lower() != "content-length"], text, announced

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        return -1

    do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = serve


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("port", nargs="?", type=int, default=0)
    parser.add_argument("--dynamodb")
    parser.add_argument("--s3")
    options = parser.parse_args()
    Handler.world = World(options)
    server = Server(("127.0.0.1", options.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
