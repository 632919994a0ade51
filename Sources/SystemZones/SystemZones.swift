internal import Foundation
public import Recurrence
internal import Synchronization

/// The system's time zones: TZif files, read when they are first asked for and kept.
///
/// A file that changes later is not noticed.
public final class SystemZones: ZoneSource, Sendable {
    /// The directory that the files are in.
    public let directory: String

    private let cache = Mutex<[String: Zone]>([:])

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
        if let zone = cache.withLock({ $0[identifier] }) { return zone }
        guard let zone = read(identifier) else { throw UnknownZone(identifier: identifier) }
        cache.withLock { $0[identifier] = zone }
        return zone
    }

    // MARK: Files

    private func read(_ identifier: String) -> Zone? {
        guard SystemZones.isSafe(identifier), let bytes = contents(of: identifier) else {
            return nil
        }
        return try? Zone(identifier: identifier, tzif: bytes)
    }

    private func contents(of name: String) -> [UInt8]? {
        let path = "\(directory)/\(name)"
        let file = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = attributes[.size] as? NSNumber, size.uint64Value <= SystemZones.sizeLimit,
            let data = FileManager.default.contents(atPath: path)
        else { return nil }
        return Array(data)
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
