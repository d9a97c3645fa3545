"""Calls our handler as XLA does, through `xla_call.c`."""

import ctypes
import subprocess
from pathlib import Path

import flashlight

# `XLA_FFI_DataType`s, by names of PyTorch's types.
TYPES = {"bool": 1, "int8": 2, "int16": 3, "int32": 4, "int64": 5, "uint8": 6, "float16": 10, "float32": 11, "float64": 12, "bfloat16": 16}


def build(library):
    """Compiles the caller with the header that jaxlib has."""
    import jax

    source = Path(__file__).parent / "xla_call.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source, f"-I{jax.ffi.include_dir()}"], check=True)


class Caller:
    """Calls registered programs."""

    def __init__(self, library):
        self.library = ctypes.CDLL(library)
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
        self.handler = ctypes.c_void_p(pointer(flashlight._native.xla_handler(), None))

    def __call__(self, program, arguments, results, refusal=None):
        """Calls a program on tensors of PyTorch. Gives what went wrong, if something did."""
        tensors, text = [*arguments, *results], ctypes.create_string_buffer(512)
        types = [TYPES[str(tensor.dtype).removeprefix("torch.")] for tensor in tensors]
        sizes = [size for tensor in tensors for size in tensor.shape]
        array = lambda kind, values: (kind * max(len(values), 1))(*values)  # noqa: E731
        failed = self.library.call(
            self.handler, program.encode(), len(arguments), len(tensors), array(ctypes.c_int, types),
            array(ctypes.c_void_p, [tensor.data_ptr() for tensor in tensors]), array(ctypes.c_int, [tensor.dim() for tensor in tensors]),
            array(ctypes.c_int64, sizes), refusal and refusal.encode(), text,
        )  # fmt: skip
        return text.value.decode() if failed else None

    def place(self, device, stream):
        """Where calls are from now on."""
        self.library.place(device, ctypes.c_void_p(stream))

    def version(self):
        """The version of the interface that the handler is for."""
        minor = ctypes.c_int(-1)
        return self.library.version_of(self.handler, ctypes.byref(minor)), minor.value

    def blocks(self):
        """How many blocks of memory were taken, and given back."""
        return self.library.blocks_taken(), self.library.blocks_given_back()
