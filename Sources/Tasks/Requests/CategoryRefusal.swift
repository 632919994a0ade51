/// Why a category was not changed.
package enum CategoryRefusal: Error, Hashable {
    /// The user sees no such category.
    case notFound
    /// The category is the whole location's.
    case notTheOwner
}
