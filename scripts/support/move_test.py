"""Moves a database to PostgreSQL, with a kill on the way, and back, and compares the files."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from postgres import Postgres
from server import run_for_json

TABLES = ("location", "member", "token", "series", "seriesClock", "task", "taskTotal", "change")


def move(binary, source, target, kill_after=None):
    """Runs `move`; returns its output and the seconds that it took, or nothing if it was killed."""
    began = time.time()
    process = subprocess.Popen(
        [binary, "move", "--from", source, "--to", target], stdout=subprocess.PIPE, text=True
    )
    if kill_after is not None:
        time.sleep(kill_after)
        if process.poll() is None:
            process.kill()
            process.wait()
            return None
    output, _ = process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"move: exit status {process.returncode}")
    return output.splitlines()[-1], time.time() - began


def rows(path, table):
    connection = sqlite3.connect(path)
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    found = connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall()
    connection.close()
    return sorted(found, key=repr)


def main():
    binary, count = sys.argv[1], int(sys.argv[2])
    folder = tempfile.mkdtemp(prefix="move-test-", dir=".build")
    first, last = os.path.join(folder, "first.db"), os.path.join(folder, "last.db")
    try:
        run_for_json(binary, "load", "--database", first, "--tasks", str(count))
        with Postgres() as postgres:
            killed = move(binary, first, postgres.url, kill_after=max(1.0, count / 100_000))
            print(f"killed on the way: {'no, it was too fast' if killed else 'yes'}", flush=True)
            line, seconds = move(binary, first, postgres.url)
            print(f"to PostgreSQL, {seconds:.0f} s: {line}", flush=True)
            line, seconds = move(binary, postgres.url, last)
            print(f"back to SQLite, {seconds:.0f} s: {line}", flush=True)
        for table in TABLES:
            if rows(first, table) != rows(last, table):
                raise SystemExit(f"FAILED: the table {table} is not what it was")
        print("the file is what it was")
    finally:
        shutil.rmtree(folder)


main()
