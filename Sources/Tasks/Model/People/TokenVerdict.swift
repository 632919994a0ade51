/// Whether a token is accepted.
package enum TokenVerdict: Hashable, Sendable {
    case accepted(Principal)
    case expired
    case unknown
}
