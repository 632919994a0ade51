/// Why a command was not carried out.
package enum TaskRefusal: Error, Hashable {
    /// There is no such task or series, or the viewer may not see it.
    case notFound
    /// Only the user who made the task may change it.
    case notTheCreator
    /// Something that the command refers to does not exist or may not be used by the actor.
    case unusableReferences(ReferenceVerdict)
}
