"""Makes many copies of one series, in a database that no server has open."""

import sqlite3
import time


def connect(database):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def multiply(database, count, rule, fire_at, catch_up="latest"):
    """Replaces the only series with `count` copies of it, and returns their numbers.

    `rule` is RFC 5545 text. `fire_at` gives, for the n-th copy, when the scheduler must take it,
    in microseconds since 1970; its first slot is the whole second of that time, in UTC.
    """
    connection = connect(database)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(series)")]
    [series] = connection.execute("SELECT * FROM series").fetchall()
    values = dict(zip(columns, series))
    first = values["seriesID"] + 1_000_000
    shard, location = values["shard"], values["locationID"]
    values.update(
        ruleText=rule,
        timeZone="UTC",
        catchUp={"latest": 1, "all": 2, "none": 3}[catch_up],
        whileOverdue=1,
    )

    def copies():
        for number in range(count):
            values.update(seriesID=first + number, startLocal=fire_at(number) // 1_000_000)
            yield tuple(values[name] for name in columns)

    def clocks():
        for number in range(count):
            at = fire_at(number)
            slot = at // 1_000_000
            yield (shard, location, first + number, slot - 1, slot * 1_000_000, at, 0)

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
