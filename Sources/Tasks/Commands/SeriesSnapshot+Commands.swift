import Recurrence

extension SeriesSnapshot {
    /// The zone of a series that repeats, or of the due time of a single task.
    ///
    /// UTC, if the zone is not known and nothing is computed in it.
    func zone(
        among zones: some ZoneSource,
        isNeeded: Bool
    ) throws(UnknownZone) -> Zone {
        let series = flaws.isEmpty && isRecurring ? series : nil
        do throws(UnknownZone) {
            return try zones.zone(named: series?.timeZone ?? task.due.timeZone)
        } catch {
            if isNeeded { throw error }
            return .utc
        }
    }

    /// Whether an edit of the task alone begins a series.
    func begins(_ edit: TaskEdit) -> Bool {
        guard !isRecurring, case .set(.some) = edit.rule else { return false }
        return true
    }

    /// Whether the task's series can be read and counts from completions.
    var isChain: Bool {
        flaws.isEmpty && series?.policies.repeats == .afterCompletion
    }

    /// Refuses a user who did not create the task.
    ///
    /// A user who is neither its assignee nor shares its contact by name is told that there is no
    /// such task.
    func check(_ viewer: Viewer) throws {
        switch viewer {
        // The store looks for the task among those that a colleague sees.
        case .wholeLocation, .colleague: return
        case .creator(let userID):
            if task.creatorID == userID { return }
            let knowsIt = task.template.assigneeID == userID || actorSharesContact
            throw knowsIt ? TaskRefusal.notTheCreator : TaskRefusal.notFound
        }
    }
}
