import JSON

/// Writes the detail of a log entry, and each long text of it only once.
///
/// A long text is one of 32 bytes or more that is the value of a column. The long texts of an entry
/// are numbered from 0 in the order in which they are first written. Where one comes again, an object
/// with its number stands for it: `{"text":0}`. Nothing else in place of a column's value is an
/// object, so entries of earlier days, which have none, are read in the same way.
struct DetailWriter {
    var json = JSONWriter()
    /// The numbers of the long texts that were written.
    ///
    /// None if the entry is of one record; then looking for them is not worth while.
    private var numbers: [String: Int64]?

    /// The fewest bytes of a long text.
    static var longTextLength: Int { 32 }

    /// Begins a detail.
    init(ofOneRecord isOfOneRecord: Bool = true) {
        if !isOfOneRecord { numbers = [:] }
    }

    /// Writes a column's value under a name if it differs from another value.
    ///
    /// If there is no other, that counts as null.
    mutating func write<Value: Equatable>(
        _ name: StaticString,
        _ value: Value?,
        unlike other: Value??,
        _ write: (inout JSONWriter, Value) -> Void
    ) {
        guard value != other ?? nil else { return }
        json.name(name)
        if let value { write(&json, value) } else { json.writeNull() }
    }

    /// Writes a column's text under a name if it differs from another text.
    mutating func write(_ name: StaticString, _ text: String?, unlike other: String??) {
        guard text != other ?? nil else { return }
        json.name(name)
        guard let text else { return json.writeNull() }
        guard let count = numbers?.count, text.utf8.count >= Self.longTextLength else {
            return json.write(text)
        }
        if let number = numbers?[text] {
            json.beginObject()
            json.name("text")
            json.write(number)
            json.endObject()
        } else {
            numbers?[text] = Int64(count)
            json.write(text)
        }
    }
}
