// What native/sqlite.c exports, with Gleam's types.

pub type Database

@external(erlang, "sqlite", "open")
pub fn open(path: String) -> Result(Database, String)

@external(erlang, "sqlite", "execute")
pub fn execute(db: Database, sql: String) -> Result(Int, String)

pub type Column {
  Some(String)
  None
}

@external(erlang, "sqlite", "query")
pub fn query(
  db: Database,
  sql: String,
  with parameter: String,
) -> Result(List(List(Column)), String)
