"""Kills, stops and cuts off nodes over one PostgreSQL server, and checks what became of everything.

Three nodes share the work. Thousands of series, in as many locations as there are shards to speak of,
repeat every few seconds and catch up with all that they missed, so each slot has its task, once.
Meanwhile clients write tasks through all nodes, whose machines' clocks are ten minutes apart.

First, a node is killed now and then while little happens, and the tasks tell how late they were
made: what the killed node had is taken over by the others. Then everything fails at once: nodes are
killed and stopped, connections ended, the server restarted. At the end each series' slots are
compared with its clock, and the tasks that clients wrote with what they were answered: what was
acknowledged is there once, what was not at most once.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
import time

from node_town import LOCATIONS, Difference, Node, Town, Writers, among, check_writes
from postgres import Postgres

NODES = 3


class NodeTest:
    def __init__(self, town, options, generator):
        self.town = town
        self.postgres = town.postgres
        self.options = options
        self.generator = generator
        self.nodes = [Node(town, number) for number in range(NODES)]

    def measure_takeover(self):
        """Kills nodes while little happens; prints how late the tasks around each kill were."""
        count = self.options.takeovers
        if not count:
            return
        first = int(time.time()) + 3
        series = self.town.make_series(LOCATIONS * 2, 1, first)
        self.sql_wait_for_leases()
        kills = []
        for number in range(count):
            time.sleep(self.generator.uniform(1.2, 2.2))
            node = self.nodes[number % NODES]
            kills.append(node.kill())
            time.sleep(1.2)
            self.check_nothing_is_early(series)
            node.restart()
        time.sleep(1)
        self.town.end_series(series)
        late = [
            (int(slot) / 1, int(late) / 1000)
            for slot, late in self.postgres.sql(
                f"""
                SELECT recurrenceID, MAX(createdAt - recurrenceID * 1000000)
                FROM task WHERE {among(series)} GROUP BY recurrenceID
                """
            )
        ]
        quiet, after = [], []
        for slot, milliseconds in late:
            if any(killed_at - 0.05 <= slot <= killed_at + 1.1 for killed_at in kills):
                after.append(milliseconds)
            elif slot > first + 3:
                quiet.append(milliseconds)
        print(f"takeover: {len(kills)} kills; the latest task of each slot was made late by")
        print(f"  after a kill: {spread(after)} (wanted p99 <= 250 ms)")
        print(f"  else:         {spread(quiet)}", flush=True)
        self.check_series(series, 1, first)
        self.postgres.sql(
            f"DELETE FROM task WHERE {among(series)}; DELETE FROM seriesClock WHERE {among(series)};"
            f"DELETE FROM series WHERE {among(series)};"
            "DELETE FROM taskTotal WHERE creatorID = 0"
        )

    def sql_wait_for_leases(self):
        limit = time.time() + 20
        while time.time() < limit:
            rows = self.postgres.sql(
                "SELECT COUNT(*) FROM shardLease WHERE nodeID IN (SELECT nodeID FROM node "
                "WHERE aliveUntil > EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)"
            )
            if rows == [["256"]]:
                return
            time.sleep(0.2)
        raise Difference("the nodes do not share the shards")

    def run_faults(self):
        options = self.options
        first = int(time.time()) + 2
        series = self.town.make_series(options.series, options.period, first)
        writers = Writers(self.town, self.nodes, options.writers)
        faults = (
            ["kill"] * options.kills
            + ["stop"] * options.stops
            + ["backend"] * options.backends
            + ["restart"] * options.restarts
        )
        self.generator.shuffle(faults)
        began = time.time()
        for fault in faults:
            self.strike(fault)
            if self.generator.random() < 0.1:
                self.check_nothing_is_early(series)
            time.sleep(self.generator.uniform(0.0, 0.3))
        # Some time without faults, and enough for what was asked for.
        while not writers.refusal and (
            len(writers.acknowledged) < options.writes
            or (time.time() - first) / options.period * options.series < options.occurrences
        ):
            time.sleep(0.2)
        seconds = time.time() - began
        writers.stop()
        self.wait_until_caught_up(series, first)
        self.town.end_series(series)
        time.sleep(1)
        made = self.check_series(series, options.period, first)
        check_writes(self.postgres, writers)
        print(
            f"{options.kills} kills, {options.stops} stops, {options.backends} connections ended, "
            f"{options.restarts} restarts of the server in {seconds:.0f} s: {made:,} occurrences "
            f"made once each, {len(writers.acknowledged):,} acknowledged writes there once each, "
            f"{len(writers.uncertain):,} of unknown outcome at most once "
            f"({dict(writers.statuses)})",
            flush=True,
        )
        return series, first, writers

    def strike(self, fault):
        node = self.generator.choice(self.nodes)
        if fault == "kill":
            node.kill()
            node.restart()
        elif fault == "stop":
            node.pause(self.generator.uniform(0.5, 4))
        elif fault == "backend":
            self.sql_while_up(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'perennial' ORDER BY random() LIMIT 1"
            )
        else:
            self.postgres.control("--mode", "immediate", "--log", "log", "restart")

    def sql_while_up(self, text):
        try:
            self.postgres.sql(text)
        except subprocess.CalledProcessError:
            # The server is being restarted.
            return

    def check_nothing_is_early(self, series):
        try:
            [[count]] = self.postgres.sql(
                f"SELECT COUNT(*) FROM task WHERE {among(series)} "
                "AND recurrenceID > EXTRACT(EPOCH FROM clock_timestamp())"
            )
        except subprocess.CalledProcessError:
            # The server is being restarted.
            return
        if count != "0":
            raise Difference(f"{count} tasks were made early")

    def wait_until_caught_up(self, series, first):
        limit = time.time() + 300
        while time.time() < limit:
            [[behind]] = self.postgres.sql(
                f"""
                SELECT COUNT(*) FROM seriesClock WHERE {among(series)}
                    AND fireAt < (EXTRACT(EPOCH FROM clock_timestamp()) - 2) * 1000000
                """
            )
            if behind == "0":
                return
            time.sleep(0.5)
        raise Difference(f"{behind} series are not caught up with")

    def check_series(self, series, period, first):
        """Compares the tasks of every series with its clock; returns how many there are."""
        rows = self.postgres.sql(
            f"""
            SELECT clock.seriesID, clock.materializedThrough, clock.occurrenceCount,
                COUNT(task.taskID), COUNT(DISTINCT task.recurrenceID),
                COALESCE(MIN(task.recurrenceID), 0), COALESCE(MAX(task.recurrenceID), 0),
                COUNT(*) FILTER (WHERE (task.recurrenceID - {first}) % {period} <> 0)
            FROM seriesClock AS clock
            LEFT JOIN task ON task.shard = clock.shard AND task.locationID = clock.locationID
                AND task.seriesID = clock.seriesID
            WHERE clock.{among(series)}
            GROUP BY clock.seriesID, clock.materializedThrough, clock.occurrenceCount
            """
        )
        if len(rows) != len(series):
            raise Difference(f"{len(rows)} clocks, not {len(series)}")
        total = 0
        for row in rows:
            number, through, counted, tasks, slots, least, most, odd = map(int, row)
            wanted = max(0, (through - first) // period + 1)
            if not tasks == slots == counted == wanted or odd:
                raise Difference(
                    f"series {number}: {wanted} slots, {slots} of them with tasks, {tasks} tasks, "
                    f"{counted} counted"
                )
            if wanted and (least != first or most != first + (wanted - 1) * period):
                raise Difference(f"series {number}: slots from {least} to {most}")
            total += tasks
        return total

    def check_damage(self, series, first, writers):
        """Removes a task, and expects the checks to see it."""
        for condition in (f"{among(series)}", "title LIKE 'write %'"):
            self.postgres.sql(
                "CREATE TABLE chosen AS SELECT * FROM task WHERE taskID = "
                f"(SELECT MAX(taskID) FROM task WHERE {condition} AND state < 9);"
                "DELETE FROM task WHERE taskID = (SELECT taskID FROM chosen)"
            )
            try:
                self.check_series(series, self.options.period, first)
                check_writes(self.postgres, writers)
            except Difference as reason:
                print(f"after a change by hand the check fails, as it must: {reason}", flush=True)
            else:
                raise Difference("the check sees nothing of a change by hand")
            self.postgres.sql("INSERT INTO task SELECT * FROM chosen; DROP TABLE chosen")

    def stop(self):
        for node in self.nodes:
            node.server.kill()


def spread(values):
    values = sorted(values)
    if not values:
        return "nothing"
    p99 = values[min(len(values) - 1, len(values) * 99 // 100)]
    return (
        f"median {values[len(values) // 2]:.0f} ms, p99 {p99:.0f} ms, most {values[-1]:.0f} ms "
        f"of {len(values)} slots"
    )


def read_options():
    parser = argparse.ArgumentParser(prog="scripts/node-test", description=__doc__.split("\n")[0])
    parser.add_argument("binary", help=argparse.SUPPRESS)
    parser.add_argument("--short", action="store_true", help="a minute of everything")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    for name, full in (
        ("takeovers", 100), ("kills", 500), ("stops", 100), ("backends", 50), ("restarts", 10),
        ("series", 4_000), ("period", 5), ("occurrences", 500_000), ("writes", 100_000),
        ("writers", 24),
    ):
        parser.add_argument(f"--{name}", type=int, default=None, help=f"{full} by default")
        parser.set_defaults(**{f"full_{name}": full})
    options = parser.parse_args()
    short = {
        "takeovers": 10, "kills": 20, "stops": 4, "backends": 6, "restarts": 1, "series": 400,
        "period": 5, "occurrences": 4_000, "writes": 1_000, "writers": 8,
    }
    for name, value in short.items():
        if getattr(options, name) is None:
            setattr(options, name, value if options.short else getattr(options, f"full_{name}"))
    return options


def main():
    options = read_options()
    generator = random.Random(options.seed)
    print(f"seed {options.seed}", flush=True)
    folder = tempfile.mkdtemp(prefix="node-test-", dir=".build")
    with Postgres() as postgres:
        town = Town(postgres, options.binary, folder, postgres.url)
        test = NodeTest(town, options, generator)
        try:
            test.measure_takeover()
            test.check_damage(*test.run_faults())
        except (Difference, SystemExit) as reason:
            raise SystemExit(f"FAILED (seed {options.seed}, logs in {folder}): {reason}") from None
        finally:
            test.stop()
    shutil.rmtree(folder)


main()
