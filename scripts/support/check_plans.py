"""Checks the plans of all statements that a server has a large PostgreSQL database run.

The database tells the plan of each statement in its log (auto_explain). A plan that reads one of the
tables that grow from end to end is a failure. Afterwards a transaction is held open, as a forgotten
session or a backup does, while series come due; the database tells how long the statements of the
scheduler's turns take.
"""

import json
import os
import re
import subprocess
import sys
import threading
import time

from postgres import Postgres
from recurring import LOCATION, Recurring, location_demo
from server import TASKS, Client, Server

# The office has one in so many of the rows; the others are in so many locations.
SHARE, FILLERS = 20, 500

# A server reads all zones in use once, when it starts.
ALLOWED = ("SELECT timeZone FROM location",)
LARGE = {"task", "series", "seriesclock", "change", "tasktotal"}


def shard(location):
    """The shard in which the server looks for a location: FNV-1a of its identifier."""
    digest = 0xCBF29CE484222325
    for byte in location.encode():
        digest = (digest ^ byte) * 0x100000001B3 % 2**64
    return digest % 256


def fill(postgres, binary, tasks, series):
    """Makes a location with tasks and series by SQL; returns its tokens."""
    token = location_demo(binary, postgres.url)
    issue = [binary, "token", "issue", "--user", "1", "--database", postgres.url]
    user = subprocess.run(issue, text=True, check=True, stdout=subprocess.PIPE).stdout.split()[-1]
    log = "/dev/null"
    with Server(binary, postgres.url, log) as server:
        server.wait_until_ready()
        client = Recurring(server, token)
        client.create("Water the plants", start=time.time() + 86_400 * 300)
        Client(server, user).send(
            "POST",
            TASKS,
            {
                "description": "Call", "due_at": "2030-01-01T12:00:00", "assigned_user_id": "1",
                "status": "incomplete",
            },
        )
        server.stop()
    shards = [shard(f"Filler{number}") for number in range(FILLERS)]
    rows = ", ".join(
        f"({shard}, 'Filler{number}', 'Filler', 'UTC', 0)" for number, shard in enumerate(shards)
    )
    postgres.sql(
        f"INSERT INTO location (shard, locationID, name, timeZone, changeNumber) VALUES {rows}"
    )
    place = {
        "shard": f"CASE WHEN number % {SHARE} = 0 THEN shard "
        f"ELSE ('{{{','.join(map(str, shards))}}}'::smallint[])[number % {FILLERS} + 1] END",
        "locationid": f"CASE WHEN number % {SHARE} = 0 THEN locationid "
        f"ELSE 'Filler' || number % {FILLERS} END",
        "creatorid": "CASE WHEN number % 3 = 0 THEN creatorid ELSE number % 1000 + 10 END",
    }
    fill_table(
        postgres,
        "task",
        tasks,
        "title = 'Call'",
        place
        | {
            "taskid": "20000000 + number",
            "dueat": "dueAt + (number::bigint * 7919 % 31536000) * 1000000",
            "duelocal": "dueLocal + number::bigint * 7919 % 31536000",
            "state": "CASE WHEN number % 7 = 0 THEN 2 ELSE state END",
        },
    )
    fill_table(
        postgres,
        "series",
        series,
        "title = 'Water the plants'",
        place | {"seriesid": "10000000 + number"},
    )
    fill_table(
        postgres, "change", series, "changeNumber = 1", place | {"changenumber": "1000 + number"}
    )
    at = (int(time.time()) + 86_400 * 300) * 1_000_000
    postgres.sql(
        f"""
        INSERT INTO seriesClock (
            shard, locationID, seriesID, materializedThrough, nextAt, fireAt, occurrenceCount
        )
        SELECT shard, locationID, seriesID, {at // 1_000_000}, {at} + (seriesID % 86400) * 1000000,
            {at} + (seriesID % 86400) * 1000000, 0
        FROM series WHERE seriesID > 10000000;
        UPDATE location SET changeNumber = 1000 + {series};
        UPDATE numberBlock SET nextNumber = 100000000 WHERE name = 'task';
        DELETE FROM taskTotal;
        INSERT INTO taskTotal (shard, locationID, creatorID, state, total)
        SELECT shard, locationID, COALESCE(creatorID, 0), state, COUNT(*) FROM task
        GROUP BY 1, 2, 3, 4;
        """
    )
    postgres.sql("VACUUM ANALYZE")
    for table, count in (("task", tasks), ("series", series)):
        if int(postgres.sql(f"SELECT COUNT(*) FROM {table}")[0][0]) <= count:
            raise SystemExit(f"the table {table} was not filled")
    return token, user


def fill_table(postgres, table, count, condition, changed):
    """Makes copies of a row, with some columns changed."""
    columns = [
        name
        for [name] in postgres.sql(
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' "
            "AND table_schema = 'public' ORDER BY ordinal_position"
        )
    ]
    values = ", ".join(changed.get(name, name) for name in columns)
    postgres.sql(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "
        f"FROM (SELECT * FROM {table} WHERE {condition} LIMIT 1) AS one, "
        f"generate_series(1, {count}) AS number"
    )


def work(server, token, user):
    """Has the server do each thing that it can do, at least once."""
    client, person = Recurring(server, token), Client(server, user)
    queries = [
        "", "$limit=50", "$skip=1000", "status=incomplete", "status=complete&$limit=5",
        "$sort[due_at]=-1", "$sort[due_at]=1&due_at[$gt]=2030-05-01", "$sort[id]=-1",
        "due_at[$gte]=2030-03-01&due_at[$lt]=2030-03-02", "contact_id=2", "assigned_user_id=1&$limit=3",
        "id[$in][]=20000020&id[$in][]=20000040", "description=Call&$limit=1",
    ]
    for query in queries:
        person.send("GET", f"{TASKS}?{query}")
    person.send("GET", f"{TASKS}/20000020")
    person.send("PATCH", f"{TASKS}/20000020", {"status": "complete"})
    person.send("PATCH", f"{TASKS}/20000040", {"due_at": "2031-01-01T12:00:00"})
    person.send("DELETE", f"{TASKS}/20000060")
    status, answer = person.send(
        "POST",
        TASKS,
        {
            "description": "Recurring", "due_at": "2030-01-01T12:00:00", "assigned_user_id": "1",
            "recurrence_rule": "FREQ=DAILY;COUNT=20", "status": "incomplete",
        },
    )
    if status in (200, 201):
        number = json.loads(answer)["id"]
        for kind in ("1", "2", "3"):
            person.send("PATCH", f"{TASKS}/{number}", {"update_type": kind, "notes": kind})
        person.send("DELETE", f"{TASKS}/{number}?delete_type=3")
    for path in ("/api/v1/scheduled/events", "/api/v1/me", "/api/v1/users", "/api/v1/contacts"):
        person.send("GET", path)
    for body in (
        {}, {"limit": 5, "skip": 20}, {"query": "call", "limit": 1}, {"completed": True},
        {"assignedTo": ["1"]}, {"businessId": "x"},
    ):
        client.send("POST", f"/locations/{LOCATION}/tasks/search", body)
    client.page(0)
    client.page(100)
    made = client.create("Another", start=time.time() + 2)
    client.read(made)
    for path in (
        "/v1/tasks", "/v1/tasks?limit=100", "/v1/tasks?state=open", "/v1/tasks?order=-due",
        "/v1/tasks/today", "/v1/series", "/v1/changes", "/v1/users", "/v1/contacts", "/v1/me",
        "/v1/categories", "/v1/tasks?creator=1", "/v1/tasks?assignee=1",
    ):
        for caller in (client, person):
            caller.send("GET", path)
    client.send("GET", "/health?deep")
    time.sleep(5)
    client.send("DELETE", f"{client.PATH}/{made}")
    # The scheduler looks everything up once a minute.
    time.sleep(62)


def read_plans(folder):
    """The plans in the server's log, by the statement's text."""
    plans = {}
    with open(os.path.join(folder, "log"), errors="replace") as file:
        text = file.read()
    for match in re.finditer(r"plan:\n((?:\t.*\n)+)", text):
        try:
            plan = json.loads(match[1])
        except ValueError:
            continue
        plans.setdefault(plan["Query Text"], []).append(plan["Plan"])
    return plans


def full_reads(plan):
    """The large tables that a plan reads from end to end."""
    found = []
    relation = plan.get("Relation Name", "").lower()
    if plan["Node Type"] == "Seq Scan" and relation in LARGE:
        found.append(relation)
    for part in plan.get("Plans", []):
        found += full_reads(part)
    return found


def check(folder):
    plans = read_plans(folder)
    failures = []
    for text, list_of_plans in sorted(plans.items()):
        if text.lstrip().startswith(ALLOWED) or "generate_series" in text or text.lstrip().startswith(("VACUUM", "COPY", "ALTER")):
            continue
        reads = {table for plan in list_of_plans for table in full_reads(plan)}
        if reads:
            failures.append(f"{', '.join(sorted(reads))}: {' '.join(text.split())[:300]}")
    print(f"{len(plans)} statements, {len(failures)} of which read a large table from end to end")
    for failure in failures:
        print(f"  {failure}")
    return not failures


def measure_held(postgres, binary, token, minutes):
    """Has series come due while a transaction is open; prints how long the turns' statements take."""
    holder = threading.Thread(
        target=postgres.sql,
        args=(
            "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM location; "
            f"SELECT pg_sleep({minutes * 60}); COMMIT",
        ),
    )
    postgres.sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    holder.start()
    now = int(time.time())
    postgres.sql(
        f"""
        UPDATE series SET ruleText = 'FREQ=SECONDLY;INTERVAL=10', startLocal = {now}
        WHERE seriesID <= 10005000;
        UPDATE seriesClock SET materializedThrough = {now - 1}, fireAt = {now}::bigint * 1000000,
            nextAt = {now}::bigint * 1000000
        WHERE seriesID <= 10005000;
        SELECT pg_stat_statements_reset();
        """
    )
    with Server(binary, postgres.url, "/dev/null", "--hourly-task-limit", "1000000000") as server:
        server.wait_until_ready()
        holder.join()
        rows = postgres.sql(
            """
            SELECT calls, round(mean_exec_time::numeric, 2), round(max_exec_time::numeric, 2),
                round((mean_exec_time + 2.33 * stddev_exec_time)::numeric, 2),
                regexp_replace(query, '\\s+', ' ', 'g')
            FROM pg_stat_statements
            WHERE query ILIKE '%seriesclock%' AND calls > 20
                AND query NOT ILIKE 'UPDATE series %' ORDER BY 4 DESC
            """
        )
        server.stop()
    print("while a transaction was open: calls, mean ms, most ms, about p99 ms, statement")
    for *figures, text in rows:
        print("  " + "  ".join(figures) + "  " + text[:90])
    claims = [row for row in rows if "fireAt <= " in row[4]]
    if not claims:
        print("  no claim was measured")
    return bool(claims) and all(float(row[3]) <= 5 for row in claims)


def main():
    if len(sys.argv) != 5:
        raise SystemExit("use: check_plans.py BINARY TASKS SERIES MINUTES")
    binary, tasks, series, minutes = sys.argv[1], *map(int, sys.argv[2:])
    with Postgres("--no-sync") as postgres:
        began = time.time()
        token, user = fill(postgres, binary, tasks, series)
        print(f"{tasks:,} tasks and {series:,} series after {time.time() - began:.0f} s", flush=True)
        with open(os.path.join(postgres.folder, "data", "postgresql.conf"), "a") as file:
            file.write(
                """
                session_preload_libraries = 'auto_explain'
                shared_preload_libraries = 'pg_stat_statements'
                auto_explain.log_min_duration = 0
                auto_explain.log_format = json
                auto_explain.log_nested_statements = on
                """
            )
        postgres.control("--mode", "fast", "--log", "log", "restart")
        limits = ("--rate-limit", "0", "--daily-limit", "0")
        with Server(binary, postgres.url, "/dev/null", *limits) as server:
            server.wait_until_ready()
            work(server, token, user)
            server.stop()
        is_good = check(postgres.folder)
        with open(os.path.join(postgres.folder, "data", "postgresql.conf"), "a") as file:
            file.write("auto_explain.log_min_duration = -1\n")
        postgres.sql("SELECT pg_reload_conf()")
        if minutes:
            is_good = measure_held(postgres, binary, token, minutes) and is_good
    if not is_good:
        raise SystemExit("FAILED")


main()
