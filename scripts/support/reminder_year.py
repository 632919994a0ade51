"""Lets a team work for a year on a test clock, and counts its reminders once more.

People in five zones have recurring tasks, which they do, skip, delete, move, give away and change the
reminders of, a hundred times a year; the server is away for two days. What should have been sent is then
worked out by other means: the occurrences by dateutil, instants by zoneinfo, and what each task wanted at
each instant from the requests alone. In the ledger each reminder must be there once, and be sent, missed
or withdrawn as it should; the receivers must have got as many as it says.
"""

import argparse
import bisect
import collections
import datetime
import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from zoneinfo import ZoneInfo

from dateutil import rrule
from reminder_receivers import Receivers
from server import Server

UTC = datetime.timezone.utc
LOCATION = "ve9EPM428h8vShlRW1KT"
ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Tokyo", "Australia/Sydney")
START = datetime.datetime(2027, 1, 1, tzinfo=UTC)
LATENESS = datetime.timedelta(hours=12)
OUTAGE = datetime.timedelta(hours=48)
REPEATS = 100
HOUR, DAY = "PT1H", "P1D"
SECONDS = {"PT0S": 0, "PT30M": 1800, HOUR: 3600, "PT2H": 7200, DAY: 86400, "P2D": 172_800}


def before(text, channel):
    return {"before": text, "channel": channel}


def after(text, channel, again=None):
    return {"after": text, "channel": channel} | ({"repeat": again} if again else {})


#: What a task, a user or the location may say; null says nothing.
CHOICES = [
    None, None, None, [], [before("PT0S", "page")], [before(HOUR, "email")],
    [before(DAY, "email"), before("PT30M", "sms")], [before("PT0S", "webhook")],
    [before(HOUR, "page"), after("PT2H", "email", again=DAY)],
    [before(DAY, "sms"), before("PT0S", "email"), after(DAY, "page")],
]


class Difference(Exception):
    """The ledger is not what the recount says."""


def text(moment):
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(written):
    return datetime.datetime.fromisoformat(written)


def to_utc(local, zone):
    """A local time's instant: in the first pass where it comes twice, by the offset before a gap."""
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


class Timeline:
    """A value that changes: what it was from which instant on."""

    def __init__(self, at, value):
        self.times, self.values = [at], [value]

    def set(self, at, value):
        self.times.append(at)
        self.values.append(value)

    def at(self, instant):
        place = bisect.bisect_right(self.times, instant) - 1
        return self.values[place] if place >= 0 else None


class Task:
    def __init__(self, series, slot, created):
        self.series, self.slot = series, slot
        self.due = Timeline(created, to_utc(slot, series.zone))
        self.day = Timeline(created, slot)
        self.assignee = Timeline(created, series.user)
        self.reminders = Timeline(created, series.reminders)
        self.is_open = Timeline(created, True)
        self.is_there = True
        self.overrides = set()

    def anchor(self, at):
        """What its reminders are counted from: the due time, or 8:00 of the day."""
        if not self.series.is_all_day:
            return self.due.at(at)
        day = self.day.at(at).replace(hour=8, minute=0, second=0)
        return to_utc(day, self.series.zone)

    @property
    def times(self):
        return {
            *self.due.times, *self.assignee.times, *self.reminders.times, *self.is_open.times
        }


class Series:
    def __init__(self, number, generator, zone, user):
        self.user, self.zone = user, zone
        self.reminders = generator.choice(CHOICES)
        self.is_all_day = generator.random() < 0.1
        start = datetime.datetime(2027, 1, 1) + datetime.timedelta(days=generator.randrange(2, 30))
        start += datetime.timedelta(minutes=15 * generator.randrange(96))
        self.start = start.replace(hour=0, minute=0) if self.is_all_day else start
        kind = generator.random()
        if kind < 0.6:
            self.rule = "FREQ=WEEKLY"
        elif kind < 0.8:
            self.rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
        elif kind < 0.95:
            self.rule = f"FREQ=MONTHLY;BYMONTHDAY={generator.randrange(1, 29)}"
        else:
            self.rule = "FREQ=DAILY;COUNT=45"
        self.title = f"Call No. {number}"
        self.tasks = []

    @property
    def body(self):
        recurrence = {
            "rule": self.rule, "timeZone": self.zone,
            "start": self.start.isoformat(timespec="seconds"),
        }
        body = {"title": self.title, "recurrence": recurrence, "isAllDay": self.is_all_day}
        return body | ({} if self.reminders is None else {"reminders": self.reminders})

    def slots(self, until):
        """The occurrences up to a local time, without the library of the server."""
        slots = list(rrule.rrulestr(self.rule, dtstart=self.start).between(
            self.start, until, inc=True
        ))
        # A start that the rule does not hit is the first occurrence all the same (RFC 5545).
        return slots if self.start in slots else [self.start, *slots]


class Person:
    def __init__(self, number, generator):
        self.number = number
        self.zone = ZONES[number % len(ZONES)]
        self.reminders = Timeline(START, generator.choice(CHOICES))
        # Steps are taken outside of them; see `Year.instants`.
        self.is_quiet = self.zone == "America/New_York" and number % 2 == 1
        self.has_digest = number % 10 == 3

    @property
    def record(self):
        record = {
            "id": self.number, "publicID": f"{self.number:020}", "location": LOCATION,
            "name": f"Person {self.number}", "email": f"person{self.number}@example.com",
            "phone": f"+1555{self.number:07}", "timeZone": self.zone,
            "reminders": self.reminders.values[0],
        }
        if self.is_quiet:
            record["quietHours"] = {"from": "22:00", "to": "06:00"}
        if self.has_digest:
            record["digest"] = "07:30"
        return record

    def fires_at(self, planned, channel):
        """When something is sent that is planned for an instant."""
        if not self.is_quiet or channel not in ("email", "sms"):
            return planned
        local = planned.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        if 6 <= local.hour < 22:
            return planned
        end = local.replace(hour=6, minute=0, second=0, microsecond=0)
        if local.hour >= 22:
            end += datetime.timedelta(days=1)
        return to_utc(end, self.zone)


class Year:
    def __init__(self, binary, folder, options):
        self.binary, self.folder, self.options = binary, folder, options
        self.generator = random.Random(options.seed)
        self.database = os.path.join(folder, "year.db")
        self.receivers = Receivers()
        self.end = START + datetime.timedelta(days=options.days)
        self.people = {
            number: Person(number, self.generator) for number in range(1, options.people + 1)
        }
        self.location = Timeline(START, [before(HOUR, "page")])
        self.notices = 0
        self.tasks = {}
        self.outage = None

    # MARK: The server

    def serve(self, now):
        key = os.path.join(self.folder, "key")
        if not os.path.exists(key):
            with open(key, "w", encoding="ascii") as file:
                file.write("0" * 32)
        self.server = Server(
            self.binary, self.database, os.path.join(self.folder, "log"),
            "--test-clock", text(now), "--secret-key-file", key, "--webhook-allow-private",
            "--reminder-hour-cap", "10000", "--reminder-day-cap", "100000",
            # The recount may take its time between two requests.
            "--idle-timeout", "3600",
            *self.receivers.options,
        )
        self.server.wait_until_ready()
        self.connection = self.server.connect(timeout=3600)
        self.now = now

    def send(self, method, path, body=None, token=0):
        headers = {"Authorization": f"Bearer {token:040}", "Content-Type": "application/json"}
        payload = None if body is None else json.dumps(body)
        self.connection.request(method, path, payload, headers)
        response = self.connection.getresponse()
        answer = response.read()
        if response.status not in (200, 201):
            raise SystemExit(f"{method} {path}: {response.status} {answer.decode()}")
        return json.loads(answer)

    def move(self, now):
        self.send("PUT", "/test-clock", {"now": text(now)})
        self.now = now

    def carry_out(self, operations):
        for first in range(0, len(operations), 200):
            part = operations[first : first + 200]
            answer = self.send("POST", "/v1/batch", {"operations": part})
            for operation, result in zip(part, answer["results"]):
                if result["status"] not in (200, 201):
                    raise SystemExit(f"{operation}: {result}")

    def read_all(self, path, name):
        records, cursor = [], ""
        while True:
            page = self.send("GET", f"/v1/{path}limit=500{cursor}")
            records += page[name]
            if "nextCursor" not in page:
                return records
            cursor = f"&cursor={page['nextCursor']}"

    # MARK: The year

    def begin(self):
        directory = {
            "locations": [
                {"id": LOCATION, "name": "Acme", "timeZone": ZONES[0],
                 "reminders": self.location.values[0]}
            ],
            "users": [person.record for person in self.people.values()],
            "tokens": [{"token": f"{number:040}", "user": number} for number in self.people]
            + [{"token": f"{0:040}", "location": LOCATION}],
        }
        subprocess.run(
            [self.binary, "directory", "import", "-", "--database", self.database],
            input=json.dumps(directory), text=True, check=True, stdout=subprocess.DEVNULL,
        )
        self.serve(START)
        self.send(
            "POST", "/v1/webhooks",
            {"url": self.receivers.webhook_url, "events": ["reminder.due"]},
        )
        by_id = {}
        for number in range(self.options.series):
            person = self.people[1 + number % len(self.people)]
            series = Series(number, self.generator, person.zone, person.number)
            answer = self.send("POST", "/v1/series", series.body, token=person.number)
            by_id[answer["series"]["id"]] = series
        for record in self.read_all("tasks?", "tasks"):
            series = by_id[record["seriesId"]]
            task = Task(series, datetime.datetime.fromisoformat(record["slot"]), START)
            if moment(record["dueAt"]) != task.due.values[0]:
                raise Difference(f"{record['dueAt']} is not {task.due.values[0]}, due of {record}")
            series.tasks.append(task)
            self.tasks[record["id"]] = task
            task.id = record["id"]
        for series in by_id.values():
            series.tasks.sort(key=lambda task: task.slot)
            slots = [task.slot for task in series.tasks]
            until = max(slots[-1], self.end.replace(tzinfo=None)) if slots else None
            if not slots or slots != series.slots(until)[: len(slots)]:
                raise Difference(f"{series.body} has {slots}")
            if len(series.slots(self.end.replace(tzinfo=None))) > len(slots):
                raise Difference(f"{series.body} ends with {slots[-1]}")
        self.series = list(by_id.values())

    def instants(self):
        """When something is done: outside of quiet hours, and never when anything is due."""
        days = sorted(self.generator.sample(range(3, self.options.days - 4), self.options.steps))
        return [
            START + datetime.timedelta(
                days=day, hours=self.generator.randrange(12, 22), minutes=7, seconds=17
            )
            for day in days
        ]

    def work(self):
        instants = self.instants()
        outage = len(instants) // 2
        for number, instant in enumerate(instants):
            if instant <= self.now:
                continue
            self.move(instant)
            self.change_settings(number)
            self.carry_out(self.day_of_work(instants, number))
            if number == outage:
                # What was changed is planned by then.
                begin = instant + datetime.timedelta(seconds=1)
                self.move(begin)
                self.server.stop()
                self.outage = (begin, begin + OUTAGE)
                self.serve(begin + OUTAGE)
            if number % 10 == 0:
                print(f"{instant.date()}: {len(self.receivers.taken())} deliveries", flush=True)
        self.move(self.end)

    def change_settings(self, number):
        if number % 15 == 7:
            person = self.generator.choice(list(self.people.values()))
            reminders = self.generator.choice(CHOICES)
            self.send(
                "PATCH", f"/v1/users/{person.number}", {"reminders": reminders},
                token=person.number,
            )
            person.reminders.set(self.now, reminders)
        if number % 40 == 20:
            reminders = self.generator.choice(CHOICES[4:])
            self.send("PATCH", "/v1/location", {"reminders": reminders})
            self.location.set(self.now, reminders)

    def day_of_work(self, instants, number):
        """What is done at an instant, mostly with what falls due until the next one."""
        now = self.now
        later = instants[number + 1] if number + 1 < len(instants) else self.end
        operations = []

        def act(task, action, body=None):
            path = f"/tasks/{task.id}" + (f"/{action}" if action else "")
            operation = {"method": "POST" if action else "PATCH", "path": path}
            operations.append(operation | ({} if body is None else {"body": body}))

        for series in self.series:
            for task in series.tasks:
                if not task.is_there:
                    continue
                due = task.due.at(now)
                is_near = now - datetime.timedelta(days=9) < due < later
                if not is_near:
                    continue
                chance = self.generator.random()
                if not task.is_open.at(now):
                    if chance < 0.02:
                        act(task, "reopen")
                        task.is_open.set(now, True)
                    continue
                if chance < 0.45:
                    act(task, "complete")
                    task.is_open.set(now, False)
                elif chance < 0.47:
                    act(task, "skip", {"reason": "not now"})
                    task.is_open.set(now, False)
                    task.is_there = False
                elif chance < 0.48:
                    operations.append({"method": "DELETE", "path": f"/tasks/{task.id}"})
                    task.is_open.set(now, False)
                    task.is_there = False
                elif chance < 0.54:
                    self.move_task(task, act)
                elif chance < 0.57:
                    user = self.generator.choice(list(self.people))
                    act(task, None, {"assigneeId": str(user)})
                    self.give(task, user)
                    task.overrides.add("assignee")
                elif chance < 0.60:
                    reminders = self.generator.choice(CHOICES)
                    act(task, None, {"reminders": reminders})
                    task.reminders.set(now, reminders)
                    task.overrides.add("reminders")
        self.change_series(operations)
        return operations

    def give(self, task, user):
        # Nobody is told of getting back what is their own.
        if user not in (task.assignee.at(self.now), task.series.user):
            self.notices += 1
        task.assignee.set(self.now, user)

    def move_task(self, task, act):
        hours = self.generator.choice([-30, -3, 1, 2, 26, 50, 200])
        local = task.day.at(self.now) + datetime.timedelta(hours=hours)
        if task.series.is_all_day:
            local = local.replace(hour=0, minute=0)
        written = local.isoformat(timespec="seconds")
        act(task, None, {"due": {"local": written, "timeZone": task.series.zone}})
        task.day.set(self.now, local)
        task.due.set(self.now, to_utc(local, task.series.zone))
        task.overrides.add("due")

    def change_series(self, operations):
        """Gives some series other reminders, from the next task on."""
        for series in self.generator.sample(self.series, max(1, len(self.series) // 200)):
            coming = [
                task for task in series.tasks
                if task.is_there and task.is_open.at(self.now) and not task.overrides
                and task.due.at(self.now) > self.now
            ]
            if not coming:
                continue
            reminders = self.generator.choice(CHOICES)
            first = coming[0]
            operations.append(
                {"method": "PATCH", "path": f"/tasks/{first.id}?scope=following",
                 "body": {"reminders": reminders}}
            )
            for task in series.tasks:
                if task.slot >= first.slot and "reminders" not in task.overrides:
                    task.reminders.set(self.now, reminders)

    # MARK: The recount

    def effective(self, task, at):
        reminders = task.reminders.at(at)
        if reminders is None:
            reminders = self.people[task.assignee.at(at)].reminders.at(at)
        return self.location.at(at) if reminders is None else reminders

    def wants(self, task, at):
        """The reminders of a task as it is at an instant: channel, offset and planned instant."""
        if not task.is_open.at(at):
            return
        anchor = task.anchor(at)
        for reminder in self.effective(task, at):
            if "before" in reminder:
                offsets = [-SECONDS[reminder["before"]]]
            else:
                first = SECONDS[reminder["after"]]
                again = SECONDS.get(reminder.get("repeat"))
                offsets = [first + again * k for k in range(REPEATS)] if again else [first]
            for offset in offsets:
                planned = anchor + datetime.timedelta(seconds=offset)
                if planned > self.end + datetime.timedelta(days=400):
                    break
                yield reminder["channel"], offset, planned

    def expected(self):
        """What should have become of each reminder: sent, missed, or waiting at the end."""
        expected = {}
        for task in self.tasks.values():
            times = task.times | set(self.location.times)
            for person in {value for value in task.assignee.values}:
                times |= set(self.people[person].reminders.times)
            times = sorted(times) + [self.end + datetime.timedelta(days=400)]
            for begin, end in zip(times, times[1:]):
                for channel, offset, planned in self.wants(task, begin):
                    if not begin <= planned < end:
                        continue
                    user = task.assignee.at(begin)
                    fires = self.people[user].fires_at(planned, channel)
                    key = (task.id, user, channel, offset, planned)
                    state = self.state(task, key, fires)
                    if state:
                        if key in expected:
                            raise Difference(f"{key} is expected twice")
                        expected[key] = state
        return expected

    def state(self, task, key, fires):
        _, user, channel, offset, planned = key
        if fires > self.end:
            return "waiting" if (channel, offset, planned) in set(self.wants(task, self.end)) else None
        sent = fires
        if self.outage and self.outage[0] < fires <= self.outage[1]:
            if self.outage[1] - fires > LATENESS:
                return "missed"
            sent = self.outage[1]
        # It is looked at once more before it is sent.
        if task.assignee.at(sent) != user or (channel, offset, planned) not in set(
            self.wants(task, sent)
        ):
            return None
        return "sent"

    def check(self):
        ledger = self.read_all("reminders?", "reminders")
        expected = self.expected()
        found, counts = {}, collections.Counter()
        for row in ledger:
            counts[row["cause"], row["channel"], row["state"]] += 1
            if (row["state"] == "sent") != (row["sentAt"] is not None and row["lateBy"] is not None):
                raise Difference(f"the ledger has {row}")
            if row["cause"] != "due":
                continue
            key = (
                row["taskId"], int(row["userId"]), row["channel"], row["offset"],
                moment(row["dueAt"]),
            )
            if key in found:
                raise Difference(f"the ledger has {key} twice")
            found[key] = row
        faults = []
        for key, state in expected.items():
            row = found.get(key)
            if row is None:
                # Only the next of those that come again is planned.
                if state != "waiting" or key[3] < SECONDS["PT2H"]:
                    faults.append(f"{key} should be {state}, and is not in the ledger")
            elif row["state"] != state:
                faults.append(f"{key} should be {state}: {row}")
        for key, row in found.items():
            if key[0] not in self.tasks:
                # The tasks of the year after come as it nears.
                if key[4] <= self.end - datetime.timedelta(days=2):
                    faults.append(f"{key} is of no task: {row}")
            elif key not in expected and row["state"] != "withdrawn":
                faults.append(f"{key} should be withdrawn: {row}")
        if faults:
            print("\n".join(faults[:20]))
            raise Difference(f"{len(faults)} differences of {len(found)} reminders")
        self.check_digests(ledger)
        self.check_arrivals(counts)
        return counts

    def check_digests(self, ledger):
        """Those who want one have one a day: sent where something is open that is due by then."""
        rows = collections.defaultdict(dict)
        for row in ledger:
            # The directory was imported on another clock, before the year began.
            if row["cause"] == "digest" and START < moment(row["dueAt"]) <= self.end:
                rows[int(row["userId"])][moment(row["dueAt"])] = row["state"]
        tasks = collections.defaultdict(list)
        for task in self.tasks.values():
            for user in set(task.assignee.values):
                tasks[user].append(task)
        for person in self.people.values():
            expected = {}
            day = datetime.date(2026, 12, 31)
            while person.has_digest:
                local = datetime.datetime.combine(day, datetime.time(7, 30))
                instant = to_utc(local, person.zone)
                day += datetime.timedelta(days=1)
                if instant > self.end:
                    break
                if instant <= START:
                    continue
                end = to_utc(datetime.datetime.combine(day, datetime.time()), person.zone)
                sent = instant
                if self.outage and self.outage[0] < sent <= self.outage[1]:
                    if self.outage[1] - sent > LATENESS:
                        expected[instant] = "missed"
                        continue
                    sent = self.outage[1]
                is_due = any(
                    task.is_open.at(sent) and task.assignee.at(sent) == person.number
                    and task.due.at(sent) < end
                    for task in tasks[person.number]
                )
                expected[instant] = "sent" if is_due else "withdrawn"
            found = rows.get(person.number, {})
            if found != expected:
                different = sorted(
                    (when, found.get(when), expected.get(when))
                    for when in found.keys() | expected.keys()
                    if found.get(when) != expected.get(when)
                )
                raise Difference(
                    f"{len(different)} digests of person {person.number} differ: {different[:5]}"
                )

    def check_arrivals(self, counts):
        deadline = time.monotonic() + 30
        while True:
            arrivals = self.receivers.taken()
            came = collections.Counter(arrival.channel for arrival in arrivals)
            names = collections.Counter(
                channel for channel, _ in {(arrival.channel, arrival.id) for arrival in arrivals}
            )
            sent = collections.Counter()
            for (_, channel, state), count in counts.items():
                if state == "sent" and channel != "page":
                    sent[channel] += count
            if came == sent == names:
                break
            if time.monotonic() > deadline:
                raise Difference(f"{dict(came)} arrived, {dict(names)} alone; sent {dict(sent)}")
            time.sleep(0.2)
        notices = counts["assignment", "email", "sent"]
        if notices != self.notices:
            raise Difference(f"{notices} notices of assignments, not {self.notices}")

    def run(self):
        begun = time.monotonic()
        self.begin()
        print(f"{len(self.series)} series, {len(self.tasks)} tasks", flush=True)
        self.work()
        counts = self.check()
        self.server.stop()
        states = collections.Counter()
        for (_, _, state), count in counts.items():
            states[state] += count
        told = ", ".join(f"{states[state]} {state}" for state in sorted(states))
        print(
            f"{self.options.days} days, {len(self.people)} people, {len(self.series)} series, "
            f"{len(self.tasks)} tasks: {sum(states.values())} reminders, {told}; each as the "
            f"recount says ({time.monotonic() - begun:.0f} s)"
        )


def main():
    parser = argparse.ArgumentParser(prog="reminder-year")
    parser.add_argument("binary")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--steps", type=int, default=110, help="times at which people work")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    # Beside the build, so that the database is on a disk.
    os.makedirs(".build", exist_ok=True)
    folder = tempfile.mkdtemp(prefix="reminder-year-", dir=".build")
    year = Year(options.binary, folder, options)
    try:
        year.run()
    except Difference as reason:
        year.server.kill()
        raise SystemExit(f"{reason}\nleft in {folder}") from None
    finally:
        if hasattr(year, "server"):
            year.server.kill()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
