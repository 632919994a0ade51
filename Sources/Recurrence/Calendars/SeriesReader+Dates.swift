extension SeriesReader {
    /// The dates of all lines of a property.
    mutating func writtenDates(_ name: String) throws(ParseError) -> WrittenDates {
        var dates = WrittenDates()
        for line in component.lines(name) { try read(line, &dates) }
        return dates
    }

    private mutating func read(
        _ line: ContentLine,
        _ dates: inout WrittenDates
    ) throws(ParseError) {
        let (kind, zoneName) = try parameters(of: line)
        let marks: Set<UInt8> = [UInt8(ascii: ","), UInt8(ascii: ";")]
        if line.value.contains(UInt8(ascii: ";")) {
            try remarks.flaw(line.name, "its values are separated by semicolons")
        }
        let values = line.value.split(
            omittingEmptySubsequences: false,
            whereSeparator: marks.contains
        )
        for value in values {
            let text = value.trimmingBlanks
            if text.count != value.count { try remarks.flaw(line.name, "there are blanks in it") }
            guard !text.isEmpty else {
                try remarks.flaw(line.name, "it has an empty value, which is left out")
                continue
            }
            // A period's end or length follows its beginning.
            let beginning = text.prefix { $0 != UInt8(ascii: "/") }
            let read = try date(beginning, isInstant: true, line.name)
            try noteKind(of: read, as: kind, line.name)
            let value = WrittenValue(
                property: line.name,
                text: string(beginning),
                zoneName: zoneName
            )
            switch read {
            case .date(let date): try add(date, value, &dates)
            case .local(let local, _): try add(local, value, &dates)
            case .instant(let timestamp): try add(timestamp, value, &dates)
            }
        }
    }

    /// A value of RDATE or EXDATE.
    private struct WrittenValue {
        let property: String
        let text: String
        /// The zone that is written with it.
        let zoneName: String?
    }

    private mutating func add(
        _ date: CivilDate,
        _ value: WrittenValue,
        _ dates: inout WrittenDates
    ) throws(ParseError) {
        if isAllDay {
            dates.slots.append(LocalDateTime(date))
        } else if value.property == "EXDATE" {
            try remarks.flaw(value.property, "a day takes out all that lies on it")
            dates.days.append(date)
        } else {
            try remarks.flaw(value.property, "a day has the time of the start")
            dates.slots.append(LocalDateTime(date, secondOfDay: start.secondOfDay))
        }
    }

    private mutating func add(
        _ local: LocalDateTime,
        _ value: WrittenValue,
        _ dates: inout WrittenDates
    ) throws(ParseError) {
        if isAllDay {
            try remarks.flaw(
                value.property,
                "of a date-time only the day counts, as the start is a day"
            )
            // In the zone of the set, which may be another than that of the line.
            var day = local.date
            if let own = zone(ofDay: value), let other = knownDayZone(), own != other {
                day = other.localDateTime(at: own.timestamp(of: local)).date
            }
            return dates.slots.append(LocalDateTime(day))
        }
        guard let name = value.zoneName else {
            if zone != nil {
                try remarks.flaw(
                    value.property,
                    "\(value.text) has no zone; it is read in that of the start"
                )
            }
            return dates.slots.append(local)
        }
        let own = try zones.zone(named: name, &remarks)
        guard let clocks = knownDayZone() else {
            try remarks.flaw(
                value.property,
                "it has a zone, but the start has none; it is read without"
            )
            return dates.slots.append(local)
        }
        if zone == nil {
            try remarks.flaw(
                value.property,
                "it is in \(own.identifier); it is what \(clocks.identifier) shows, as the start "
                    + "has no zone"
            )
        }
        if own == clocks { return dates.slots.append(local) }
        dates.instants.append(
            WrittenDates.Instant(
                timestamp: own.timestamp(of: local),
                zone: clocks,
                text: value.text
            )
        )
    }

    private mutating func add(
        _ timestamp: Timestamp,
        _ value: WrittenValue,
        _ dates: inout WrittenDates
    ) throws(ParseError) {
        if isAllDay {
            let zone = zone(ofDay: value) ?? dayZone()
            let day = DayOfInstant(timestamp, in: zone)
            try remarks.flaw(
                value.property,
                "an instant is the day that it lies on in \(day.isOfUTC ? "UTC" : zone.identifier)"
            )
            return dates.slots.append(LocalDateTime(day.date))
        }
        if let name = value.zoneName {
            // RFC 5545, section 3.2.19: it must not be there, and UTC it is.
            try remarks.flaw(
                value.property,
                "a time in UTC cannot have a TZID; \(name.prefix(64)) is left out"
            )
        }
        let clocks = dayZone()
        if zone == nil {
            try remarks.flaw(
                value.property,
                "an instant is what \(clocks.identifier) shows, as the start has no zone"
            )
        }
        dates.instants.append(
            WrittenDates.Instant(timestamp: timestamp, zone: clocks, text: value.text)
        )
    }

    /// The zone that is written with a day or what counts as one; nothing where there is none by
    /// that name.
    private mutating func zone(ofDay value: WrittenValue) -> Zone? {
        guard let name = value.zoneName else { return nil }
        guard let zone = try? zones.zone(named: name, &remarks) else {
            remarks.note(value.property, "there is no zone \(name.prefix(64)); the day needs none")
            return nil
        }
        return zone
    }

    /// Tells of a value that is a day or a time though VALUE says otherwise; it counts as it is
    /// written.
    mutating func noteKind(
        of value: CalendarText,
        as kind: String?,
        _ part: String
    ) throws(ParseError) {
        guard let kind = kind?.uppercased() else { return }
        switch value {
        case .date where kind == "DATE-TIME":
            try remarks.flaw(part, "it is a day, though VALUE says DATE-TIME")
        case .local where kind == "DATE", .instant where kind == "DATE":
            try remarks.flaw(part, "it has a time, though VALUE says DATE")
        case .date, .local, .instant: break
        }
    }

    // MARK: Parameters

    /// The parameters VALUE and TZID of a line of dates.
    ///
    /// - Throws: An error where a zone may be written, but which one is not clear.
    mutating func parameters(
        of line: ContentLine
    ) throws(ParseError) -> (kind: String?, zoneName: String?) {
        var (kind, zoneName): (String?, String?)
        for written in line.parameters {
            let parameter = try mended(written, of: line)
            switch (parameter.name, parameter.value) {
            case ("", ""): try remarks.flaw(line.name, "it has an empty parameter")
            case ("TZID", ""):
                if line.hasLocalTimes {
                    throw ParseError(part: line.name, reason: "its TZID names no zone")
                }
                try remarks.flaw(line.name, "its TZID names no zone; it needs none")
            case ("", let name), ("TZID", let name):
                if parameter.name.isEmpty {
                    guard (try? zones.zone(named: name, &remarks)) != nil else {
                        throw ParseError(
                            part: line.name,
                            reason: "\(name.prefix(64)) is no parameter: it has no equals sign"
                        )
                    }
                    try remarks.flaw(line.name, "\(name.prefix(64)) is read as its TZID")
                }
                if let other = zoneName, other != name {
                    throw ParseError(
                        part: line.name,
                        reason: "it has two zones, \(other.prefix(64)) and \(name.prefix(64))"
                    )
                }
                if zoneName != nil { try remarks.flaw(line.name, "its TZID is there twice") }
                zoneName = name
            case ("VALUE", let value): kind = kind ?? value
            case (let name, _):
                if !name.hasPrefix("X-") {
                    remarks.note(line.name, "its parameter \(name.prefix(64)) is left out")
                }
            }
        }
        return (kind, zoneName)
    }

    /// A parameter under the name TZID where its own is nearly that, or another word for it, and the
    /// line's dates need a zone.
    private mutating func mended(
        _ parameter: ContentLine.Parameter,
        of line: ContentLine
    ) throws(ParseError) -> ContentLine.Parameter {
        let isZone =
            ["TIMEZONE", "TZ"].contains(parameter.name)
            || differsByOneLetter(Array(parameter.name.utf8), Array("TZID".utf8))
        guard isZone, line.hasLocalTimes else { return parameter }
        try remarks.flaw(line.name, "its parameter \(parameter.name) is read as its TZID")
        return ContentLine.Parameter(name: "TZID", value: parameter.value)
    }
}

extension ContentLine {
    /// Whether some of its dates have a time, but no Z.
    fileprivate var hasLocalTimes: Bool {
        upperCasedValue.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
            .map(\.trimmingBlanks)
            .contains { $0.contains(UInt8(ascii: "T")) && $0.last != UInt8(ascii: "Z") }
    }
}
