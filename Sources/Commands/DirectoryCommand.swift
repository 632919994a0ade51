import ArgumentParser
import DirectoryDocument
import Foundation
import Storage
import SystemZones

struct DirectoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Import locations, users, teams, contacts and categories.",
        subcommands: [Import.self]
    )

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a whole directory document; if it has an error, nothing of it.",
            discussion: """
                Records and fields in the document are created or changed; what is absent from it \
                stays. Prints one line of JSON with what was created, updated, unchanged and \
                deleted. A document with any error is refused with the place, the reason and exit \
                status 65.

                A missing SQLite file is created. A server that uses such a file must be stopped \
                first.
                """
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Argument(help: "The document, or - for standard input.")
        var file: String

        func run() async throws {
            try await withFailuresTold {
                let bytes = try read()
                try await databaseOptions.run(
                    DirectoryWork(
                        document: bytes,
                        options: databaseOptions,
                        isNew: try !databaseOptions.databaseExists
                    )
                )
            }
        }

        private func read() throws -> [UInt8] {
            do {
                let data =
                    if file == "-" {
                        try FileHandle.standardInput.readToEnd() ?? Data()
                    } else {
                        try Data(contentsOf: URL(fileURLWithPath: file))
                    }
                return Array(data)
            } catch {
                let exists = FileManager.default.fileExists(atPath: file)
                throw CommandFailure(
                    .badData,
                    "\(file) \(exists ? "cannot be read" : "does not exist")."
                )
            }
        }
    }
}

private struct DirectoryWork: DatabaseWork {
    let document: [UInt8]
    let options: DatabaseOptions
    /// Whether the database was made for this import.
    let isNew: Bool

    func work<Driver: WatchedDriver>(on store: SQLStore<Driver>) async throws {
        do {
            try await importDocument(into: store)
        } catch {
            if isNew { try await options.removeEmpty(store) }
            throw error
        }
    }

    private func importDocument(into store: SQLStore<some SQLDriver>) async throws {
        let importer = DirectoryImporter(
            store: store.directory,
            zones: SystemZones(),
            digest: Secrets.digest
        )
        do {
            print(try await importer.importDocument(document, at: WallClock().now))
        } catch let error as DirectoryDocumentError {
            throw CommandFailure(.badData, "\(error).")
        }
    }
}
