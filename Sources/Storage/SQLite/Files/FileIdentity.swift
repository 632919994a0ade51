import Glibc

/// Which file something is, whatever paths lead to it.
struct FileIdentity: Hashable {
    private let device: dev_t
    private let inode: ino_t

    /// Reads the identity from what the system says of a file.
    init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
    }

    /// Finds the file that a path leads to, if there is one that can be looked up.
    init?(ofFileAt path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Finds the file of a descriptor.
    init?(of descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}
