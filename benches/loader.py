"""Loads a compiled artifact folder (cubins and manifest.json) and calls it on torch tensors.

Reads nothing but the manifest. Uses libcuda through ctypes on torch's primary context: tensors in, tensors out, on the
current stream, no copies. docs/pipeline.md describes the manifest.

    function = Function("out/")
    result, = function(q, k, v)
"""

import ctypes
import json
import os
import re

import torch

DTYPES = {
    "f64": torch.float64,
    "f32": torch.float32,
    "f16": torch.float16,
    "bf16": torch.bfloat16,
    "i64": torch.int64,
    "i32": torch.int32,
    "i16": torch.int16,
    "i8": torch.int8,
    "u8": torch.uint8,
    "bool": torch.bool,
}
# CUtensorMapDataType, CUtensorMapSwizzle, CUtensorMapL2promotion
MAP_DTYPES = {"u8": 0, "i32": 3, "i64": 5, "f16": 6, "f32": 7, "f64": 8, "bf16": 9}
SWIZZLES = {"none": 0, "32B": 1, "64B": 2, "128B": 3}
PROMOTIONS = {"none": 0, "64B": 1, "128B": 2, "256B": 3}
MAX_DYNAMIC_SHARED_SIZE_BYTES = 8

FUNCTIONS = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "ceildiv": lambda a, b: -(-a // b),
    "floordiv": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "min": min,
    "max": max,
}
TOKEN = re.compile(r"\s*(-?\d+|[A-Za-z_]\w*(?:\.\d+)?|[(),])")


def evaluate(expression, shapes, facts=None):
    """The value of a shape expression such as `ceildiv(arg0.2,128)`."""
    if isinstance(expression, int):
        return expression
    tokens = TOKEN.findall(expression)

    def parse(at):
        token = tokens[at]
        if re.fullmatch(r"-?\d+", token):
            return int(token), at + 1
        if at + 1 < len(tokens) and tokens[at + 1] == "(":
            values, at = [], at + 2
            while True:
                value, at = parse(at)
                values.append(value)
                at += 1
                if tokens[at - 1] == ")":
                    break
            total = values[0]
            for value in values[1:]:
                total = FUNCTIONS[token](total, value)
            return total, at
        if "." in token:
            name, dim = token.split(".")
            return shapes[name][int(dim)], at + 1
        return (facts or {})[token], at + 1

    return parse(0)[0]


class CudaError(RuntimeError):
    """A driver call that failed."""


class Driver:
    """The few driver calls a launch needs."""

    def __init__(self):
        self.library = ctypes.CDLL("libcuda.so.1")

    def call(self, name, *arguments):
        code = getattr(self.library, name)(*arguments)
        if code:
            text = ctypes.c_char_p()
            self.library.cuGetErrorString(code, ctypes.byref(text))
            raise CudaError(f"{name}: {code} {(text.value or b'').decode()}")


class Function:
    """A compiled function, loaded on the current device."""

    def __init__(self, folder):
        with open(os.path.join(folder, "manifest.json")) as file:
            self.manifest = json.load(file)
        torch.cuda.current_stream()
        torch.zeros(1, device="cuda")
        self.driver = Driver()
        self.facts = {"sm_count": torch.cuda.get_device_properties(torch.cuda.current_device()).multi_processor_count}
        self.kernels = []
        for kernel in self.manifest["kernels"]:
            with open(os.path.join(folder, kernel["cubin"]), "rb") as file:
                image = file.read()
            module, function = ctypes.c_void_p(), ctypes.c_void_p()
            self.driver.call("cuModuleLoadData", ctypes.byref(module), image)
            self.driver.call("cuModuleGetFunction", ctypes.byref(function), module, kernel["symbol"].encode())
            shared = kernel["shared_memory"]
            self.driver.call("cuFuncSetAttribute", function, MAX_DYNAMIC_SHARED_SIZE_BYTES, shared)
            self.kernels.append((kernel, module, function))
        self.constants = {}
        for constant in self.manifest.get("constants", []):
            with open(os.path.join(folder, constant["file"]), "rb") as file:
                raw = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
            self.constants[constant["name"]] = raw.cuda().view(DTYPES[constant["dtype"]]).reshape(constant["shape"])

    def __call__(self, *arguments, out=None):
        return self.prepare(*arguments, out=out)()

    def prepare(self, *arguments, out=None):
        """Binds tensors; the returned function launches and returns the results, the same tensors each time."""
        tensors = dict(self.constants)
        if len(arguments) != len(self.manifest["arguments"]):
            raise ValueError(f"{len(arguments)} arguments for {len(self.manifest['arguments'])}")
        for spec, tensor in zip(self.manifest["arguments"], arguments):
            fits = len(spec["shape"]) == tensor.dim() and all(
                size is None or size == real for size, real in zip(spec["shape"], tensor.shape)
            )
            if not (fits and tensor.dtype == DTYPES[spec["dtype"]] and tensor.is_cuda and tensor.is_contiguous()):
                raise ValueError(f"{spec['name']}: expected {spec['dtype']} {spec['shape']}, contiguous, on the GPU")
            tensors[spec["name"]] = tensor
        shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
        results = []
        for number, spec in enumerate(self.manifest["results"]):
            shape = [evaluate(size, shapes) for size in spec["shape"]]
            tensor = out[number] if out else torch.empty(shape, dtype=DTYPES[spec["dtype"]], device="cuda")
            tensors[spec["name"]] = tensor
            results.append(tensor)
        for spec in self.manifest.get("temporaries", []):
            shape = [evaluate(size, shapes) for size in spec["shape"]]
            tensors[spec["name"]] = torch.empty(shape, dtype=DTYPES[spec["dtype"]], device="cuda")
        shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
        launches = []
        for kernel, _, function in self.kernels:
            grid = [evaluate(size, shapes, self.facts) for size in kernel["grid"]]
            values = [self.parameter(spec, tensors, shapes) for spec in kernel["parameters"]]
            pointers = (ctypes.c_void_p * len(values))(*[ctypes.addressof(value) for value in values])
            if all(grid):
                launches.append((function, grid, kernel["block"], kernel["shared_memory"], values, pointers))
        keep = list(tensors.values())

        def launch(keep=keep):
            stream = ctypes.c_void_p(torch.cuda.current_stream().cuda_stream)
            for function, grid, block, shared, _, pointers in launches:
                self.driver.call("cuLaunchKernel", function, *grid, *block, shared, stream, pointers, None)
            return results

        return launch

    def parameter(self, spec, tensors, shapes):
        """One kernel parameter as a ctypes value."""
        if spec["kind"] == "pointer":
            return ctypes.c_void_p(tensors[spec["tensor"]].data_ptr())
        if spec["kind"] == "scalar":
            value = evaluate(spec["value"], shapes, self.facts)
            return {"i32": ctypes.c_int32, "i64": ctypes.c_int64, "f32": ctypes.c_float}[spec["dtype"]](value)
        return self.tensor_map(spec, tensors, shapes)

    def tensor_map(self, spec, tensors, shapes):
        """A CUtensorMap, 128 bytes at an address that is a multiple of 64."""
        rank = spec["rank"]
        dims = (ctypes.c_uint64 * rank)(*[evaluate(size, shapes) for size in spec["dims"]])
        strides = (ctypes.c_uint64 * max(rank - 1, 1))(*[evaluate(size, shapes) for size in spec["strides"]])
        box = (ctypes.c_uint32 * rank)(*spec["box"])
        steps = (ctypes.c_uint32 * rank)(*(spec.get("element_strides") or [1] * rank))
        raw = ctypes.create_string_buffer(192)
        start = -ctypes.addressof(raw) % 64
        value = (ctypes.c_char * 128).from_buffer(raw, start)
        self.driver.call(
            "cuTensorMapEncodeTiled",
            ctypes.byref(value),
            MAP_DTYPES[spec["dtype"]],
            rank,
            ctypes.c_void_p(tensors[spec["tensor"]].data_ptr()),
            dims,
            strides,
            box,
            steps,
            0,
            SWIZZLES[spec.get("swizzle", "none")],
            PROMOTIONS[spec.get("l2_promotion", "none")],
            0,
        )
        return value
