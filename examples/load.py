#!/usr/bin/env python3
"""Runs artifacts of `flashlight compile` on a GPU with nothing but Python and the CUDA driver.

usage: load.py DIR A.safetensors O.safetensors

A complete loader for docs/manifest.md, kept short to be read: no error is handled beyond being raised. With PyTorch in the
process, `Function` calls a program on its tensors: results are tensors too, on the current stream, and nothing is copied.

    function = Function("out/")
    result, = function(q, k, v)
"""
import ctypes as C, hashlib, json, math, re, struct, sys

SIZE = {"f64": 8, "i64": 8, "f32": 4, "i32": 4, "f16": 2, "bf16": 2, "i16": 2, "i8": 1, "u8": 1, "bool": 1,
        "f8_e4m3": 1, "f8_e5m2": 1}
MAP_TYPE = {"bool": 0, "u8": 0, "i8": 0, "f8_e4m3": 0, "f8_e5m2": 0, "i16": 1, "i32": 3, "i64": 5, "f16": 6, "f32": 7, "f64": 8, "bf16": 9}
SWIZZLE = {"none": 0, "32B": 1, "64B": 2, "128B": 3}
INTEGER = {"i64": "<q", "i32": "<i", "i16": "<h", "i8": "<b", "u8": "<B", "bool": "<?"}
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
    """A shape expression: a number, `arg0.1`, `sm_count`, or a function of expressions; a KeyError where a name is not known yet."""
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


class Attribute(C.Structure):
    """CUlaunchAttribute: its number, and a value of 64 bytes of which the first holds a flag."""

    _fields_ = [("id", C.c_uint), ("pad", C.c_uint), ("flag", C.c_uint64), ("rest", C.c_uint64 * 7)]


class Launch(C.Structure):
    """CUlaunchConfig."""

    _fields_ = [("grid", C.c_uint * 3), ("block", C.c_uint * 3), ("shared_memory", C.c_uint), ("stream", C.c_void_p),
                ("attributes", C.POINTER(Attribute)), ("count", C.c_uint)]


DEPENDENT = Attribute(6, 0, 1)  # programmatic stream serialization: the kernel itself waits for those before it


class Driver:
    """The CUDA driver, with a context: the current one (PyTorch's, say), else the first GPU's own."""

    def __init__(self):
        self.lib = C.CDLL("libcuda.so.1")
        self.call("cuInit", 0)
        context, device = C.c_void_p(), C.c_int()
        self.call("cuCtxGetCurrent", C.byref(context))
        if not context:
            self.call("cuDeviceGet", C.byref(device), 0)
            self.call("cuDevicePrimaryCtxRetain", C.byref(context), device)
            self.call("cuCtxSetCurrent", context)
        self.call("cuCtxGetDevice", C.byref(device))
        count = C.c_int()
        self.call("cuDeviceGetAttribute", C.byref(count), 16, device)
        self.sm_count = count.value

    def call(self, name, *arguments):
        code = getattr(self.lib, name)(*arguments)
        if code:
            text = C.c_char_p()
            self.lib.cuGetErrorString(code, C.byref(text))
            raise RuntimeError(f"{name}: {(text.value or b'?').decode()} ({code})")

    def upload(self, raw):
        """New memory that holds these bytes; never freed."""
        address = C.c_uint64()
        self.call("cuMemAlloc_v2", C.byref(address), C.c_size_t(max(len(raw), 1)))
        self.call("cuMemcpyHtoD_v2", address, raw, C.c_size_t(len(raw)))
        return address.value


class Program:
    """A manifest with its kernels and constants on the GPU."""

    def __init__(self, folder):
        with open(f"{folder}/manifest.json", "rb") as file:
            self.manifest = json.load(file)
        assert self.manifest["version"] in (1, 2, 3, 4, 5), "a version that this loader does not know"

        def read(name):
            assert "/" not in name, f"'{name}' does not lie beside the manifest"
            with open(f"{folder}/{name}", "rb") as file:
                raw = file.read()
            known = self.manifest["version"] < 5 or hashlib.sha256(raw).hexdigest() == self.manifest["files"].get(name)
            assert known, f"'{name}' is not the file that was compiled"
            return raw

        self.driver = Driver()
        self.kernels = []
        for kernel in self.manifest["kernels"]:
            if kernel.get("cluster", [1, 1, 1]) != [1, 1, 1]:
                raise RuntimeError("clusters need an attribute that this loader leaves out")
            module, function = C.c_void_p(), C.c_void_p()
            self.driver.call("cuModuleLoadData", C.byref(module), read(kernel["cubin"]))
            self.driver.call("cuModuleGetFunction", C.byref(function), module, kernel["symbol"].encode())
            self.driver.call("cuFuncSetAttribute", function, 8, kernel["shared_memory"])  # the most dynamic shared memory
            self.kernels.append((kernel, function))
        self.buffers = self.manifest["results"] + self.manifest.get("temporaries", [])
        self.dtypes = {t["name"]: t["dtype"] for t in self.manifest["arguments"] + self.buffers}
        self.constants = {c["name"]: self.driver.upload(read(c["file"])) for c in self.manifest.get("constants", [])}

    def scope(self, shapes):
        """What the manifest's expressions may name, given the arguments' shapes; adds results and temporaries to `shapes`, but for
        those whose sizes are only known during a run."""
        scope = {"sm_count": self.driver.sm_count}
        dims = lambda name: scope.update({f"{name}.{dim}": size for dim, size in enumerate(shapes[name])})
        for spec in self.manifest["arguments"]:
            shape = shapes[spec["name"]]
            fits = len(shape) == len(spec["shape"]) and all(w in (None, h) for w, h in zip(spec["shape"], shape))
            assert fits, f"{spec['name']}: {list(shape)} is not {spec['shape']}"
            dims(spec["name"])
        for sizes in self.manifest.get("equal", []):
            found = {size: evaluate(size, scope) for size in sizes}
            assert len(set(found.values())) == 1, f"the arguments do not fit together: {found}"
        for buffer in self.buffers:
            try:
                shapes[buffer["name"]] = [evaluate(dim, scope) for dim in buffer["shape"]]
            except KeyError:
                continue
            dims(buffer["name"])
        return scope

    def bind(self, addresses, scope, allocate=None):
        """A function of a stream that runs every step on the tensors at these addresses. `allocate(buffer, shape)` gives the address of
        new memory for a tensor whose size is only known during the run."""
        addresses = {**self.constants, **addresses}
        left_out = self.shared(addresses)
        if self.manifest.get("steps"):
            return lambda stream=None: self.run(self.manifest["steps"], addresses, scope, allocate, stream)
        launches = [self.encode(number, addresses, scope) for number in range(len(self.kernels)) if number not in left_out]

        def launch(stream=None):
            for encoded in launches:
                self.launch(encoded, stream)

        return launch

    def shared(self, addresses):
        """The kernels that would copy an argument to itself: those of results that have the argument's memory, where they may."""
        left_out = set()
        for result in self.manifest["results"]:
            shares, address = result.get("shares", {}), addresses.get(result["name"])
            for argument in self.manifest["arguments"]:
                if address and addresses[argument["name"]] == address:
                    assert shares.get("argument") == argument["name"], f"{result['name']} cannot have the memory of {argument['name']}"
                    left_out.add(shares["kernel"])
        return left_out

    def encode(self, number, addresses, scope):
        """The launch of a kernel."""
        kernel, function = self.kernels[number]
        values = [self.parameter(p, addresses, scope) for p in kernel["parameters"]]
        pointers = (C.c_void_p * len(values))(*[C.addressof(value) for value in values])
        grid = [evaluate(dim, scope) for dim in kernel["grid"]]
        assert min(grid) >= 0, f"a grid of {grid}"
        config = Launch(tuple(grid), tuple(kernel["block"]), kernel["shared_memory"], None, C.pointer(DEPENDENT),
                        kernel.get("dependent", False))
        return config, function, pointers, values

    def launch(self, encoded, stream):
        config, function, pointers, _ = encoded
        if 0 not in list(config.grid):
            config.stream = stream
            self.driver.call("cuLaunchKernelEx", C.byref(config), function, pointers, None)

    def run(self, steps, addresses, scope, allocate, stream):
        for step in steps:
            if isinstance(step, int):
                self.launch(self.encode(step, addresses, scope), stream)
            elif "swap" in step:
                a, b = step["swap"]
                addresses[a], addresses[b] = addresses[b], addresses[a]
            elif "read" in step:
                read = step["read"]
                number = self.read(read["tensor"], read.get("element", 0), addresses, stream)
                self.know(read["name"], number, addresses, scope, allocate)
            else:
                self.repeat(step["loop"], addresses, scope, allocate, stream)

    def repeat(self, loop, addresses, scope, allocate, stream):
        times, number = evaluate(loop["times"], scope) if "times" in loop else math.inf, 0
        while number < times:
            if "index" in loop:
                self.know(loop["index"], number, addresses, scope, allocate)
            self.run(loop.get("test", []), addresses, scope, allocate, stream)
            if "condition" in loop and not self.read(loop["condition"], 0, addresses, stream):
                break
            self.run(loop["steps"], addresses, scope, allocate, stream)
            number += 1

    def read(self, tensor, element, addresses, stream):
        """A number that comes back from the GPU, when all before it has ended."""
        dtype = self.dtypes[tensor]
        raw = C.create_string_buffer(SIZE[dtype])
        self.driver.call("cuStreamSynchronize", C.c_void_p(stream))
        self.driver.call("cuMemcpyDtoH_v2", raw, C.c_uint64(addresses[tensor] + element * len(raw)), C.c_size_t(len(raw)))
        return int(struct.unpack(INTEGER[dtype], raw.raw)[0])

    def know(self, name, number, addresses, scope, allocate):
        """Notes a number, and allocates the tensors whose sizes it changes."""
        scope[name] = number
        for buffer in self.buffers:
            if not any(re.search(rf"\b{name}\b", str(dim)) for dim in buffer["shape"]):
                continue
            try:
                shape = [evaluate(dim, scope) for dim in buffer["shape"]]
            except KeyError:
                continue
            assert min(shape) >= 0, f"{buffer['name']}: {shape}"
            dims = {f"{buffer['name']}.{dim}": size for dim, size in enumerate(shape)}
            if dims.items() - scope.items() or buffer["name"] not in addresses:
                scope.update(dims)
                addresses[buffer["name"]] = allocate(buffer, shape)

    def parameter(self, p, addresses, scope):
        if p["kind"] == "pointer":
            return C.c_uint64(addresses[p["tensor"]])
        if p["kind"] == "scalar":
            return (C.c_int32 if p["dtype"] == "i32" else C.c_int64)(evaluate(p["value"], scope))
        # The 128 bytes of a CUtensorMap, made at a multiple of 64. Dims and strides are listed innermost first.
        dims = [max(evaluate(dim, scope), 1) for dim in p["dims"]]
        strides = [max(evaluate(stride, scope), 16) for stride in p["strides"]]
        rank, raw = p["rank"], C.create_string_buffer(128 + 64)
        value = (C.c_char * 128).from_buffer(raw, -C.addressof(raw) % 64)
        address = addresses[p["tensor"]] + evaluate(p.get("offset", 0), scope)
        self.driver.call("cuTensorMapEncodeTiled", C.byref(value), MAP_TYPE[p["dtype"]], rank, C.c_void_p(address),
                         (C.c_uint64 * rank)(*dims), (C.c_uint64 * rank)(*strides),
                         (C.c_uint32 * rank)(*p["box"]), (C.c_uint32 * rank)(*p.get("element_strides") or [1] * rank), 0,
                         SWIZZLE[p.get("swizzle", "none")], PROMOTION[p.get("l2_promotion", "none")], 0)
        return value


class Function:
    """A program on PyTorch's tensors."""

    def __init__(self, folder):
        import torch
        torch.zeros(1, device="cuda")  # makes PyTorch's context the current one
        self.torch, self.program = torch, Program(folder)
        self.manifest = self.program.manifest
        names = dict(f64="float64", f32="float32", f16="float16", bf16="bfloat16", i64="int64", i32="int32", i16="int16",
                     i8="int8", u8="uint8", bool="bool", f8_e4m3="float8_e4m3fn", f8_e5m2="float8_e5m2")
        self.dtypes = {name: getattr(torch, long) for name, long in names.items()}

    def __call__(self, *arguments, out=None):
        return self.prepare(*arguments, out=out)()

    def prepare(self, *arguments, out=None):
        """Binds tensors; the returned function launches and returns the results, the same tensors each time."""
        specs = self.manifest["arguments"]
        assert len(arguments) == len(specs), f"{len(arguments)} arguments for {len(specs)}"
        for spec, tensor in zip(specs, arguments):
            right = tensor.dtype == self.dtypes[spec["dtype"]] and tensor.is_cuda and tensor.is_contiguous()
            assert right, f"{spec['name']}: expected a contiguous tensor of {spec['dtype']} on the GPU"
        tensors = {spec["name"]: tensor for spec, tensor in zip(specs, arguments)}
        shapes = {name: tuple(tensor.shape) for name, tensor in tensors.items()}
        scope = self.program.scope(shapes)

        def allocate(buffer, shape):
            name = buffer["name"]
            given = out[int(name[6:])] if out and name.startswith("result") else None
            fits = given is None or list(given.shape) == list(shape)
            assert fits, f"{name}: {list(given.shape)} is not {list(shape)}"
            made = lambda: self.torch.empty(shape, dtype=self.dtypes[buffer["dtype"]], device="cuda")
            tensors[name] = made() if given is None else given
            return tensors[name].data_ptr()

        for buffer in self.program.buffers:
            if buffer["name"] in shapes:
                allocate(buffer, shapes[buffer["name"]])
        launch = self.program.bind({name: tensor.data_ptr() for name, tensor in tensors.items()}, scope, allocate)

        def run(keep=tensors):
            launch(self.torch.cuda.current_stream().cuda_stream)
            return [tensors[buffer["name"]] for buffer in self.manifest["results"]]

        run.tensors = tensors
        return run


def main(folder, inputs, outputs):
    program, tensors = Program(folder), read_tensors(inputs)
    shapes, addresses, results = {}, {}, {}
    for argument in program.manifest["arguments"]:
        dtype, shapes[argument["name"]], raw = tensors[argument["name"]]
        assert dtype == argument["dtype"], argument["name"]
        addresses[argument["name"]] = program.driver.upload(raw)
    scope = program.scope(shapes)
    sizes = {}

    def allocate(buffer, shape):
        name = buffer["name"]
        shapes[name], sizes[name] = shape, SIZE[buffer["dtype"]] * math.prod(shape)
        addresses[name] = program.driver.upload(bytes(sizes[name]))
        return addresses[name]

    for buffer in program.buffers:
        if buffer["name"] in shapes:
            allocate(buffer, shapes[buffer["name"]])
    program.bind(addresses, scope, allocate)()
    program.driver.call("cuCtxSynchronize")
    for buffer in program.manifest["results"]:
        name, raw = buffer["name"], C.create_string_buffer(sizes[buffer["name"]])
        program.driver.call("cuMemcpyDtoH_v2", raw, C.c_uint64(addresses[name]), C.c_size_t(len(raw)))
        results[name] = (buffer["dtype"], shapes[name], raw.raw)
    write_tensors(outputs, results)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
