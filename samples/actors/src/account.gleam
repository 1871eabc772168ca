// An account: a gen_server, its callbacks in Gleam. Constructors are the atoms and tuples that OTP
// wants: Reply(a, b) is {reply, A, B}, Noreply(a) is {noreply, A}.
pub type Request {
  Deposit(amount: Int)
  Share(among: Int)
  Balance
}

pub type Answer {
  Reply(value: Int, state: Int)
}

pub type Silence {
  Noreply(state: Int)
}

pub type Scope {
  Local
}

pub type Name {
  Savings
  Current
}

pub type Module {
  Account
}

pub type Pid

@external(erlang, "gen_server", "start_link")
fn start_link_server(
  name: #(Scope, Name),
  module: Module,
  start: Int,
  options: List(Nil),
) -> Result(Pid, Nil)

@external(erlang, "gen_server", "call")
fn call(name: Name, request: Request) -> Int

@external(erlang, "erlang", "div")
fn divide(a: Int, b: Int) -> Int

pub fn start_link(account: #(Name, Int)) -> Result(Pid, Nil) {
  let #(name, start) = account
  start_link_server(#(Local, name), Account, start, [])
}

pub fn deposit(name: Name, amount: Int) -> Int {
  call(name, Deposit(amount))
}

/// Ends the account where there is nobody to share with.
pub fn share(name: Name, among: Int) -> Int {
  call(name, Share(among))
}

pub fn balance(name: Name) -> Int {
  call(name, Balance)
}

// ---- what gen_server calls ----

pub fn init(start: Int) -> Result(Int, Nil) {
  Ok(start)
}

pub fn handle_call(request: Request, _from: a, state: Int) -> Answer {
  case request {
    Deposit(amount) -> Reply(state + amount, state + amount)
    Share(among) -> Reply(divide(state, among), state)
    Balance -> Reply(state, state)
  }
}

pub fn handle_cast(_message: a, state: Int) -> Silence {
  Noreply(state)
}
