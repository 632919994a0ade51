import ArgumentParser
import DirectoryDocument
import Foundation
import Recurrence
import Storage
import SystemZones
import Tasks

struct DirectoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory",
        abstract: "Import and export locations, users, teams, contacts and categories.",
        discussion: "While a server runs, it does it.",
        subcommands: [Import.self, Export.self]
    )

    struct Import: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a whole directory document; if it has an error, nothing of it.",
            discussion: """
                Records and fields in the document are created or changed; what is absent from it \
                stays. Prints one line of JSON with what was created, updated, unchanged and \
                deleted. A document with any error is refused with the place, the reason and exit \
                status 65.

                A missing SQLite file is created.
                """
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Argument(help: "The document, or - for standard input.")
        var file: String

        static var makesDatabase: Bool { true }

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let importer = DirectoryImporter(
                store: store.directory,
                zones: SystemZones(),
                digest: Secrets.digest
            )
            do {
                return try await importer.importDocument(input, at: now) + "\n"
            } catch let error as DirectoryDocumentError {
                throw CommandFailure(.badData, "\(error).")
            }
        }

        func input() throws -> [UInt8] {
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

    struct Export: AdministrationCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the directory of a location as a document, tokens aside.",
            discussion: "The document makes the same directory where it is imported."
        )

        @OptionGroup var databaseOptions: DatabaseOptions

        @Option(help: ArgumentHelp("The location.", valueName: "id"))
        var location: String

        func perform<Driver: WatchedDriver>(
            on store: SQLStore<Driver>,
            _ input: [UInt8],
            at now: Timestamp
        ) async throws -> String {
            let locationID = LocationID(location)
            let contents = try await store.directory.contents(of: locationID)
            guard !contents.locations.isEmpty else { throw CommandFailure.noLocation(locationID) }
            let bytes = DirectoryDocumentFormat<SystemZones>.ofCommands.document(of: contents)
            return String(decoding: bytes, as: UTF8.self) + "\n"
        }
    }
}

extension DirectoryDocumentFormat<SystemZones> {
    static var ofCommands: DirectoryDocumentFormat {
        DirectoryDocumentFormat(zones: SystemZones(), digest: Secrets.digest)
    }
}
