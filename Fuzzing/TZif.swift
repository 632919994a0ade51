import Recurrence

/// The bytes of a time zone.
@_cdecl("LLVMFuzzerTestOneInput")
public func testTZif(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let zone = try? Zone(identifier: "Fuzz/Zone", tzif: Array(bytes)) else { return 0 }
    // Every twelve weeks from 1890 on, then some of the years for which the footer's rule holds.
    for step in 0..<1000 { check(zone, -2_524_521_600 + Int64(step) * 7_257_601) }
    for step in 0..<100 { check(zone, 6_000_000_000 + Int64(step) * 2_467_584_001) }
    guard let rule = try? RecurrenceRule(parsing: "FREQ=HOURLY;INTERVAL=5") else { return 0 }
    for years in [0, 30, 60] {
        let local = LocalDateTime(secondsSince1970: Int64(years) * 31_557_600)
        let set = RecurrenceSet(start: local, zone: zone, rule: rule, options: options(bytes))
        Beginning(set).check()
    }
    return 0
}

private func check(_ zone: Zone, _ seconds: Int64) {
    let timestamp = Timestamp(seconds: seconds)
    let local = zone.localDateTime(at: timestamp)
    expect(
        local.secondsSince1970 == seconds + Int64(zone.offset(at: timestamp)),
        "the offset at \(seconds)"
    )
    // A time that the clocks show twice means the first.
    let first = zone.timestamp(of: local)
    expect(first <= timestamp, "\(local) is not before \(seconds)")
    expect(zone.localDateTime(at: first) == local, "the clocks show \(local) at \(first.seconds)")
    // A time that they skip moves forward.
    let other = LocalDateTime(secondsSince1970: seconds)
    expect(zone.localDateTime(at: zone.timestamp(of: other)) >= other, "\(other) does not go back")
}
