"""Times calls of the server's own API that are made one at a time, for bench_http.py."""

import json
import statistics
import time

ROUNDS = 9


def ask(client, method, path, body=None):
    """Returns the JSON of a good answer."""
    status, answer = client.send(method, path, body)
    if status >= 300:
        raise SystemExit(f"{method} {path}: {status} {answer.decode(errors='replace')}")
    return json.loads(answer)


def timed(client, method, path, body=None):
    """Returns the JSON of a good answer, and the seconds that it took."""
    started_at = time.perf_counter()
    answer = ask(client, method, path, body)
    return answer, time.perf_counter() - started_at


def measure_following(client, cursor):
    """Times how a follower catches up with 10,000 changes, of which there are more.

    Returns the name, the seconds and the goal of each figure, as `measure_commands` does.
    """
    count, seconds = 0, 0
    while count < 10_000:
        page, elapsed = timed(client, "GET", f"/v1/changes?after={cursor}&limit=500")
        if not page["changes"]:
            raise SystemExit(f"only {count} changes could be followed")
        count, seconds, cursor = count + len(page["changes"]), seconds + elapsed, page["cursor"]
    return [(f"a follower catches up {count:,} changes", seconds, 1)]


def measure_commands(client):
    """Times an edit of 720 tasks of a series, tried and made, and its undoing; medians."""
    due = {"local": "2031-01-01T09:00:00", "timeZone": "Europe/Berlin"}
    recurrence = {"rule": "FREQ=DAILY;COUNT=720"}
    made = ask(client, "POST", "/v1/tasks", {"title": "Call", "due": due, "recurrence": recurrence})
    path = f"/v1/tasks/{made['task']['id']}?scope=following"
    tried, edited, undone = [], [], []
    for number in range(ROUNDS):
        patch = {"title": f"Call {number}", "due": due | {"local": f"2031-01-01T09:{number + 10}:00"}}
        trial, seconds = timed(client, "PATCH", f"{path}&dryRun=true", patch)
        tried.append(seconds)
        done, seconds = timed(client, "PATCH", path, patch)
        edited.append(seconds)
        counts = [answer["effect"] | {"samples": None} for answer in (trial, done)]
        if counts[0]["moved"] != 720 or counts[0] != counts[1]:
            raise SystemExit(f"not an edit of 720 tasks: {counts}")
        undone.append(timed(client, "POST", f"/v1/changes/{done['changeNumber']}/undo")[1])
    return [
        ("dry run of an edit of 720 tasks", statistics.median(tried), 0.005),
        ("the edit", statistics.median(edited), None),
        ("undoing it", statistics.median(undone), 0.02),
    ]
