// Two accounts under OTP's supervisor. One fails; the supervisor starts it again, the other one and
// what was asked of it are as they were.
import account.{Current, Name, Savings}

pub type Strategy {
  OneForOne
}

pub type Restart {
  Permanent
}

pub type Kind {
  Worker
}

pub type Module {
  Actors
  Account
}

pub type Function {
  StartLink
}

pub type Level {
  Level
}

pub type None {
  None
}

pub type Pid

@external(erlang, "supervisor", "start_link")
fn supervise(module: Module, argument: Nil) -> Result(Pid, Nil)

@external(erlang, "logger", "set_primary_config")
fn set_logger(key: Level, level: None) -> Nil

@external(erlang, "actors_native", "caught")
fn caught(work: fn() -> Int) -> Result(Int, String)

@external(erlang, "actors_native", "wait_for_another")
fn wait_for_another(name: Name, work: fn() -> a) -> a

@external(erlang, "io", "put_chars")
fn print(text: String) -> Nil

@external(erlang, "erlang", "integer_to_binary")
fn to_text(n: Int) -> String

fn child(name: Name, start: Int) {
  #(
    name,
    #(Account, StartLink, [#(name, start)]),
    Permanent,
    5000,
    Worker,
    [Account],
  )
}

/// What supervisor asks for: {ok, {{one_for_one, 3, 10}, Children}}.
pub fn init(_argument: Nil) {
  Ok(#(#(OneForOne, 3, 10), [child(Savings, 1000), child(Current, 20)]))
}

fn show(what: String, amount: Int) -> Nil {
  print(what <> " " <> to_text(amount) <> "\n")
}

pub fn main() {
  set_logger(Level, None)
  let assert Ok(_) = supervise(Actors, Nil)
  show("savings", account.deposit(Savings, 500))
  show("current", account.deposit(Current, 5))
  show("a third of savings", account.share(Savings, 3))
  let failed = fn() { caught(fn() { account.share(Current, 0) }) }
  case wait_for_another(Current, failed) {
    Ok(_) -> print("shared\n")
    Error(why) -> print("the current account ended: " <> why <> "\n")
  }
  show("current, started again", account.balance(Current))
  show("savings, as it was", account.balance(Savings))
}
