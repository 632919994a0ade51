"""Compares what Perennial reads from calendar files with python-dateutil and zoneinfo.

Use: check_calendars.py FOLDER COMMAND...

Each VEVENT, VTODO and VJOURNAL of each .ics file below the folder is given to the command as a case
of its own, with the calendar's zones. The peer reads the same component by itself: this file reads
the lines, dateutil expands the rules on the wall clock, and zoneinfo says which instants these are.
The beginnings of both series must be equal. Exits with status 1 if a difference has no explanation.
"""

import json
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from calendar_peer import READER_ZONE, NoAnswer, Peer, components, unfolded

# How many occurrences are compared, and how many seconds the peer may take for them.
LIMIT = 60
PATIENCE = 5
SHOWN = 40


def stop(_signal, _frame):
    raise NoAnswer("dateutil takes too long")


def ask(command, cases):
    """Returns the command's answers to all cases."""
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    if len(answers) != len(cases):
        raise SystemExit(f"{len(cases)} cases have {len(answers)} answers")
    return answers


def read_cases(folder):
    """Returns the cases of all files, each text once, and the number of files."""
    cases = {}
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() == ".ics"]
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        name = str(path.relative_to(folder))
        found = components(unfolded(text))
        if found is None:
            # Not even its components can be told apart.
            cases.setdefault(text[:1_000_000], (name, None))
            continue
        for component in found:
            cases.setdefault("\n".join(component.context + component.lines), (name, component))
    return cases, len(files)


def expected(component):
    """Returns what the peer says, or why it says nothing."""
    if component is None:
        return None, "the components cannot be told apart"
    signal.alarm(PATIENCE)
    try:
        return Peer(component).occurrences(LIMIT), None
    except NoAnswer as reason:
        return None, str(reason)
    except (ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
        return None, f"dateutil: {type(error).__name__}: {str(error)[:60]}"
    finally:
        signal.alarm(0)


def parsed(text):
    """Returns the date-time and the offset of an occurrence in an answer."""
    found = re.fullmatch(r"(\d{8}(?:T\d{6})?)(Z|[+-]\d{4,6})?", text)
    local, offset = found.groups()
    if offset is None or offset == "Z":
        return local, 0 if offset else None
    digits = offset[1:].ljust(6, "0")
    seconds = int(digits[:2]) * 3600 + int(digits[2:4]) * 60 + int(digits[4:])
    return local, -seconds if offset[0] == "-" else seconds


def explanation(command, case, component, right):
    """Returns a known reason for a difference, or nothing."""
    cut = ask(command, [case | {"setpos": "cut"}])[0].get("occurrences")
    if cut and [parsed(text) for text in cut] == right:
        return "dateutil counts BYSETPOS from the start on, not in the whole period"
    days = re.findall(r"BYDAY=([^;]*)", "\n".join(component.lines).upper())
    for value in days:
        numbered = [bool(re.match(r"\s*[+-]?\d", day)) for day in value.split(",")]
        if any(numbered) and not all(numbered):
            return "dateutil forgets the plain weekdays beside numbered ones"
    return None


def main():
    folder, command = Path(sys.argv[1]), sys.argv[2:]
    signal.signal(signal.SIGALRM, stop)
    cases, file_count = read_cases(folder)
    requests = [
        {"id": number, "ical": text, "tzid": READER_ZONE, "limit": LIMIT}
        for number, text in enumerate(cases)
    ]
    counts, refused, silent, explained, remarks = (Counter() for _ in range(5))
    differences = []
    for case, answer, (name, component) in zip(requests, ask(command, requests), cases.values()):
        right, reason = expected(component)
        for remark in {item["part"] for item in answer.get("remarks", [])}:
            remarks[remark if re.fullmatch(r"[A-Z-]{1,20}", remark) else "a line"] += 1
        if "error" in answer:
            error = answer["error"]
            kind = "refused, as the peer does" if right is None else "refused, but the peer reads it"
            counts[kind] += 1
            text = re.sub(r"\d+", "N", f"{error['part'][:40]!r}: {error['reason'][:80]}")
            refused[(kind, text)] += 1
            continue
        if right is None:
            counts["read, but the peer has no answer"] += 1
            silent[re.sub(r"\d+", "N", reason)] += 1
            continue
        found = [parsed(text) for text in answer["occurrences"]]
        if found == right:
            counts["equal"] += 1
            continue
        why = explanation(command, case, component, right)
        if why:
            counts["different, and explained"] += 1
            explained[why] += 1
        else:
            counts["different"] += 1
            differences.append((name, component, found, right, answer))
    report(file_count, len(cases), counts, refused, silent, explained, remarks, differences)
    sys.exit(1 if differences else 0)


def report(file_count, case_count, counts, refused, silent, explained, remarks, differences):
    for name, component, found, right, answer in differences[:SHOWN]:
        place = next(
            (i for i, (one, two) in enumerate(zip(found, right)) if one != two),
            min(len(found), len(right)),
        )
        print(f"\nDIFFERENT: {name}: occurrence {place}")
        print("  " + "\n  ".join(line[:160] for line in component.lines if component.concerns(line)))
        print(f"  Perennial: {found[place:place + 3]} of {len(found)}")
        print(f"  dateutil:  {right[place:place + 3]} of {len(right)}")
        print(f"  remarks:   {answer['remarks']}")
    print(f"\n{file_count} files, {case_count} different components")
    for title, counter in [
        ("", counts),
        ("explained", explained),
        ("the peer has no answer", silent),
        ("components with a remark about", remarks),
    ]:
        if counter and title:
            print(f"\n{title}:")
        for key, count in counter.most_common():
            print(f"{count:7} {key}")
    for kind in sorted({kind for kind, _ in refused}):
        print(f"\n{kind}:")
        for (_, text), count in [x for x in refused.most_common() if x[0][0] == kind][:80]:
            print(f"{count:7} {text}")


if __name__ == "__main__":
    main()
