/// Whether a token opens the door.
package enum TokenVerdict: Hashable, Sendable {
    case accepted(Principal)
    case expired
    case unknown
}
