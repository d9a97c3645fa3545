"""Type stubs say what there is: the same names, the same parameters, and a type for each."""

import ast
import importlib
import inspect
import types
from pathlib import Path

import pytest

import flashlight

FOLDER = Path(flashlight.__file__).parent
MODULES = {
    "flashlight": "__init__.pyi",
    "flashlight._native": "_native.pyi",
    "flashlight.jax": "jax/__init__.pyi",
    "flashlight.torch": "torch/__init__.pyi",
    "flashlight.torch.ahead": "torch/ahead.pyi",
}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def decorators(node):
    return {item.id for item in node.decorator_list if isinstance(item, ast.Name)}


def named(body):
    """The definitions of a stub, by name; what it imports only to use it is none."""
    found = {}
    for node in body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            found.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.AnnAssign):
            found[node.target.id] = [node]
        elif isinstance(node, ast.ImportFrom):
            found.update({item.asname: [node] for item in node.names if item.asname})
    return found


def parameters(node):
    """Parameters of a stub as `inspect` has them: name, kind, and whether there is a default."""
    given, kinds = node.args, inspect.Parameter
    plain = [*given.posonlyargs, *given.args]
    defaults = [False] * (len(plain) - len(given.defaults)) + [True] * len(given.defaults)
    found = [(item.arg, kinds.POSITIONAL_OR_KEYWORD, default) for item, default in zip(plain, defaults)]
    found += [(given.vararg.arg, kinds.VAR_POSITIONAL, False)] if given.vararg else []
    found += [(item.arg, kinds.KEYWORD_ONLY, default is not None) for item, default in zip(given.kwonlyargs, given.kw_defaults)]
    return found + ([(given.kwarg.arg, kinds.VAR_KEYWORD, False)] if given.kwarg else [])


def check_types(where, node, method):
    given = node.args
    items = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    untyped = [item.arg for item in items if item.annotation is None]
    bound = method and "staticmethod" not in decorators(node)
    assert untyped[bound:] == [] and node.returns is not None, where


def check_function(where, node, there):
    if isinstance(there, types.WrapperDescriptorType):
        return  # slots of native classes do not say what they take
    own = {inspect.Parameter.POSITIONAL_ONLY: inspect.Parameter.POSITIONAL_OR_KEYWORD}
    signature = inspect.signature(there)
    found = [(item.name, own.get(item.kind, item.kind), item.default is not item.empty) for item in signature.parameters.values()]
    plain = lambda items: [item for item in items if item[0] not in ("self", "cls")]  # noqa: E731
    assert plain(parameters(node)) == plain(found), where


@pytest.mark.parametrize("module", MODULES)
def test_stubs_say_what_there_is(module):
    there, tree = importlib.import_module(module), ast.parse((FOLDER / MODULES[module]).read_text())
    told = named(tree.body)
    lists = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)]  # `__all__`
    if module != "flashlight.torch.ahead":
        assert lists == [there.__all__] and set(there.__all__) <= {*told, "__version__"}
    for name, nodes in told.items():
        value = getattr(there, name, None)
        for node in nodes:
            where = f"{module}.{name}"
            if isinstance(node, FUNCTIONS):
                check_types(where, node, False)
                if len(nodes) == 1:
                    check_function(where, node, value)
            elif isinstance(node, ast.ClassDef) and value is not None:
                check_class(where, node, value)
    # Forms of a function are those that it hands over to.
    forms = [node for node in told.get("compile", []) if "overload" in decorators(node)]
    if forms:
        check_function("compile", forms[0], flashlight._native.compile)
        check_function("compile", forms[1], importlib.import_module("flashlight.torch.ahead").compile)


def check_class(where, node, there):
    told = named(node.body)
    hidden = {"__init__", "__new__"}
    own = {name for name in vars(there) if not name.startswith("_")}
    assert own <= set(told), where
    for name, (member, *_) in told.items():
        inner = f"{where}.{name}"
        if isinstance(member, FUNCTIONS):
            check_types(inner, member, True)
            if name not in hidden and "property" not in decorators(member):
                check_function(inner, member, getattr(there, name))
            else:
                assert hasattr(there, name), inner
