//// A small Markdown to HTML: headings, lists, fenced code and paragraphs; strong and emphasised
//// text, code and links in them. Nothing is used but the language itself.

pub type Block {
  Heading(level: Int, text: List(Inline))
  Items(List(List(Inline)))
  Fenced(List(BitString))
  Paragraph(List(Inline))
}

pub type Inline {
  Text(BitString)
  Strong(List(Inline))
  Emphasis(List(Inline))
  Code(BitString)
  Link(text: List(Inline), address: BitString)
}

pub type Html {
  Html(parts: List(BitString), tags: Int)
}

@external(erlang, "binary", "part")
fn part(text: BitString, from: Int, length: Int) -> BitString

@external(erlang, "lists", "reverse")
fn reverse(list: List(a)) -> List(a)

/// The HTML of a text as a list of pieces, and how many elements it has.
pub fn render(text: BitString) -> Html {
  let html = write(blocks(text, []), Html([], 0))
  Html(..html, parts: reverse(html.parts))
}

// ---- blocks ----

fn line(rest: BitString, all: BitString, length: Int) -> #(BitString, BitString) {
  case rest {
    <<10, rest:bit_string>> -> #(part(all, 0, length), rest)
    <<_, rest:bit_string>> -> line(rest, all, length + 1)
    _ -> #(all, <<>>)
  }
}

fn blocks(text: BitString, done: List(Block)) -> List(Block) {
  case text {
    <<>> -> reverse(done)
    <<10, rest:bit_string>> -> blocks(rest, done)
    <<"#":utf8, rest:bit_string>> -> heading(rest, 1, done)
    <<"- ":utf8, _:bit_string>> -> items(text, [], done)
    <<"```\n":utf8, rest:bit_string>> -> fenced(rest, [], done)
    _ -> {
      let #(first, rest) = line(text, text, 0)
      blocks(rest, [Paragraph(inlines(first, first, 0, [])), ..done])
    }
  }
}

fn heading(text: BitString, level: Int, done: List(Block)) -> List(Block) {
  case text {
    <<"#":utf8, rest:bit_string>> if level < 6 -> heading(rest, level + 1, done)
    <<" ":utf8, rest:bit_string>> -> heading(rest, level, done)
    _ -> {
      let #(title, rest) = line(text, text, 0)
      blocks(rest, [Heading(level, inlines(title, title, 0, [])), ..done])
    }
  }
}

fn items(text: BitString, found: List(List(Inline)), done: List(Block)) -> List(Block) {
  case text {
    <<"- ":utf8, rest:bit_string>> -> {
      let #(item, rest) = line(rest, rest, 0)
      items(rest, [inlines(item, item, 0, []), ..found], done)
    }
    _ -> blocks(text, [Items(reverse(found)), ..done])
  }
}

fn fenced(text: BitString, found: List(BitString), done: List(Block)) -> List(Block) {
  case text {
    <<>> -> blocks(text, [Fenced(reverse(found)), ..done])
    <<"```\n":utf8, rest:bit_string>> -> blocks(rest, [Fenced(reverse(found)), ..done])
    _ -> {
      let #(code, rest) = line(text, text, 0)
      fenced(rest, [code, ..found], done)
    }
  }
}

// ---- text within a block ----

fn plain(all: BitString, length: Int, done: List(Inline)) -> List(Inline) {
  case length {
    0 -> done
    _ -> [Text(part(all, 0, length)), ..done]
  }
}

fn inlines(rest: BitString, all: BitString, length: Int, done: List(Inline)) -> List(Inline) {
  case rest {
    <<>> -> reverse(plain(all, length, done))
    <<"**":utf8, after:bit_string>> -> {
      let done = plain(all, length, done)
      case until(after, 42, after, 0) {
        Ok(#(inside, <<42, after:bit_string>>)) ->
          inlines(after, after, 0, [Strong(inlines(inside, inside, 0, [])), ..done])
        _ -> inlines(after, rest, 2, done)
      }
    }
    <<"*":utf8, after:bit_string>> -> {
      let done = plain(all, length, done)
      case until(after, 42, after, 0) {
        Ok(#(inside, after)) ->
          inlines(after, after, 0, [Emphasis(inlines(inside, inside, 0, [])), ..done])
        Error(Nil) -> inlines(after, rest, 1, done)
      }
    }
    <<"`":utf8, after:bit_string>> -> {
      let done = plain(all, length, done)
      case until(after, 96, after, 0) {
        Ok(#(inside, after)) -> inlines(after, after, 0, [Code(inside), ..done])
        Error(Nil) -> inlines(after, rest, 1, done)
      }
    }
    <<"[":utf8, after:bit_string>> -> {
      let done = plain(all, length, done)
      case link(after) {
        Ok(#(link, after)) -> inlines(after, after, 0, [link, ..done])
        Error(Nil) -> inlines(after, rest, 1, done)
      }
    }
    <<_, after:bit_string>> -> inlines(after, all, length + 1, done)
    _ -> reverse(plain(all, length, done))
  }
}

fn link(text: BitString) -> Result(#(Inline, BitString), Nil) {
  case until(text, 93, text, 0) {
    Ok(#(name, <<"(":utf8, rest:bit_string>>)) ->
      case until(rest, 41, rest, 0) {
        Ok(#(address, rest)) -> Ok(#(Link(inlines(name, name, 0, []), address), rest))
        Error(Nil) -> Error(Nil)
      }
    _ -> Error(Nil)
  }
}

fn until(
  rest: BitString,
  end: Int,
  all: BitString,
  length: Int,
) -> Result(#(BitString, BitString), Nil) {
  case rest {
    <<byte, rest:bit_string>> if byte == end -> Ok(#(part(all, 0, length), rest))
    <<_, rest:bit_string>> -> until(rest, end, all, length + 1)
    _ -> Error(Nil)
  }
}

// ---- HTML ----

fn put(html: Html, text: BitString) -> Html {
  Html(..html, parts: [text, ..html.parts])
}

fn open(html: Html, tag: BitString) -> Html {
  Html(parts: [tag, ..html.parts], tags: html.tags + 1)
}

fn write(blocks: List(Block), html: Html) -> Html {
  case blocks {
    [] -> html
    [block, ..rest] -> write(rest, write_block(block, html))
  }
}

fn write_block(block: Block, html: Html) -> Html {
  case block {
    Heading(1, text) -> enclosed(text, <<"<h1>":utf8>>, <<"</h1>\n":utf8>>, html)
    Heading(2, text) -> enclosed(text, <<"<h2>":utf8>>, <<"</h2>\n":utf8>>, html)
    Heading(_, text) -> enclosed(text, <<"<h3>":utf8>>, <<"</h3>\n":utf8>>, html)
    Paragraph(text) -> enclosed(text, <<"<p>":utf8>>, <<"</p>\n":utf8>>, html)
    Items(items) ->
      html
      |> open(<<"<ul>\n":utf8>>)
      |> write_items(items, _)
      |> put(<<"</ul>\n":utf8>>)
    Fenced(lines) ->
      html
      |> open(<<"<pre>":utf8>>)
      |> write_lines(lines, _)
      |> put(<<"</pre>\n":utf8>>)
  }
}

fn enclosed(text: List(Inline), before: BitString, after: BitString, html: Html) -> Html {
  put(write_text(text, open(html, before)), after)
}

fn write_items(items: List(List(Inline)), html: Html) -> Html {
  case items {
    [] -> html
    [item, ..rest] -> write_items(rest, enclosed(item, <<"<li>":utf8>>, <<"</li>\n":utf8>>, html))
  }
}

fn write_lines(lines: List(BitString), html: Html) -> Html {
  case lines {
    [] -> html
    [code, ..rest] -> write_lines(rest, put(put(html, escape(code, <<>>)), <<"\n":utf8>>))
  }
}

fn write_text(text: List(Inline), html: Html) -> Html {
  case text {
    [] -> html
    [first, ..rest] -> write_text(rest, write_inline(first, html))
  }
}

fn write_inline(inline: Inline, html: Html) -> Html {
  case inline {
    Text(text) -> put(html, escape(text, <<>>))
    Strong(text) -> enclosed(text, <<"<strong>":utf8>>, <<"</strong>":utf8>>, html)
    Emphasis(text) -> enclosed(text, <<"<em>":utf8>>, <<"</em>":utf8>>, html)
    Code(code) ->
      html
      |> open(<<"<code>":utf8>>)
      |> put(escape(code, <<>>))
      |> put(<<"</code>":utf8>>)
    Link(text, address) ->
      html
      |> open(<<"<a href=\"":utf8>>)
      |> put(escape(address, <<>>))
      |> put(<<"\">":utf8>>)
      |> write_text(text, _)
      |> put(<<"</a>":utf8>>)
  }
}

fn escape(text: BitString, done: BitString) -> BitString {
  case text {
    <<"&":utf8, rest:bit_string>> -> escape(rest, <<done:bit_string, "&amp;":utf8>>)
    <<"<":utf8, rest:bit_string>> -> escape(rest, <<done:bit_string, "&lt;":utf8>>)
    <<"\"":utf8, rest:bit_string>> -> escape(rest, <<done:bit_string, "&quot;":utf8>>)
    <<byte, rest:bit_string>> -> escape(rest, <<done:bit_string, byte>>)
    _ -> done
  }
}
