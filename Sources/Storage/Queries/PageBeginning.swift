import Tasks

/// The first records of a page, as many as are read at once, and the identifiers of the others.
struct PageBeginning<Record: Identifiable> {
    private(set) var records: [Record] = []
    private(set) var rest: [Record.ID] = []

    /// Reads records in the order of their identifiers until ``PageBudget`` is used up.
    ///
    /// - Parameters:
    ///   - ids: The identifiers.
    ///   - limit: How many of them are read at most.
    ///   - unreadable: Is told of records that cannot be read.
    ///   - record: Reads a record. It is left out if there is none, or if it cannot be read.
    /// - Throws: What the closure throws.
    init(
        of ids: [Record.ID],
        limit: Int = .max,
        telling unreadable: UnreadableRows,
        reading record: (Record.ID) throws -> Record?
    ) throws where Record: SizedRecord {
        var byteCount = 0
        for (index, id) in ids.enumerated() {
            if index == limit || byteCount >= PageBudget.byteCount {
                rest = Array(ids[index...])
                return
            }
            do {
                guard let record = try record(id) else { continue }
                byteCount += record.textByteCount
                records.append(record)
            } catch let error as UnreadableRow {
                unreadable.note(error)
            }
        }
    }
}

/// A record with texts that may be long.
protocol SizedRecord {
    /// How many bytes of UTF-8 the texts have.
    var textByteCount: Int { get }
}

extension TaskTemplate {
    /// How many bytes of UTF-8 the texts have.
    fileprivate var textByteCount: Int { title.utf8.count + body.utf8.count }
}

extension TaskEntry: SizedRecord {
    var textByteCount: Int { task.template.textByteCount }
}

extension SeriesEntry: SizedRecord {
    var textByteCount: Int {
        series.template.textByteCount + (series.dueSchedule?.wording?.utf8.count ?? 0)
    }
}
