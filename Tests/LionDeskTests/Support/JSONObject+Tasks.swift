import JSON

extension JSONObject {
    /// The members that LionDesk requires of a task; it is assigned to its own user.
    static func task(_ description: String = "Call", for user: TestUser) -> JSONObject {
        [
            "assigned_user_id": .string(user.number), "due_at": "2018-12-16T12:00:00",
            "description": .string(description), "status": "incomplete",
        ]
    }

    /// The members without those of some names.
    func without(_ names: String...) -> JSONObject {
        var result = self
        for name in names { result[name] = nil }
        return result
    }
}
