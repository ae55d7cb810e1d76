"""The laws over services that misbehave: the incident through faults and kills drawn by a seed, until nothing is left to do, comes to what it comes to without any.

In every other history a stranger, who knows of no lease and no condition, adds a line to a page meanwhile: that line is never lost. The others are taken back at the end,
through faults again, and everything is as it was.

EVENKEEL_SEEDS (4) histories from EVENKEEL_SEED (1) on. Where EVENKEEL_DYNAMODB_ENDPOINT names a server, records and state are there, behind the same faults.
"""
import contextlib
import hashlib
import json
import os
import random
import re
import subprocess
import threading
import unittest
import urllib.request

from test_program import INVALIDATED, KEYS, OTHER, PAGE, AwsCase

from program_case import PROGRAM, run_of

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
LINE = "\n<!-- a stranger was here -->\n"
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
        return 0 if text.replace(LINE, "") == self.before[PAGE] else -1 if "3:30–6:30" in text else 1

    def kill(self, after_s):
        """Applies, and is killed on the way."""
        words = [PROGRAM, "apply", "fleet.json", "plan.json", "--approve", "all", "--by", "test"]
        with subprocess.Popen(words, cwd=self.folder, env={**os.environ, **KEYS}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(after_s)
            process.kill()

    def resumes(self):
        """Every run that the last answer says to resume, as long as it says so and something comes of it."""
        text = self.said[-1].text
        for _ in range(3):
            runs = sorted(set(re.findall(r"resume (?:fleet\.json )?(run-[0-9a-f]+)", " ".join(text.split()))))
            if not runs:
                return True
            text = " ".join(self.call(None, "resume", "fleet.json", run).text for run in runs)
        return False

    def goes_on(self, seed):
        """Does what each answer says next, until a person's task is all that is left; how often the fleet was planned.

        0: what is left waits for the lease that a run keeps for minutes, because a write of its own on a page that the stranger has changed may still land."""
        plans = 1
        code = self.apply(None).code
        for attempt in range(14):
            self.check_always(seed)
            if attempt == 8:
                self.tell({"faults": []})
            is_stopped = "Stopped by the brake" in self.said[-1].text
            is_settled = self.resumes()
            if code == 3 and is_settled and not is_stopped:
                return plans
            if code in (3, 4):
                again = self.call(None, "plan", "fleet.json", "--out", "plan.json").code
                plans += again == 2
                is_whole = again != 1 and json.loads(self.path("plan.json").read_text())["complete"]
                code = self.apply(None).code if again == 2 else again if is_whole else 4
            else:
                code = self.call(None, "resume", "fleet.json").code
                code = 4 if code == 0 else code  # another process's, or nothing unfinished: plan again
        if seed % 2 and "the booking is leased to run-" in self.said[-1].text:
            return 0
        self.fail(f"seed {seed}: it does not come to an end: {self.said[-1]}")

    @contextlib.contextmanager
    def stranger(self, source):
        """Somebody who adds a line to a page while we work; yields the pages that have it."""
        pages = []

        def write():
            key = source.choice([PAGE, OTHER])
            if LINE in self.tell({"appended": {"example-site": {key: LINE}}})["buckets"]["example-site"].get(key, ""):
                pages.append(key)

        timer = threading.Timer(source.uniform(0, 1.5), write)
        timer.start()
        try:
            yield pages
        finally:
            timer.cancel()
            timer.join()

    def check_the_strangers_line(self, seed, pages):
        for key in pages:
            kept = [self.pages()[PAGE]] if key == PAGE else [*self.backups(), self.pages().get(OTHER, "")]
            self.assertTrue(any(LINE in text for text in kept), f"seed {seed}: what a stranger wrote into {key} is lost")

    def takes_back(self, seed, run):
        self.tell({"faults": draw(random.Random(seed + 0.25))})
        for attempt in range(10):
            said = self.call(None, "rollback", "fleet.json", run, "--by", "test")
            if said.code == 0:
                break
            if attempt == 6:
                self.tell({"faults": []})
        self.tell({"faults": []})
        self.assertEqual(said.code, 0, f"seed {seed}: it cannot be taken back: {said}")
        self.assertTrue(self.pages() == self.before, f"seed {seed}: the pages are not as they were")
        self.assertEqual(self.pointer(), "2026-05-30-jonathan-afternoon")
        self.call(2, "verify", "fleet.json")

    def history(self, seed):
        run = run_of(self.plan())
        faults = draw(random.Random(seed))
        self.tell({"faults": faults, "settings": {"clock_offset_s": random.Random(-seed).choice([0, 0, 1800])}})
        with self.subTest(seed=seed, faults=faults):
            kills = random.Random(seed + 0.5)
            with self.stranger(random.Random(seed + 0.75)) if seed % 2 else contextlib.nullcontext([]) as strangers:
                for _ in range(kills.choice([0, 0, 1, 2])):
                    self.kill(kills.uniform(0.02, 1.2))
                    self.check_always(seed)
                plans = self.goes_on(seed)
            self.tell({"faults": []})
            self.check_the_strangers_line(seed, strangers)
            if plans == 0:
                return
            pages = self.pages()
            self.assertFalse(OTHER in pages, "the duplicate is still there")
            self.assertEqual(self.stood(pages[PAGE]), -1)
            self.assertEqual(self.pointer(), "2026-05-30-jonathan-sunset")
            told = self.invalidated()
            self.assertEqual(sorted(set(told)), INVALIDATED)
            if plans == 1:
                self.assertEqual(told, INVALIDATED, "each once")
            kept = {text.replace(LINE, "") for text in self.backups()}
            self.assertTrue({self.before[PAGE], self.before[OTHER]} <= kept, "a page was changed without a backup")
            if plans == 1 and seed % 2 == 0:
                self.takes_back(seed, run)

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
