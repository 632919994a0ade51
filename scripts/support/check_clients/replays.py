"""Sends what clients were seen to send, and tells of each answer that is another."""

import json

from check_clients.harness import server_of
from check_clients.replay_table import NEW_ROW, NEW_TASK, REPLAYS, ROWS, RULE
from check_highlevel.office import CONTACTS, LOCATION, TOKEN, USER_TOKEN, USERS, Answer


class Replayer:
    def __init__(self, server):
        self.connection = server.connect()
        self.names = {"LOCATION": LOCATION, "CONTACT": CONTACTS[0], "USER": USERS[0]}
        series = {"title": "Water the plants", "rruleOptions": RULE}
        for name, path, body, members in [
            ("TASK", "/contacts/CONTACT/tasks", NEW_TASK, ["task", "id"]),
            ("SERIES", "/locations/LOCATION/recurring-tasks", series, ["recurringTask", "id"]),
            ("ROW", ROWS, NEW_ROW, ["id"]),
            ("OTHER_ROW", ROWS, NEW_ROW, ["id"]),
        ]:
            answer = self.send("POST", path, body)
            if answer.status != 201:
                raise SystemExit(f"POST {path}: {answer}")
            self.names[name] = member(answer.json, members)

    def send(self, method, path, body=None, content_type="application/json", headers={}):
        """Sends a request with the token of the path's dialect."""
        fields = {"Content-Type": content_type} | headers
        if path.startswith("/api/"):
            fields["Authorization"] = f"Bearer {USER_TOKEN}"
        else:
            fields |= {"Authorization": f"Bearer {TOKEN}", "Version": "2021-07-28"}
        payload = body if body is None or isinstance(body, str) else json.dumps(body)
        payload = None if payload is None else self.named(payload)
        self.connection.request(method, self.named(path), payload, fields)
        return Answer(self.connection.getresponse())

    def named(self, text):
        """Puts the identifiers in; a longer name goes before one that it ends with."""
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(name, self.names[name])
        return text

    def differences(self, replay):
        answer = self.send(
            replay.method, replay.path, replay.body, replay.content_type, replay.headers
        )
        if answer.status != replay.status:
            return [f"{answer} instead of {replay.status}"]
        differences = []
        for name, value in replay.members.items():
            expected = self.named(value) if isinstance(value, str) else value
            found = member(answer.json, name.split("."))
            if found != expected:
                differences.append(f"{name} is {found!r} instead of {expected!r}")
        return differences


def member(value, names):
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def read_change_write(replayer):
    """Reads each record whole, and sends it back with one change, as forms on pages do."""
    for path, wrapper, name, methods in [
        ("/contacts/CONTACT/tasks/TASK", "task", "title", ["PUT"]),
        (f"{ROWS}/ROW", None, "description", ["PUT", "PATCH"]),
    ]:
        for method in methods:
            answer = replayer.send("GET", path).json
            record = answer[wrapper] if wrapper else answer
            answer = replayer.send(method, path, record | {name: "Changed"})
            found = member(answer.json, [wrapper, name] if wrapper else [name])
            if answer.status != 200 or found != "Changed":
                yield f"{method} {path} of what GET answers: {answer}"


def main():
    failures = []
    with server_of("replays") as server:
        replayer = Replayer(server)
        for replay in REPLAYS:
            for difference in replayer.differences(replay):
                failures.append(
                    f"{replay.client}: {replay.method} {replay.path} {replay.body or ''}\n"
                    f"    {difference}"
                )
        failures += read_change_write(replayer)
    for failure in failures:
        print(failure)
    if failures:
        raise SystemExit(f"{len(failures)} of {len(REPLAYS)} requests were not answered well")
    print(f"replays: {len(REPLAYS)} requests were answered as their clients expect")


if __name__ == "__main__":
    main()
