/// A team as the directory has it.
package struct DirectoryTeam: Hashable, Identifiable, Sendable {
    package let id: Identifier<Team>
    package var name: String
    /// Whether the members see each other's work and assign each other tasks.
    package var isSharing: Bool
    /// In rising order; deleted users stay members.
    package var memberIDs: [Identifier<User>]

    package init(
        id: Identifier<Team>,
        name: String,
        isSharing: Bool,
        memberIDs: [Identifier<User>]
    ) {
        self.id = id
        self.name = name
        self.isSharing = isSharing
        self.memberIDs = memberIDs
    }
}
