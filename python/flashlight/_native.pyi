"""The native part: the compiler in process, and compiled programs as functions of tensors."""

import os
from collections.abc import Callable, Sequence
from typing import Any, final

__all__ = ["__version__", "TOLERANCES", "CompileError", "Artifact", "Program", "Buffer", "compile", "coverage", "explain", "split", "xla_register", "xla_handler"]

__version__: str

TOLERANCES: dict[str, float]
"""The largest relative error of a result, by element type, where nothing says how far an honest computation may be."""

class CompileError(RuntimeError):
    """A program that cannot be compiled. The message has the location of what is wrong with it."""

@final
class Artifact:
    """A compiled program: what `flashlight compile` writes to a folder, in memory."""

    @property
    def target(self) -> str:
        """`"cpu"` or `"sm_90a"`."""
    @property
    def manifest(self) -> str:
        """The manifest as JSON (docs/manifest.md)."""
    @property
    def files(self) -> list[str]:
        """The names of the files that the manifest names."""
    def file(self, name: str) -> bytes:
        """The content of a file."""
    @property
    def kernels(self) -> int:
        """Fused ops that are kernels."""
    @property
    def unfused_ops(self) -> int:
        """Ops that are not in a fused one."""
    @property
    def chains(self) -> list[str]:
        """Softmax–matmul chains outside of fused ops, by location."""
    @property
    def refusals(self) -> list[str]:
        """What was looked at and refused: locations and reasons."""
    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes the files and `manifest.json` to a folder, as `flashlight compile` does."""
    @staticmethod
    def load(folder: str | os.PathLike[str]) -> Artifact:
        """Reads what `save` or `flashlight compile` wrote."""
    def to_bytes(self) -> bytes:
        """The whole artifact as bytes, for caches."""
    @staticmethod
    def from_bytes(data: bytes) -> Artifact:
        """The inverse of `to_bytes`."""

@final
class Program:
    """A program that is loaded: a function of tensors."""

    def __new__(cls, artifact: Artifact) -> Program: ...
    @property
    def artifact(self) -> Artifact:
        """The artifact that it was loaded from."""
    def __call__(
        self,
        *arguments: Any,
        out: Sequence[Any] | None = None,
        stream: int | None = None,
        allocate: Callable[[tuple[int, ...], str, int], Any] | None = None,
    ) -> tuple[Any, ...]:
        """Runs the program. Arguments are tensors of any library that has DLPack, or numbers for scalars. Results are a tuple of
        tensors of the library of the first tensor, where it can make them, else of `Buffer`s.

        A program for a GPU runs where its tensors are, and returns when all is queued. `stream` is the handle of a CUDA stream;
        left out, it is that on which the library of the tensors works, PyTorch's current one. What the library has queued before comes
        before the call; a caller that names another stream keeps arguments and results alive until it has ended. `out` has a tensor
        or `None` for each result; a result may have the memory of the argument that it `shares` (docs/manifest.md), and no other's.
        `allocate(shape, dtype, device)` makes the others, `dtype` being a name as in manifests; left out, the library of the tensors does, or
        PyTorch where it is loaded. While the stream is captured, temporaries come from there, too. `out`, `stream` and `allocate` are for GPUs."""

@final
class Buffer:
    """A result that no library asked for: any that has DLPack takes it without a copy, such as `numpy.from_dlpack`."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes."""
    @property
    def dtype(self) -> str:
        """The element type, as in manifests."""
    def __dlpack__(
        self,
        *,
        stream: Any = None,
        max_version: tuple[int, int] | None = None,
        dl_device: tuple[int, int] | None = None,
        copy: bool | None = None,
    ) -> Any:
        """The elements as a DLPack capsule."""
    def __dlpack_device__(self) -> tuple[int, int]: ...

def compile(
    source: str | bytes,
    *,
    target: str = "cpu",
    entry: str | None = None,
    strict_masks: bool = False,
    f32: str = "split",
    require_fusion: bool = False,
    ptxas: str | os.PathLike[str] | None = None,
    name: str = "<mlir>",
    stage: str = "input",
) -> Artifact:
    """Compiles MLIR, text or bytecode, to an artifact in memory.

    `target` is `"cpu"` or `"sm_90a"`; `strict_masks` treats no finite mask value as -inf; `f32` is how a matrix unit multiplies f32,
    `"split"` or `"tf32"`; `require_fusion` makes attention that stays as it is an error. `name` is the file name in messages. `stage`
    is where the program is in the pipeline: `"input"`, `"normalize"` or `"raise"`.
    """

def split(
    source: str | bytes, *, results: int, later: int, strict_masks: bool = False, name: str = "<mlir>"
) -> tuple[str, list[tuple[str, list[str]]]]:
    """Splits a function that gives results of a function and their gradients into two: forward gives the `results` first results and what is saved
    beside them, backward reads that and the `later` last arguments, the gradients of the results.

    The module is at stage `"raise"`. With the names of the two functions comes what their arguments are: `"arg0"`, an argument of the
    function that was split, or `"result0"`, a result of forward.
    """

def coverage(source: str | bytes, *, strict_masks: bool = False, name: str = "<mlir>") -> str:
    """Which operations of a program the fused ops cover, as JSON: for frontends that cut programs where the compiler says."""

def explain(
    source: str | bytes,
    *,
    target: str | None = None,
    format: str = "text",
    strict_masks: bool = False,
    name: str = "<mlir>",
) -> str:
    """Says what is recognized as attention in a program, and why the rest is not; `format` is `"text"` or `"json"`."""

def xla_register(name: str, program: Program) -> None:
    """Lets executables of XLA call a program by a name that says what it computes. It lives as long as the process."""

def xla_handler() -> Any:
    """The handler of the custom call that runs registered programs, for `jax.ffi.register_ffi_target`: its attribute `program` is a name."""
