import Recurrence
import SystemZones
import Testing

struct ZoneTests {
    private let zones = SystemZones()

    @Test(
        arguments: [
            // New York's clocks skip 02:00 to 03:00 and show 01:00 to 02:00 twice.
            ("America/New_York", "20240310T015959", "20240310T065959"),
            ("America/New_York", "20240310T023000", "20240310T073000"),
            ("America/New_York", "20240310T030000", "20240310T070000"),
            ("America/New_York", "20241103T013000", "20241103T053000"),
            ("America/New_York", "20241103T020000", "20241103T070000"),
            // After the file's last transition, the rule in its footer holds.
            ("America/New_York", "98760310T023000", "98760310T073000"),
            ("Australia/Lord_Howe", "20241006T020000", "20241005T153000"),
            ("Pacific/Apia", "20111230T120000", "20111230T220000"),
            ("Pacific/Apia", "20111231T120000", "20111230T220000"),
            ("Asia/Kathmandu", "20240101T000000", "20231231T181500"),
            ("UTC", "20240101T000000", "20240101T000000"),
        ]
    )
    func `a local date-time is resolved by the zone`(
        name: String,
        local: String,
        utc: String
    ) throws {
        let zone = try zones.zone(named: name)
        let timestamp = zone.timestamp(of: try #require(LocalDateTime(local)))
        #expect(Zone.utc.localDateTime(at: timestamp).description == utc)
    }

    @Test(arguments: ["", "../etc/passwd", "/etc/passwd", "America/../UTC", "America", "No/Where"])
    func `a name that is no zone is refused`(name: String) {
        #expect(throws: UnknownZone(identifier: name)) { try zones.zone(named: name) }
    }
}

extension LocalDateTime {
    /// Reads `19970902T090000`.
    init?(_ text: String) {
        guard
            case .local(let local, _)? = CalendarText(
                parsing: text,
                in: .compact,
                allowing: .iCalendar
            )
        else { return nil }
        self = local
    }
}
