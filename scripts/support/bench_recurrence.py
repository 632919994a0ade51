"""Measures the recurrence engine beside libical and dateutil, in one run, and prints a table.

Ten families of rules, from 2000-01-03T09:00 on, in UTC and in New York. Before anything is
measured, all three engines must give the same instants. Each engine is one process that answers
requests. Rounds of all requests are interleaved. Times are processor time, and each figure is the
best of its rounds, because other work of the machine can only make a round slower.
"""

import os
import platform
import re
import subprocess
import sys
from datetime import datetime, timezone

ROUNDS = 5
ZONES = ["UTC", "America/New_York"]
# The rule, how many occurrences (libical ends in 2582), and how many ns one may take.
FAMILIES = {
    "daily": ("FREQ=DAILY", 5000, 10),
    "Monday, Wednesday, Friday": ("FREQ=WEEKLY;BYDAY=MO,WE,FR", 5000, 10),
    "last Friday of the month": ("FREQ=MONTHLY;BYDAY=-1FR", 5000, 20),
    "Friday the 13th": ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", 900, 40),
    "election day": ("FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", 500, 40),
    "Monday of week 20": ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 500, 40),
    "every 7 hours": ("FREQ=HOURLY;INTERVAL=7", 5000, 10),
    "every minute from 9 to 12": ("FREQ=MINUTELY;BYHOUR=9,10,11", 5000, 10),
    "twice a minute": ("FREQ=SECONDLY;BYSECOND=0,30", 5000, 10),
    "last workday of the month": ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 5000, 20),
}
DISTANCES = [10, 50, 5000]
# Rules without an occurrence, or with a first one that is far away.
RARE = [
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU",
    "FREQ=HOURLY;INTERVAL=2;BYHOUR=10",
    "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=10",
    "FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
]
# Known errors of a peer: its series differs from ours and from RFC 5545, for the reason given.
KNOWN_ERRORS = {
    ("libical", "every 7 hours", "America/New_York"): (
        "after a time in the gap of spring, which it moves to 03:00, libical goes on from 03:00"
    ),
}
# Where libical's set_start gives another instant than its own walk through the series, or one that
# the rule excludes.
KNOWN_SEEK_ERRORS = {
    ("UTC", "every 7 hours"),
    ("America/New_York", "every 7 hours"),
    ("America/New_York", "every minute from 9 to 12"),
    ("America/New_York", "twice a minute"),
}
FLEET = 100_000
NEW_YORK_FACTOR = 1.3
LIBICAL_FACTOR = 90


class Engine:
    """A process that answers each line of input with one line."""

    def __init__(self, *command):
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
        self.command = command
        self.best = {}

    def ask(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise SystemExit(f"{self.command[-1]} gave no answer to: {' '.join(map(str, words))}")
        return answer

    def time(self, *words):
        """Asks for a time, keeps it if it is the best so far, and returns the whole answer."""
        answer = self.ask(*words)
        if answer[0] != "-":
            self.best[words] = min(float(answer[0]), self.best.get(words, float("inf")))
        return answer


def note(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def machine():
    with open("/proc/cpuinfo") as information:
        model = re.search(r"model name\s*: (.*)", information.read())
    name = model[1] if model else platform.machine()
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, {name}, Linux {platform.release()}, load {load:.1f} at the end"


def seconds(years):
    """Returns a time that lies years and some hours after the start, in seconds since 1970."""
    at = datetime(2000 + years, 1, 3, 12, 34, 56, tzinfo=timezone.utc)
    return int(at.timestamp())


def families():
    for zone in ZONES:
        for name, (rule, count, _) in FAMILIES.items():
            yield zone, name, rule, count


def check_dates(ours, peers):
    """Ends the run unless all engines give the same instants; returns the known errors it met."""
    met = []
    are_wrong = False
    for zone, name, rule, count in families():
        expected = ours.ask("dates", zone, rule, count)
        for peer, engine in peers.items():
            found = engine.ask("dates", zone, rule, count)
            if found == expected and len(found) == count:
                continue
            if (peer, name, zone) in KNOWN_ERRORS:
                met.append((peer, name, zone))
                continue
            are_wrong = True
            pairs = enumerate(zip(expected, found))
            place = next((number for number, (one, other) in pairs if one != other), None)
            note(f"{name}, {zone}, {peer}: {len(found)} instants, first other one at {place}")
    if are_wrong:
        raise SystemExit("the engines do not agree")
    note(f"Compared {len(ZONES) * len(FAMILIES)} series; known errors: {len(met)}")
    return met


def counted(ours, zone, rule, years):
    """Returns a rule with a COUNT that ends it half a year after the time that is sought."""
    end = seconds(years) + 180 * 86_400
    count = int(ours.ask("count", zone, rule, 0, end)[1])
    return f"{rule};COUNT={min(count, 2**31 - 1)}"


def seeks(ours):
    """Returns the requests of each row about looking for an occurrence."""
    rows = {}
    for direction in ("next", "previous"):
        for years in DISTANCES:
            for has_count in (False, True):
                rows[direction, years, has_count] = [
                    (
                        direction,
                        zone,
                        counted(ours, zone, rule, years) if has_count else rule,
                        seconds(years),
                    )
                    for zone, _, rule, _ in families()
                ]
    return rows


def check_seeks(ours, libical, rows):
    """Returns the requests that libical answers, and the known errors that it met.

    Ends the run at an error that is not known.
    """
    known = {(zone, FAMILIES[name][0]): (zone, name) for zone, name in KNOWN_SEEK_ERRORS}
    answered = []
    met = set()
    for request in (request for requests in rows.values() for request in requests):
        if request[0] == "previous":
            continue
        found = libical.ask(*request)
        if found[0] == "-":
            continue
        if found[1] == ours.ask(*request)[1]:
            answered.append(request)
        elif request[1:3] in known:
            met.add(known[request[1:3]])
        else:
            raise SystemExit(f"libical does not agree: {' '.join(map(str, request))}: {found[1]}")
    # A wrong request that was right once by chance gives no figure either.
    return [each for each in answered if known.get(each[1:3]) not in met], sorted(met)


def measure(ours, libical, dateutil):
    """Measures everything in interleaved rounds.

    Returns the requests about seeking, and the known errors of libical that were met.
    """
    rows = seeks(ours)
    answered, met = check_seeks(ours, libical, rows)
    for number in range(ROUNDS):
        note(f"Round {number + 1} of {ROUNDS}")
        for zone, _, rule, count in families():
            for engine in (ours, libical, dateutil):
                engine.time("expand", zone, rule, count)
        for request in (request for requests in rows.values() for request in requests):
            ours.time(*request)
        for request in answered:
            libical.time(*request)
        for rule, _, _ in FAMILIES.values():
            for engine in (ours, libical, dateutil):
                engine.time("parse", rule)
        for request in own_requests(rows):
            ours.time(*request)
    return rows, met


def own_requests(rows):
    for _, zone, rule, _ in rows["next", 50, True] + rows["next", 50, False]:
        yield "prepare", zone, rule
    for zone in ZONES:
        for rule in RARE:
            yield "cold", zone, rule
        yield "count", zone, "FREQ=SECONDLY", seconds(0), seconds(50)
    yield "fire", FLEET
    yield "fire-prepared", FLEET


# MARK: The table


def duration(nanoseconds):
    if nanoseconds is None:
        return "–"
    for unit, size in (("s", 1e9), ("ms", 1e6), ("µs", 1e3)):
        if nanoseconds >= size:
            return f"{nanoseconds / size:.3g} {unit}"
    return f"{nanoseconds:.3g} ns"


def ratio(theirs, ours):
    if theirs is None:
        return "–"
    factor = theirs / ours
    return f"{factor:,.0f} ×" if factor >= 10 else f"{factor:.2g} ×"


def row(name, zone, ours, libical=None, dateutil=None, wanted="", is_met=None):
    cells = [
        *(name, zone, duration(ours), duration(libical), duration(dateutil)),
        *(ratio(libical, ours), ratio(dateutil, ours), wanted),
        {True: "yes", False: "**no**", None: ""}[is_met],
    ]
    print("| " + " | ".join(cells) + " |")


def print_table(ours, libical, dateutil, rows):
    columns = "what | zone | ours | libical | dateutil | libical/ours | dateutil/ours"
    print(f"| {columns} | wanted | met |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |")
    print_families(ours, libical, dateutil)
    print_seeks(ours, libical, rows)
    parses = [
        max(engine.best["parse", rule] for rule, _, _ in FAMILIES.values())
        for engine in (ours, libical, dateutil)
    ]
    row("read a rule, slowest", "", *parses, "≤ 1 µs", parses[0] <= 1000)
    for has_count in (False, True):
        name = "prepare a set" + (", with COUNT" if has_count else "") + ", slowest"
        slowest = max(ours.best["prepare", *each[1:3]] for each in rows["next", 50, has_count])
        row(name, "both", slowest)
    cold = max(ours.best["cold", zone, rule] for zone in ZONES for rule in RARE)
    name = "read a rule and find its rare or no first occurrence, slowest"
    row(name, "both", cold, None, None, "≤ 1 ms", cold <= 1e6)
    for zone in ZONES:
        count = ours.best["count", zone, "FREQ=SECONDLY", seconds(0), seconds(50)]
        row("count 50 years of seconds", zone, count, None, None, "≤ 10 µs", count <= 10_000)
    for kind, name in (("fire-prepared", "prepared"), ("fire", "read and prepared at once")):
        fire = ours.best[kind, FLEET] * 1e9
        name = f"next fire of {FLEET:,} rules, {name}"
        row(name, "six", fire, None, None, "≤ 0.2 s", fire <= 0.2e9)


def print_families(ours, libical, dateutil):
    for zone, name, rule, count in families():
        limit = FAMILIES[name][2]
        request = "expand", zone, rule, count
        times = [engine.best[request] for engine in (ours, libical, dateutil)]
        wanted = f"≤ {limit} ns"
        is_met = times[0] <= limit
        if zone != "UTC":
            factor = times[0] / ours.best["expand", "UTC", rule, count]
            wanted = f"≤ {NEW_YORK_FACTOR} × UTC ({factor:.2f})"
            is_met = factor <= NEW_YORK_FACTOR
        wanted += f", libical ≥ {LIBICAL_FACTOR} ×"
        row(name, zone, *times, wanted, is_met and times[1] / times[0] >= LIBICAL_FACTOR)


def print_seeks(ours, libical, rows):
    for (direction, years, has_count), requests in rows.items():
        name = f"{direction} at {years:,} years"
        name += (", with COUNT" if has_count else "") + ": our slowest, libical's quickest"
        slowest = max(ours.best[request] for request in requests)
        quickest = min(
            (libical.best[request] for request in requests if request in libical.best),
            default=None,
        )
        row(name, "both", slowest, quickest, None, "≤ 1 µs", slowest <= 1000)


def instant_count():
    return sum(count for _, _, _, count in families())


def main():
    own, libical_peer, python = sys.argv[1:]
    here = os.path.dirname(os.path.abspath(__file__))
    ours = Engine(own)
    libical = Engine(libical_peer)
    dateutil = Engine(python, os.path.join(here, "../../Benchmarks/Peers/dateutil_peer.py"))
    errors = check_dates(ours, {"libical": libical, "dateutil": dateutil})
    rows, seek_errors = measure(ours, libical, dateutil)
    print("Families: for an occurrence, its instant, reading and preparing the rule included.")
    print(f"Processor time, best of {ROUNDS} interleaved rounds. {machine()}\n")
    print_table(ours, libical, dateutil, rows)
    print(f"\nBefore measuring, all three gave the same {instant_count():,} instants, but for:\n")
    for peer, name, zone in errors:
        print(f"- {name} in {zone}: {KNOWN_ERRORS[peer, name, zone]};")
    wrong = "; ".join(f"{name} in {zone}" for zone, name in seek_errors) or "nothing"
    print(f"- libical's set_start gives wrong instants, and so has no figures, for: {wrong}.")


main()
