import Recurrence

extension Model {
    /// The request for a wish, with what should come of it; nil where there is nothing that it
    /// could be about.
    func plan(
        _ wish: SimulationStep.Wish,
        at now: Timestamp
    ) throws -> PlannedRequest? {
        switch wish {
        case .createTask(let user, let fields):
            withToken(try createTask(user: user, fields, at: now), user, fields, now)
        case .updateTask(let user, let choice, let fields, let kind, let replaces):
            withToken(
                try updateTask(
                    user: user,
                    choice: choice,
                    fields,
                    kind,
                    replaces: replaces,
                    at: now
                ),
                user,
                fields,
                now
            )
        case .deleteTask(let user, let choice, let kind):
            try deleteTask(user: user, choice: choice, kind, at: now)
        case .getTask(let user, let choice): try getTask(user: user, choice: choice, at: now)
        case .findTasks(let user, let status): try findTasks(user: user, status, at: now)
        case .probeTask(let user, let choice, let kind):
            try probeTask(user: user, choice: choice, kind, at: now)
        case .createCategory(let user, let name):
            try createCategory(user: user, name: name, at: now)
        case .renameCategory(let user, let choice, let name):
            try changeCategory(user: user, choice: choice, name: name, at: now)
        case .deleteCategory(let user, let choice):
            try changeCategory(user: user, choice: choice, name: nil, at: now)
        case .createSeries(let location, let fields):
            try createSeries(location: location, fields, at: now)
        case .updateSeries(let location, let choice, let fields, let parts):
            try updateSeries(location: location, choice: choice, fields, parts, at: now)
        case .deleteSeries(let location, let choice):
            try deleteSeries(location: location, choice: choice, at: now)
        case .listSeries(let location): try listSeries(location: location, at: now)
        case .probeSeries(let location, let choice):
            try probeSeries(location: location, choice: choice, at: now)
        case .createContactTask(let location, let contact, let fields):
            try createContactTask(location: location, contact: contact, fields, at: now)
        case .updateContactTask(let location, let choice, let fields):
            try updateContactTask(location: location, choice: choice, fields, at: now)
        case .completeContactTask(let location, let choice, let isCompleted):
            try completeContactTask(location: location, choice: choice, isCompleted, at: now)
        case .deleteContactTask(let location, let choice):
            try deleteContactTask(location: location, choice: choice, at: now)
        case .listContactTasks(let location, let contact):
            try listContactTasks(location: location, contact: contact, at: now)
        case .sendNonsense(let user, let kind): try sendNonsense(user: user, kind, at: now)
        }
    }

    private func withToken(
        _ plan: PlannedRequest?,
        _ user: Int,
        _ fields: SimulationStep.TaskFields,
        _ now: Timestamp
    ) -> PlannedRequest? {
        guard var plan, fields.usesSpareToken,
            let until = revokedUntil[SimulatedOffice.users[user].number]
        else { return plan }
        plan.token = now < until ? .maybeRevoked : .revoked
        return plan
    }
}
