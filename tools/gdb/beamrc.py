"""gdb commands for programs built by beamrc: `source tools/gdb/beamrc.py`, then

    bterm EXPR      the Erlang term that a C expression holds: `bterm x0`, `bterm p->x[6]`
    bstack [PROC]   the Erlang stack: of the function that stands, or of a process (a Proc *)
    bregs [N]       X registers x0..x5 and p->x[6..N)

Terms are read from memory alone (abi/layout.h), so this works on core files too.
"""
import gdb
import re
import struct

MAX_ITEMS = 100
MAX_DEPTH = 30


def words(address, count):
    data = gdb.selected_inferior().read_memory(address, 8 * count)
    return struct.unpack("<%dQ" % count, bytes(data))


def bytes_at(address, count):
    return bytes(gdb.selected_inferior().read_memory(address, count))


def signed(word):
    return word - (1 << 64) if word >> 63 else word


class Atoms:
    """The program's static atoms, by term; those made at run time are shown by number."""

    table = None

    @classmethod
    def text(cls, term):
        if cls.table is None:
            cls.table = {}
            program = gdb.parse_and_eval("&brc_program")
            base, places, texts, count = words(int(program), 4)
            place = struct.unpack("<%dI" % (count + 1), bytes_at(places, 4 * count + 4))
            for i, atom in enumerate(words(base, count)):
                text = bytes_at(texts + place[i], place[i + 1] - place[i] - 1)
                cls.table[atom] = text.decode("utf-8", "replace")
        name = cls.table.get(term)
        if name is None:
            return "#Atom<0x%x>" % (term >> 4)
        plain = name[:1].islower() and all(c.isalnum() or c in "_@" for c in name)
        return name if plain else "'%s'" % name.replace("\\", "\\\\").replace("'", "\\'")


def format_bits(base, offset, size):
    first, last = offset // 8, (offset + size + 7) // 8
    value = int.from_bytes(bytes_at(base + first, last - first), "big")
    value >>= last * 8 - offset - size
    value &= (1 << size) - 1
    whole, rest = divmod(size, 8)
    data = (value >> rest).to_bytes(whole, "big")
    if not rest and data and all(32 <= c < 127 for c in data):
        return '<<"%s">>' % data.decode().replace('"', '\\"')
    parts = [str(c) for c in data[:MAX_ITEMS]] + (["..."] if whole > MAX_ITEMS else [])
    if rest:
        parts.append("%d:%d" % (value & ((1 << rest) - 1), rest))
    return "<<" + ",".join(parts) + ">>"


def bin_data(box):
    """Address of the bytes of a HEAPBIN or REFBIN and their number."""
    header, size = words(box, 2)
    if header >> 4 & 15 == 11:
        return box + 16, size
    return words(box + 32, 1)[0], size


def format_list(term, depth):
    items, text = [], True
    while term & 3 == 1 and len(items) < MAX_ITEMS:
        head, tail = words(term - 1, 2)
        items.append(head)
        text = text and head & 3 == 0 and (32 <= head >> 2 < 127 or head >> 2 in (9, 10, 13))
        term = tail
    if term == 0x27 and text and items:
        return '"%s"' % "".join(chr(i >> 2) for i in items).replace("\n", "\\n")
    body = ",".join(format_term(i, depth + 1) for i in items)
    if term & 3 == 1:
        return "[%s|...]" % body
    return "[%s]" % body if term == 0x27 else "[%s|%s]" % (body, format_term(term, depth + 1))


def map_pairs(box):
    header = words(box, 1)[0]
    kind = header >> 4 & 15
    if kind == 1:
        size = (header >> 8) - 1
        keys = words(words(box + 8, 1)[0] - 2 + 8, size) if size else ()
        return list(zip(keys, words(box + 16, size) if size else ()))
    pairs, todo = [], [words(box + 16, 1)[0]]
    while todo and len(pairs) < MAX_ITEMS:
        node = todo.pop()
        if node & 3 == 1:
            pairs.append(words(node - 1, 2))
        elif node & 3 == 2:
            count = words(node - 2, 1)[0] >> 8
            todo.extend(reversed(words(node - 2 + 16, count - 1)))
    return pairs


def format_boxed(term, depth):
    box = term - 2
    header = words(box, 1)[0]
    if header & 15 != 15:
        return "#Moved<0x%x>" % header
    kind, size = header >> 4 & 15, header >> 8
    if kind == 0:
        shown = words(box + 8, min(size, MAX_ITEMS)) if size else ()
        more = ",..." if size > MAX_ITEMS else ""
        return "{%s%s}" % (",".join(format_term(t, depth + 1) for t in shown), more)
    if kind in (1, 2):
        pairs = map_pairs(box)
        return "#{%s}" % ",".join(
            "%s => %s" % (format_term(k, depth + 1), format_term(v, depth + 1)) for k, v in pairs)
    if kind == 4:
        entry = words(box + 8, 1)[0]
        _, module, name, arity = words(entry, 4)
        return "fun %s:%s/%d" % (Atoms.text(module), Atoms.text(name), arity & 0xFFFFFFFF)
    if kind in (5, 6):
        original, second, third, fourth = words(box + 8, 4)
        if kind == 5:
            return format_bits(bin_data(original - 2)[0], second >> 2, third >> 2)
        return "#Match<%s>" % format_bits(second, third >> 2, (fourth - third) >> 2)
    if kind == 8:
        return repr(struct.unpack("<d", bytes_at(box + 8, 8))[0])
    if kind in (9, 10):
        value = int.from_bytes(bytes_at(box + 8, 8 * size), "little")
        return str(-value if kind == 10 else value)
    if kind in (11, 12):
        data, count = bin_data(box)
        return format_bits(data, 0, 8 * count)
    if kind == 13:
        return "#Ref<%s>" % ".".join("%x" % w for w in words(box + 8, 3))
    return "#Boxed<kind %d, %d words>" % (kind, size)


def format_term(term, depth=0):
    if depth > MAX_DEPTH:
        return "..."
    try:
        if term & 3 == 0:
            return str(signed(term) >> 2)
        if term & 3 == 1:
            return format_list(term, depth)
        if term & 3 == 2:
            return format_boxed(term, depth)
    except gdb.MemoryError:
        return "#Bad<0x%x>" % term
    if term & 15 == 3:
        return Atoms.text(term)
    if term & 0x3F == 0x07:
        return "<0.%d.%d>" % (term >> 6 & 0xFFFFFFF, term >> 34)
    if term & 0x3F == 0x17:
        return "#Port<0.%d>" % (term >> 6)
    names = {0x27: "[]", 0x67: "#None"}
    if term in names:
        return names[term]
    if term & 15 == 11:
        return "#Catch<%s>" % symbol_at(term - 11)
    if term & 15 == 15:
        return "#Return<%s>" % symbol_at(term - 15)
    return "#Special<0x%x>" % term


def symbol_at(address):
    text = gdb.execute("info symbol 0x%x" % address, to_string=True)
    return text.split(" in section")[0].split(" + ")[0].strip()


def erlang_name(symbol):
    """lists$map$2$c3 is lists:map/2; a C function's name stays as it is."""
    plain = re.sub(r"\$\$([0-9a-f]{2})", lambda m: chr(0xE000 + int(m[1], 16)), symbol)
    parts = re.fullmatch(r"([^$]*)\$([^$]*)\$(\d+)(\$l)?(\$[cjhr]\d+)?", plain.replace("$$__", ""))
    if not parts:
        return symbol
    module, name = (
        b"".join(bytes([ord(c) - 0xE000]) if ord(c) >= 0xE000 else c.encode() for c in part)
        .decode("utf-8", "replace") for part in parts.groups()[:2])
    return "%s:%s/%s" % (module, name, parts[3])


class Places:
    """From continuations to the calls they return from, as the program itself finds them."""

    table = None

    @classmethod
    def text(cls, address):
        if cls.table is None:
            start, end = (int(gdb.parse_and_eval("(unsigned long)&__%s_brc_pcs" % n))
                          for n in ("start", "stop"))
            data = bytes_at(start, end - start)
            cls.table = dict(struct.iter_unpack("<II", data))
        loc = cls.table.get(address)
        if loc is None:
            return None
        place = words(loc, 1)[0]
        module, name, arity, files = words(loc - (place & 0xFFFFFFFF), 4)
        file, line = place >> 32 & 0xFF, place >> 40
        where = ""
        if line:
            source = words(files + 8 * file, 1)[0]
            where = " (%s:%d)" % (gdb.Value(source).cast(CHARS).string(), line)
        return "%s:%s/%d%s" % (Atoms.text(module), Atoms.text(name), arity & 0xFFFFFFFF, where)


CHARS = gdb.lookup_type("char").pointer()


class PrintTerm(gdb.Command):
    """bterm EXPR: prints the Erlang term that a C expression holds."""

    def __init__(self):
        super().__init__("bterm", gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def invoke(self, argument, from_tty):
        value = int(gdb.parse_and_eval("(unsigned long)(%s)" % argument))
        print(format_term(value & (1 << 64) - 1))


class PrintStack(gdb.Command):
    """bstack [PROC]: prints the Erlang stack of a process, innermost call first. Without PROC: of
the function that stands, which must be a compiled one with its registers known (-g)."""

    def __init__(self):
        super().__init__("bstack", gdb.COMMAND_STACK, gdb.COMPLETE_EXPRESSION)

    def invoke(self, argument, from_tty):
        proc = gdb.parse_and_eval("(Proc *)(%s)" % (argument or "p"))
        if argument:
            at = int(proc["sp"])
        else:
            at = int(gdb.parse_and_eval("(unsigned long)sp"))
            place = gdb.selected_frame().find_sal()
            name = erlang_name(gdb.selected_frame().name() or "?")
            where = " (%s:%d)" % (place.symtab.filename, place.line) if place.symtab else ""
            print(name + where)
        end = int(proc["stack_end"])
        while at < end:
            word = words(at, 1)[0]
            text = Places.text(word - 15) if word & 15 == 15 else None
            if text:
                print(text)
            at += 8


class PrintRegisters(gdb.Command):
    """bregs [N]: prints x0..x5 and, with N, the X registers up to N."""

    def __init__(self):
        super().__init__("bregs", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        for i in range(int(argument) if argument else 6):
            name = "x%d" % i if i < 6 else "p->x[%d]" % i
            try:
                value = int(gdb.parse_and_eval("(unsigned long)(%s)" % name))
                print("x%d = %s" % (i, format_term(value & (1 << 64) - 1)))
            except gdb.error:
                print("x%d is not here" % i)


gdb.execute("skip -gfi *.h", to_string=True)  # steps pass by what headers put into the code
PrintTerm()
PrintStack()
PrintRegisters()
