// A first program: no dependencies, so that it builds with nothing but the compiler.
import gleam_hello/shapes.{Circle, Rectangle}

@external(erlang, "io", "put_chars")
fn print(text: String) -> Nil

@external(erlang, "erlang", "integer_to_binary")
fn int_to_string(n: Int) -> String

fn sum(of numbers: List(Int), from total: Int) -> Int {
  case numbers {
    [] -> total
    [first, ..rest] -> sum(rest, total + first)
  }
}

pub fn main() {
  print("Hello from Gleam, compiled to native code!\n")
  print("1 + 2 + 3 + 4 = " <> int_to_string(sum([1, 2, 3, 4], 0)) <> "\n")
  print(shapes.describe(Circle(2)) <> "\n")
  print(shapes.describe(Rectangle(3, 4)) <> "\n")
}
