extension ContentLine {
    /// A rule, and the start that stands within it.
    struct WrittenRule {
        let rule: RecurrenceRule
        var start: ArraySlice<UInt8>?
        var zoneName: String?
        /// The COUNT that stands beside the rule's UNTIL.
        var count: Int?
    }

    /// Reads the value as a rule.
    func rule(_ remarks: inout RemarkList) throws(RecurrenceSet.ParseError) -> WrittenRule {
        let text = upperCasedValue
        // Most rules have no flaw.
        if let rule = try? RecurrenceRule(bytes: text) { return WrittenRule(rule: rule) }
        if remarks.strictness == .strict {
            return WrittenRule(rule: try ContentLine.rule(text))
        }
        let repair = try RuleRepair(text, asWritten: value, property: name, &remarks)
        return WrittenRule(
            rule: try ContentLine.rule(repair.text[...]),
            start: repair.start,
            zoneName: repair.zoneName,
            count: repair.count
        )
    }

    private static func rule(
        _ bytes: ArraySlice<UInt8>
    ) throws(RecurrenceSet.ParseError) -> RecurrenceRule {
        do throws(RecurrenceRule.ParseError) {
            return try RecurrenceRule(bytes: bytes)
        } catch {
            throw RecurrenceSet.ParseError(part: error.part, reason: error.reason)
        }
    }
}
