#!/usr/bin/env python3
"""Runs artifacts of `flashlight compile` on a GPU with nothing but Python and the CUDA driver.

usage: load.py DIR A.safetensors O.safetensors

A complete loader for docs/manifest.md, kept short to be read: no error is handled beyond being raised.
"""
import ctypes as C, json, math, re, struct, sys

SIZE = {"f64": 8, "i64": 8, "f32": 4, "i32": 4, "f16": 2, "bf16": 2, "i16": 2, "i8": 1, "u8": 1, "bool": 1}
MAP_TYPE = {"bool": 0, "u8": 0, "i8": 0, "i16": 1, "i32": 3, "i64": 5, "f16": 6, "f32": 7, "f64": 8, "bf16": 9}
SWIZZLE = {"none": 0, "32B": 1, "64B": 2, "128B": 3}
PROMOTION = {"none": 0, "64B": 1, "128B": 2, "256B": 3}


def read_tensors(path):
    """name -> (dtype, shape, bytes)"""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: (t["dtype"].lower(), t["shape"], data[slice(*t["data_offsets"])]) for name, t in header.items()}


def write_tensors(path, tensors):
    header, data = {}, b""
    for name, (dtype, shape, raw) in tensors.items():
        header[name] = {"dtype": dtype.upper(), "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


FUNCTIONS = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "min": min, "max": max,
             "ceildiv": lambda a, b: -(-a // b), "floordiv": lambda a, b: a // b, "mod": lambda a, b: a % b}


def evaluate(expr, scope):
    """A shape expression: a number, `arg0.1`, `sm_count`, or a function of expressions."""
    if isinstance(expr, int):
        return expr
    tokens = re.findall(r"-?\d+|\w+(?:\.\d+)?|[(),]", expr)

    def parse():
        token = tokens.pop(0)
        if not (tokens and tokens[0] == "("):
            return int(token) if re.fullmatch(r"-?\d+", token) else scope[token]
        tokens.pop(0)
        value = parse()
        while tokens.pop(0) == ",":
            value = FUNCTIONS[token](value, parse())
        return value

    return parse()


class Cuda:
    def __init__(self):
        self.lib = C.CDLL("libcuda.so.1")
        self.call("cuInit", 0)
        device, context = C.c_int(), C.c_void_p()
        self.call("cuDeviceGet", C.byref(device), 0)
        self.call("cuDevicePrimaryCtxRetain", C.byref(context), device)
        self.call("cuCtxSetCurrent", context)
        count = C.c_int()
        self.call("cuDeviceGetAttribute", C.byref(count), 16, device)
        self.sm_count = count.value

    def call(self, name, *arguments):
        code = getattr(self.lib, name)(*arguments)
        if code:
            text = C.c_char_p()
            self.lib.cuGetErrorString(code, C.byref(text))
            raise RuntimeError(f"{name}: {(text.value or b'?').decode()} ({code})")

    def allocate(self, size):
        address = C.c_uint64()
        self.call("cuMemAlloc_v2", C.byref(address), C.c_size_t(max(size, 1)))
        return address

    def tensor_map(self, p, address, scope):
        """The 128 bytes of a CUtensorMap. Dims and strides are listed innermost first."""
        dims = [max(evaluate(dim, scope), 1) for dim in p["dims"]]
        strides = [max(evaluate(stride, scope), 16) for stride in p["strides"]]
        rank = p["rank"]
        raw = C.create_string_buffer(128 + 64)
        at = (C.addressof(raw) + 63) & ~63
        self.call("cuTensorMapEncodeTiled", C.c_void_p(at), MAP_TYPE[p["dtype"]], rank, address,
                  (C.c_uint64 * rank)(*dims), (C.c_uint64 * (rank - 1))(*strides), (C.c_uint32 * rank)(*p["box"]),
                  (C.c_uint32 * rank)(*p.get("element_strides") or [1] * rank), 0, SWIZZLE[p.get("swizzle", "none")],
                  PROMOTION[p.get("l2_promotion", "none")], 0)
        return C.create_string_buffer(C.string_at(at, 128), 128)

    def launch(self, folder, kernel, memory, scope):
        module, function = C.c_void_p(), C.c_void_p()
        cubin = open(f"{folder}/{kernel['cubin']}", "rb").read()
        self.call("cuModuleLoadData", C.byref(module), cubin)
        self.call("cuModuleGetFunction", C.byref(function), module, kernel["symbol"].encode())
        self.call("cuFuncSetAttribute", function, 8, kernel["shared_memory"])
        if kernel.get("cluster", [1, 1, 1]) != [1, 1, 1]:
            raise RuntimeError("clusters need cuLaunchKernelEx, which this loader leaves out")
        values = []
        for p in kernel["parameters"]:
            if p["kind"] == "tensor_map":
                values.append(self.tensor_map(p, memory[p["tensor"]], scope))
            elif p["kind"] == "pointer":
                values.append(memory[p["tensor"]])
            else:
                values.append((C.c_int32 if p["dtype"] == "i32" else C.c_int64)(evaluate(p["value"], scope)))
        pointers = (C.c_void_p * len(values))(*[C.addressof(value) for value in values])
        grid = [evaluate(dim, scope) for dim in kernel["grid"]]
        if 0 not in grid:
            self.call("cuLaunchKernel", function, *grid, *kernel["block"], kernel["shared_memory"], None, pointers, None)


def main(folder, inputs, outputs):
    manifest = json.load(open(f"{folder}/manifest.json"))
    assert manifest["version"] in (1, 2)
    cuda, tensors = Cuda(), read_tensors(inputs)
    scope, memory, shapes = {"sm_count": cuda.sm_count}, {}, {}

    def declare(name, dtype, shape):
        shapes[name] = shape
        scope.update({f"{name}.{dim}": size for dim, size in enumerate(shape)})
        memory[name] = cuda.allocate(SIZE[dtype] * math.prod(shape))

    for argument in manifest["arguments"]:
        dtype, shape, raw = tensors[argument["name"]]
        assert dtype == argument["dtype"] and len(shape) == len(argument["shape"]), argument["name"]
        assert all(want in (None, have) for want, have in zip(argument["shape"], shape)), argument["name"]
        declare(argument["name"], dtype, shape)
        cuda.call("cuMemcpyHtoD_v2", memory[argument["name"]], raw, C.c_size_t(len(raw)))
    for sizes in manifest.get("equal", []):
        assert len({evaluate(size, scope) for size in sizes}) == 1, sizes
    for buffer in manifest["results"] + manifest.get("temporaries", []):
        declare(buffer["name"], buffer["dtype"], [evaluate(dim, scope) for dim in buffer["shape"]])
    for constant in manifest.get("constants", []):
        raw = open(f"{folder}/{constant['file']}", "rb").read()
        memory[constant["name"]] = cuda.allocate(len(raw))
        cuda.call("cuMemcpyHtoD_v2", memory[constant["name"]], raw, C.c_size_t(len(raw)))
    for kernel in manifest["kernels"]:
        cuda.launch(folder, kernel, memory, scope)
    cuda.call("cuCtxSynchronize")
    results = {}
    for buffer in manifest["results"]:
        raw = C.create_string_buffer(SIZE[buffer["dtype"]] * math.prod(shapes[buffer["name"]]))
        cuda.call("cuMemcpyDtoH_v2", raw, memory[buffer["name"]], C.c_size_t(len(raw)))
        results[buffer["name"]] = (buffer["dtype"], shapes[buffer["name"]], raw.raw)
    write_tensors(outputs, results)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
