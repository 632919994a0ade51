extension CompiledRule {
    /// The same rule, but with BYSETPOS counting from the start in the period that holds it.
    func cutting(
        _ rule: RecurrenceRule,
        start: LocalDateTime,
        options: RecurrenceOptions
    ) -> CompiledRule {
        let end = CompiledRule.periodEnd(rule, start)
        // The period's occurrences, from the start on, are those of the rule without BYSETPOS.
        var plain = rule
        plain.setPositions = []
        let whole = CompiledRule(plain, start: start, last: end - 1, options: options)
        let positions = PositionSet(rule.setPositions)
        let total = whole.count(below: end)
        var leading: [Int] = []
        var next = positions.first(from: 0, of: total)
        while let place = next, let slot = whole.slot(at: place) {
            leading.append(slot)
            next = positions.first(from: place + 1, of: total)
        }
        return CompiledRule(cutting: self, leadingSlots: leading, firstSlot: end)
    }

    /// Where the period that holds the start ends.
    private static func periodEnd(_ rule: RecurrenceRule, _ start: LocalDateTime) -> Int {
        let slot = Int(start.secondsSince1970)
        let day = start.date.daysSince1970
        let shape = YearShape(YearShape.year(of: day))
        switch rule.frequency {
        case .secondly: return slot + 1
        case .minutely: return (slot.floorDivided(by: 60) + 1) * 60
        case .hourly: return (slot.floorDivided(by: 3600) + 1) * 3600
        case .daily: return (day + 1) * 86_400
        case .weekly:
            let passed = (YearShape.weekday(of: day) - rule.weekStart.rawValue).modulo(7)
            return (day - passed + 7) * 86_400
        case .monthly:
            let month = shape.month(of: day - shape.firstDay)
            return (shape.firstDay + shape.dayCount(beforeMonth: month + 1)) * 86_400
        case .yearly: return (shape.firstDay + shape.dayCount) * 86_400
        }
    }
}
