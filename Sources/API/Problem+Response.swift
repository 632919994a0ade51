import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Recurrence
import Tasks

extension Problem {
    /// The refusal that a client is given for an error of the server.
    init(describing error: any Error) {
        switch error {
        case let error as Problem: self = error
        case let error as AuthenticationFailure: self = Self(error)
        case let error as QuotaExceeded: self = Self(error)
        case let error as TaskRefusal: self = Self(error)
        case let error as PolicyConflicts: self = Self(error)
        case let error as CalendarRefusal: self = Self(error)
        case is FeedCut:
            self.init(
                .changesForgotten,
                "The log was cut after this cursor: read the list anew, and follow from its cursor."
            )
        case let error as KeyRefusal: self = Self(error)
        case let error as BodyTooLarge:
            self.init(.bodyTooLarge, "A body may have \(error.limit) bytes, also decompressed.")
        case is BodyIncomplete: self.init(.unreadableRequest, "The body breaks off.")
        case let error as UnsupportedContentCoding:
            self.init(.unsupportedMediaType, "The content coding '\(error.name)' is not read.")
        case is MalformedContentCoding:
            self.init(.unreadableRequest, "The body is not in the coding that its field names.")
        case let error as QueryTooCostly:
            self.init(
                .costlyQuery,
                "It takes longer than \(error.timeLimit), so ask for less: by more filters."
            )
        case let error as LookAheadRefused:
            self.init(.costlyQuery, "\(error.reason), so ask for an earlier time.")
        case is StoreUnavailable, is CancellationError, is LookAheadUnfinished:
            self = .unavailable
        // The server's log tells of it. To wait helps nobody, until an operator has mended it.
        case is UnreadableRow, is UnknownZone: self = .unreadable
        default: self.init(.internalError, "The server's log has the reason under this trace.")
        }
    }

    private init(_ failure: AuthenticationFailure) {
        let detail =
            switch failure {
            case .missing: "There is no field `Authorization`."
            case .malformed: "The field `Authorization` has no bearer token."
            case .unknown: "The token is unknown or was revoked."
            case .expired: "The token has expired."
            }
        self.init(.unauthorized, detail)
    }

    private init(_ refusal: KeyRefusal) {
        switch refusal {
        case .unusableKey:
            self.init(.unreadableRequest, "`Idempotency-Key` has 1 to 255 characters.")
        case .inProgress:
            self.init(
                .requestInProgress,
                "A request with this `Idempotency-Key` has no answer yet.",
                retryAfter: 1
            )
        case .otherRequest:
            self.init(
                .keyOfAnotherRequest,
                "This `Idempotency-Key` came with another method, path or body."
            )
        case .answerLost:
            self.init(.conflict, "The request was carried out; what it changed is gone.")
        }
    }

    private init(_ error: QuotaExceeded) {
        switch error {
        case .series, .openTasks: self.init(.quotaExceeded, "\(error).")
        case .hourlyTasks(_, let seconds):
            self.init(.tooManyRequests, "\(error).", retryAfter: seconds)
        case .spacing:
            self.init(
                .invalidBody,
                faults: [Fault(.pointer("/recurrence/rule"), "\(error)")]
            )
        }
    }

    private init(_ refusal: TaskRefusal) {
        switch refusal {
        case .notFound: self = .noRecord
        case .notTheCreator: self.init(.insufficientScope, "Only who made the task may do this.")
        case .unreadableSeries(let parts):
            self.init(.conflict, "\(parts.unreadableText).")
        case .unusableReferences(let verdict):
            let reason = "is no record that you may refer to"
            var faults: [Fault] = []
            if !verdict.assigneeIsAllowed { faults.append(Fault(.pointer("/assigneeId"), reason)) }
            if !verdict.contactIsAllowed { faults.append(Fault(.pointer("/contactId"), reason)) }
            if !verdict.categoryIsAllowed { faults.append(Fault(.pointer("/categoryId"), reason)) }
            if !verdict.rotationIsAllowed {
                let reason = "has somebody whom you may not assign"
                faults.append(Fault(.pointer("/assignment/rotate"), reason))
            }
            if !verdict.calendarIsAllowed {
                let reason = "is no calendar of the location"
                faults.append(Fault(.pointer("/dayOff/calendarId"), reason))
            }
            self.init(.invalidBody, faults: faults)
        }
    }

    private init(_ error: PolicyConflicts) {
        let faults = error.conflicts.map { conflict in
            let pointer =
                switch conflict.field {
                case .rule: "/recurrence/rule"
                case .dates: "/recurrence/dates"
                case .whileOverdue: "/whileOverdue"
                }
            return Fault(.pointer(pointer), conflict.reason)
        }
        self.init(.invalidBody, faults: faults)
    }

    private init(_ refusal: CalendarRefusal) {
        switch refusal {
        case .isInUse: self.init(.conflict, "Series go by the calendar.")
        case .tooMany(let limit):
            self.init(.quotaExceeded, "The location has \(limit) calendars, which is all it may.")
        case .tooManySeries(let limit):
            self.init(.conflict, "More than \(limit) series would change with it.")
        }
    }

    /// The answer, with the header fields that its status needs.
    func response(traceID: TraceID) -> Response {
        var json = JSONWriter()
        json.beginObject()
        json.write("type", "/problems/\(kind.rawValue)")
        json.write("title", kind.title)
        json.name("status")
        json.write(Int64(kind.status))
        json.write("detail", detail)
        if !faults.isEmpty {
            json.name("errors")
            json.beginArray()
            for fault in faults { fault.write(to: &json) }
            json.endArray()
        }
        for member in members.members {
            json.name(member.name)
            json.write(member.value)
        }
        json.write("traceId", traceID.text)
        json.endObject()
        var response = Response.json(json.bytes, status: .init(code: kind.status))
        response.headers[.contentType] = "application/problem+json"
        if let retryAfterSeconds { response.headers[.retryAfter] = String(retryAfterSeconds) }
        if let allowedMethods { response.headers[.allow] = allowedMethods }
        switch kind {
        case .unauthorized: response.headers[.wwwAuthenticate] = #"Bearer realm="perennial""#
        case .unsupportedMediaType:
            response.headers[.acceptEncoding] = ContentCoding.accepted
        default: break
        }
        return response
    }
}

extension Problem.Fault {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        switch place {
        case .pointer(let pointer): json.write("pointer", pointer)
        case .parameter(let name): json.write("parameter", name)
        }
        json.write("reason", reason)
        json.endObject()
    }
}
