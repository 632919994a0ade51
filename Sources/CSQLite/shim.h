#include <sqlite3.h>

/// Has a handle leave the log as it is when it is closed. Swift is not shown variadic functions.
static inline int perennial_sqlite3_leave_log(sqlite3 *handle) {
    return sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
