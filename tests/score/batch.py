"""Pages through tests/score/read_cases, a few processes at a time, each with many pages."""
import concurrent.futures
import json
import os
import subprocess


def read_all(program, requests):
    """One answer for each request, in order. A request: page, date, zone, shifts."""
    workers = max(1, min(os.cpu_count() or 1, len(requests) // 50 + 1))
    shares = [requests[i::workers] for i in range(workers)]

    def run(share):
        done = subprocess.run([program], input="".join(json.dumps(request) + "\n" for request in share), capture_output=True, text=True, encoding="utf-8")
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode != 0 or len(answers) != len(share):
            raise SystemExit(f"{program} ended with {done.returncode} after {len(answers)} of {len(share)} pages: {done.stderr}\n"
                             f"{json.dumps(share[len(answers)]) if len(answers) < len(share) else ''}")
        return answers

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        answers = [None] * len(requests)
        for i, share in enumerate(pool.map(run, shares)):
            answers[i::workers] = share
    return answers
