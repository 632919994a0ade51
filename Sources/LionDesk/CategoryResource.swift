import HTTPServing
import HTTPTypes
import Hummingbird
import JSON
import Tasks

/// `/task-categories`: the location's categories and the user's own ones.
///
/// A user can change only the own ones.
struct CategoryResource<Store: CategoryStore>: Sendable {
    let store: Store
    let options: LionDeskOptions

    /// How many Unicode scalars a name may have.
    private static var nameLimit: Int { 200 }

    /// Answers a request to the collection.
    func answer(_ call: LionDeskCall) async throws -> Response {
        switch call.method {
        case .get, .head:
            let query = try query(call)
            let page = try await store.categories(
                query.domainQuery,
                seenBy: call.userID,
                in: call.locationID
            )
            return .page(page, of: query, options)
        case .post:
            let category = try await store.createCategory(
                named: try await name(in: call),
                ownedBy: call.userID,
                in: call.locationID,
                at: call.now
            )
            let select = LionDeskQuery<LionDeskCategoryField>.selection(in: call.query)
            return .record(category, selecting: select, status: .created, options)
        case .put: throw FeathersError.replaceMultiple
        case .patch: throw FeathersError.multipleEntries(.patch)
        case .delete: throw FeathersError.multipleEntries(.remove)
        case let other: throw FeathersError.methodNotAllowed(other.rawValue)
        }
    }

    /// Answers a request to one category.
    func answer(_ call: LionDeskCall, at text: String) async throws -> Response {
        let query = try query(call)
        let present = try await category(at: text, query, call)
        switch call.method {
        case .get, .head: return .record(present, selecting: query.select, options)
        case .put, .patch:
            let name = try await name(in: call)
            let renamed = try await refusing(at: text) {
                try await store.renameCategory(
                    present.id,
                    to: name,
                    ownedBy: call.userID,
                    in: call.locationID,
                    at: call.now
                )
            }
            return .record(renamed, selecting: query.select, options)
        case .delete:
            let deleted = try await refusing(at: text) {
                try await store.deleteCategory(
                    present.id,
                    ownedBy: call.userID,
                    in: call.locationID,
                    at: call.now
                )
            }
            return .record(deleted, selecting: query.select, options)
        case let other: throw FeathersError.methodNotAllowed(other.rawValue)
        }
    }

    private func query(_ call: LionDeskCall) throws -> LionDeskQuery<LionDeskCategoryField> {
        try LionDeskQuery(call.query, zone: call.zone, page: options.page)
    }

    private func category(
        at text: String,
        _ query: LionDeskQuery<LionDeskCategoryField>,
        _ call: LionDeskCall
    ) async throws -> TaskCategory {
        let id: Identifier<Category> = try identifier(text)
        let isAddressed = Predicate<CategoryField>.isOneOf(.id, [.integer(id.rawValue)])
        let page = try await store.categories(
            Query(predicate: .all([isAddressed, query.predicate]), limit: 1),
            seenBy: call.userID,
            in: call.locationID
        )
        guard let category = page.records.first else { throw FeathersError.notFound(id: text) }
        return category
    }

    private func name(in call: LionDeskCall) async throws -> String {
        var reader = BodyReader(try await call.body())
        let name = reader.text("name", limit: Self.nameLimit)
        if case .value(let text) = name, !text.isEmpty { return text }
        try reader.finish()
        throw FeathersError.validationFailed(["name": "is required"])
    }
}

extension TaskCategory: LionDeskRecord {
    func write(_ field: LionDeskCategoryField, to json: inout JSONWriter, asNumbers: Bool) {
        switch field {
        case .id: json.write("id", number: id.rawValue, asNumbers)
        case .name: json.write("name", text: name)
        case .userID:
            json.write("user_id", number: ownerID?.rawValue, asNumbers)
        case .createdAt:
            json.name("created_at")
            json.write(createdAt)
        case .modifiedAt:
            json.name("modified_at")
            json.write(modifiedAt)
        }
    }
}

/// Carries out a change of a category, and turns its refusals into this API's errors.
private func refusing(
    at id: String,
    _ change: () async throws -> TaskCategory
) async throws -> TaskCategory {
    do {
        return try await change()
    } catch CategoryRefusal.notFound {
        throw FeathersError.notFound(id: id)
    } catch CategoryRefusal.notTheOwner {
        throw FeathersError.notCategoryOwner
    }
}
