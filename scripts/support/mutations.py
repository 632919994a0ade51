"""Switches one check of the server off at a time, and expects the simulation to find it.

Each mutation replaces one piece of source text. The changed copy is built in a folder of its own, for
debugging: most are found by one of the first seeds, so that to build takes longer than to run. The
three guards that keep an occurrence from making its tasks twice are not among them, nor are those of a
block of numbers whose transaction was rolled back, since any one makes up for another that is off; they
have tests of their own.
"""

import os
import shutil
import subprocess
import sys
import tempfile

SEEDS = 100
STEPS = 1000

# A name, the file, and the text with its replacement.
MUTATIONS = [
    (
        "rollback-of-a-write",
        "Sources/Storage/SQLite/SQLiteWriter.swift",
        "try connection.execute(Self.rollBackWrite, [:])",
        "_ = Self.rollBackWrite",
    ),
    (
        "tenant-in-the-statement",
        "Sources/Storage/Tasks/Statements/SeriesStatements.swift",
        "WHERE shard = :shard AND locationID = :locationID AND seriesID = :seriesID\n"
        '        """\n    )\n\n    /// The numbers of a page',
        "WHERE shard = :shard AND :locationID <> '' AND seriesID = :seriesID\n"
        '        """\n    )\n\n    /// The numbers of a page',
    ),
    (
        "creator-in-the-statement",
        "Sources/Storage/Tasks/Statements/TaskStatements.swift",
        "AND task.creatorID = :creatorID AND task.taskID = :taskID",
        "AND :creatorID > 0 AND task.taskID = :taskID",
    ),
    (
        "count-after-a-split",
        "Sources/Tasks/Planning/SeriesSplit.swift",
        "return rule.ending(.count(count - ordinal))",
        "return rule.ending(.count(count))",
    ),
    (
        "count-before-a-split",
        "Sources/Tasks/Planning/SeriesSplit.swift",
        "return rule.ending(.count(ordinal))",
        "return rule",
    ),
    (
        "slots-that-were-carried-out",
        "Sources/Tasks/Planning/DueSeriesPlanner+Firing.swift",
        "through = occurrence.recurrenceID",
        "_ = occurrence.recurrenceID",
    ),
    (
        "totals-of-tasks",
        "Sources/Storage/Tasks/Transactions/LocationTransaction+Firing.swift",
        "try addToTotals(made.map { Replacement(after: $0) })",
        "",
    ),
    (
        "limit-of-occurrences",
        "Sources/Tasks/Planning/OccurrenceFiring.swift",
        "if !contacts.isEmpty { occurrenceCount += 1 }",
        "",
    ),
    (
        "catch-up-with-the-latest",
        "Sources/Tasks/Planning/OccurrenceFiring.swift",
        "let limit = series.missedWork.catchUp.limit",
        "let limit = CatchUp.all.limit",
    ),
    (
        "skip-while-overdue",
        "Sources/Tasks/Planning/OccurrenceFiring.swift",
        "return !newest.isOpen || newest.dueAt >= occurrence.timestamp",
        "return newest.dueAt >= occurrence.timestamp",
    ),
    (
        "move-of-the-horizon",
        "Sources/Tasks/Planning/Horizon.swift",
        "upTo: now.advanced(by: length),",
        "upTo: now,",
    ),
    (
        "numbers-that-were-used",
        "Sources/Storage/NumberReserve.swift",
        "if !rest.isEmpty { blocks.withLock { $0.append(rest) } }",
        "if !rest.isEmpty { blocks.withLock { $0.append(rest.lowerBound - 1..<rest.upperBound) } }",
    ),
    (
        "revoked-tokens",
        "Sources/Storage/Directory/SQLDirectoryStore.swift",
        "AND token.revokedAt IS NULL AND location.deletedAt IS NULL",
        "AND location.deletedAt IS NULL",
    ),
]


def mutate(tree, mutation):
    """Applies a mutation, and returns the text that undoes it."""
    name, path, old, new = mutation
    path = os.path.join(tree, path)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if text.count(old) != 1:
        sys.exit(f"{name}: {path} has its text {text.count(old)} times, not once")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))
    return path, text


def build(tree):
    command = ["swift", "build", "--product", "perennial-testbed"]
    subprocess.run(command, cwd=tree, check=True, stdout=subprocess.DEVNULL)
    return os.path.join(tree, ".build/debug/perennial-testbed")


def failing_seed(program):
    """The first seed at which the simulation fails, or none."""
    for seed in range(1, SEEDS + 1):
        command = [program, "simulate", "--seeds=1", f"--steps={STEPS}", f"--first={seed}"]
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            reason = (run.stdout or run.stderr).strip().splitlines()
            return seed, reason[-1] if reason else f"exit code {run.returncode}"
    return None


def main(names):
    unknown = set(names) - {mutation[0] for mutation in MUTATIONS}
    if unknown:
        sys.exit(f"no such mutation: {', '.join(sorted(unknown))}")
    missed = []
    with tempfile.TemporaryDirectory() as tree:
        for part in ["Package.swift", "Package.resolved", "Sources", "Tests"]:
            copy = shutil.copytree if os.path.isdir(part) else shutil.copy2
            copy(part, os.path.join(tree, part))
        for mutation in MUTATIONS:
            if names and mutation[0] not in names:
                continue
            path, text = mutate(tree, mutation)
            found = failing_seed(build(tree))
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            if found:
                print(f"{mutation[0]}: found by seed {found[0]}: {found[1]}", flush=True)
            else:
                print(f"{mutation[0]}: not found", flush=True)
                missed.append(mutation[0])
    if missed:
        sys.exit(f"not found within {SEEDS} seeds: {', '.join(missed)}")


main(sys.argv[1:])
