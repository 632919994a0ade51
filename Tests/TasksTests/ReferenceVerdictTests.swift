import Tasks
import Testing

/// What a command may refer to, decided from what the directory says.
@Suite struct ReferenceVerdictTests {
    private static let me = Identifier<User>(1)
    private static let other = Identifier<User>(2)

    private func verdict(_ facts: ReferenceFacts, userID: Identifier<User>?) -> ReferenceVerdict {
        let actor = Actor(locationID: LocationID("ve9EPM428h8vShlRW1KT"), userID: userID)
        return ReferenceVerdict(on: facts, for: actor)
    }

    @Test func `nothing is objected to where nothing is referred to`() {
        #expect(verdict(ReferenceFacts(), userID: Self.me) == ReferenceVerdict())
    }

    @Test(arguments: [(1, false, true), (2, true, true), (2, false, false)])
    func `an assignee is the actor or shares work`(
        assignee: Int64,
        sharesWork: Bool,
        isAllowed: Bool
    ) {
        let facts = ReferenceFacts(assignees: [
            .init(userID: Identifier(assignee), sharesWork: sharesWork)
        ])
        #expect(verdict(facts, userID: Self.me).assigneeIsAllowed == isAllowed)
        #expect(verdict(facts, userID: nil).assigneeIsAllowed)
    }

    @Test(
        arguments: [
            (me, nil, false, false, true), (other, me, false, false, true),
            (other, nil, true, false, true), (other, nil, false, true, true),
            (other, other, false, false, false), (nil, nil, false, false, false),
        ] as [(Identifier<User>?, Identifier<User>?, Bool, Bool, Bool)]
    )
    func `a contact is owned by, assigned to or shared with the actor`(
        owner: Identifier<User>?,
        assignee: Identifier<User>?,
        isShared: Bool,
        ownerSharesWork: Bool,
        isAllowed: Bool
    ) {
        let facts = ReferenceFacts(contacts: [
            .init(
                ownerID: owner,
                assigneeID: assignee,
                isShared: isShared,
                ownerSharesWork: ownerSharesWork
            )
        ])
        #expect(verdict(facts, userID: Self.me).contactIsAllowed == isAllowed)
        #expect(verdict(facts, userID: nil).contactIsAllowed)
    }

    @Test(arguments: [(nil, true), (me, true), (other, false)] as [(Identifier<User>?, Bool)])
    func `a category is the location's or the actor's own`(
        owner: Identifier<User>?,
        isAllowed: Bool
    ) {
        let facts = ReferenceFacts(categories: [.init(ownerID: owner)])
        #expect(verdict(facts, userID: Self.me).categoryIsAllowed == isAllowed)
        #expect(verdict(facts, userID: nil).categoryIsAllowed)
    }

    @Test(arguments: [nil, me])
    func `one unknown record among known ones is an objection`(userID: Identifier<User>?) {
        let known = ReferenceFacts.Assignee(userID: Self.me, sharesWork: true)
        let facts = ReferenceFacts(assignees: [known, nil], contacts: [nil], categories: [nil])
        #expect(
            verdict(facts, userID: userID)
                == ReferenceVerdict(
                    assigneeIsAllowed: false,
                    contactIsAllowed: false,
                    categoryIsAllowed: false
                )
        )
    }
}
