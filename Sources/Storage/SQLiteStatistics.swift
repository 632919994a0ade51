/// Fixed statistics of the tables for SQLite's planner.
///
/// Without them the planner would assume that a location has only a few rows. It would read the
/// whole location, and not use an index that names the creator. The numbers are those of a large
/// deployment. What matters is that an index on more columns finds fewer rows. If the statistics
/// were measured instead, plans would depend on what was stored at that time.
enum SQLiteStatistics {
    static let migrations = [
        // This table is empty, so nothing is measured. But SQLite creates its table for the
        // statistics.
        Migration("sqlite statistics", "ANALYZE numberBlock"),
        Migration(
            "sqlite statistics of tasks",
            // For a table's key and for each index: the number of all rows; then the number of rows
            // with the same first column, with the same first two columns, and so on.
            """
            INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
                ('task', 'task', '10000000 40000 40000 1'),
                ('task', 'taskOfSlot', '10000000 40000 40000 50 1 1'),
                ('task', 'taskOfCreator', '10000000 40000 40000 2000 1 1'),
                ('task', 'taskByDue', '10000000 40000 40000 2000 3 1 1'),
                ('task', 'taskOfContact', '10000000 40000 40000 100 3 1 1'),
                ('task', 'taskOfLocationByDue', '10000000 40000 40000 40 1 1'),
                ('series', 'series', '200000 800 800 1'),
                ('series', 'seriesOfCreator', '200000 800 800 40 1'),
                ('seriesClock', 'seriesClock', '100000 400 400 1'),
                ('seriesClock', 'seriesClockByFire', '100000 400 400 1')
            """
        ),
        Migration("sqlite statistics in use", "ANALYZE sqlite_schema"),
        Migration(
            "sqlite statistics of taskOfLocationByModified",
            """
            INSERT INTO sqlite_stat1 (tbl, idx, stat)
            VALUES ('task', 'taskOfLocationByModified', '10000000 40000 40000 40 1 1')
            """
        ),
        Migration("sqlite statistics of taskOfLocationByModified in use", "ANALYZE sqlite_schema"),
    ]
}
