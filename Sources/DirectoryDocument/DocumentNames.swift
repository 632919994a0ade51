import Tasks

extension DirectoryKind {
    /// The key of the document's list of these records.
    var documentName: String {
        switch self {
        case .location: "locations"
        case .user: "users"
        case .team: "teams"
        case .contact: "contacts"
        case .category: "categories"
        case .token: "tokens"
        }
    }
}

extension DirectoryField {
    /// The path of the field in a record of the document.
    fileprivate var documentPath: String {
        switch self {
        case .id: "id"
        case .publicID: "publicID"
        case .location: "location"
        case .name: "name"
        case .user: "user"
        case .owner: "owner"
        case .assignee: "assigned"
        case .member(let position): "members[\(position)]"
        case .share(let position): "sharedWith[\(position)]"
        case .deletion: "deleted"
        }
    }
}

extension DirectoryDocumentError {
    /// Explains in terms of the document why the store refused an update.
    init(_ refusal: DirectoryRefusal) {
        let list = refusal.kind.documentName
        let record = "$.\(list)[\(refusal.position)]"
        let reason =
            switch refusal.reason {
            case .missing: "is missing, and a new record needs it"
            case .unknown: "refers to nothing that exists"
            case .inLocation(let locationID): "is in the location \(locationID.rawValue)"
            case .takenBy(let number): "is the publicID of number \(number)"
            case .repeats(let position): "repeats $.\(list)[\(position)]"
            case .otherHolder: "is not whose token it is"
            case .revoked: "cannot be undone: a token is revoked for good"
            case .defaultCategory: "is of a category that every location has, which stays as it is"
            case .outOfReach: "is not of the location that the token is of"
            case .taken: "is taken"
            }
        let path = refusal.field.map { "\(record).\($0.documentPath)" } ?? record
        self.init(path: path, reason: reason)
    }
}
