import Benchmark
import Recurrence
import SystemZones

/// Measures the instructions and the time of each use of a rule.
///
/// `scripts/bench-recurrence` compares the engine with others.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .cpuTotal, .instructions, .mallocCountTotal],
        scalingFactor: .kilo,
        maxDuration: .seconds(1)
    )
    for (name, rule) in [
        ("a year of seconds, one a day", "FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0"),
        ("a year of minutes, one a day", "FREQ=MINUTELY;BYHOUR=9;BYMINUTE=0"),
        ("a year of hours", "FREQ=HOURLY"),
        ("a year of days", "FREQ=DAILY"),
        ("a year of weeks", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("a year of months", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("a year of years", "FREQ=YEARLY"),
        ("a year of last workdays", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
        ("a year of odd weeks", "FREQ=YEARLY;BYWEEKNO=1,3,5,7,9,51,53;BYDAY=MO;BYSETPOS=2,-1"),
    ] {
        Benchmark("Expand \(name)") { benchmark in
            let set = try set(rule)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                for occurrence in set.occurrences(in: year) { blackHole(occurrence) }
            }
        }
    }
    Benchmark("Read a rule") { benchmark in
        for _ in benchmark.scaledIterations {
            blackHole(try RecurrenceRule(parsing: "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU;COUNT=10"))
        }
    }
    Benchmark("Find the next occurrence after 30 years") { benchmark in
        let set = try set("FREQ=MONTHLY;BYDAY=2TU;COUNT=1000")
        benchmark.startMeasurement()
        for iteration in benchmark.scaledIterations {
            blackHole(set.next(after: Timestamp(seconds: 1_900_000_000 + Int64(iteration))))
        }
    }
}

/// 2027 in UTC.
private let year = Timestamp(seconds: 1_798_761_600)..<Timestamp(seconds: 1_830_297_600)

private func set(_ rule: String) throws -> RecurrenceSet {
    RecurrenceSet(
        start: LocalDateTime(secondsSince1970: 946_890_000),
        zone: try SystemZones().zone(named: "America/New_York"),
        rule: try RecurrenceRule(parsing: rule)
    )
}
