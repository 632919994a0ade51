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

extension EffectMemory where Value == SeriesOutcome {
    /// Remembers the series that a command addressed.
    static var series: EffectMemory {
        EffectMemory(
            note: { EffectNote(recordID: $0.entry.id.rawValue, changeNumber: $0.changeNumber) },
            recall: { note, transaction in try transaction.seriesOutcome(of: note) }
        )
    }
}

extension EffectMemory where Value == SeriesOutcome? {
    static var optionalSeries: EffectMemory {
        EffectMemory(
            note: { outcome in
                outcome.map {
                    EffectNote(recordID: $0.entry.id.rawValue, changeNumber: $0.changeNumber)
                }
            },
            recall: { note, transaction in try transaction.seriesOutcome(of: note) }
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

    /// What came of a command about a series, which may be deleted by now.
    fileprivate func seriesOutcome(of note: EffectNote) throws -> SeriesOutcome? {
        let id = Identifier<RecurringTask>(note.recordID)
        guard let series = try series(id) else { return nil }
        var entry = SeriesEntry(series: series, clock: try clock(of: id))
        entry.policyFacts = try policyFacts(for: series.policies)
        return SeriesOutcome(
            entry: try shown(entry),
            task: try tasks(of: series).first.flatMap { try self.entry(of: $0.id) },
            effect: ChangeEffect(of: ChangePlan(.updated), reaching: 0),
            changeNumber: note.changeNumber
        )
    }
}
