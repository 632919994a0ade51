"""Measures the store on PostgreSQL beside pgbench and SQLite.

All on one machine and one Unix socket, in interleaved rounds; each figure is the median of its
rounds, and what counts are the ratios. pgbench does what a POST does by the bare statements, each in
a round trip and a transaction of its own, over as many locations as the store.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

from postgres import Postgres, programs

POST = r"""
\set place random(1, 64)
\set id random(1, 9000000000000)
BEGIN;
SELECT 1 FROM barelocation WHERE shard = 1 AND locationid = :place FOR UPDATE;
SELECT userid FROM baremember WHERE shard = 1 AND locationid = :place AND userid = :place;
INSERT INTO baretask SELECT 1, :place, :id, 'New Lead Alert', 'Call', :place, 0, 0, 'UTC', 1, 0, 0;
INSERT INTO baretotal VALUES (1, :place, :place, 1, 1)
ON CONFLICT (shard, locationid, creatorid, state) DO UPDATE SET total = baretotal.total + 1;
UPDATE barelocation SET changenumber = changenumber + 1
WHERE shard = 1 AND locationid = :place RETURNING changenumber;
INSERT INTO barechange SELECT 1, :place, :id, 0, repeat('x', 400);
SELECT * FROM baretask WHERE shard = 1 AND locationid = :place AND taskid = :id;
COMMIT;
"""

TABLES = """
CREATE TABLE barelocation (shard smallint, locationid bigint, changenumber bigint,
    PRIMARY KEY (shard, locationid));
INSERT INTO barelocation SELECT 1, n, 0 FROM generate_series(1, 64) n;
CREATE TABLE baremember (shard smallint, locationid bigint, userid bigint,
    PRIMARY KEY (shard, locationid, userid));
INSERT INTO baremember SELECT 1, n, n FROM generate_series(1, 64) n;
CREATE TABLE baretask (shard smallint, locationid bigint, taskid bigint, title text, body text,
    creatorid bigint, dueat bigint, duelocal bigint, zone text, state smallint, createdat bigint,
    modifiedat bigint, PRIMARY KEY (shard, locationid, taskid));
CREATE INDEX ON baretask (shard, locationid, creatorid, taskid, state);
CREATE INDEX ON baretask (shard, locationid, creatorid, dueat DESC, taskid, state);
CREATE INDEX ON baretask (shard, locationid, dueat, taskid, state);
CREATE TABLE baretotal (shard smallint, locationid bigint, creatorid bigint, state smallint,
    total bigint, PRIMARY KEY (shard, locationid, creatorid, state));
CREATE TABLE barechange (shard smallint, locationid bigint, number bigint, at bigint, detail text,
    PRIMARY KEY (shard, locationid, number));
"""


class Bench:
    def __init__(self, server, binary, folder, seconds):
        self.server = server
        self.binary = binary
        self.folder = folder
        self.seconds = seconds
        self.figures = {}

    def add(self, name, figure):
        self.figures.setdefault(name, []).append(figure)

    def pgbench(self, name, clients, *options):
        output = self.server.run(
            "pgbench", "--no-vacuum", "--protocol=prepared", "--client", str(clients), "--jobs",
            str(min(clients, 2)), "--time", str(self.seconds), "--host", self.server.folder,
            "--username", "perennial", *options, "perennial",
        )
        self.add(name, float(re.search(r"tps = ([0-9.]+)", output)[1]))

    def store(self, name, database):
        output = subprocess.run(
            [self.binary, "bench-store", "--database", database, "--seconds", str(self.seconds)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        for key, figure in json.loads(output.splitlines()[-1]).items():
            self.add(f"{name} {key}", figure)

    def median(self, name):
        return statistics.median(self.figures[name])


def main():
    if len(sys.argv) != 4:
        raise SystemExit("use: bench_postgres.py BINARY SECONDS ROUNDS")
    binary, seconds, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    folder = tempfile.mkdtemp(prefix="bench-postgres-", dir=".build")
    try:
        with Postgres() as server:
            bench = Bench(server, binary, folder, seconds)
            server.run(
                "pgbench", "--initialize", "--quiet", "--scale", "10", "--host", server.folder,
                "--username", "perennial", "perennial",
            )
            server.sql(TABLES)
            script = os.path.join(folder, "post.sql")
            with open(script, "w") as file:
                file.write(POST)
            for number in range(rounds):
                bench.pgbench("bare read1", 1, "--select-only")
                bench.pgbench("bare read64", 64, "--select-only")
                bench.pgbench("bare post64", 64, "--file", script)
                bench.pgbench("bare post8", 8, "--file", script)
                bench.store("postgres", server.create_database(f"bench{number}"))
                bench.store("sqlite", os.path.join(folder, f"bench{number}.db"))
    finally:
        shutil.rmtree(folder)
    print_table(bench)


def print_table(bench):
    rows = [("figure", "PostgreSQL", "pgbench", "ratio", "wanted", "SQLite")]
    for key, bare, wanted in (
        ("read1", "bare read1", 0.5),
        ("read64", "bare read64", 1.0),
        ("post1", None, None),
        ("post64OneLocation", "bare post64", 0.5),
        ("post64ManyLocations", "bare post64", 0.5),
        ("find64", None, None),
        ("due", None, None),
    ):
        figure = bench.median(f"postgres {key}")
        other = bench.median(bare) if bare else None
        rows.append(
            (
                key,
                f"{figure:,.0f}/s",
                f"{other:,.0f}/s" if other else "-",
                f"{figure / other:.2f}" if other else "-",
                f"{wanted}" if wanted else "10,000/s" if key == "due" else "-",
                f"{bench.median(f'sqlite {key}'):,.0f}/s",
            )
        )
    print(f"PostgreSQL of {programs()}, {os.cpu_count()} cores")
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


main()
