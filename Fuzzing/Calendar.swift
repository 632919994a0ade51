import Recurrence

/// A whole calendar.
@_cdecl("LLVMFuzzerTestOneInput")
public func testCalendar(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    let lenient = try? CalendarRecurrence(parsing: text, zones: zones)
    let strict = try? CalendarRecurrence(parsing: text, zones: zones, strictness: .strict)
    guard let lenient else {
        expect(strict == nil, "what strict reading takes, the lenient takes too")
        return 0
    }
    let set = lenient.set
    if let strict {
        expect(strict.set.description == set.description, "\(set) is the same, read strictly")
    }
    let source = OneMore(zone: set.zone)
    let again = try? RecurrenceSet(parsing: set.description, zones: source)
    expect(again?.description == set.description, "\(set) is read as it was")
    if let again {
        let isSame = set.occurrences().prefix(50).elementsEqual(again.occurrences().prefix(50))
        expect(isSame, "\(set) yields what it did")
    }
    if let zone = set.zone { check(zone) }
    return 0
}

/// A zone's clocks go forward, except where they are set back.
private func check(_ zone: Zone) {
    for day in stride(from: -200_000, through: 2_900_000, by: 9_973) {
        let local = LocalDateTime(CivilDate(daysSince1970: day), secondOfDay: 10_800)
        let timestamp = zone.timestamp(of: local)
        let shown = zone.localDateTime(at: timestamp)
        expect(shown >= local, "\(zone.identifier) shows \(shown) at \(local)")
        expect(
            shown.secondsSince1970 - timestamp.seconds == Int64(zone.offset(at: timestamp)),
            "\(zone.identifier) at \(local)"
        )
    }
}
