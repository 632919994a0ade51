"""Makes many series of one, in a database that no server has open."""

import sqlite3
import time


def connect(database):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def multiply(database, count, rule, start, fire_at, catch_up="latest"):
    """Puts `count` copies of the only series in the place of it, and returns their numbers.

    `rule` is RFC 5545 text, `start` the first slot in seconds on the series' clock, which is
    UTC's; `fire_at` tells for the n-th copy when its first occurrence is due, in microseconds, and
    all before that counts as done.
    """
    connection = connect(database)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(series)")]
    [series] = connection.execute("SELECT * FROM series").fetchall()
    values = dict(zip(columns, series))
    first = values["seriesID"] + 1_000_000
    values.update(
        ruleText=rule,
        timeZone="UTC",
        startLocal=start,
        catchUp={"latest": 1, "all": 2, "none": 3}[catch_up],
        whileOverdue=1,
    )

    def copies():
        for number in range(count):
            yield tuple(
                first + number if name == "seriesID" else values[name] for name in columns
            )

    def clocks():
        for number in range(count):
            at = fire_at(number)
            through = at // 1_000_000 - 1
            yield (values["shard"], values["locationID"], first + number, through, at, at, 0)

    places = ", ".join("?" * len(columns))
    with connection:
        connection.execute("DELETE FROM series")
        connection.execute("DELETE FROM seriesClock")
        connection.execute("DELETE FROM task")
        connection.execute("DELETE FROM taskTotal")
        connection.executemany(f"INSERT INTO series VALUES ({places})", copies())
        connection.executemany(
            """
            INSERT INTO seriesClock (
                shard, locationID, seriesID, materializedThrough, nextAt, fireAt, occurrenceCount
            ) VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            clocks(),
        )
        connection.execute(
            "UPDATE numberBlock SET nextNumber = ? WHERE name = 'task'", (first + count,)
        )
    connection.close()
    return range(first, first + count)


def microseconds(offset=0.0):
    """The machine's time, in microseconds, some seconds from now."""
    return int((time.time() + offset) * 1_000_000)
