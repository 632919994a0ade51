internal import Foundation
public import Recurrence
internal import Synchronization

/// The system's time zones: TZif files, read when they are first asked for and kept.
///
/// A file that changes later is not noticed, except by a server, which looks from time to time.
public final class SystemZones: ZoneSource, Sendable {
    /// The directory that the files are in.
    public let directory: String

    /// The names in the directory by themselves in lower case; nothing before they are asked for.
    private let names = Mutex<[String: String]?>(nil)
    private let cache = Mutex<[String: LoadedZone]>([:])

    /// The size in bytes of the largest file that is read.
    ///
    /// The IANA's largest files have about 4,000.
    private static let sizeLimit = 1 << 18

    /// Uses the zones of a directory.
    ///
    /// - Parameter directory: Where the files are; if not given, the environment variable `TZDIR`
    ///   says so, or else they are in `/usr/share/zoneinfo`.
    public init(directory: String? = nil) {
        self.directory =
            directory ?? ProcessInfo.processInfo.environment["TZDIR"] ?? "/usr/share/zoneinfo"
    }

    /// Returns the zone of an IANA name, such as `America/New_York`.
    ///
    /// A zone that was read once is there from then on, whatever becomes of its file. `UTC` needs no
    /// file at all.
    ///
    /// - Throws: `UnknownZone` if there is no such file, if it is not a TZif file, or if the name
    ///   leads out of the directory.
    /// - Complexity: The first call for a name reads a file. Later calls look in a table.
    public func zone(named identifier: String) throws(UnknownZone) -> Zone {
        if identifier == Zone.utc.identifier { return .utc }
        if let zone = cache.withLock({ $0[identifier]?.zone }) { return zone }
        guard let loaded = read(identifier) else { throw UnknownZone(identifier: identifier) }
        return cache.withLock { cache in
            // Another caller may have been faster.
            if let known = cache[identifier] { return known.zone }
            cache[identifier] = loaded
            return loaded.zone
        }
    }

    /// Returns an IANA name as it is written, of the same name in any case.
    ///
    /// - Complexity: The first call lists the directory, some 600 names. Later calls look in a
    ///   table.
    public func identifier(inAnyCase name: String) -> String? {
        names.withLock { names in
            if names == nil { names = listedNames() }
            return names?[name.lowercased()]
        }
    }

    // MARK: Files

    /// The names of the files in the directory and below it; the copies of all zones that Debian has
    /// in folders of their own are left out.
    private func listedNames() -> [String: String] {
        var names: [String: String] = [:]
        guard let files = FileManager.default.enumerator(atPath: directory) else { return names }
        for case let name as String in files {
            if name.hasPrefix("posix") || !SystemZones.isZone(name) { continue }
            names[name.lowercased()] = name
        }
        return names
    }

    private func read(_ identifier: String) -> LoadedZone? {
        guard SystemZones.isZone(identifier), let bytes = contents(of: identifier) else {
            return nil
        }
        return try? LoadedZone(identifier, bytes)
    }

    func contents(of name: String) -> [UInt8]? {
        let path = "\(directory)/\(name)"
        let file = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = attributes[.size] as? NSNumber, size.uint64Value <= SystemZones.sizeLimit,
            let data = FileManager.default.contents(atPath: path)
        else { return nil }
        return Array(data)
    }

    /// Tells whether a name can be that of an IANA zone: other files say which zone this machine is
    /// in, or count leap seconds.
    private static func isZone(_ identifier: String) -> Bool {
        let others: Set = ["localtime", "posixrules", "Factory"]
        return isSafe(identifier) && !others.contains(identifier)
            && !identifier.hasPrefix("right/")
    }

    /// Tells whether a name stays below the directory: words of letters, digits and a few signs.
    private static func isSafe(_ identifier: String) -> Bool {
        guard !identifier.isEmpty, identifier.utf8.count <= 128 else { return false }
        let words = identifier.split(separator: "/", omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            guard let first = word.utf8.first, first != UInt8(ascii: ".") else { return false }
            return word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
        }
    }
}

extension SystemZones: ChangingZoneSource {
    package var loaded: [Zone] { cache.withLock { $0.values.map(\.zone) } }

    /// Reads the files of all loaded zones again and takes those that have changed.
    ///
    /// A zone whose file is gone, cut short or not a zone's keeps its table, until the file can be
    /// read again.
    ///
    /// - Complexity: Reads each file, about 3 kB.
    package func refresh() -> ZoneRefresh {
        var refresh = ZoneRefresh()
        for (name, known) in cache.withLock({ $0 }) {
            let bytes = contents(of: name)
            if bytes == known.bytes, !known.isUnreadable { continue }
            var loaded = known
            if let found = bytes.flatMap({ try? LoadedZone(name, $0) }) {
                loaded = found
                if found.zone != known.zone { refresh.changed.append(name) }
            } else {
                loaded.isUnreadable = true
                if !known.isUnreadable { refresh.unreadable.append(name) }
            }
            cache.withLock { $0[name] = loaded }
        }
        return refresh
    }
}

/// A zone as it was read from its file.
private struct LoadedZone {
    var zone: Zone
    var bytes: [UInt8]
    /// Whether the file could not be read when it was last looked at.
    var isUnreadable = false

    init(_ identifier: String, _ bytes: [UInt8]) throws(TZifError) {
        zone = try Zone(identifier: identifier, tzif: bytes)
        self.bytes = bytes
    }
}
