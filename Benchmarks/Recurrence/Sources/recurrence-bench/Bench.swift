import Recurrence
import SystemZones

/// Reads one request from each line and answers it. Every engine of the comparison knows these:
///
/// - `dates ZONE RULE COUNT`: the first instants, in seconds since 1970
/// - `expand ZONE RULE COUNT`: ns for each occurrence, with parsing and preparing
/// - `next ZONE RULE SECONDS`, `previous …`: ns for each query of a prepared set, and the instant
/// - `parse RULE`: ns
///
/// Only this engine knows these:
///
/// - `prepare ZONE RULE`: ns from a parsed rule to a set
/// - `cold ZONE RULE`: ns from the text to the first occurrence, once, and the instant
/// - `count ZONE RULE FROM TO`: ns, and how many there are
/// - `fire COUNT`: s for the next occurrence of each of COUNT different rules, from their text
/// - `fire-prepared COUNT`: the same with prepared sets
struct Bench {
    /// Monday 2000-01-03T09:00:00.
    static let start = LocalDateTime(secondsSince1970: 946_890_000)

    private let zones = SystemZones()
    private var fleet: [RecurrenceSet] = []

    enum RequestError: Error {
        case unknown(String)
    }

    mutating func answer(_ line: String) throws -> String {
        let words = line.split(separator: " ").map(String.init)
        switch (words.first, words.count) {
        case ("dates", 4): return dates(try set(words), Int(words[3]) ?? 0)
        case ("expand", 4): return try expand(words)
        case ("next", 4), ("previous", 4):
            return seek(try set(words), Int64(words[3]) ?? 0, forward: words[0] == "next")
        case ("parse", 2): return try parse(words[1])
        case ("prepare", 3): return try prepare(words)
        case ("cold", 3): return try cold(words)
        case ("count", 5): return count(try set(words), Int64(words[3]) ?? 0, Int64(words[4]) ?? 0)
        case ("fire", 2): return try fire(Int(words[1]) ?? 0)
        case ("fire-prepared", 2): return try firePrepared(Int(words[1]) ?? 0)
        default: throw RequestError.unknown(line)
        }
    }

    private func set(_ words: [String]) throws -> RecurrenceSet {
        RecurrenceSet(
            start: Bench.start,
            zone: try zone(words[1]),
            rule: try RecurrenceRule(parsing: words[2])
        )
    }

    private func zone(_ name: String) throws -> Zone {
        name == "UTC" ? .utc : try zones.zone(named: name)
    }

    // MARK: What every engine does

    private func dates(_ set: RecurrenceSet, _ count: Int) -> String {
        set.occurrences().prefix(count).map { "\($0.timestamp.seconds)" }.joined(separator: " ")
    }

    private func expand(_ words: [String]) throws -> String {
        let zone = try zone(words[1])
        let limit = Int(words[3]) ?? 1
        let (nanoseconds, digest) = try Stopwatch.time { _ in
            let rule = try RecurrenceRule(parsing: words[2])
            var sum: Int64 = 0
            var count = 0
            for occurrence in RecurrenceSet(start: Bench.start, zone: zone, rule: rule)
                .occurrences()
            {
                sum &+= occurrence.timestamp.microseconds
                count += 1
                if count == limit { break }
            }
            return sum
        }
        return "\(nanoseconds / Double(limit)) \(digest)"
    }

    private func seek(_ set: RecurrenceSet, _ seconds: Int64, forward: Bool) -> String {
        func find(_ run: Int) -> Occurrence? {
            // The time of day differs from day to day, so that the processor cannot predict all
            // branches.
            let at = Timestamp(seconds: seconds + Int64(run % 1000) * 7919)
            return forward ? set.next(after: at) : set.previous(before: at)
        }
        let (nanoseconds, _) = Stopwatch.time { find($0)?.timestamp.microseconds ?? 0 }
        return "\(nanoseconds) \(text(find(0)))"
    }

    private func parse(_ text: String) throws -> String {
        let (nanoseconds, _) = try Stopwatch.time { _ in
            Int64(try RecurrenceRule(parsing: text).interval)
        }
        return "\(nanoseconds)"
    }

    private func text(_ occurrence: Occurrence?) -> String {
        occurrence.map { "\($0.timestamp.seconds)" } ?? "-"
    }

    // MARK: What this engine does besides

    private func prepare(_ words: [String]) throws -> String {
        let zone = try zone(words[1])
        let rule = try RecurrenceRule(parsing: words[2])
        let (nanoseconds, _) = Stopwatch.time { _ in
            RecurrenceSet(start: Bench.start, zone: zone, rule: rule).start.secondsSince1970
        }
        return "\(nanoseconds)"
    }

    private func cold(_ words: [String]) throws -> String {
        let zone = try zone(words[1])
        let begin = Stopwatch.now
        let rule = try RecurrenceRule(parsing: words[2])
        let set = RecurrenceSet(start: Bench.start, zone: zone, rule: rule)
        let first = set.next(after: Timestamp(seconds: 0))
        return "\(Stopwatch.now - begin) \(text(first))"
    }

    private func count(_ set: RecurrenceSet, _ from: Int64, _ to: Int64) -> String {
        var count = 0
        let (nanoseconds, _) = Stopwatch.time { run in
            // One second later each time, so that the answer cannot be cached.
            let shift = Int64(run % 2)
            let end = Timestamp(seconds: to + shift)
            count = set.count(in: Timestamp(seconds: from + shift)..<end)
            return Int64(count)
        }
        return "\(nanoseconds) \(count)"
    }

    private func fire(_ count: Int) throws -> String {
        let fleet = try Fleet(zones)
        var digest: Int64 = 0
        let begin = Stopwatch.now
        for number in 0..<count {
            digest &+= fleet.next(of: try fleet.set(number))?.timestamp.seconds ?? 0
        }
        return "\(Double(Stopwatch.now - begin) / 1e9) \(digest)"
    }

    private mutating func firePrepared(_ count: Int) throws -> String {
        let fleet = try Fleet(zones)
        if self.fleet.count != count { self.fleet = try (0..<count).map(fleet.set) }
        var digest: Int64 = 0
        let begin = Stopwatch.now
        for set in self.fleet { digest &+= fleet.next(of: set)?.timestamp.seconds ?? 0 }
        return "\(Double(Stopwatch.now - begin) / 1e9) \(digest)"
    }
}
