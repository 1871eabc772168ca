"""Random Erlang functions, as text: module(name, seed) is a module whose main/1 prints a line for
each of CASES calls. A function takes A, B and C; what it computes is a random expression (or guard,
construction or match of bits) over them, over literals and over o(Literal), which erlc cannot fold.
"""
import random

FUNCTIONS = 120
CALLS = 25
CASES = FUNCTIONS * CALLS

HEAD = '''-module({name}).
-export([main/1, o/1]).
-compile([nowarn_unused_vars]).
main(_) -> lists:foreach(fun({{N, F, Calls}}) -> io:put_chars([call(N, F, Args) || Args <- Calls]) end, all()).
call(N, F, Args) ->
    Result = one(F, Args),
    [io_lib:format("f~w ~w -> ~w~n", [N, Args, Result]) | same(N, F, Args, Result)].
one(F, [A, B, C]) -> try F(A, B, C) catch Class:Reason -> {{Class, Reason}} end.
%% The same values on the heap give the same.
same(N, F, Args, Result) ->
    case one(F, binary_to_term(term_to_binary(Args))) of
        Result -> [];
        Other -> io_lib:format("f~w on the heap ~w -> ~w~n", [N, Args, Other])
    end.
o(X) -> case get(never) of undefined -> X; Y -> Y end.
'''


class Gen:
    def __init__(self, r):
        self.r = r
        self.names = 0

    def pick(self, *choices):
        return self.r.choice(choices)

    # ---- values, as literals ----

    def int(self):
        r = self.r
        kind = r.randrange(8)
        if kind < 2:
            return r.randint(-10, 10)
        if kind < 3:
            return r.randint(-1000, 1000)
        if kind < 6:
            near = 1 << self.pick(7, 8, 15, 16, 31, 32, 52, 53, 58, 59, 60, 61, 62, 63, 64, 65, 127, 128)
            return self.pick(1, -1) * (near + r.randint(-2, 2))
        if kind < 7:
            return self.pick(1, -1) * r.getrandbits(r.randint(1, 70))
        return self.pick(1, -1) * r.getrandbits(r.randint(60, 300))

    def float(self):
        r = self.r
        kind = r.randrange(6)
        if kind == 0:
            return self.pick(0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -0.5, 1e22, 1.7976931348623157e308, 5e-324, 9007199254740992.0)
        if kind == 1:
            return float(self.pick(1, -1) * ((1 << r.randrange(70)) + r.randint(-2, 2)))
        if kind == 2:
            return r.uniform(-1000, 1000)
        if kind == 3:
            return r.uniform(-1, 1) * 10.0 ** r.randint(-300, 300)
        return float(r.randint(-100, 100)) / self.pick(1, 2, 4, 3, 10)

    def bytes(self):
        n = self.pick(0, 1, 2, 3, 4, 5, 8, 9, 12, 16, 20, 64, 65, 70)
        return [self.r.choice([0, 1, 127, 128, 255, self.r.randrange(256), self.r.randrange(256)]) for _ in range(n)]

    def bits(self):
        parts = [str(b) for b in self.bytes()]
        if self.r.random() < 0.4:
            n = self.r.randint(1, 7)
            parts.append(f'{self.r.getrandbits(n)}:{n}')
        return '<<' + ','.join(parts) + '>>'

    def literal(self, kind=None):
        kind = kind or self.pick('int', 'int', 'float', 'bits', 'atom', 'list', 'tuple')
        if kind == 'int':
            return str(self.int())
        if kind == 'small':
            return str(self.r.randint(0, 40))
        if kind == 'float':
            text = repr(self.float())
            return text if '.' in text or 'inf' in text else text.replace('e', '.0e')
        if kind == 'number':
            return self.literal(self.pick('int', 'int', 'float'))
        if kind == 'bits':
            return self.bits()
        if kind == 'atom':
            return self.pick('a', 'b', 'true', 'false', 'undefined')
        if kind == 'list':
            return '[' + ','.join(self.literal(self.pick('int', 'float', 'atom')) for _ in range(self.r.randrange(4))) + ']'
        if kind == 'tuple':
            return '{' + ','.join(self.literal(self.pick('int', 'float', 'atom')) for _ in range(self.r.randrange(4))) + '}'
        return '#{' + ','.join(f'{k} => {self.literal()}' for k in self.r.sample(['a', 'b', '1', '2.0', '<<1>>'], self.r.randrange(4))) + '}'

    # ---- expressions ----

    def number(self, depth, leaves):
        """An expression that mostly is a number."""
        r = self.r
        if depth == 0 or r.random() < 0.15:
            kind = r.randrange(10)
            if kind < 6:
                return r.choice(leaves)
            text = self.literal('number')
            return f'o({text})' if kind < 7 and not isinstance(leaves, Guard) else f'({text})'
        op = self.pick('+', '-', '*', '+', '-', '*', '/', 'div', 'rem', 'band', 'bor', 'bxor', 'bsl', 'bsr', 'neg', 'bnot', 'call', 'call2')
        one = self.number(depth - 1, leaves)
        if op in ('neg', 'bnot'):
            return f'({"-" if op == "neg" else "bnot"} {one})'
        if op == 'call':
            return f'{self.pick("abs", "trunc", "round", "float", "floor", "ceil", "+")}({one})'
        if op in ('bsl', 'bsr'):
            return f'({one} {op} ({self.number(0, leaves)} rem {self.pick(7, 64, 70, 130)}))'
        two = self.number(depth - 1, leaves)
        if op == 'call2':
            return f'{self.pick("erlang:min", "erlang:max")}({one}, {two})' if not isinstance(leaves, Guard) else f'({one} + {two})'
        return f'({one} {op} {two})'

    def test(self, depth, leaves):
        r = self.r
        kind = r.randrange(10)
        if depth and kind < 3:
            op = self.pick('andalso', 'orelse', 'and', 'or', 'xor')
            return f'({self.test(depth - 1, leaves)} {op} {self.test(depth - 1, leaves)})'
        if kind == 3:
            return f'(not {self.test(max(depth - 1, 0), leaves)})'
        if kind == 4:
            return f'{self.pick("is_integer", "is_float", "is_number", "is_atom", "is_binary", "is_bitstring", "is_list", "is_tuple", "is_boolean")}({r.choice(leaves)})'
        op = self.pick('<', '=<', '==', '/=', '=:=', '=/=', '>', '>=')
        if kind == 5:
            return f'({r.choice(leaves)} {op} {self.literal()})'
        return f'({self.number(depth, leaves)} {op} {self.number(depth, leaves)})'

    # ---- bit syntax ----

    def size(self, names):
        if self.r.random() < 0.5:
            return str(self.pick(0, 1, 2, 3, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 56, 59, 60, 61, 62, 63, 64, 65, 72, 100, 128))
        return self.r.choice(names)

    def segment_type(self, names, matching):
        """(type suffix, what it takes)"""
        kind = self.pick('int', 'int', 'int', 'int', 'float', 'bin', 'bits', 'utf')
        end = self.pick('', '', 'little', 'big', 'native')
        sign = self.pick('', '', 'signed', 'unsigned')
        if kind == 'int':
            unit = self.pick('', '', '', '', 'unit:1', 'unit:2', 'unit:3', 'unit:8')
            size = ':' + self.size(names) if unit or self.r.random() < 0.8 else ''
            words = [w for w in (end, sign, unit) if w]
            return size + ('/' + '-'.join(words) if words else ''), 'int'
        if kind == 'float':
            size = self.pick('', ':64', ':32', ':16', ':' + self.r.choice(names), ':' + str(self.pick(0, 1, 8, 63)) if self.r.random() < 0.1 else '')
            return size + '/' + '-'.join(w for w in ('float', end) if w), 'number'
        if kind == 'utf':
            name = self.pick('utf8', 'utf8', 'utf16', 'utf32')
            return '/' + '-'.join(w for w in (name, end if name != 'utf8' else '') if w), 'int'
        name = 'binary' if kind == 'bin' else 'bitstring'
        unit = self.pick('', '', '', 'unit:1', 'unit:7', 'unit:8', 'unit:16') if kind == 'bin' else ''
        size = ':' + self.pick('0', '1', '2', '3', '8', self.r.choice(names)) if matching or self.r.random() < 0.5 else ''
        return size + '/' + '-'.join(w for w in (name, unit if size else '') if w), 'bits'

    def build(self, values, sizes):
        parts = []
        for _ in range(self.r.randint(1, 5)):
            suffix, takes = self.segment_type(sizes, False)
            if self.r.random() < 0.6:
                value = self.r.choice(values)
            else:
                value = self.literal(takes)
                value = f'(o({value}))' if self.r.random() < 0.6 else f'({value})'
            parts.append(value + suffix)
        return '<<' + ', '.join(parts) + '>>'

    def match(self):
        """A pattern and the names it binds."""
        parts, names, sizes = [], [], ['B', 'C']
        for _ in range(self.r.randint(1, 5)):
            suffix, takes = self.segment_type(sizes, True)
            kind = self.r.random()
            if kind < 0.15 and takes == 'int' and 'utf' not in suffix:
                parts.append(f'{self.r.randrange(256)}{suffix}')
                continue
            name = f'V{len(names)}'
            parts.append(name + suffix)
            names.append(name)
            if takes == 'int':
                sizes.append(name)
        if self.r.random() < 0.7:
            parts.append('T/bits')
            names.append('T')
        return '<<' + ', '.join(parts) + '>>', names

    # ---- functions ----

    def function(self, n):
        """(clauses, kinds of the arguments)"""
        kind = self.r.randrange(11)
        head = f'f{n}(A, B, C)'
        if kind < 3:
            kinds = [self.pick('int', 'float', 'number') for _ in range(3)]
            guard = ''
            if self.r.random() < 0.5:
                guard = ' when ' + ', '.join(f'is_{k}({v})' for k, v in zip(('integer' if k == 'int' else k for k in kinds), 'ABC'))
            return f'{head}{guard} -> {self.number(self.r.randint(1, 4), "ABC")}', kinds
        if kind == 3:
            kinds = ['int', 'int', 'small']
            low = self.r.randint(-5, 0) * 10 ** self.r.randint(0, 20)
            high = self.r.randint(1, 9) * 10 ** self.r.randint(0, 20)
            return (f'{head} when is_integer(A), A >= {low}, A =< {high}, is_integer(B), B < {high}, B > {low} -> X = {self.number(2, "ABC")}, Y = {self.number(2, "ABX")}, '
                    f'{{X, Y, {self.number(2, "AXY")}}};\n{head} -> {{{self.number(1, "ABC")}}}'), kinds
        if kind == 4:
            kinds = [self.pick('int', 'float', 'number', None) for _ in range(3)]
            return f'{head} -> {{{self.test(2, "ABC")}, {self.test(1, "ABC")}}}', kinds
        if kind == 5:
            kinds = [self.pick('int', 'float', 'number', None) for _ in range(3)]
            clauses = [f'{head} when {self.test(2, Guard("ABC"))} -> {i}' for i in range(3)]
            return ';\n'.join(clauses + [f'{head} -> none']), kinds
        if kind < 8:
            kinds = [self.pick('int', 'number', 'bits'), self.pick('small', 'small', 'bits', 'int_size'), self.pick('small', 'small', 'int_size')]
            return f'{head} -> {self.build("ABC", ["C", "C", "(C + 1)", "B"])}', kinds
        if kind == 8:
            kinds = ['bits', 'small', 'small']
            pattern, names = self.match()
            more, others = self.match()
            return (f'{head} -> case A of {pattern} -> {{1{"".join(", " + n for n in names)}}};\n'
                    f'    {more} -> {{2{"".join(", " + n for n in others)}}}; _ -> none end'), kinds
        if kind == 9:
            kinds = ['bits', 'small', 'small']
            pattern, names = self.match()
            pattern = pattern.replace(':B', ':3').replace(':C', ':7')
            bound = ''.join(', ' + name for name in names)
            return (f'f{n}({pattern}, B, C) -> {{1{bound}, {self.number(1, names + ["B"])}}};\n'
                    f'f{n}(<<B:5/signed, T/bits>>, B, C) -> {{2, T}};\n{head} -> {{A}} = C'), kinds
        kinds = ['bits', 'small', 'small']
        suffix = self.pick(':3', ':8', ':16/little', ':5/signed', ':(C + 1)', ':(B + 1)/signed-little', '/utf8', ':32/float', ':16/float-little', ':2/binary', ':9/bits', '/utf16')  # sizes of zero never end
        out, _ = self.segment_type(['B', '7'], False)
        form = self.pick('<< <<X{out}>> || <<X{suffix}>> <= A >>', '[X || <<X{suffix}>> <= A]', '[{{X, Y}} || <<X{suffix}, Y:2>> <= A, X > 3]', '<< <<X:3, Y{out}>> || <<X:5, Y{suffix}>> <= A >>')
        return f'{head} -> {form.format(suffix=suffix, out=out)}', kinds

    def argument(self, kind):
        if self.r.random() < 0.02:  # no large integer: it may be a size
            kind = self.pick('float', 'bits', 'atom', 'list', 'tuple')
        if kind == 'int_size':
            return str(self.pick(-1, 0, 1, 64, 65, 129, 1 << 70, -(1 << 70), -(1 << 62)))
        if kind == 'bits' and self.r.random() < 0.3:
            return '<<' + ''.join(self.pick('"a"/utf8,', '16#E9/utf8,', '16#20AC/utf8,', '16#1F600/utf8,', '16#E9/utf16,', '1.5/float,', '2.5:32/float,', '1:32,', '255:9,') for _ in range(self.r.randrange(8))) + '0:1>>'
        return self.literal(kind)


class Guard(str):
    """Leaves of a guard, where o/1 cannot stand."""


def module(name, seed):
    g = Gen(random.Random(seed))
    text, calls = [], []
    for n in range(FUNCTIONS):
        clauses, kinds = g.function(n)
        text.append(clauses)
        args = ',\n    '.join('[' + ', '.join(g.argument(k) for k in kinds) + ']' for _ in range(CALLS))
        calls.append(f'{{{n}, fun f{n}/3, [{args}]}}')
    return HEAD.format(name=name) + '.\n'.join(text) + '.\nall() -> [' + ',\n'.join(calls) + '].\n'
