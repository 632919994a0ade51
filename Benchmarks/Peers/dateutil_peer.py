"""dateutil in the comparison: answers one request a line.

  dates ZONE RULE COUNT    the first instants, in seconds since 1970
  expand ZONE RULE COUNT   ns of processor time an occurrence, with parsing and preparing
  parse RULE               ns
"""

import sys
import time
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

DURATION = 4_000_000  # how long a request is repeated, in ns
START = datetime(2000, 1, 3, 9)


def instants(zone, rule, count):
    start = START.replace(tzinfo=ZoneInfo(zone))
    return (each.timestamp() for each in islice(rrulestr(rule, dtstart=start), count))


def nanoseconds(run):
    """Returns what a run takes on average."""
    count = 0
    begin = time.process_time_ns()
    while True:
        run()
        count += 1
        elapsed = time.process_time_ns() - begin
        if elapsed >= DURATION:
            return elapsed / count


def answer(kind, *words):
    if kind == "dates":
        zone, rule, count = words
        return " ".join(str(int(each)) for each in instants(zone, rule, int(count)))
    if kind == "expand":
        zone, rule, count = words
        return str(nanoseconds(lambda: sum(instants(zone, rule, int(count)))) / int(count))
    if kind == "parse":
        return str(nanoseconds(lambda: rrulestr(words[0], dtstart=START)))
    raise SystemExit(f"unknown request: {kind}")


for line in sys.stdin:
    print(answer(*line.split()), flush=True)
