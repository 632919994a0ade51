import Tasks

extension EffectMemory where Value == WriteOutcome {
    /// Remembers the task that a command addressed.
    static var outcome: EffectMemory {
        EffectMemory(
            note: { outcome in
                EffectNote(
                    recordID: outcome.entry.task.id.rawValue,
                    changeNumber: outcome.changeNumber
                )
            },
            recall: { note, transaction in try transaction.outcome(of: note) }
        )
    }
}

extension EffectMemory where Value == WriteOutcome? {
    static var optionalOutcome: EffectMemory {
        EffectMemory(
            note: { outcome in
                outcome.map { outcome in
                    EffectNote(
                        recordID: outcome.entry.task.id.rawValue,
                        changeNumber: outcome.changeNumber
                    )
                }
            },
            recall: { note, transaction in try transaction.outcome(of: note) }
        )
    }
}

extension EffectMemory where Value == SeriesEntry {
    /// Remembers the series that a command addressed.
    static var series: EffectMemory {
        EffectMemory(
            note: { EffectNote(recordID: $0.series.id.rawValue) },
            recall: { note, transaction in
                try transaction.entryOfSeries(Identifier(note.recordID))
            }
        )
    }
}

extension EffectMemory where Value == SeriesEntry? {
    static var optionalSeries: EffectMemory {
        EffectMemory(
            note: { $0.map { EffectNote(recordID: $0.series.id.rawValue) } },
            recall: { note, transaction in
                try transaction.entryOfSeries(Identifier(note.recordID))
            }
        )
    }
}

extension LocationTransaction {
    /// What came of a command about a task.
    fileprivate func outcome(of note: EffectNote) throws -> WriteOutcome? {
        guard let entry = try entry(of: Identifier(note.recordID)) else { return nil }
        return WriteOutcome(
            entry: entry,
            effect: ChangeEffect(of: ChangePlan(.updated), reaching: 0),
            changeNumber: note.changeNumber
        )
    }

    /// A series, deleted or not, with its clock.
    fileprivate func entryOfSeries(_ id: Identifier<RecurringTask>) throws -> SeriesEntry? {
        guard let series = try series(id) else { return nil }
        return SeriesEntry(series: series, clock: try clock(of: id))
    }
}
