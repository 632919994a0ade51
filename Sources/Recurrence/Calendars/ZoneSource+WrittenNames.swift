extension ZoneSource {
    /// Returns the zone that a name means, as calendars and people write it.
    ///
    /// Besides an IANA name in any case, that is one with a path before it
    /// (`/freeassociation.sourceforge.net/Tzfile/Europe/Stockholm`), a name of Windows'
    /// (`W. Europe Standard Time`), one that Windows or Outlook shows
    /// (`(UTC-05:00) Eastern Time (US & Canada)`), and an offset from UTC (`+02:00`, `UTC+2`).
    ///
    /// - Throws: ``UnknownZone`` where no zone has such a name.
    /// - Complexity: As ``zone(named:)``, a few times for a name that is not an IANA name.
    public func zone(writtenAs name: String) throws(UnknownZone) -> Zone {
        guard let zone = writtenZone(name) else { throw UnknownZone(identifier: name) }
        return zone
    }

    private func writtenZone(_ written: String) -> Zone? {
        guard written.utf8.count <= 255 else { return nil }
        let bytes = written.utf8.filter { $0 != UInt8(ascii: "\"") }[...]
        let name = String(decoding: bytes.trimmingBlanks, as: UTF8.self)
        return ianaZone(name) ?? namedZone(name) ?? Zone(offsetText: name) ?? zone(pathTailOf: name)
    }

    /// The zone of an IANA name in any case.
    func ianaZone(_ name: String) -> Zone? {
        if let zone = try? zone(named: name) { return zone }
        if name.lowercased() == Zone.utc.identifier.lowercased() { return .utc }
        return identifier(inAnyCase: name).flatMap { try? zone(named: $0) }
    }

    /// The zone of a name of Windows' or Outlook's.
    private func namedZone(_ name: String) -> Zone? {
        var bare = name[...]
        if name.hasPrefix("(UTC") || name.hasPrefix("(GMT"), let end = name.firstIndex(of: ")") {
            bare = name[end...].dropFirst().drop { $0 == " " }
            // An offset that stands alone says all there is to know.
            if bare.isEmpty { return Zone(offsetText: String(name[..<end].dropFirst())) }
        }
        let identifier = WindowsZones.identifiers[bare] ?? DisplayedZones.identifiers[bare]
        return identifier.flatMap { try? zone(named: $0) }
    }

    /// The zone that the end of a path names; the longest end that does.
    private func zone(pathTailOf name: String) -> Zone? {
        var words = name.split(separator: "/")
        guard words.count <= 16 else { return nil }
        // A single word at the end is a zone's name only of a path that begins with a slash, as
        // those of vendors do: "Germany/Berlin" is not of that kind, nor is "Mexico/Jamaica".
        let least = name.hasPrefix("/") ? 1 : 2
        if least == 2 { words = Array(words.dropFirst()) }
        while words.count >= least {
            if let zone = ianaZone(words.joined(separator: "/")) { return zone }
            words.removeFirst()
        }
        return nil
    }
}

extension Zone {
    /// Reads a zone of one offset: `+02:00`, `+0200`, `+2`, after `UTC` or `GMT` or not.
    init?(offsetText: String) {
        var reader = TextReader(upperCased(Array(offsetText.utf8)[...])[...])
        for character in ["U", "G"] as [Unicode.Scalar] where reader.skip(character) {
            let rest: [Unicode.Scalar] = character == "U" ? ["T", "C"] : ["M", "T"]
            for letter in rest { guard reader.skip(letter) else { return nil } }
            _ = reader.skip(" ")
            break
        }
        let isNegative = reader.skip("-")
        guard isNegative || reader.skip("+"), let seconds = reader.offsetSeconds() else {
            return nil
        }
        self.init(secondsEastOfUTC: isNegative ? -seconds : seconds)
    }
}

extension TextReader {
    /// Reads `h`, `hh`, `hhmm` or `hh:mm` to the end of the text, as seconds.
    fileprivate mutating func offsetSeconds() -> Int? {
        guard let first = digits(2) ?? digits(1), first <= 23 else { return nil }
        if isAtEnd { return first * 3600 }
        _ = skip(":")
        guard let minutes = digits(2), minutes <= 59, isAtEnd else { return nil }
        return first * 3600 + minutes * 60
    }
}
