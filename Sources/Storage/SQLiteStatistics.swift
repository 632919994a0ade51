/// What SQLite's planner is told of the tables, once and for all.
///
/// It would otherwise take a location for a handful of rows and read it whole, rather than follow
/// an index that names the creator. The numbers are those of a large deployment; that an index
/// which names more columns finds fewer rows is what matters. Measuring them instead would make
/// plans depend on what was stored when they were measured.
enum SQLiteStatistics {
    static let migrations = [
        // Of a table that is empty nothing is measured, but the table for the numbers is made.
        Migration("sqlite statistics", "ANALYZE numberBlock"),
        Migration(
            "sqlite statistics of tasks",
            // For a table's key and each index: all rows, then those that share the first column's
            // value, the first two columns' values, and so on.
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
    ]
}
