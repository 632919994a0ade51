"""Runs Schemathesis on a server, with requests that OpenAPI descriptions allow or forbid."""

import argparse
import json
import os
import subprocess

from check_highlevel.description import Description
from check_highlevel.office import NO_LIMITS, TOKEN, office_server

# Only our own description has bounds, the form of names, the statuses 403 and 404 and, for
# recurring tasks, 422. Where another file leaves them out, the server may refuse what the file
# allows, with statuses that the file does not have. Only ours tells what is taken beyond what is
# published.
CHECKS_OF_OWN_DESCRIPTION = [
    "positive_data_acceptance",
    "status_code_conformance",
    "negative_data_rejection",
]

CONFIGURATION = """
base-url = "{url}"
hooks = "check_highlevel.fuzz_hooks"
seed = {seed}
continue-on-failure = true

[auth.openapi]
bearer = {{ bearer = "{token}" }}

[generation]
max-examples = {example_count}
database = "none"

[checks]
enabled = true
positive_data_acceptance = {{ enabled = {is_own}, expected-statuses = ["2xx"] }}
status_code_conformance = {{ enabled = {is_own} }}
negative_data_rejection = {{ enabled = {is_own}, expected-statuses = [400, 401, 403, 404, 413, 422] }}
missing_required_header = {{ expected-statuses = [401] }}
"""

# The list of recurring tasks is our own addition, so a file without it is not wrong.
LIST_IS_UNHEARD_OF = """
[[operations]]
include-path = "/locations/{locationId}/recurring-tasks"
checks.unsupported_method.enabled = false
"""

# Like HighLevel's platform, the server answers 404 to a method that a path does not have.
LISTS_KNOW_NO_405 = """
[[operations]]
include-path = "/contacts/"
checks.unsupported_method.enabled = false

[[operations]]
include-path = "/users/"
checks.unsupported_method.enabled = false
"""


def run(schemathesis, server, description, arguments):
    """Returns whether Schemathesis found nothing."""
    folder = os.path.abspath(".build/highlevel/fuzz-run")
    os.makedirs(folder, exist_ok=True)
    is_own = description.is_own
    configuration = CONFIGURATION.format(
        url=server.url,
        seed=arguments.seed,
        token=TOKEN,
        example_count=arguments.examples,
        is_own=str(is_own).lower(),
    )
    with open(os.path.join(folder, "schemathesis.toml"), "w", encoding="utf-8") as file:
        file.write(configuration + (LISTS_KNOW_NO_405 if is_own else LIST_IS_UNHEARD_OF))
    with open(os.path.join(folder, "openapi.json"), "w", encoding="utf-8") as file:
        json.dump(description.document, file)
    print(f"==> {description.name}, {arguments.examples} examples, seed {arguments.seed}", flush=True)
    if not is_own:
        print(f"    without {', '.join(CHECKS_OF_OWN_DESCRIPTION)}", flush=True)
    done = subprocess.run(
        [schemathesis, "--config-file", "schemathesis.toml", "run", "openapi.json", "--no-color"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": os.path.abspath("scripts/support"),
            "PERENNIAL_PORT": str(server.port),
        },
    )
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(prog="check-highlevel fuzz")
    parser.add_argument("--binary", required=True)
    parser.add_argument("--schemathesis", required=True)
    parser.add_argument("--openapi", action="append", required=True)
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    is_good = True
    for path in arguments.openapi:
        with office_server(arguments.binary, *NO_LIMITS) as server:
            schemathesis = os.path.abspath(arguments.schemathesis)
            is_good = run(schemathesis, server, Description(path), arguments) and is_good
    raise SystemExit(0 if is_good else 1)


if __name__ == "__main__":
    main()
