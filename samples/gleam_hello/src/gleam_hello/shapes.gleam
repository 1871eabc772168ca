pub type Shape {
  Circle(radius: Int)
  Rectangle(width: Int, height: Int)
}

@external(erlang, "erlang", "integer_to_binary")
fn int_to_string(n: Int) -> String

pub fn describe(shape: Shape) -> String {
  case shape {
    Circle(radius) -> "a circle of radius " <> int_to_string(radius)
    Rectangle(width, height) ->
      "a rectangle of area " <> int_to_string(width * height)
  }
}
