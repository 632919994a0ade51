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

    /// Finds the file that a path leads to; none if there is none.
    ///
    /// - Throws: ``SQLError/unavailable(code:message:)`` with the system's own code if the system does
    ///   not say.
    static func ofFile(at path: String) throws(SQLError) -> FileIdentity? {
        var status = stat()
        if unsafe stat(path, &status) == 0 { return FileIdentity(status) }
        let code = errno
        if code == ENOENT || code == ENOTDIR { return nil }
        throw .unavailable(code: Int(code), message: unsafe String(cString: strerror(code)))
    }

    /// Finds the file of a descriptor.
    init?(of descriptor: Int32) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }
}
