/* The module `sqlite`: SQLite for Gleam. A database is a reference, closed once nobody has it. */
// beamrc: link sqlite3
#include <beamrc.h>
#include <sqlite3.h>
#include <string.h>

BRC_RESOURCE(sqlite3, sqlite3_close_v2); /* v2: waits for its statements */

static brc_result failed(sqlite3 *db) {
    return brc_error(sqlite3_errmsg(db));
}

BRC_DIRTY_IO brc_result sqlite_open(const char *path) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) == SQLITE_OK) return brc_ok(brc_resource(sqlite3, db));
    brc_result result = brc_error(brc_own_string(strdup(sqlite3_errmsg(db))));
    sqlite3_close_v2(db);
    return result;
}

BRC_DIRTY_IO brc_result sqlite_execute(sqlite3 *db, const char *sql) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) ? failed(db) : brc_ok(sqlite3_changes64(db));
}

/* A column as text; Gleam's Option(String). */
static brc_term column(brc_env *env, sqlite3_stmt *row, int i) {
    const unsigned char *text = sqlite3_column_text(row, i);
    if (!text) return enif_make_atom(env, "none");
    brc_term binary;
    size_t size = (size_t)sqlite3_column_bytes(row, i);
    memcpy(enif_make_new_binary(env, size, &binary), text, size);
    return enif_make_tuple2(env, enif_make_atom(env, "some"), binary);
}

static brc_term columns(brc_env *env, sqlite3_stmt *row) {
    brc_term list = enif_make_list(env, 0);
    for (int i = sqlite3_column_count(row) - 1; i >= 0; i--)
        list = enif_make_list_cell(env, column(env, row, i), list);
    return list;
}

/* The rows that the query gives for one parameter, each a list of columns. */
BRC_DIRTY_IO brc_result sqlite_query(brc_env *env, sqlite3 *db, const char *sql,
                                     const char *parameter) {
    sqlite3_stmt *row;
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL)) return failed(db);
    sqlite3_bind_text(row, 1, parameter, -1, SQLITE_STATIC);
    brc_term rows = enif_make_list(env, 0);
    int step;
    while ((step = sqlite3_step(row)) == SQLITE_ROW)
        rows = enif_make_list_cell(env, columns(env, row), rows);
    sqlite3_finalize(row);
    if (step != SQLITE_DONE) return failed(db);
    enif_make_reverse_list(env, rows, &rows);
    return brc_ok(brc_of_term(rows));
}

BRC_EXPORT const char *sqlite_version(void) {
    return sqlite3_libversion();
}
