import Recurrence

/// A rule's text, from 1997-09-02T09:00:00 on in New York.
@_cdecl("LLVMFuzzerTestOneInput")
public func testRule(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    guard let rule = try? RecurrenceRule(parsing: text) else { return 0 }
    expect((try? RecurrenceRule(parsing: rule.description)) == rule, "\(rule) is read as it was")
    let set = RecurrenceSet(
        start: LocalDateTime(secondsSince1970: 873_190_800),
        zone: try? zones.zone(named: "America/New_York"),
        rule: rule,
        options: options(bytes)
    )
    Beginning(set).check()
    return 0
}
