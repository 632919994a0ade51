/// The tables, as a list of migrations for every engine.
///
/// New migrations are only added at the end. A migration that was merged is never changed, moved or
/// removed, because databases hold what it made. To change a table, add another migration.
///
/// The rows of a location have the shard first in their key. So they lie together, and every
/// transaction stays on one shard. Tokens and the directory's names have another key, because they
/// are looked up before the location is known; `numberBlock` and `zoneTable` are of the whole
/// database. `@I8` and `@I2` are the engine's integers,
/// `@BLOB` its bytes, `@C` its order by code points, `@TAIL` its text after a table. Points in time
/// are microseconds since 1970 in UTC, and the names of their columns end in `At`. Local date-times
/// are seconds since 1970 on their own wall clock.
enum Schema {
    static let migrations =
        directory + tasks + later + administration + policies + commands + spans + conditions
        + webhooks + pages + reminderSettings + reminders + weeks + pageMemory

    private static let directory: [Migration] = [
        Migration(
            "table numberBlock",
            """
            CREATE TABLE numberBlock (
                name text NOT NULL PRIMARY KEY,
                nextNumber @I8 NOT NULL
            ) @TAIL
            """
        ),
        Migration(
            "table location",
            """
            CREATE TABLE location (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                name text NOT NULL,
                timeZone text NOT NULL,
                changeNumber @I8 NOT NULL,
                deletedAt @I8,
                PRIMARY KEY (shard, locationID)
            ) @TAIL
            """
        ),
        // The record that a number or a public name belongs to. Within its kind, each is given once
        // in the whole deployment.
        Migration(
            "table directoryName",
            """
            CREATE TABLE directoryName (
                kind text NOT NULL,
                name text NOT NULL @C,
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                number @I8 NOT NULL,
                PRIMARY KEY (kind, name)
            ) @TAIL
            """
        ),
        Migration(
            "table member",
            """
            CREATE TABLE member (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                userID @I8 NOT NULL,
                publicID text NOT NULL,
                name text NOT NULL,
                email text,
                phone text,
                timeZone text,
                deletedAt @I8,
                PRIMARY KEY (shard, locationID, userID)
            ) @TAIL
            """
        ),
        Migration(
            "table team",
            """
            CREATE TABLE team (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                teamID @I8 NOT NULL,
                name text NOT NULL,
                isSharing @I2 NOT NULL,
                deletedAt @I8,
                PRIMARY KEY (shard, locationID, teamID)
            ) @TAIL
            """
        ),
        Migration(
            "table teamMember",
            """
            CREATE TABLE teamMember (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                userID @I8 NOT NULL,
                teamID @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, userID, teamID)
            ) @TAIL
            """
        ),
        Migration(
            "table contact",
            """
            CREATE TABLE contact (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                contactID @I8 NOT NULL,
                publicID text NOT NULL,
                firstName text,
                lastName text,
                email text,
                phone text,
                business text,
                ownerID @I8,
                assigneeID @I8,
                deletedAt @I8,
                PRIMARY KEY (shard, locationID, contactID)
            ) @TAIL
            """
        ),
        Migration(
            "table contactShare",
            """
            CREATE TABLE contactShare (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                contactID @I8 NOT NULL,
                userID @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, contactID, userID)
            ) @TAIL
            """
        ),
        Migration(
            "table category",
            """
            CREATE TABLE category (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                categoryID @I8 NOT NULL,
                name text NOT NULL @C,
                ownerID @I8,
                createdAt @I8 NOT NULL,
                modifiedAt @I8 NOT NULL,
                deletedAt @I8,
                PRIMARY KEY (shard, locationID, categoryID)
            ) @TAIL
            """
        ),
        // A token is looked up before its location is known, so the digest alone is the key.
        Migration(
            "table token",
            """
            CREATE TABLE token (
                digest @BLOB NOT NULL PRIMARY KEY,
                hint text NOT NULL,
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                userID @I8,
                scopes text,
                createdAt @I8 NOT NULL,
                expiresAt @I8,
                revokedAt @I8
            ) @TAIL
            """
        ),
    ]

    private static let tasks: [Migration] = [
        Migration(
            "table series",
            """
            CREATE TABLE series (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                seriesID @I8 NOT NULL,
                creatorID @I8,
                title text NOT NULL @C,
                body text NOT NULL @C,
                assigneeID @I8,
                contactID @I8,
                categoryID @I8,
                reminder @I2 NOT NULL,
                isAllDay @I2 NOT NULL,
                notifiesAssignee @I2 NOT NULL,
                startLocal @I8 NOT NULL,
                timeZone text NOT NULL,
                ruleText text @C,
                dueSchedule text,
                catchUp @I2 NOT NULL,
                whileOverdue @I2 NOT NULL,
                isDeleted @I2 NOT NULL,
                createdAt @I8 NOT NULL,
                modifiedAt @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, seriesID)
            ) @TAIL
            """
        ),
        Migration(
            "index seriesOfCreator",
            "CREATE INDEX seriesOfCreator ON series (shard, locationID, creatorID, seriesID)"
        ),
        // Separate from the series, so that a clock that moves on rewrites only a narrow row.
        Migration(
            "table seriesClock",
            """
            CREATE TABLE seriesClock (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                seriesID @I8 NOT NULL,
                materializedThrough @I8 NOT NULL,
                nextAt @I8,
                fireAt @I8,
                occurrenceCount @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, seriesID)
            ) @TAIL
            """
        ),
        // By location first, so that locations can take turns.
        Migration(
            "index seriesClockByFire",
            """
            CREATE INDEX seriesClockByFire ON seriesClock (shard, locationID, fireAt)
            WHERE fireAt IS NOT NULL
            """
        ),
        // Title and body of a task are null if they are those of its series. A slot's contact of 0
        // stands for none.
        Migration(
            "table task",
            """
            CREATE TABLE task (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                taskID @I8 NOT NULL,
                seriesID @I8,
                recurrenceID @I8,
                slotContactID @I8 NOT NULL,
                creatorID @I8,
                title text @C,
                body text @C,
                assigneeID @I8,
                contactID @I8,
                categoryID @I8,
                reminder @I2 NOT NULL,
                isAllDay @I2 NOT NULL,
                notifiesAssignee @I2 NOT NULL,
                dueAt @I8 NOT NULL,
                dueLocal @I8 NOT NULL,
                timeZone text NOT NULL,
                state @I2 NOT NULL,
                createdAt @I8 NOT NULL,
                modifiedAt @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, taskID),
                CHECK ((seriesID IS NULL) = (recurrenceID IS NULL)),
                CHECK (seriesID IS NOT NULL OR (title IS NOT NULL AND body IS NOT NULL))
            ) @TAIL
            """
        ),
        // One task for each occurrence and contact, no matter who makes it and how often.
        Migration(
            "index taskOfSlot",
            """
            CREATE UNIQUE INDEX taskOfSlot ON task (
                shard, locationID, seriesID, recurrenceID, slotContactID
            ) WHERE seriesID IS NOT NULL
            """
        ),
        Migration(
            "index taskOfCreator",
            "CREATE INDEX taskOfCreator ON task (shard, locationID, creatorID, taskID, state)"
        ),
        // For the order latest first, and at the same time by rising number. An index with both
        // columns rising cannot give it, forwards or backwards.
        Migration(
            "index taskByDue",
            """
            CREATE INDEX taskByDue ON task (
                shard, locationID, creatorID, dueAt DESC, taskID, state
            )
            """
        ),
        Migration(
            "index taskOfContact",
            """
            CREATE INDEX taskOfContact ON task (shard, locationID, contactID, dueAt, taskID, state)
            WHERE contactID IS NOT NULL
            """
        ),
        Migration(
            "index taskOfLocationByDue",
            "CREATE INDEX taskOfLocationByDue ON task (shard, locationID, dueAt, taskID, state)"
        ),
        // How many tasks of each state a creator has, so that the total of a page need not be
        // counted again. A creator of 0 stands for none.
        Migration(
            "table taskTotal",
            """
            CREATE TABLE taskTotal (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                creatorID @I8 NOT NULL,
                state @I2 NOT NULL,
                total @I8 NOT NULL,
                PRIMARY KEY (shard, locationID, creatorID, state)
            ) @TAIL
            """
        ),
        // The location's log: what was changed and by whom, with the values before and after.
        Migration(
            "table change",
            """
            CREATE TABLE change (
                shard @I2 NOT NULL,
                locationID text NOT NULL,
                changeNumber @I8 NOT NULL,
                changedAt @I8 NOT NULL,
                actorID @I8,
                kind @I2 NOT NULL,
                detail text NOT NULL,
                PRIMARY KEY (shard, locationID, changeNumber)
            ) @TAIL
            """
        ),
        // By which table of each zone the stored instants were computed. No row at all means that
        // it is not known.
        Migration(
            "table zoneTable",
            """
            CREATE TABLE zoneTable (
                name text NOT NULL PRIMARY KEY,
                digest @I8 NOT NULL
            ) @TAIL
            """
        ),
        // Since when, and why, a clock is stopped of a series that nobody could read.
        Migration(
            "column seriesClock.setAsideAt",
            "ALTER TABLE seriesClock ADD COLUMN setAsideAt @I8"
        ),
        Migration(
            "column seriesClock.setAsideReason",
            "ALTER TABLE seriesClock ADD COLUMN setAsideReason text"
        ),
        Migration(
            "index seriesClockSetAside",
            """
            CREATE INDEX seriesClockSetAside ON seriesClock (locationID, seriesID)
            WHERE setAsideAt IS NOT NULL
            """
        ),
    ]

    /// What was added since.
    private static let later = [
        checks,
        // 1 where the clocks show the local time twice and the second is meant; else null.
        Migration(
            "column task.dueInSecondPass",
            "ALTER TABLE task ADD COLUMN dueInSecondPass @I2"
        ),
        Migration(
            "column series.startsInSecondPass",
            "ALTER TABLE series ADD COLUMN startsInSecondPass @I2"
        ),
        checksOfPasses,
        // What a user is to do, by due time. The dialects ask by creator, people by assignee.
        Migration(
            "index taskOfAssigneeByDue",
            """
            CREATE INDEX taskOfAssigneeByDue ON task (
                shard, locationID, assigneeID, dueAt, taskID, state
            ) WHERE assigneeID IS NOT NULL
            """
        ),
    ]
}
