internal import Foundation
package import Recurrence

extension SystemZones {
    /// The folders in which systems keep their zone files.
    package static let usualDirectories = [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo",
    ]

    /// Which release of the IANA's data the files are of, as they are now.
    ///
    /// The first line of `tzdata.zi` names it, as the IANA's own makefile and Debian install it, or
    /// else the file `+VERSION`, which some systems have.
    ///
    /// No file tells the day of the release, and the letter in its name is no date. Two days are
    /// known to lie before it, and the later one is taken: the first of January of its year, and
    /// the day on which the list of leap seconds was last brought up to date, which happens twice a
    /// year (`#updated` in the file `leapseconds`).
    package var data: ZoneData {
        let release = release
        let newYear = release.flatMap { Int($0.prefix(4)) }
            .flatMap { CivilDate(year: $0, month: 1, day: 1) }
            .map { Zone.utc.timestamp(of: LocalDateTime($0)) }
        return ZoneData(
            directory: directory,
            release: release,
            newestDate: [newYear, leapSecondsUpdate].compactMap(\.self).max()
        )
    }

    /// The names of the zones that people choose from, in order: those of `zone.tab`, which has one for
    /// every region whose clocks have been the same since 1970, by country; and UTC.
    package var placeNames: [String] {
        let names = lines(of: "zone.tab").filter { !$0.hasPrefix("#") }.compactMap { line in
            let columns = line.split(separator: "\t")
            return columns.count > 2 ? String(columns[2]) : nil
        }
        return (names + [Zone.utc.identifier]).sorted()
    }

    private var release: String? {
        let source = firstLine(of: "tzdata.zi", after: "# version ")
        return [source, firstLine(of: "+VERSION", after: "")].lazy.compactMap(\.self)
            .first(where: Self.isRelease)
    }

    private var leapSecondsUpdate: Timestamp? {
        let prefix = "#updated "
        let line = lines(of: "leapseconds").first { $0.hasPrefix(prefix) }
        let seconds = line.flatMap { Int64($0.dropFirst(prefix.count).prefix { $0 != " " }) }
        // The years that have four digits, so that any file can be read.
        return seconds.flatMap { (0..<253_402_300_800).contains($0) ? Timestamp(seconds: $0) : nil }
    }

    /// Tells whether a text names a release: four digits and one letter or more, and perhaps what
    /// somebody has made of it.
    private static func isRelease(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (5...32).contains(bytes.count) else { return false }
        return bytes[..<4].allSatisfy { (0x30...0x39).contains($0) }
            && (0x61...0x7a).contains(bytes[4]) && bytes.allSatisfy { (0x21...0x7e).contains($0) }
    }

    private func firstLine(of name: String, after prefix: String) -> String? {
        guard let line = lines(of: name).first, line.hasPrefix(prefix) else { return nil }
        return line.dropFirst(prefix.count).trimmingCharacters(in: .whitespaces)
    }

    private func lines(of name: String) -> [String] {
        guard let bytes = contents(of: name) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    // MARK: Newer files

    /// Looks in other folders for newer files of the zones that were asked for so far.
    ///
    /// - Parameters:
    ///   - directories: Where to look.
    ///   - range: For which time the zones are compared.
    /// - Returns: The newest of the folders that are newer than this one and in which zones differ;
    ///   none if there is none.
    package func newerData(
        among directories: [String] = usualDirectories,
        in range: Range<Timestamp>
    ) -> NewerZoneData? {
        let data = data
        let found = directories.compactMap { directory in
            newerData(than: data, in: SystemZones(directory: directory), range)
        }
        return found.max { left, right in right.data.isNewer(than: left.data) }
    }

    private func newerData(
        than data: ZoneData,
        in others: SystemZones,
        _ range: Range<Timestamp>
    ) -> NewerZoneData? {
        let newer = others.data
        guard newer.isNewer(than: data) else { return nil }
        let differing = loaded.filter { zone in
            // A zone that the other folder does not have tells nothing.
            guard let other = try? others.zone(named: zone.identifier) else { return false }
            return !zone.showsTheSame(as: other, in: range)
        }
        if differing.isEmpty { return nil }
        return NewerZoneData(data: newer, differing: differing.map(\.identifier).sorted())
    }
}
