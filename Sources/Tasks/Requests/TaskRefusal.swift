/// Why a command was not carried out.
package enum TaskRefusal: Error, Hashable {
    /// There is no such task or series, or the viewer may not see it.
    case notFound
    /// Only the user who made the task may change it.
    case notTheCreator
    /// Something that the command refers to does not exist or may not be used by the actor.
    case unusableReferences(ReferenceVerdict)
    /// Nobody can read these parts of the series as it is stored, and the command needs them.
    ///
    /// To wait does not help. The series can be deleted, or given these parts anew.
    case unreadableSeries(Set<SeriesPart>)
}
