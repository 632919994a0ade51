internal import Foundation
public import Recurrence
internal import Synchronization

/// The system's time zones: TZif files, read when they are first asked for and kept.
///
/// A file that changes later is not noticed by itself, only by ``refresh()``.
public final class SystemZones: ZoneSource, Sendable {
    /// The directory that the files are in.
    public let directory: String

    private let cache = Mutex<[String: Entry]>([:])

    private struct Entry {
        let zone: Zone
        let stamp: FileStamp
    }

    /// What tells one content of a file from another without reading it.
    private struct FileStamp: Equatable {
        let inode: UInt64
        let size: UInt64
        let modified: Date
    }

    /// The largest file that is read, in bytes; the largest of the IANA files have about 4,000.
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
    /// - Throws: `UnknownZone` where there is no such file, where it is not a TZif file, and where
    ///   the name would leave the directory.
    /// - Complexity: Reads a file the first time; then a look into a table.
    public func zone(named identifier: String) throws(UnknownZone) -> Zone {
        if let entry = cache.withLock({ $0[identifier] }) { return entry.zone }
        guard let entry = read(identifier) else { throw UnknownZone(identifier: identifier) }
        return cache.withLock { cache in
            cache[identifier] = entry
            return entry.zone
        }
    }

    /// Forgets the zones whose files have changed, and tells whether there were any.
    ///
    /// A changed file is read when its zone is asked for next. Zones and sets that were made before
    /// keep the clocks that they were made with.
    ///
    /// - Complexity: One look at the file system for each zone in use.
    @discardableResult public func refresh() -> Bool {
        let entries = cache.withLock { $0 }
        let changed = entries.filter { stamp(of: $0.key) != $0.value.stamp }.map(\.key)
        cache.withLock { cache in
            for identifier in changed { cache[identifier] = nil }
        }
        return !changed.isEmpty
    }

    /// The version of the time-zone database, such as `2025b`.
    ///
    /// Where no file tells it, the sizes and times of the files in use stand in for it.
    public var databaseVersion: String {
        if let text = contents(of: "+VERSION") {
            return String(decoding: text, as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let path = directory + "/tzdata.zi"
        if let file = FileHandle(forReadingAtPath: path), let head = try? file.read(upToCount: 64) {
            let line = String(decoding: head.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            if line.hasPrefix("# version ") { return String(line.dropFirst(10)) }
        }
        return fingerprint
    }

    private var fingerprint: String {
        // FNV-1a, over the zones whose rules change most often.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for name in ["Africa/Casablanca", "America/New_York", "Asia/Gaza", "Europe/Berlin"] {
            for byte in contents(of: name) ?? [] {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
            }
        }
        return "unversioned-" + String(hash, radix: 16)
    }

    // MARK: Files

    private func read(_ identifier: String) -> Entry? {
        guard SystemZones.isSafe(identifier), let stamp = stamp(of: identifier),
            let bytes = contents(of: identifier),
            let zone = try? Zone(identifier: identifier, tzif: bytes)
        else { return nil }
        return Entry(zone: zone, stamp: stamp)
    }

    private func contents(of name: String) -> [UInt8]? {
        guard let stamp = stamp(of: name), stamp.size <= SystemZones.sizeLimit,
            let data = FileManager.default.contents(atPath: "\(directory)/\(name)")
        else { return nil }
        return Array(data)
    }

    private func stamp(of name: String) -> FileStamp? {
        let path = URL(filePath: "\(directory)/\(name)").resolvingSymlinksInPath()
            .path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = attributes[.size] as? NSNumber,
            let inode = attributes[.systemFileNumber] as? NSNumber,
            let modified = attributes[.modificationDate] as? Date
        else { return nil }
        return FileStamp(inode: inode.uint64Value, size: size.uint64Value, modified: modified)
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
