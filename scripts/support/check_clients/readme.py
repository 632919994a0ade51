"""Runs the README's lines as somebody who pastes them into a shell."""

import argparse
import json
import os
import re
import subprocess
import tempfile

from server import unused_port

# Lets a request that is refused fail, and runs servers beside the shell, as in other terminals.
PRELUDE = r"""
set -euo pipefail
curl() { command curl --fail-with-body --retry 60 --retry-delay 1 --retry-connrefused "$@"; }
perennial() {
    if [[ $1 == serve ]]; then "$PERENNIAL" "$@" 2>> serve.log & servers+=($!)
    else "$PERENNIAL" "$@"; fi
}
servers=()
trap '((${#servers[@]} == 0)) || kill "${servers[@]}"' EXIT
"""


def blocks(text):
    """The fenced blocks that name no language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for language, block in found if not language]


def main():
    parser = argparse.ArgumentParser(prog="check-clients readme")
    parser.add_argument("--binary", required=True)
    binary = parser.parse_args().binary
    with open("README.md") as file:
        readme = file.read()
    run = [block for block in blocks(readme) if re.match(r"(curl|perennial) ", block)]
    if len(run) < 6:
        raise SystemExit("the README has lost the lines that are to be run")
    ports = {port: str(unused_port()) for port in ["8080", "8081"]}
    with tempfile.TemporaryDirectory(prefix="check-readme-") as folder:
        shell = {"cwd": folder, "text": True, "check": True}
        demo = json.loads(
            subprocess.run(
                [binary, "demo", "--database", "demo.db"], capture_output=True, **shell
            ).stdout
        )
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PERENNIAL_")
        } | {
            "PERENNIAL": binary,
            # Where a line names no port and no database.
            "PERENNIAL_PORT": "0",
            "PERENNIAL_DATABASE": "other.db",
            "USER_TOKEN": demo["token"],
            "LOCATION_TOKEN": demo["locationToken"],
        }
        script = PRELUDE + "perennial serve --database demo.db --port 8080\n" + "".join(run)
        for port, unused in ports.items():
            script = re.sub(rf"\b{port}\b", unused, script)
        try:
            subprocess.run(["bash", "-c", script], env=environment, **shell)
        except subprocess.CalledProcessError as error:
            raise SystemExit(f"the README's lines ended with status {error.returncode}") from None
    print(f"\nREADME: {len(run)} blocks ran as pasted")


if __name__ == "__main__":
    main()
