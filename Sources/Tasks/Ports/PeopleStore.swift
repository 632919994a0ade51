/// Where a location and the people in its directory are read, without those that were deleted.
///
/// Who asks sees whom they may refer to, by the rules of ``ReferenceVerdict``: a location's own token
/// sees all of the location; a user sees the users who share work, and the contacts that are the
/// user's own, are assigned to or shared with the user, or belong to somebody who shares work.
package protocol PeopleStore: Sendable {
    /// A location; none if the directory does not have it.
    func location(_ id: LocationID) async throws -> DirectoryLocation?

    /// The users that a query asks for.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func users(_ query: Query<UserField>, seenBy actor: Actor) async throws -> Page<DirectoryUser>

    /// The contacts that a query asks for.
    ///
    /// - Throws: ``QueryTooCostly``, or ``StoreUnavailable``.
    func contacts(
        _ query: Query<ContactField>,
        seenBy actor: Actor
    ) async throws -> Page<DirectoryContact>
}
