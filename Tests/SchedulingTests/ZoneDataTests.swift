import Foundation
import Recurrence
import Scheduling
import Synchronization
import SystemZones
import Tasks
import TestSupport
import Testing

/// Which release zone files are of, how old it is, and whether there is a newer one.
@Suite struct ZoneDataTests {
    private let old = try? ZoneFolder()
    private let new = try? ZoneFolder()

    @Test(arguments: [
        (["tzdata.zi": "# version 2025b\n# a comment\n"], "2025b"),
        (["tzdata.zi": "# version 2025za-dirty\n"], "2025za-dirty"),
        (["+VERSION": "2024a\n"], "2024a"),
        (["tzdata.zi": "# version 2025b\n", "+VERSION": "2024a\n"], "2025b"),
        (["tzdata.zi": "# This zic input file\n", "+VERSION": "2024a"], "2024a"),
        (["tzdata.zi": "# version unknown\n"], nil), (["tzdata.zi": ""], nil),
        (["+VERSION": "20\u{fffd}5b"], nil), (["+VERSION": "2025"], nil),
        (["+VERSION": "2025B"], nil), ([:], nil),
    ])
    func `a folder tells its release`(files: [String: String], release: String?) throws {
        let folder = try #require(old)
        for (name, text) in files { try folder.write(text, to: name) }
        #expect(SystemZones(directory: folder.path).data.release == release)
    }

    @Test(arguments: [
        ("2025b", "#updated 1751846400 (2025-07-07 00:00:00 UTC)", "2025-07-07T00:00:00Z"),
        ("2025b", "#updated 1720104763", "2025-01-01T00:00:00Z"),
        ("2025b", "# Leap seconds", "2025-01-01T00:00:00Z"),
        ("2025b", "#updated ", "2025-01-01T00:00:00Z"),
        ("2025b", "#updated 9223372036854775807", "2025-01-01T00:00:00Z"),
        ("?", "#updated 1751846400", "2025-07-07T00:00:00Z"), ("?", "", nil),
        ("0000a", "", nil),
    ])
    func `the newest date is that of the leap seconds, or the year of the release`(
        release: String,
        leapSeconds: String,
        date: String?
    ) throws {
        let folder = try #require(old)
        try folder.write("# version \(release)\n", to: "tzdata.zi")
        try folder.write("# Allowance\n\(leapSeconds)\n", to: "leapseconds")
        let found = SystemZones(directory: folder.path).data.newestDate
        #expect(found == (try date.map { try Timestamp(reading: $0) }))
    }

    @Test(arguments: [
        ("2025b", "2025c", true), ("2025c", "2026a", true), ("2025z", "2025za", true),
        ("2025b", "2025b", false), ("2026a", "2025c", false), ("?", "2025c", false),
        ("2025b", "?", false),
    ])
    func `a newer folder is found by its release, if a zone in use differs`(
        release: String,
        other: String,
        isNewer: Bool
    ) throws {
        let (old, new) = (try #require(old), try #require(new))
        try old.write("# version \(release)\n", to: "tzdata.zi")
        try new.write("# version \(other)\n", to: "tzdata.zi")
        try old.copy("America/New_York", to: "Town")
        try old.copy("Europe/Berlin", to: "City")
        try new.copy("America/Chicago", to: "Town")
        try new.copy("Europe/Berlin", to: "City")
        let zones = SystemZones(directory: old.path)
        _ = try zones.zone(named: "City")
        let year = try Timestamp(reading: "2026-01-01T00:00:00Z")
        let range = year..<year.advanced(by: .days(365))
        let folders = ["/nowhere", old.path, new.path]
        #expect(zones.newerData(among: folders, in: range) == nil)
        _ = try zones.zone(named: "Town")
        let found = zones.newerData(among: folders, in: range)
        #expect(found?.data.directory == (isNewer ? new.path : nil))
        #expect(found?.differing == (isNewer ? ["Town"] : nil))
    }

    @Test func `zones are compared within the time that matters`() throws {
        let zones = SystemZones()
        // Both have the same clocks today; until 1974 they had not.
        let (detroit, newYork) = (
            try zones.zone(named: "America/Detroit"), try zones.zone(named: "America/New_York")
        )
        let today = try Timestamp(reading: "2026-01-01T00:00:00Z")
        #expect(detroit.showsTheSame(as: newYork, in: today..<today.advanced(by: .days(9_999))))
        let past = try Timestamp(reading: "1960-01-01T00:00:00Z")
        #expect(!detroit.showsTheSame(as: newYork, in: past..<today))
        let chicago = try zones.zone(named: "America/Chicago")
        #expect(!chicago.showsTheSame(as: newYork, in: today..<today.advanced(by: .days(1))))
        #expect(Zone.utc.showsTheSame(as: .utc, in: past..<today))
    }

    // MARK: Telling

    private let clock = TestClock(Timestamp(seconds: 1_800_000_000))
    private let log = LogRecorder()

    private func watch(_ looks: Looks) -> ZoneDataWatch {
        ZoneDataWatch(
            look: { _ in looks.next },
            now: { [clock] in clock.now },
            logger: log.logger(),
            pause: {}
        )
    }

    /// What is found at each look.
    private final class Looks: Sendable {
        private let found: Mutex<ZoneDataWatch.Look>

        init(_ release: String?, _ date: Timestamp?) {
            found = Mutex((ZoneData(directory: "/zones", release: release, newestDate: date), nil))
        }

        var next: ZoneDataWatch.Look {
            get { found.withLock { $0 } }
            set { found.withLock { $0 = newValue } }
        }
    }

    @Test(arguments: [(366, true), (365, false)])
    func `a release is old a year after its newest date`(days: Int, isOld: Bool) throws {
        let date = clock.now.advanced(by: .days(-days))
        let watch = watch(Looks("2026f", date))
        #expect(watch.release == nil)
        watch.check()
        #expect(watch.release == "2026f")
        #expect(watch.warnings.count == (isOld ? 1 : 0))
        let day = Zone.utc.localDateTime(at: date).date.text(in: .extended)
        let warning = """
            warning: The time zones are older than a year: release 2026f, whose newest date is \
            \(day)
            """
        #expect(
            log.lines == ["info: Reads time zones directory=/zones release=2026f"]
                + (isOld ? [warning] : [])
        )
    }

    @Test func `a warning is told once a day, and when it is another`() throws {
        let looks = Looks(nil, nil)
        let watch = watch(looks)
        watch.check()
        #expect(watch.release == "unknown")
        #expect(log.lines == ["info: Reads time zones directory=/zones release=unknown"])
        for count in [3, 12] {
            looks.next.newer = NewerZoneData(
                data: ZoneData(directory: "/new", release: "2026f"),
                differing: (1...count).map { "Zone\($0)" }
            )
            for _ in 1...3 {
                watch.check()
                clock.advance(by: .days(1) - .seconds(1))
            }
        }
        let some = """
            warning: There are newer time zones, release 2026f in /new, with other clocks for \
            Zone1, Zone2, Zone3
            """
        let many = """
            \(some), Zone4, Zone5, Zone6, Zone7, Zone8, Zone9, Zone10 and 2 others
            """
        // The third look is less than a day after the second.
        #expect(Array(log.lines.dropFirst()) == [some, some, many, many])
        looks.next.newer = nil
        watch.check()
        #expect(watch.warnings.isEmpty)
        #expect(log.lines.count == 5)
    }
}

/// A folder for zone files.
private final class ZoneFolder: Sendable {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    var path: String { folder.path }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }

    func copy(_ zone: String, to name: String) throws {
        try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(zone)"))
            .write(to: URL(filePath: "\(path)/\(name)"))
    }
}
