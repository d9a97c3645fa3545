"""Tensors on the GPUs of `fake_cuda.c`, and artifacts whose kernels are none."""

import ctypes
import json

import torch

import flashlight

DRIVER = None


def load(path):
    """Loads the driver in the place of NVIDIA's."""
    global DRIVER
    DRIVER = ctypes.CDLL(path)
    DRIVER.fake_log.restype = ctypes.c_char_p
    DRIVER.fake_exchange.restype = ctypes.c_void_p
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype, capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    Exchanged.__dlpack_c_exchange_api__ = capsule(DRIVER.fake_exchange(), b"dlpack_exchange_api", None)
    DRIVER.fake_maker(_made)


def log():
    """What the driver was asked for since the last call."""
    lines = DRIVER.fake_log().decode().splitlines()
    DRIVER.fake_clear()
    return lines


class Tensor:
    """A tensor of the host's that says it is on a GPU."""

    def __init__(self, tensor, device=0):
        self.tensor, self.device, self.streams = tensor, device, []

    def __dlpack_device__(self):
        return 2, self.device

    def __dlpack__(self, *, stream=None, max_version=None):
        self.streams.append(stream)
        capsule = torch.utils.dlpack.to_dlpack(self.tensor)
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
        address = pointer(capsule, b"dltensor")
        ctypes.c_int32.from_address(address + 8).value = 2
        ctypes.c_int32.from_address(address + 12).value = self.device
        return capsule

    @property
    def address(self):
        return self.tensor.data_ptr()


class Torch(Tensor):
    """One that can be copied."""

    def contiguous(self):
        return Torch(self.tensor.contiguous(), self.device)

    def clone(self):
        return Torch(self.tensor.clone(), self.device)


class Exchanged:
    """A tensor of a library with an exchange table: f32, of two dims."""

    def __init__(self, rows, columns, device=0, address=None):
        self.tensor = torch.zeros(rows, columns)
        self.address = address or self.tensor.data_ptr()
        if rows:
            DRIVER.fake_know(ctypes.py_object(self), ctypes.c_uint64(self.address), ctypes.c_int64(rows), ctypes.c_int64(columns), device)


@ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_uint64)
def _made(address):
    """A result that the library allocated."""
    return Exchanged(0, 0, address=address)


def allocate(shape, dtype, device):
    kinds = {"f32": torch.float32, "i64": torch.int64, "u8": torch.uint8, "bf16": torch.bfloat16}
    return Tensor(torch.zeros(shape, dtype=kinds[dtype]), device)


def tensor_map(tensor, rows, width=8):
    return {"kind": "tensor_map", "tensor": tensor, "dtype": "f32", "rank": 2, "dims": [width, rows], "strides": [4 * width],
            "box": [width, 1]}


def pointer(tensor):
    return {"kind": "pointer", "tensor": tensor}


def number(value, dtype="i64"):
    return {"kind": "scalar", "dtype": dtype, "value": value}


def kernel(name, grid, parameters, **more):
    return {"symbol": name, "cubin": f"{name}.cubin", "target": "sm_90a", "grid": [grid, 1, 1], "block": [128, 1, 1], "shared_memory": 1024,
            "registers": 1, "spills": 0, "parameters": parameters, **more}


def tensor(name, *shape, dtype="f32", **more):
    return {"name": name, "dtype": dtype, "shape": list(shape), **more}


def artifact(folder, arguments, results, kernels, **more):
    """An artifact of kernels that do nothing."""
    manifest = {"version": 4, "target": "sm_90a", "source_hash": "", "entry": "main", "arguments": arguments, "results": results,
                "kernels": kernels, "unfused_ops": 0, **more}
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    for own in kernels:
        (folder / own["cubin"]).write_bytes(b"\x7fELF\x02".ljust(64, b"\0"))
    return flashlight.Artifact.load(folder)
