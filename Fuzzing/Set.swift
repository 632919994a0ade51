import Recurrence

/// The lines of a set.
@_cdecl("LLVMFuzzerTestOneInput")
public func testSet(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    let options = options(bytes)
    guard let set = try? RecurrenceSet(parsing: text, zones: zones, options: options) else {
        return 0
    }
    let source = OneMore(zone: set.zone)
    let again = try? RecurrenceSet(parsing: set.description, zones: source, options: options)
    expect(again?.description == set.description, "\(set) is read as it was")
    if let again {
        let isSame = set.occurrences().prefix(50).elementsEqual(again.occurrences().prefix(50))
        expect(isSame, "\(set) yields what it did")
    }
    Beginning(set).check()
    return 0
}
