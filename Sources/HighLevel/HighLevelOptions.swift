package import Tasks

/// What a deployment may choose about the dialect.
package struct HighLevelOptions: Hashable, Sendable {
    package var validationStatus: ValidationStatus
    package var searchStatus: SearchStatus
    /// Whether requests about recurring tasks need a scope.
    ///
    /// HighLevel publishes that they do not.
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

    /// The status of the answer to a body with wrong properties.
    package enum ValidationStatus: Int, Hashable, Sendable, CaseIterable {
        /// The only status that HighLevel publishes for recurring tasks.
        case badRequest = 400
        /// The status that HighLevel's platform answers with.
        case unprocessableContent = 422

        /// The status in words, as HighLevel has them.
        var phrase: String {
            switch self {
            case .badRequest: "Bad Request"
            case .unprocessableContent: "Unprocessable Entity"
            }
        }
    }

    /// The status of a successful search.
    package enum SearchStatus: Int, Hashable, Sendable, CaseIterable {
        /// The status that HighLevel publishes.
        case ok = 200
        /// The status that HighLevel's platform was seen to answer with.
        case created = 201
    }
}
