import Synchronization
import Tasks

@testable import Storage

/// What a store told of rows that cannot be read, in order.
final class Told: Sendable {
    private let told = Mutex<[UnreadableRow]>([])

    var rows: [UnreadableRow] { told.withLock { $0 } }

    var reporter: UnreadableRows { UnreadableRows { row in self.told.withLock { $0.append(row) } } }
}

/// The numbers of what was taken up, in order.
final class Taken: Sendable {
    private let taken = Mutex<[Int64]>([])

    var numbers: [Int64] { taken.withLock { $0 } }

    func note(_ number: Int64) { taken.withLock { $0.append(number) } }
}
