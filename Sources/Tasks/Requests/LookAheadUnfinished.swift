/// A query needs more tasks beyond the horizon than one query may make.
///
/// Some were made. The same query makes more of them when it is asked again.
package struct LookAheadUnfinished: Error, Hashable {
    package init() {}
}
