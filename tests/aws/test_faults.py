"""The laws over services that misbehave: the incident through faults and kills drawn by a seed, until nothing is left to do, comes to what it comes to without any.

EVENKEEL_SEEDS (4) histories from EVENKEEL_SEED (1) on. Where EVENKEEL_DYNAMODB_ENDPOINT names a server, records and state are there, behind the same faults.
"""
import contextlib
import hashlib
import json
import os
import random
import subprocess
import unittest
import urllib.request

from test_program import INVALIDATED, KEYS, OTHER, PAGE, AwsCase

from program_case import PROGRAM

DYNAMODB = os.environ.get("EVENKEEL_DYNAMODB_ENDPOINT", "")
READS = [("s3", "GetObject"), ("s3", "HeadObject"), ("s3", "ListObjectsV2"), ("s3", "GetObjectTagging"), ("cloudfront", "GetInvalidation"), ("cloudfront", "ListInvalidations"),
         ("cloudfront", "ListDistributions")]
WRITES = [("s3", "PutObject"), ("s3", "DeleteObject"), ("cloudfront", "CreateInvalidation")]
if DYNAMODB:
    READS += [("dynamodb", "GetItem"), ("dynamodb", "Query"), ("dynamodb", "Scan"), ("dynamodb", "DescribeTable")]
    WRITES += [("dynamodb", "UpdateItem"), ("dynamodb", "PutItem"), ("dynamodb", "DeleteItem")] * 2
ANY = [{"kind": "cut_off"}, {"kind": "lost_reply"}, {"kind": "slow", "delay_s": 0.2}, {"kind": "error", "status": 500, "code": "InternalError"}]
OWN = {"s3": [{"kind": "error", "status": 503, "code": "SlowDown"}], "cloudfront": [{"kind": "error", "status": 400, "code": "Throttling"}],
       "dynamodb": [{"kind": "error", "status": 400, "code": "ThrottlingException"}]}
OF = {"PutObject": [{"kind": "error", "status": 409, "code": "ConditionalRequestConflict"}], "CreateInvalidation": [{"kind": "error", "status": 400, "code": "TooManyInvalidationsInProgress"}],
      "GetObject": [{"kind": "short_body"}]}


def draw(random_source):
    faults = []
    for _ in range(random_source.randint(1, 5)):
        service, operation = random_source.choice(READS + WRITES * 3)
        what = random_source.choice(ANY + OWN[service] + OF.get(operation, []))
        faults.append({"service": service, "operation": operation, **what, "times": random_source.randint(1, 4), "skip": random_source.randint(0, 8)})
    return faults


class Histories(AwsCase):
    def fake_options(self):
        return ["--dynamodb", DYNAMODB] if DYNAMODB else []

    def dynamodb(self, operation, body):
        """As a stranger, straight at the server, which believes every signature."""
        headers = {"X-Amz-Target": "DynamoDB_20120810." + operation, "Content-Type": "application/x-amz-json-1.0", "X-Amz-Date": "20260101T000000Z",
                   "Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00"}
        with urllib.request.urlopen(urllib.request.Request(DYNAMODB, json.dumps(body).encode(), headers)) as answer:
            return json.load(answer)

    def move(self, fleet):
        super().move(fleet)
        if not DYNAMODB:
            return
        self.table = "faults-" + hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        keys = {self.table: {"guest_code": "HASH"}, self.table + "-state": {"kind": "HASH", "id": "RANGE"}}
        for table, schema in keys.items():
            self.dynamodb("CreateTable", {"TableName": table, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": name, "KeyType": kind} for name, kind in schema.items()],
                                          "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in schema]})
            self.addCleanup(self.dynamodb, "DeleteTable", {"TableName": table})
        with self.database() as database:
            rows = database.execute('SELECT * FROM "jada-crew-dispatch"')
            names = [column[0] for column in rows.description]
            for row in rows:
                self.dynamodb("PutItem", {"TableName": self.table, "Item": {name: {"N": str(value)} if isinstance(value, int) else {"S": value}
                                                                            for name, value in zip(names, row) if value is not None}})
        records = fleet["records"][0]
        del records["path"], fleet["policy"]["single_host"]
        records |= {"adapter": "dynamodb", "table": self.table, "region": "us-east-1", "endpoint": self.endpoint}
        fleet["state"] = {"adapter": "aws", "table": self.table + "-state", "bucket": "state", "region": "us-east-1", "table_endpoint": self.endpoint, "bucket_endpoint": self.endpoint}

    def pointer(self):
        if not DYNAMODB:
            return self.record("page_slug")
        return self.dynamodb("GetItem", {"TableName": self.table, "Key": {"guest_code": {"S": "S2FJLN"}}})["Item"]["page_slug"]["S"]

    def check_always(self, seed):
        """What holds whenever a process has ended."""
        pages = self.pages()
        self.assertTrue(f"g/{self.pointer()}.html" in pages, f"seed {seed}: the pointer leads nowhere")
        for key, text in self.before.items():
            if key not in (PAGE, OTHER, "g/2026-08-15-moreau-anniversary.html"):
                self.assertTrue(pages.get(key) == text, f"seed {seed}: {key} is nobody's business")
        if PAGE in pages:
            self.assertIn(self.stood(pages[PAGE]), (-1, 0), f"seed {seed}: moved twice")

    def stood(self, text):
        return 0 if text == self.before[PAGE] else -1 if "3:30–6:30" in text else 1

    def kill(self, after_s):
        """Applies, and is killed on the way."""
        words = [PROGRAM, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "test"]
        with subprocess.Popen(words, cwd=self.folder, env={**os.environ, **KEYS}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(after_s)
            process.kill()

    def goes_on(self, seed):
        """Until a person's task is all that is left; how often the fleet was planned."""
        plans = 1
        code = self.apply(None).code
        for attempt in range(12):
            self.check_always(seed)
            if attempt == 8:
                self.tell({"faults": []})
            if code == 3 and "Stopped by the brake" not in self.said[-1].text:
                return plans
            if code in (3, 4):
                self.call(None, "resume", "fleet.json")  # what was cut off beside the conflict is finished first
                again = self.call(None, "plan", "fleet.json", "--out", "plan.json").code
                plans += again == 2
                is_whole = again != 1 and json.loads(self.path("plan.json").read_text())["complete"]
                code = self.apply(None).code if again == 2 else again if is_whole else 4
            else:
                code = self.call(None, "resume", "fleet.json").code
                code = 4 if code == 0 else code  # another process's, or nothing unfinished: plan again
        self.fail(f"seed {seed}: it does not come to an end: {self.said[-1]}")

    def history(self, seed):
        self.plan()
        faults = draw(random.Random(seed))
        self.tell({"faults": faults, "settings": {"clock_offset_s": random.Random(-seed).choice([0, 0, 1800])}})
        with self.subTest(seed=seed, faults=faults):
            kills = random.Random(seed + 0.5)
            for _ in range(kills.choice([0, 0, 1, 2])):
                self.kill(kills.uniform(0.02, 1.2))
                self.check_always(seed)
            plans = self.goes_on(seed)
            self.tell({"faults": []})
            pages = self.pages()
            self.assertFalse(OTHER in pages, "the duplicate is still there")
            self.assertEqual(self.stood(pages[PAGE]), -1)
            self.assertEqual(self.pointer(), "2026-05-30-jonathan-sunset")
            told = self.invalidated()
            self.assertEqual(sorted(set(told)), INVALIDATED)
            if plans == 1:
                self.assertEqual(told, INVALIDATED, "each once")
            self.assertTrue({self.before[PAGE], self.before[OTHER]} <= set(self.backups()), "a page was changed without a backup")

    def backups(self):
        if DYNAMODB:
            return [text for key, text in self.tell()["buckets"]["state"].items() if "/backups/" in key]
        return [path.read_text() for path in self.path("state/backups").rglob("*") if path.is_file()]


first = int(os.environ.get("EVENKEEL_SEED", 1))
for number in range(first, first + int(os.environ.get("EVENKEEL_SEEDS", 4))):
    setattr(Histories, f"test_seed_{number}", lambda self, seed=number: self.history(seed))
del AwsCase

if __name__ == "__main__":
    unittest.main()
