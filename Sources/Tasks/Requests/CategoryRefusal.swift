/// Why a category was not changed.
package enum CategoryRefusal: Error, Hashable {
    /// The user sees no such category.
    case notFound
    /// The category belongs to the whole location.
    case notTheOwner
}
