"""Templates, compiled once for each language with their sentences already in them.

A page says some hundred words; looked up one by one in a loop of 25 rows they cost more than the rows. So the
application's environment only chooses: each language has one of its own (the same loader, filters and globals), and
what `_("…")` and `{% trans %}` say there is put in while the template is compiled. Words that are only known when the
page is shown (`_(name)`, plurals) are looked up then, as ever.
"""

from __future__ import annotations

from types import CodeType
from typing import Any

from flask.templating import Environment
from jinja2 import BytecodeCache, Template, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup
from markupsafe._speedups import _escape_inner

from tracker.web.languages import catalogue, spoken_now

SAYING = ("_", "gettext")


class Compiled(BytecodeCache):
    """What templates were compiled to, kept for all applications of a process: tests make hundreds of them."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, CodeType]] = {}

    def get_bucket(self, environment: Any, name: str, filename: str | None, source: str) -> Bucket:
        """The place of one template in one language."""
        key = f"{environment.language}:{self.get_cache_key(name, filename)}"
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self.kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.kept[bucket.key] = (bucket.checksum, bucket.code)


COMPILED = Compiled()


def written(value: Any) -> str:
    """What a page writes of a value: escaped unless it is markup already; no markup is made of it on the way."""
    if type(value) is str:
        return _escape_inner(value)
    return value.__html__() if hasattr(value, "__html__") else _escape_inner(str(value))


def filled(sentence: str, values: dict[str, Any]) -> Markup:
    """A sentence of ours with its values, each escaped unless it is markup already; numbers stay numbers, for %d."""
    told = {name: value if type(value) is int else written(value) for name, value in values.items()}
    return Markup(sentence % told)  # nosec B704 - escaped here


class Writing(CodeGenerator):
    """Writes values with `written`, which takes a third of the time of the escape that answers with markup; and fills
    sentences with `filled`, which wraps no value before it is asked for.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    def visit_Mod(self, node: nodes.BinExpr, frame: Frame) -> None:
        said, escapes = node.left, frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if not (escapes and isinstance(said, nodes.MarkSafeIfAutoescape) and isinstance(said.expr, nodes.Const)):
            super().visit_Mod(node, frame)
            return
        self.write(f"environment.filled({said.expr.value!r}, ")
        self.visit(node.right, frame)
        self.write(")")


class Calling(Context):
    """Calls a macro at once; of everything else it is asked first, at some length, what it wants to be handed."""

    def call(self, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(__obj) is not Macro:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(self.eval_ctx, *args, **kwargs)


class Page(Template):
    """A template whose macros, once made, serve every page that imports them: all share the globals of the language."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        return self._module or super()._get_default_module(ctx)


class Templates(Environment):
    """The application's templates; `language` is empty for the one that chooses."""

    code_generator_class = Writing
    template_class = Page
    context_class = Calling
    written, filled = staticmethod(written), staticmethod(filled)

    def __init__(self, app: Any, **options: Any) -> None:
        # All of them are kept, none is compiled twice.
        super().__init__(app, **{**options, "cache_size": -1, "bytecode_cache": COMPILED})
        self.language = ""
        self.kept: dict[str, Templates] = {}
        self.ready: dict[str, Any] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:
        """The template as it reads in the language spoken now."""
        if not self.language:
            return self.spoken(spoken_now()).get_template(name, parent, globals)
        if self.auto_reload or globals:
            return super().get_template(name, parent, globals)
        found = self.ready.get(name)
        if found is None:
            found = self.ready[name] = super().get_template(name, parent, globals)
        return found

    def spoken(self, language: str) -> Templates:
        """The environment of one language."""
        kept = self.kept.get(language)
        if kept is None or kept.loader is not self.loader:
            kept = self.overlay()
            kept.language, kept.ready = language, {}
            self.kept[language] = kept
        return kept

    def make_globals(self, d: Any) -> Any:
        """The globals themselves where no template has its own: a page looks at them with every import."""
        return self.globals if self.language and not d else super().make_globals(d)

    def _generate(self, source: nodes.Template, *rest: Any, **more: Any) -> str:
        if self.language:
            source = Said(self).visit(source)
        return super()._generate(source, *rest, **more)


class Said(NodeTransformer):
    """Puts the sentences of a language where a template asks for them by a fixed msgid."""

    def __init__(self, environment: Templates) -> None:
        self.environment = environment
        self.say = catalogue(environment.language).gettext

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        text = self._fixed_text(call)
        if text is None:
            return call
        said: nodes.Expr = nodes.MarkSafeIfAutoescape(nodes.Const(text), lineno=call.lineno)
        if call.kwargs:
            pairs = [nodes.Pair(nodes.Const(one.key), one.value) for one in call.kwargs]
            said = nodes.Mod(said, nodes.Dict(pairs), lineno=call.lineno)
        return said.set_environment(self.environment)

    def _fixed_text(self, call: nodes.Call) -> str | None:
        """What `_("…")` and `_("…", name=value)` say; None for any other call."""
        if not (isinstance(call.node, nodes.Name) and call.node.name in SAYING and len(call.args) == 1):
            return None
        [msgid] = call.args
        if not isinstance(msgid, nodes.Const) or call.dyn_args is not None or call.dyn_kwargs is not None:
            return None
        text = str(self.say(msgid.value))
        return None if "%" in text and not call.kwargs else text
