"""boto3_bucket.py ENDPOINT BUCKET THREADS: one pass of boto3 over the pages of a bucket, and what it cost this process, as JSON.

Lists them with the paginator and gets each, by one thread or by a pool; the bytes are dropped. Nothing else is done, and what importing and
making the client cost is not counted."""
import concurrent.futures
import json
import resource
import sys
import time

import boto3
from botocore.config import Config


def client_of(endpoint, connections):
    return boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", config=Config(max_pool_connections=connections, s3={"addressing_style": "path"}))


def keys_of(client, bucket):
    for part in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="g/"):
        for entry in part.get("Contents", ()):
            yield entry["Key"]


def peak_kib():
    """The most memory that this process ever had; what getrusage says is of the process that started it, too."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def measure(endpoint, bucket, threads):
    client = client_of(endpoint, max(threads, 10))
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()

    def get(key):
        return len(client.get_object(Bucket=bucket, Key=key)["Body"].read())

    if threads == 1:
        sizes = [get(key) for key in keys_of(client, bucket)]
    else:
        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            sizes = list(pool.map(get, keys_of(client, bucket)))
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF)
    return {"pages": len(sizes), "bytes": sum(sizes), "wall_s": wall, "user_s": after.ru_utime - before.ru_utime, "system_s": after.ru_stime - before.ru_stime,
            "peak_kib": peak_kib()}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
