import TestSupport

/// Draws the steps of a simulation from a seed.
struct StepGenerator {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed &* 0x2545_F491_4F6C_DD1D)
    }

    mutating func step() -> SimulationStep {
        let action = action()
        guard isOne(in: 12) else { return SimulationStep(action: action) }
        let fault = Fault(
            kind: random.pick(Fault.Kind.allCases),
            transaction: isOne(in: 2) ? 0 : number(0...3)
        )
        return SimulationStep(action: action, fault: fault)
    }

    private mutating func action() -> SimulationStep.Action {
        switch number(0...99) {
        case 0...54: .ask(lionDeskWish())
        case 55...84: .ask(highLevelWish())
        default: worldAction()
        }
    }

    private mutating func lionDeskWish() -> SimulationStep.Wish {
        let user = number(0...SimulatedOffice.users.count - 1)
        let choice = choice()
        return switch number(0...54) {
        case 0...13: .createTask(user: user, newTask(for: user))
        case 14...30:
            .updateTask(
                user: user,
                choice: choice,
                taskEdit(for: user),
                random.pick([.thisTask, .thisTask, .following, .following, .statusOnly]),
                replaces: false
            )
        case 31...33:
            .updateTask(
                user: user,
                choice: choice,
                newTask(for: user),
                random.pick([.thisTask, .following]),
                replaces: true
            )
        case 34...39:
            .deleteTask(
                user: user,
                choice: choice,
                random.pick([.thisTask, .thisTask, .following, .following, .all])
            )
        case 40...42: .getTask(user: user, choice: choice)
        case 43...45:
            .findTasks(
                user: user,
                isOne(in: 3) ? nil : random.pick(SimulationStep.Status.allCases)
            )
        case 46...48:
            .probeTask(
                user: user,
                choice: choice,
                random.pick(SimulationStep.ProbeKind.allCases)
            )
        case 49...50: .createCategory(user: user, name: number(0...9))
        case 51: .renameCategory(user: user, choice: choice, name: number(0...9))
        case 52: .deleteCategory(user: user, choice: choice)
        case 53: .sendNonsense(user: user, number(0...4))
        default: .findTasks(user: user, nil)
        }
    }

    private mutating func highLevelWish() -> SimulationStep.Wish {
        let location = number(0...SimulatedOffice.locations.count - 1)
        let choice = choice()
        let contact = number(0...2)
        return switch number(0...29) {
        case 0...9: .createSeries(location: location, series())
        case 10...15:
            .updateSeries(
                location: location,
                choice: choice,
                series(),
                parts: SimulationStep.SeriesParts(
                    title: isOne(in: 2),
                    contacts: isOne(in: 4),
                    owners: isOne(in: 4),
                    rule: isOne(in: 2)
                )
            )
        case 16...17: .deleteSeries(location: location, choice: choice)
        case 18: .listSeries(location: location)
        case 19: .probeSeries(location: location, choice: choice)
        case 20...21:
            .createContactTask(location: location, contact: contact, contactTask(isNew: true))
        case 22...23:
            .updateContactTask(location: location, choice: choice, contactTask(isNew: false))
        case 24...26:
            .completeContactTask(location: location, choice: choice, !isOne(in: 5))
        case 27...28: .deleteContactTask(location: location, choice: choice)
        default: .listContactTasks(location: location, contact: contact)
        }
    }

    private mutating func worldAction() -> SimulationStep.Action {
        let hour: Int64 = 3600
        return switch number(0...15) {
        case 0...2: .jump(seconds: Int64(number(1...40)) * hour / 2)
        case 3: .jump(seconds: Int64(number(1...20)) * 24 * hour + 1)
        case 4: .jump(seconds: -Int64(number(1...48)) * hour)
        case 5: .jump(seconds: Int64(number(1...50)))
        case 6...9: .work(scheduler: number(0...1))
        case 10...13:
            .pass(seconds: Int64(number(1...72)) * hour, scheduler: number(0...1))
        case 14: .restart
        default:
            isOne(in: 10)
                ? .revokeSpareToken(user: number(0...SimulatedOffice.users.count - 1))
                : .work(scheduler: 0)
        }
    }

    // MARK: Bodies

    /// A creation's fields; a few of them refer to what the user may not use.
    private mutating func newTask(for user: Int) -> SimulationStep.TaskFields {
        var fields = SimulationStep.TaskFields()
        fields.title = number(0...99)
        fields.assignee = assignee(for: user)
        fields.due = due()
        fields.status = isOne(in: 6) ? .complete : .incomplete
        fillOptional(&fields, for: user)
        if isOne(in: 2) { fields.rule = otherRule() }
        return fields
    }

    private mutating func taskEdit(for user: Int) -> SimulationStep.TaskFields {
        var fields = SimulationStep.TaskFields()
        if isOne(in: 2) { fields.title = number(0...99) }
        if isOne(in: 3) { fields.assignee = assignee(for: user) }
        if isOne(in: 4) { fields.due = due() }
        fields.status = random.pick([nil, nil, .complete, .incomplete, .deleted])
        fillOptional(&fields, for: user)
        fields.rule =
            switch number(0...5) {
            case 0: .none
            case 1...3: .same
            default: otherRule()
            }
        return fields
    }

    private mutating func fillOptional(
        _ fields: inout SimulationStep.TaskFields,
        for user: Int
    ) {
        if isOne(in: 3) { fields.notes = number(0...99) }
        if isOne(in: 3) {
            let contacts =
                isOne(in: 12)
                ? SimulatedOffice.contacts : SimulatedOffice.contacts(usableBy: user)
            fields.contact = random.pick(contacts).number
        }
        if isOne(in: 4) { fields.category = choice() }
        if isOne(in: 4) { fields.reminder = number(0...7) }
        if isOne(in: 5) { fields.isAllDay = isOne(in: 2) }
        if isOne(in: 5) { fields.notifies = isOne(in: 2) }
        fields.usesSpareToken = isOne(in: 8)
    }

    private mutating func assignee(for user: Int) -> Int64 {
        let users = SimulatedOffice.users
        let colleagues = isOne(in: 12) ? users : users.filter { users[user].sharesWork(with: $0) }
        return random.pick(colleagues).number
    }

    private mutating func contactTask(isNew: Bool) -> SimulationStep.TaskFields {
        var fields = SimulationStep.TaskFields()
        if isNew || isOne(in: 2) { fields.title = number(0...99) }
        if isNew || isOne(in: 2) { fields.due = due() }
        if isNew || isOne(in: 3) { fields.status = isOne(in: 4) ? .complete : .incomplete }
        if isOne(in: 2) { fields.notes = number(0...99) }
        if isOne(in: 2) { fields.assignee = 0 }
        return fields
    }

    private mutating func series() -> SimulationStep.SeriesFields {
        let interval = random.pick(SimulationStep.Interval.allCases)
        return SimulationStep.SeriesFields(
            title: number(0...99),
            interval: interval,
            every: interval == .hourly ? number(4...30) : random.pick([1, 1, 2, 3]),
            start: due(),
            endDays: isOne(in: 5) ? number(0...30) : nil,
            dayOfWeek: isOne(in: 2) ? number(0...6) : nil,
            dayOfMonth: isOne(in: 2) ? number(1...28) : nil,
            count: isOne(in: 4) ? number(1...5) : nil,
            createsWhileOverdue: isOne(in: 2),
            dueAfter: random.pick([0, 600, 86_400, 200_000]),
            contactCount: number(0...2),
            hasOwner: isOne(in: 2),
            ignoresTaskCreation: isOne(in: 2)
        )
    }

    private mutating func due() -> SimulationStep.RelativeDue {
        SimulationStep.RelativeDue(
            days: number(-3...6),
            secondOfDay: random.pick([0, 9_000, 32_400, 34_200, 56_730, 86_399])
        )
    }

    private mutating func otherRule() -> SimulationStep.RuleChoice {
        let parts = random.pick([
            "FREQ=DAILY", "FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;BYHOUR=9,15;BYMINUTE=30;BYSECOND=0",
            "FREQ=HOURLY;INTERVAL=7", "FREQ=MONTHLY;BYMONTHDAY=31",
        ])
        let end: SimulationStep.RuleEnd =
            switch number(0...9) {
            case 0...5: .count(number(1...9))
            case 6...7: .until(days: number(0...15))
            default: .never
            }
        return .other(parts: parts, end)
    }

    // MARK: Chance

    private mutating func choice() -> Int { number(0...9_999) }

    private mutating func isOne(in count: Int) -> Bool { number(1...count) == 1 }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }
}
