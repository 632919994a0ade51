"""Reads a component of a calendar with python-dateutil and zoneinfo, as a peer to compare with.

Nothing here is shared with Perennial but the conventions that its documentation states: which day
an instant means for an all-day series, what a day takes out of a series with times, and which zone
a name means.
"""

import io
import re
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

from dateutil import tz
from dateutil.rrule import rrulestr
from tzlocal.windows_tz import win_tz

READER_ZONE = "Europe/Berlin"
UTC = timezone.utc
RECURRING = {"VEVENT", "VTODO", "VJOURNAL"}
ZONES = {name.lower(): name for name in available_timezones()}
WINDOWS = {name.lower(): zone for name, zone in win_tz.items()}
SHORT = {
    "eastern": "America/New_York",
    "us-eastern": "America/New_York",
    "eastern time (us & canada)": "America/New_York",
    "central time (us & canada)": "America/Chicago",
    "pacific time (us & canada)": "America/Los_Angeles",
    "mountain time (us & canada)": "America/Denver",
}
# dateutil reads no more of a zone's definition than its rules in these years are checked for.
DEFINED_YEARS = range(2000, 2038)


class NoAnswer(Exception):
    """Why the peer cannot say what is right."""


def unfolded(text):
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"\n[ \t]", "", text).split("\n")


class Component:
    """One component: its name, its own lines, and the lines around it that say what zones are."""

    def __init__(self, name, lines, context):
        self.name, self.lines, self.context = name, lines, context

    def concerns(self, line):
        return re.match(r"\s*(DTSTART|DUE|RRULE|EXRULE|RDATE|EXDATE)\b", line, re.I)


def components(lines):
    """Returns the recurring components of a calendar; nothing where they cannot be told apart."""
    stack, found, zones, names = [], [], [], []
    depth_lines = []
    for line in lines:
        head = re.match(r"\s*(BEGIN|END)\s*:\s*([^\s]*)\s*$", line, re.I)
        if head and head[1].upper() == "BEGIN":
            stack.append(head[2].upper())
            depth_lines.append([line])
            continue
        if not depth_lines:
            if ":" in line and line.strip():
                return None
            continue
        if not head:
            if stack == ["VCALENDAR"] and re.match(r"X-WR-TIMEZONE\b", line, re.I):
                names.append(line)
            depth_lines[-1].append(line)
            continue
        if not stack or stack.pop() != head[2].upper():
            return None
        own = depth_lines.pop() + [line]
        name = head[2].upper()
        if name == "VTIMEZONE":
            zones.append(own)
        elif name in RECURRING:
            found.append((name, own))
        if depth_lines and name not in RECURRING and name != "VTIMEZONE":
            depth_lines[-1] += own
    if stack:
        return None
    context = [line for zone in zones for line in zone]
    if names:
        context = ["BEGIN:VCALENDAR", *names[:1], *context, "END:VCALENDAR"]
    return [Component(name, own, context) for name, own in found]


class Line:
    """A property: its name, its parameters and its value."""

    def __init__(self, text):
        match = re.match(r'\s*([A-Za-z-]+)\s*((?:;(?:"[^"]*"|[^":])*)*):(.*)$', text, re.S)
        if not match:
            raise NoAnswer("a line that is no property")
        self.name, self.value = match[1].upper(), match[3].strip()
        # An unquoted colon within a parameter: the last colon comes before the dates.
        parameters = match[2]
        if self.name in {"DTSTART", "DUE", "RDATE", "EXDATE"} and ":" in self.value:
            more, self.value = self.value.rsplit(":", 1)
            parameters += ":" + more
        self.parameters = {}
        for part in re.findall(r';((?:"[^"]*"|[^";])*)', parameters):
            key, _, value = part.partition("=")
            self.parameters.setdefault(key.strip().upper(), value.replace('"', "").strip())

    @property
    def zone_name(self):
        return self.parameters.get("TZID") or None


class Peer:
    """One series as the peer reads it."""

    def __init__(self, component):
        self.component = component
        own = []
        depth = 0
        for text in component.lines[1:-1]:
            if re.match(r"\s*BEGIN\s*:", text, re.I):
                depth += 1
            elif re.match(r"\s*END\s*:", text, re.I):
                depth -= 1
            elif depth == 0 and component.concerns(text):
                own.append(Line(text))
        self.lines = own
        self.only_definition = None
        definitions = re.findall(
            r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", "\n".join(component.context), re.S | re.I
        )
        self.definitions = {}
        for definition in definitions:
            name = re.search(r"^TZID[^:]*:(.*)$", definition, re.M | re.I)
            if name:
                self.definitions.setdefault(name[1].strip(), definition)
        if len(definitions) == 1:
            self.only_definition = next(iter(self.definitions), None)
        self.is_defined = False

    # Zones

    def zone(self, name):
        """The zone of a name: zoneinfo's if it is known, or else the one that the text defines."""
        found = self.known_zone(name)
        definition = self.definitions.get(name)
        if definition is None:
            if found is None:
                raise NoAnswer("an unknown zone")
            return found
        if found is not None and name.lower() in ZONES:
            return found
        defined = self.defined_zone(definition)
        if found is not None:
            winter, summer = datetime(2020, 1, 15), datetime(2020, 7, 15)
            if all(
                found.utcoffset(at) == defined.utcoffset(at.replace(tzinfo=defined))
                for at in (winter, summer)
            ):
                return found
        self.is_defined = True
        return defined

    @staticmethod
    def known_zone(name):
        bare = re.sub(r"^\((UTC|GMT)[^)]*\)\s*", "", name).replace(" and ", " & ")
        offset = re.fullmatch(r"\(?(?:UTC ?|GMT ?)?([+-])(\d\d?)(?::?(\d\d))?\)?", name, re.I)
        if name.lower() in ZONES:
            return ZoneInfo(ZONES[name.lower()])
        known = WINDOWS.get(bare.lower()) or SHORT.get(bare.lower())
        if known:
            return ZoneInfo(known)
        if offset:
            length = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
            return timezone(-length if offset[1] == "-" else length)
        words = [word for word in name.split("/") if word]
        for first in range(0 if name.startswith("/") else 1, len(words)):
            tail = "/".join(words[first:]).lower()
            if tail in ZONES and (name.startswith("/") or "/" in tail):
                return ZoneInfo(ZONES[tail])
        return None

    @staticmethod
    def defined_zone(definition):
        try:
            return tz.tzical(io.StringIO(definition)).get()
        except (ValueError, TypeError, IndexError) as error:
            raise NoAnswer(f"a definition of a zone that dateutil cannot read: {error}") from error

    # Values

    @staticmethod
    def value(text):
        """A date, a naive date-time or one in UTC."""
        text = text.strip().upper().split("/")[0]
        if re.fullmatch(r"\d{8}", text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        match = re.fullmatch(r"(\d{8})T(\d{4})(\d\d)(Z?)", text)
        if not match:
            raise NoAnswer("a value that is no date")
        second = min(int(match[3]), 59)
        local = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M").replace(second=second)
        return local.replace(tzinfo=UTC) if match[4] else local

    def day_of(self, instant, zone_name=None):
        """The day on which an instant lies for an all-day series."""
        calendar = re.search(
            r"^X-WR-TIMEZONE[^:]*:(.*)$", "\n".join(self.component.context), re.M | re.I
        )
        names = [zone_name, self.start_zone_name, calendar and calendar[1], self.only_definition]
        for name in names:
            try:
                if name:
                    return instant.astimezone(self.zone(name.strip())).date()
            except NoAnswer:
                continue
        return instant.astimezone(ZoneInfo(READER_ZONE)).date()

    def local(self, line, text):
        """What the series' clock shows at a date of RDATE or EXDATE; a day for a day."""
        value = self.value(text)
        if not isinstance(value, datetime):
            return value
        if self.is_all_day:
            return self.day_of(value, line.zone_name) if value.tzinfo else value.date()
        if value.tzinfo:
            return value.astimezone(self.zone_here).replace(tzinfo=None)
        if line.zone_name and self.tz is not None and line.zone_name != self.start_zone_name:
            own = value.replace(tzinfo=self.zone(line.zone_name))
            return own.astimezone(UTC).astimezone(self.tz).replace(tzinfo=None)
        return value

    # The series

    def read_start(self):
        starts = [line for line in self.lines if line.name == "DTSTART"]
        dues = [line for line in self.lines if line.name == "DUE"]
        if len({(line.value, line.zone_name) for line in starts}) > 1:
            raise NoAnswer("several starts")
        if not starts and self.component.name != "VEVENT":
            starts = dues
        if not starts:
            raise NoAnswer("no start")
        line = starts[0]
        value = self.value(line.value)
        self.start_zone_name = line.zone_name
        self.is_all_day = not isinstance(value, datetime)
        self.tz = None
        if self.is_all_day:
            value = datetime.combine(value, time())
        elif value.tzinfo:
            # A time in UTC must have no TZID; if it has one, UTC it is.
            self.start_zone_name = None
            self.tz = UTC
            value = value.replace(tzinfo=None)
        elif line.zone_name:
            self.tz = self.zone(line.zone_name)
        self.zone_here = self.tz or ZoneInfo(READER_ZONE)
        self.start = value

    def rule(self, text):
        """A rule that dateutil reads on the wall clock, its flaws mended and its end made local."""
        parts = {}
        for part in re.sub(r"\s", "", text.upper()).split(";"):
            name, _, value = part.partition("=")
            if name and not name.startswith("X-") and name not in {"DTSTART", "TZID"}:
                if parts.get(name, value) != value:
                    raise NoAnswer("a part that is there twice")
                parts[name] = value
        if parts.get("COUNT") == "-1" or parts.get("COUNT") == "0" and "UNTIL" in parts:
            del parts["COUNT"]
        if "COUNT" in parts and "UNTIL" in parts:
            raise NoAnswer("COUNT and UNTIL")
        if parts.get("INTERVAL", "1") == "0" or parts.get("COUNT") == "0":
            raise NoAnswer("a number that is zero")
        if {"RSCALE", "SKIP"} & parts.keys():
            raise NoAnswer("RSCALE, which dateutil does not know")
        if self.is_all_day:
            for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
                parts.pop(name, None)
            if parts.get("FREQ") in {"HOURLY", "MINUTELY", "SECONDLY"}:
                raise NoAnswer("days with steps of hours")
        if "UNTIL" in parts:
            until = self.value(parts["UNTIL"])
            if isinstance(until, datetime) and until.tzinfo:
                if self.is_all_day:
                    until = datetime.combine(self.day_of(until), time())
                else:
                    until = until.astimezone(self.zone_here).replace(tzinfo=None)
            elif not isinstance(until, datetime):
                until = datetime.combine(until, time(23, 59, 59))
            elif self.is_all_day:
                until = datetime.combine(until.date(), time())
            parts["UNTIL"] = until.strftime("%Y%m%dT%H%M%S")
        text = ";".join(f"{name}={value.strip(',')}" for name, value in parts.items())
        return rrulestr(text, dtstart=self.start)

    def occurrences(self, limit):
        """The first occurrences, each as what the clocks show and their offset."""
        self.read_start()
        rules = [self.rule(line.value) for line in self.lines if line.name == "RRULE"]
        excluded = [self.rule(line.value) for line in self.lines if line.name == "EXRULE"]
        added, removed, removed_days = set(), set(), set()
        for line in self.lines:
            if line.name not in {"RDATE", "EXDATE"}:
                continue
            for text in filter(str.strip, line.value.split(",")):
                local = self.local(line, text)
                if isinstance(local, datetime):
                    (added if line.name == "RDATE" else removed).add(local)
                elif line.name == "EXDATE":
                    removed_days.add(local)
                else:
                    added.add(datetime.combine(local, self.start.time()))
        if not rules:
            added.add(self.start)
        streams = [iter(rule) for rule in rules]
        slots = self.merged(streams, sorted(added))
        excluded_times = self.merged([iter(rule) for rule in excluded], [])
        out, next_excluded = [], next(excluded_times, None)
        for slot in slots:
            while next_excluded is not None and next_excluded < slot:
                next_excluded = next(excluded_times, None)
            if slot == next_excluded or slot in removed or slot.date() in removed_days:
                continue
            out.append(self.shown(slot))
            if len(out) == limit:
                break
        return out

    @staticmethod
    def merged(streams, more):
        """All date-times of several ascending streams, ascending, each once."""
        streams = [*streams, iter(more)]
        heads = [next(stream, None) for stream in streams]
        while any(head is not None for head in heads):
            least = min(head for head in heads if head is not None)
            yield least
            for index, head in enumerate(heads):
                if head == least:
                    heads[index] = next(streams[index], None)

    def shown(self, slot):
        if self.is_all_day:
            return slot.strftime("%Y%m%d").rjust(8, "0"), None
        if self.tz is None:
            return slot.strftime("%Y%m%dT%H%M%S").rjust(15, "0"), None
        if self.is_defined:
            return self.shown_by_definition(slot)
        instant = slot.replace(tzinfo=self.tz).astimezone(UTC)
        local = instant.astimezone(self.tz)
        offset = int(local.utcoffset().total_seconds())
        return local.strftime("%Y%m%dT%H%M%S").rjust(15, "0"), offset

    def shown_by_definition(self, slot):
        if slot.year not in DEFINED_YEARS:
            raise NoAnswer("a defined zone outside of the years 2000 to 2037")
        if not tz.datetime_exists(slot, self.tz):
            raise NoAnswer("a time that the clocks of a defined zone skip")
        # Of two times that the clocks show twice, dateutil may take either first.
        offset = max(slot.replace(tzinfo=self.tz, fold=fold).utcoffset() for fold in (0, 1))
        return slot.strftime("%Y%m%dT%H%M%S").rjust(15, "0"), int(offset.total_seconds())
