package import Tasks

/// What a deployment may choose about the dialect.
package struct HighLevelOptions: Hashable, Sendable {
    package var validationStatus: ValidationStatus
    package var searchStatus: SearchStatus
    /// Whether recurring tasks ask for a scope of their own; HighLevel publishes that none does.
    package var recurringTasksNeedScopes: Bool
    /// What new series do about occurrences that came while no server ran.
    package var catchUp: CatchUp

    package init(
        validationStatus: ValidationStatus = .unprocessableContent,
        searchStatus: SearchStatus = .ok,
        recurringTasksNeedScopes: Bool = true,
        catchUp: CatchUp = .latest
    ) {
        self.validationStatus = validationStatus
        self.searchStatus = searchStatus
        self.recurringTasksNeedScopes = recurringTasksNeedScopes
        self.catchUp = catchUp
    }

    /// The status that refuses a body for its properties.
    package enum ValidationStatus: Int, Hashable, Sendable, CaseIterable {
        /// The only one that is published for recurring tasks.
        case badRequest = 400
        /// The one that the platform answers.
        case unprocessableContent = 422

        /// The status in words, as HighLevel has them.
        package var phrase: String {
            switch self {
            case .badRequest: "Bad Request"
            case .unprocessableContent: "Unprocessable Entity"
            }
        }
    }

    /// The status of a search that is answered.
    package enum SearchStatus: Int, Hashable, Sendable, CaseIterable {
        /// The one that is published.
        case ok = 200
        /// The one that was seen.
        case created = 201
    }
}
