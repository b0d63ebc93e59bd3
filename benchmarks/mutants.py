"""Small changes to a module's source, each of which some test should notice.

A mutant is one change at one place: a boundary moved, an operand dropped, a condition that never holds, a statement
left out. The rest of the source stays as it is, byte for byte, so that a mutant can be shown as a diff.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from difflib import unified_diff

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_METHODS = {
    "startswith": "endswith", "endswith": "startswith", "lower": "upper", "upper": "lower",
    "issubset": "issuperset", "issuperset": "issubset",
}  # fmt: skip
_UNWRAPPED = {"reversed", "sorted", "set", "frozenset", "abs"}
_DUNDER = "__"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a module: the source's bytes from `start` to `end` replaced, in the function of that name.

    `statement` are the first and last line of the statement (of a compound one its head), None where that runs when
    the module is imported. `before` and `after` are the lines that change. `turn` counts the mutants that are alike in
    all this, from 0.
    """

    module: str
    function: str
    kind: str
    statement: tuple[int, int] | None
    start: int
    end: int
    replacement: str
    before: str
    after: str
    turn: int = 0

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What names the mutant wherever the module's other lines move to."""
        return self.module, self.function, self.before, self.after

    def rank(self, seed: int) -> str:
        """Where a sample of that seed has the mutant: another mutant more or less moves no other."""
        said = "\0".join((str(seed), *self.key, str(self.turn)))
        return hashlib.sha256(said.encode()).hexdigest()

    def apply(self, source: bytes) -> bytes:
        """The module's source with the change."""
        return source[: self.start] + self.replacement.encode() + source[self.end :]

    def diff(self, source: bytes) -> str:
        """The change as a unified diff without context."""
        old, new = (text.decode().splitlines() for text in (source, self.apply(source)))
        lines = list(unified_diff(old, new, self.module, self.module, lineterm="", n=0))
        return "\n".join(lines[2:])


def mutants_of(module: str, source: bytes) -> list[Mutant]:
    """All mutants of a module, in order of place; none in annotations, decorators, messages and docstrings."""
    maker = _Maker(module, source)
    maker.visit(ast.parse(source))
    seen: Counter[tuple[str, str, str, str]] = Counter()
    found = []
    for mutant in sorted(maker.found, key=lambda one: (one.start, one.end, one.replacement)):
        found.append(replace(mutant, turn=seen[mutant.key]))
        seen[mutant.key] += 1
    return found


class _Maker(ast.NodeVisitor):
    """Walks a module and notes every change that can be made."""

    def __init__(self, module: str, source: bytes) -> None:
        self.found: list[Mutant] = []
        self._module = module
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._names: list[str] = []
        self._in_function = False
        self._statement: tuple[int, int] | None = None

    def visit(self, node: ast.AST) -> None:
        """Note the statement that a node belongs to, too."""
        outer = self._statement
        if isinstance(node, ast.stmt) and self._in_function:
            body = getattr(node, "body", None)
            last = max(node.lineno, body[0].lineno - 1) if body else node.end_lineno or node.lineno
            self._statement = (node.lineno, last)
        super().visit(node)
        self._statement = outer

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt)
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end].decode()

    def _note(self, kind: str, node: ast.AST, text: str) -> None:
        self._note_between(kind, *self._span(node), text)

    def _note_between(self, kind: str, start: int, end: int, text: str) -> None:
        first = self._source.rfind(b"\n", 0, start) + 1
        last = self._source.find(b"\n", end)
        last = len(self._source) if last < 0 else last
        before = self._source[first:last].decode()
        after = self._source[first:start].decode() + text + self._source[end:last].decode()
        function = ".".join(self._names)
        self.found.append(
            Mutant(
                self._module,
                function,
                kind,
                self._statement,
                start,
                end,
                text,
                " ".join(before.split()),
                " ".join(after.split()),
            )
        )

    # Statements

    def _named(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        self._names.append(node.name)
        outer = self._in_function
        if not isinstance(node, ast.ClassDef):
            for default in (*node.args.defaults, *node.args.kw_defaults):
                if default is not None:
                    self.visit(default)
            self._in_function = True
        for statement in node.body:
            self.visit(statement)
        self._in_function = outer
        self._names.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Body and defaults; neither decorators nor annotations."""
        self._named(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """As any function."""
        self._named(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """The body alone."""
        self._named(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """The value alone."""
        if node.value is not None:
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        """The value; one that changes a thing may be left out. Dunder names tell tools, not readers."""
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id.startswith(_DUNDER):
            return
        if isinstance(target, ast.Attribute | ast.Subscript) and "__init__" not in self._names:
            self._note("statement", node, "pass")
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        """May be left out."""
        self._note("statement", node, "pass")
        self.visit(node.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        """May be left out; a docstring is none."""
        if isinstance(node.value, ast.Constant):
            return
        self._note("statement", node, "pass")
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """May be left out; what it says does not matter."""
        self._note("statement", node, "pass")

    def visit_Continue(self, node: ast.Continue) -> None:
        """May be left out, or end the loop."""
        self._note("statement", node, "pass")
        self._note("statement", node, "break")

    def visit_Break(self, node: ast.Break) -> None:
        """May only go on to the next."""
        self._note("statement", node, "continue")

    def visit_Delete(self, node: ast.Delete) -> None:
        """May be left out."""
        self._note("statement", node, "pass")

    def visit_Return(self, node: ast.Return) -> None:
        """May give nothing; one that gives nothing may be left out."""
        value = node.value
        if value is None or (isinstance(value, ast.Constant) and value.value is None):
            self._note("return", node, "pass")
            return
        if not isinstance(value, ast.Constant):
            self._note("return", value, "None")
        self.visit(value)

    def visit_If(self, node: ast.If) -> None:
        """May never hold."""
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        self._note("never", node.test, "False")
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """May let an error pass."""
        if isinstance(node.type, ast.Tuple):
            for name in node.type.elts:
                others = [self._text(other) for other in node.type.elts if other is not name]
                self._note("except", node.type, f"({', '.join(others)},)")
        elif node.type is not None:
            self._note("except", node.type, "()")
        for statement in node.body:
            self.visit(statement)

    def visit_Assert(self, node: ast.Assert) -> None:
        """Tells the type checker something."""

    # Expressions

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Python 3.11 does not know where the parts of an f-string stand."""

    def visit_IfExp(self, node: ast.IfExp) -> None:
        """May take one side always."""
        self._note("never", node, self._text(node.orelse))
        self._note("always", node, self._text(node.body))
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        """May lack one of its operands."""
        word = " and " if isinstance(node.op, ast.And) else " or "
        for dropped in node.values:
            others = [f"({self._text(one)})" for one in node.values if one is not dropped]
            self._note("operand", node, f"({word.join(others)})")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        """May lack its sign or its `not`."""
        if isinstance(node.op, ast.Not | ast.USub):
            self._note("unary", node, f"({self._text(node.operand)})")
        self.visit(node.operand)

    def visit_Compare(self, node: ast.Compare) -> None:
        """May stand at the other side of its boundary, or say the opposite."""
        for at, operator in enumerate(node.ops):
            changed = [type(one) for one in node.ops]
            changed[at] = _COMPARISONS[type(operator)]
            parts = [f"({self._text(node.left)})"]
            for one, side in zip(changed, node.comparators, strict=True):
                parts += [_SIGNS[one], f"({self._text(side)})"]
            self._note("comparison", node, f"({' '.join(parts)})")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """May do the opposite; sums of texts are texts."""
        other = _OPERATORS.get(type(node.op))
        texts = ast.JoinedStr, ast.List, ast.Tuple
        if other is not None and not any(
            _is_text(one) or isinstance(one, texts) for one in (node.left, node.right)
        ):
            left, right = self._text(node.left), self._text(node.right)
            self._note("operator", node, f"(({left}) {_SIGNS[other]} ({right}))")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Truth turns, numbers grow."""
        value = node.value
        if isinstance(value, bool):
            self._note("constant", node, str(not value))
        elif isinstance(value, int):
            self._note("constant", node, str(value + 1))
        elif isinstance(value, float):
            self._note("constant", node, str(value * 1.5 if value else 0.5))

    def visit_Slice(self, node: ast.Slice) -> None:
        """May begin at the beginning, end at the end, or end one earlier."""
        lower, upper = node.lower, node.upper
        if lower is not None:
            self._note("slice", lower, "")
        if upper is not None:
            self._note("slice", upper, "")
            if not isinstance(upper, ast.Constant):
                self._note("slice", upper, f"({self._text(upper)}) - 1")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """May be of the opposite function, or not be made."""
        if isinstance(node.func, ast.Name):
            name = node.func.id
            if name in _NAMES:
                self._note("call", node.func, _NAMES[name])
            elif name in _UNWRAPPED and len(node.args) == 1 and not isinstance(node.args[0], ast.Set):
                self._note("call", node, f"({self._text(node.args[0])})")
        elif isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
            text = f"{self._text(node.func.value)}.{_METHODS[node.func.attr]}"
            self._note("call", node.func, text)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        """May take all."""
        for condition in node.ifs:
            self._note("filter", condition, "True")
        self.generic_visit(node)


_SIGNS: dict[type[ast.AST], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.FloorDiv: "//", ast.BitAnd: "&", ast.BitOr: "|",
}  # fmt: skip


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
