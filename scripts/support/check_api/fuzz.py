"""Runs Schemathesis on a server, with all checks, until there were enough cases."""

import argparse
import json
import os
import re
import subprocess

from check_api.office import TOKEN, office_server

CONFIGURATION = """
base-url = "{url}/v1"
hooks = "check_api.fuzz_hooks"
seed = {seed}
continue-on-failure = true
request-timeout = 30.0

[auth.openapi]
token = {{ bearer = "{token}" }}

[generation]
max-examples = {example_count}
database = "none"

[checks]
enabled = true
# What is of the right form may name what does not exist, contradict itself, or come too late.
positive_data_acceptance = {{ expected-statuses = ["2xx", 304, 400, 403, 404, 409, 410, 412, 422] }}
negative_data_rejection = {{ expected-statuses = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428] }}
missing_required_header = {{ expected-statuses = [401] }}
"""

# Their answers have no end.
ENDLESS = {"/events"}


def run(schemathesis, server, document, example_count, seed):
    """Returns whether Schemathesis found nothing, and how many requests it made up."""
    folder = os.path.abspath(".build/api/fuzz-run")
    os.makedirs(folder, exist_ok=True)
    configuration = CONFIGURATION.format(
        url=server.url, seed=seed, token=TOKEN, example_count=example_count
    )
    with open(os.path.join(folder, "schemathesis.toml"), "w", encoding="utf-8") as file:
        file.write(configuration)
    with open(os.path.join(folder, "openapi.json"), "w", encoding="utf-8") as file:
        json.dump(document, file)
    print(f"==> {example_count} examples of each kind, seed {seed}", flush=True)
    done = subprocess.run(
        [schemathesis, "--config-file", "schemathesis.toml", "run", "openapi.json", "--no-color", "--workers", "1"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.path.abspath("scripts/support"),
            "PERENNIAL_PORT": str(server.port),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    print(done.stdout, flush=True)
    counts = re.findall(r"([\d,]+) generated", done.stdout)
    return done.returncode == 0, sum(int(count.replace(",", "")) for count in counts)


def main():
    parser = argparse.ArgumentParser(prog="check-api schemathesis")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--schemathesis", required=True)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with open("docs/openapi/api.json", encoding="utf-8") as file:
        document = json.load(file)
    for path in ENDLESS:
        document["paths"].pop(path, None)
    operations = sum(len(methods) for methods in document["paths"].values())
    example_count = max(1, min(100, arguments.cases // operations))
    total, seed, is_good = 0, arguments.seed, True
    with office_server(arguments.binary) as server:
        schemathesis = os.path.abspath(arguments.schemathesis)
        while is_good and total < arguments.cases:
            is_good, count = run(schemathesis, server, document, example_count, seed)
            total += count
            seed += 1
            if count == 0:
                raise SystemExit("Schemathesis did not tell how many requests there were")
    print(f"{total} requests, {'nothing' if is_good else 'something'} found")
    raise SystemExit(0 if is_good else 1)


if __name__ == "__main__":
    main()
