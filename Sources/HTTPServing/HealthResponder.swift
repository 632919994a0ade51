import HTTPTypes
package import Hummingbird
import JSON
import Synchronization
package import Tasks

/// Answers whether the server is alive, and whether it is ready to work.
///
/// `GET /health` answers 200 while requests are served. It answers 503 before that, during shutdown,
/// and while the store is in trouble, which its status then names. `GET /health?deep` tries the
/// store out first. The answer tells how many series are set aside, and how many
/// are held for which reasons, if any. If the machine's clock is not
/// believed, a member `clock` says why. A member `zones` tells which time zones the server reads, and
/// what is wrong with their age. The server works all the same.
package struct HealthResponder: HTTPResponder {
    package typealias Context = BasicRequestContext

    private let readiness: Readiness
    private let setAsideCount: @Sendable () -> Int
    private let heldSeries: @Sendable () -> [HeldSeries]
    private let clockTrouble: @Sendable () -> String?
    private let zones: @Sendable () -> ZoneHealth?
    private let storeTrouble: @Sendable () -> StoreTrouble?
    private let storeTroubleOnTrial: @Sendable () async -> StoreTrouble?

    /// Creates a responder.
    ///
    /// - Parameters:
    ///   - readiness: Whether requests are served.
    ///   - setAsideCount: Returns how many series are set aside, without a look at the store.
    ///   - heldSeries: Returns how many series are held and why, likewise.
    ///   - clockTrouble: What is wrong with the machine's clock, in a word.
    ///   - zones: The time zones that are read.
    ///   - storeTrouble: Returns why the store cannot be relied on, as far as is known.
    ///   - storeTroubleOnTrial: Returns the same after a trial. Its cost and time are bounded,
    ///     however often it is called.
    package init(
        readiness: Readiness,
        setAsideCount: @escaping @Sendable () -> Int = { 0 },
        heldSeries: @escaping @Sendable () -> [HeldSeries] = { [] },
        clockTrouble: @escaping @Sendable () -> String? = { nil },
        zones: @escaping @Sendable () -> ZoneHealth? = { nil },
        storeTrouble: @escaping @Sendable () -> StoreTrouble? = { nil },
        storeTroubleOnTrial: @escaping @Sendable () async -> StoreTrouble? = { nil }
    ) {
        self.readiness = readiness
        self.setAsideCount = setAsideCount
        self.heldSeries = heldSeries
        self.clockTrouble = clockTrouble
        self.zones = zones
        self.storeTrouble = storeTrouble
        self.storeTroubleOnTrial = storeTroubleOnTrial
    }

    /// Answers with the state as JSON; `live` is always true.
    package func respond(to request: Request, context: Context) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            var response = Response.json(
                #"{"message":"Only GET is answered here"}"#,
                status: .methodNotAllowed
            )
            response.headers[.allow] = "GET, HEAD"
            return response
        }
        return await self.response(isDeep: request.isDeep)
    }

    /// The state as JSON, after a trial of the store or without one.
    package func response(isDeep: Bool) async -> Response {
        let trouble = isDeep ? await storeTroubleOnTrial() : storeTrouble()
        let isReady = readiness.isReady && trouble == nil
        var json = JSONWriter()
        json.beginObject()
        json.name("status")
        json.write(trouble?.rawValue ?? (isReady ? "ok" : "stopping"))
        json.name("live")
        json.write(true)
        json.name("ready")
        json.write(isReady)
        json.name("seriesSetAside")
        json.write(Int64(setAsideCount()))
        let held = heldSeries()
        if !held.isEmpty {
            json.name("seriesHeld")
            json.beginArray()
            for held in held { json.write(held) }
            json.endArray()
        }
        if let trouble = clockTrouble() {
            json.name("clock")
            json.write(trouble)
        }
        if let zones = zones() {
            json.name("zones")
            json.write(zones)
        }
        json.endObject()
        return .json(json.bytes, status: isReady ? .ok : .serviceUnavailable)
    }
}

/// The time zones that the server reads.
package struct ZoneHealth: Hashable, Sendable {
    /// The name of their release, or `unknown`.
    package var release: String
    /// What is wrong with their age, in sentences.
    package var warnings: [String]

    package init(release: String, warnings: [String] = []) {
        self.release = release
        self.warnings = warnings
    }
}

extension JSONWriter {
    fileprivate mutating func write(_ held: HeldSeries) {
        beginObject()
        name("count")
        write(Int64(held.count))
        name("reason")
        write(held.reason)
        endObject()
    }

    fileprivate mutating func write(_ zones: ZoneHealth) {
        beginObject()
        name("release")
        write(zones.release)
        if !zones.warnings.isEmpty {
            name("warnings")
            beginArray()
            for warning in zones.warnings { write(warning) }
            endArray()
        }
        endObject()
    }
}

extension Request {
    /// Whether the query has a field `deep`, with or without a value.
    fileprivate var isDeep: Bool {
        (uri.query ?? "").split(separator: "&").contains { $0.prefix { $0 != "=" } == "deep" }
    }
}

/// Whether the server is ready to work.
package final class Readiness: Sendable {
    private let ready = Atomic(false)

    package init() {}

    var isReady: Bool { ready.load(ordering: .relaxed) }

    package func set(_ isReady: Bool) {
        ready.store(isReady, ordering: .relaxed)
    }
}
