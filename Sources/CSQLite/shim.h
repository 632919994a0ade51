#include <sqlite3.h>

/// Has a handle leave the log as it is when it is closed. Swift is not shown variadic functions.
static inline int perennial_sqlite3_leave_log(sqlite3 *handle) {
    return sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/// Has the library keep up to a number of bytes in memory, and not in a file, that a statement or a
/// savepoint may have to undo; to be called before any handle is opened.
static inline int perennial_sqlite3_keep_undo_in_memory(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}
