import Synchronization

/// Says to a read, from whichever thread, that it is not wanted any more.
final class ReadStop: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .relaxed) }

    func set() { flag.store(true, ordering: .relaxed) }
}
