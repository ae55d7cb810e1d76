#!/usr/bin/env python3
"""compare.py TREE [--pages N] [--rounds N] [--seed S] [--smoke]: the client of evenkeel::aws beside boto3, at the same server, in the same run.

TREE holds the benchmark programs (build/benchmarks/benchmarks). The server is the one at EVENKEEL_S3_ENDPOINT (tests/contract/radosgw.sh), else the fake of
tests/aws. --smoke: a few pages from the fake, once, to see that it works (exit 77 skips, and says why).

All costs are processor time (user and system) of the client's process alone, after its start; wall-clock figures are of a machine that serves the pages, too."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True

from guest_pages import guest_pages
from measure import median, print_figure, print_ratio, print_table, rounds_of, spread

SOURCE = HERE.parents[1]
PYTHON = sys.executable
BUCKET = "evenkeel-benchmark"
THREADS = 16
SIGNINGS = 2000


class Server:
    """Where the pages are: one that was started before, or the fake, which ends with this process."""

    def __init__(self, endpoint):
        self.fake = None
        self.name = "the server at EVENKEEL_S3_ENDPOINT (radosgw)"
        keys = {"AWS_ACCESS_KEY_ID": "RGWTESTKEY", "AWS_SECRET_ACCESS_KEY": "RGWTESTSECRET"}
        if not endpoint:
            self.name = "the fake of tests/aws"
            self.fake = subprocess.Popen([PYTHON, "-B", SOURCE / "tests/aws/fake_aws.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            endpoint = self.fake.stdout.readline().strip()
            keys = {"AWS_ACCESS_KEY_ID": "AKIDFAKE", "AWS_SECRET_ACCESS_KEY": "fake-secret-key"}
        self.endpoint = endpoint
        os.environ.update(keys)

    def close(self):
        if self.fake:
            self.fake.communicate()


def fill(client, pages):
    """Each page once; those of another size or number are taken away."""
    client.create_bucket(Bucket=BUCKET)
    pages = dict(pages)
    there = {entry["Key"]: entry["Size"] for part in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET) for entry in part.get("Contents", ())}
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in pool.map(lambda key: client.delete_object(Bucket=BUCKET, Key=key), there.keys() - pages.keys()):
            pass
        for _ in pool.map(lambda key: client.put_object(Bucket=BUCKET, Key=key, Body=pages[key], ContentType="text/html; charset=utf-8"),
                          [key for key, page in pages.items() if there.get(key) != len(page)]):
            pass


def call(*words):
    done = subprocess.run(list(map(str, words)), check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def signings(tree):
    """Nanoseconds of processor time for one signature: ours, by Google Benchmark."""
    said = call(tree / "benchmark_signing", "--benchmark_format=json", "--benchmark_min_time=0.2")
    return said["benchmarks"][0]["cpu_time"]


def botocore_signings():
    """The same of botocore, by the request that boto3 signs for a page."""
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    signer = S3SigV4Auth(Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), "s3", "us-west-2")
    started = time.process_time_ns()
    for number in range(SIGNINGS):
        signer.add_auth(AWSRequest("GET", f"https://example-site.s3.us-west-2.amazonaws.com/g/2026-05-30-guest{number}-sunset.html"))
    return (time.process_time_ns() - started) / SIGNINGS


def microseconds_per_page(cost):
    return 1e6 * (cost["user_s"] + cost["system_s"]) / cost["pages"]


def compare(tree, server, rounds, pages):
    bucket = tree / "benchmark_bucket"
    passes = rounds_of({
        "evenkeel: list and get, 1 thread": lambda: call(bucket, "get", server.endpoint, BUCKET, 1),
        f"evenkeel: list and get, {THREADS} at once": lambda: call(bucket, "get", server.endpoint, BUCKET, THREADS),
        f"evenkeel: list, get and read, {THREADS} at once": lambda: call(bucket, "read", server.endpoint, BUCKET, THREADS),
        "evenkeel: the reading alone, 1 thread": lambda: call(bucket, "parse", server.endpoint, BUCKET, THREADS),
        "boto3: list and get, 1 thread": lambda: call(PYTHON, "-B", HERE / "boto3_bucket.py", server.endpoint, BUCKET, 1),
        f"boto3: list and get, {THREADS} threads": lambda: call(PYTHON, "-B", HERE / "boto3_bucket.py", server.endpoint, BUCKET, THREADS),
    }, rounds)
    for name, costs in passes.items():
        for cost in costs:
            if cost["pages"] != pages:
                sys.exit(f"{name}: {cost['pages']} pages came, and there are {pages}")
    cpu = {name: [microseconds_per_page(cost) for cost in costs] for name, costs in passes.items()}
    speed = {name: median([cost["pages"] / cost["wall_s"] for cost in costs]) for name, costs in passes.items()}
    print_table(["method", "µs of CPU a page", "±%", "of it system", "pages/s", "peak MiB"],
                [[name, f"{median(cpu[name]):.0f}", f"{spread(cpu[name]):.0f}", f"{median([1e6 * cost['system_s'] / cost['pages'] for cost in costs]):.0f}", f"{speed[name]:.0f}",
                  f"{median([cost['peak_kib'] for cost in costs]) / 1024:.0f}"] for name, costs in passes.items()])
    return list(map(median, cpu.values())), list(speed.values())


def report(tree, server, rounds, pages):
    signing = rounds_of({"evenkeel": lambda: signings(tree), "botocore": botocore_signings}, rounds)
    ours, theirs = median(signing["evenkeel"]), median(signing["botocore"])
    print(f"{pages} pages from {server.name}, medians of {rounds} rounds\n")
    cpu, speed = compare(tree, server, rounds, pages)
    one, many, read, parse, boto_one, boto_many = cpu
    print()
    print_figure("signings_per_second", 1e9 / ours)
    for name, index in (("get_1", 0), ("get_16", 1), ("read_16", 2), ("boto3_get_1", 4), ("boto3_get_16", 5)):
        print_figure(f"s3_{name}_pages_per_second", speed[index])
    for name, value in (("signing", ours / 1000), ("get_1", one), ("get_16", many), ("read_16", read), ("reading_alone", parse), ("boto3_get_1", boto_one), ("boto3_get_16", boto_many)):
        print_figure(f"s3_{name}_cpu_us_per_page", value)
    print_ratio("signing_vs_botocore", theirs / ours)
    print_ratio("s3_get_1_vs_boto3_1", boto_one / one)
    print_ratio("s3_get_16_vs_boto3_16", boto_many / many)
    print_ratio("s3_get_16_vs_boto3_1", boto_one / many)
    print_ratio("s3_get_and_read_16_vs_boto3_get_16", boto_many / read)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--smoke", action="store_true")
    options = parser.parse_args()
    if options.smoke:
        options.pages, options.rounds = 40, 1
        if os.environ.get("EVENKEEL_TIER") != "full":
            return print("skipped: only in the full tier (EVENKEEL_TIER=full, tests/run.sh --full)") or 77
    try:
        import boto3_bucket
    except ImportError:
        print("skipped: there is no boto3 (examples/install.sh installs it)")
        return 77
    server = Server("" if options.smoke else os.environ.get("EVENKEEL_S3_ENDPOINT", ""))
    try:
        fill(boto3_bucket.client_of(server.endpoint, THREADS), guest_pages(options.seed, options.pages))
        report(options.tree, server, options.rounds, options.pages)
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
