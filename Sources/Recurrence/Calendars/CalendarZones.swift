/// The zones that a calendar's text names: those of a source, and those that the text defines.
struct CalendarZones<Source: ZoneSource> {
    typealias ParseError = RecurrenceSet.ParseError

    private let source: Source
    private let components: [CalendarComponent]
    private var known: [String: Zone] = [:]

    init(_ source: Source, definedIn text: CalendarComponent) {
        self.source = source
        components = text.all(["VTIMEZONE"])
    }

    /// The name of the only zone that the text defines.
    var onlyName: String? { components.count == 1 ? components[0].text("TZID") : nil }

    /// Returns the zone of a name.
    ///
    /// - Throws: An error where neither the source nor the text has it.
    mutating func zone(
        named name: String,
        _ remarks: inout RemarkList
    ) throws(ParseError) -> Zone {
        if let zone = known[name] { return zone }
        let zone = try find(name, &remarks)
        known[name] = zone
        return zone
    }

    private func find(_ name: String, _ remarks: inout RemarkList) throws(ParseError) -> Zone {
        let component = component(named: name)
        if let component { noteOthers(like: component, &remarks) }
        if let zone = source.ianaZone(name) {
            guard let other = component.flatMap({ contradiction($0, to: zone) }) else {
                try remarks.flaw(readAs: zone, name)
                return zone
            }
            // A full IANA name means the IANA's zone, in a newer release than the definition is of.
            // Programs also write EST and the like for zones that change their clocks.
            if zone.identifier.contains("/") {
                remarks.note(
                    "TZID",
                    "the text defines \(name.prefix(64)) otherwise than the IANA, whose zone counts"
                )
                return zone
            }
            return told(other.match(in: source), other, name, &remarks)
        }
        let named = try? source.zone(writtenAs: name)
        guard let component else {
            guard let named else {
                throw ParseError(part: "TZID", reason: "there is no zone \(name.prefix(64))")
            }
            try remarks.flaw(readAs: named, name)
            return named
        }
        let definition: ZoneDefinition
        do throws(ParseError) {
            definition = try ZoneDefinition(component, &remarks)
        } catch {
            guard let named else { throw error }
            try remarks.flaw(error.part, error.reason)
            try remarks.flaw(readAs: named, name)
            return named
        }
        if let zone = named, zone.agrees(with: definition.zone) {
            remarks.note("TZID", "\(name.prefix(64)) is read as \(zone.identifier)")
            return zone
        }
        return told(definition.match(in: source), definition, name, &remarks)
    }

    /// The zone of a definition: the IANA's that it matches, if there is one.
    private func told(
        _ match: Zone?,
        _ definition: ZoneDefinition,
        _ name: String,
        _ remarks: inout RemarkList
    ) -> Zone {
        guard let match else {
            remarks.note("TZID", "\(name.prefix(64)) is the zone that the text defines")
            return definition.zone
        }
        remarks.note("TZID", "\(name.prefix(64)) is defined as \(match.identifier) is")
        return match
    }

    /// The component that defines a zone; case makes no difference, nor quotes.
    private func component(named name: String) -> CalendarComponent? {
        components.first { $0.text("TZID") == name }
            ?? components.first { $0.text("TZID").map(plain) == plain(name) }
    }

    /// Tells of definitions under the same name that have other clocks.
    private func noteOthers(like component: CalendarComponent, _ remarks: inout RemarkList) {
        guard components.count > 1, let name = component.text("TZID") else { return }
        var ignored = RemarkList(.lenient)
        let zones = components.filter { $0.text("TZID").map(plain) == plain(name) }.compactMap {
            try? ZoneDefinition($0, &ignored).zone
        }
        guard let first = zones.first, !zones.allSatisfy(first.agrees) else { return }
        remarks.note(
            "TZID",
            "the text defines \(name.prefix(64)) several times and not alike; the first counts"
        )
    }

    private func plain(_ name: String) -> String {
        let bytes = upperCased(Array(name.utf8)[...]).filter { $0 != UInt8(ascii: "\"") }
        return String(decoding: bytes[...].trimmingBlanks, as: UTF8.self)
    }

    /// What a component defines, if it has other clocks than a zone.
    private func contradiction(
        _ component: CalendarComponent,
        to zone: Zone
    ) -> ZoneDefinition? {
        // What is wrong with a definition that hardly counts need not be told of.
        var remarks = RemarkList(.lenient)
        guard let definition = try? ZoneDefinition(component, &remarks) else { return nil }
        let isSame =
            zone.hasOneOffset(in: ZoneDefinition.years)
            ? definition.zone.hasClocks(of: zone, in: ZoneDefinition.years)
            : zone.agrees(with: definition.zone)
        return isSame ? nil : definition
    }
}

extension RemarkList {
    fileprivate mutating func flaw(
        readAs zone: Zone,
        _ name: String
    ) throws(RecurrenceSet.ParseError) {
        guard zone.identifier != name else { return }
        try flaw("TZID", "\(name.prefix(64)) is read as \(zone.identifier)")
    }
}

extension ZoneDefinition {
    /// The years in which an IANA zone must change its clocks as the definition does.
    fileprivate static let years = 2000...2037

    /// Returns the IANA zone with the same clocks in the years 2000 to 2037.
    ///
    /// It is the one that the definition names, or else one that stands for a zone of Windows'.
    func match(in source: some ZoneSource) -> Zone? {
        if let location, let zone = source.ianaZone(location), zone.agrees(with: self.zone) {
            return zone
        }
        for identifier in WindowsZones.identifiers.identifiers {
            guard let zone = try? source.zone(named: identifier) else { continue }
            if zone.hasClocks(of: self.zone, in: ZoneDefinition.years) { return zone }
        }
        return nil
    }
}

extension Zone {
    /// Whether two zones have the same offsets in the winter and the summer of 2020.
    ///
    /// Definitions under a known name are often old or short. They mean the zone that has the name,
    /// unless it is plainly another.
    fileprivate func agrees(with other: Zone) -> Bool {
        [1, 7].allSatisfy { month in
            guard let date = CivilDate(year: 2020, month: month, day: 15) else { return false }
            let time = Timestamp(seconds: Int64(date.daysSince1970) * 86_400)
            return offset(at: time) == other.offset(at: time)
        }
    }

    /// Whether the clocks never change in some years in UTC.
    fileprivate func hasOneOffset(in years: ClosedRange<Int>) -> Bool {
        let start = Int64(YearShape.firstDay(of: years.lowerBound)) * 86_400
        let end = Int64(YearShape.firstDay(of: years.upperBound + 1)) * 86_400
        return table.segment(atUTC: start).utc.upperBound >= end
    }

    /// Whether the clocks of two zones show the same at all times of some years in UTC.
    fileprivate func hasClocks(of other: Zone, in years: ClosedRange<Int>) -> Bool {
        var utc = Int64(YearShape.firstDay(of: years.lowerBound)) * 86_400
        let end = Int64(YearShape.firstDay(of: years.upperBound + 1)) * 86_400
        while utc < end {
            let (one, two) = (table.segment(atUTC: utc), other.table.segment(atUTC: utc))
            guard one.offset == two.offset,
                min(one.utc.upperBound, end) == min(two.utc.upperBound, end)
            else { return false }
            utc = one.utc.upperBound
        }
        return true
    }
}
