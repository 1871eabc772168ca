// A list of books in SQLite. `books FILE` keeps them in a file.
import database.{None, Some}

@external(erlang, "io", "put_chars")
fn print(text: String) -> Nil

@external(erlang, "unicode", "characters_to_binary")
fn text(of: charlist) -> String

const schema = "create table if not exists books (title text unique, author text);
  insert or ignore into books values
    ('Der Process', 'Franz Kafka'), ('Das Schloß', 'Franz Kafka'), ('Beowulf', null)"

fn row(columns) {
  case columns {
    [Some(title), Some(author)] -> title <> " by " <> author
    [Some(title), None] -> title <> ", nobody knows by whom"
    _ -> "?"
  }
}

fn each(rows) {
  case rows {
    [] -> Nil
    [first, ..rest] -> {
      print(row(first) <> "\n")
      each(rest)
    }
  }
}

fn show(path) {
  use db <- then(database.open(path))
  use _ <- then(database.execute(db, schema))
  let sql = "select title, author from books where title like ? order by title"
  use rows <- then(database.query(db, sql, with: "%e%"))
  each(rows)
  use _ <- then(database.query(db, "select nonsense", with: ""))
  Ok(Nil)
}

fn then(result, next) {
  case result {
    Ok(value) -> next(value)
    Error(reason) -> Error(reason)
  }
}

pub fn main(arguments) {
  let path = case arguments {
    [path, ..] -> text(path)
    [] -> ":memory:"
  }
  case show(path) {
    Ok(_) -> Nil
    Error(reason) -> print("SQLite says: " <> reason <> "\n")
  }
}
