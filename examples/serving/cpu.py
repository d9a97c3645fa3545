"""Attention on the CPU from Python, with nothing but its standard library.

flashlight compile examples/serving/attention.mlir --target cpu --symbol attention -o out
cc -O2 -pthread -shared -fPIC out/attention.o out/flashlight_pool.c -o libattention.so -lm && python3 examples/serving/cpu.py
"""
import array
import ctypes
import os
from concurrent.futures import ThreadPoolExecutor

HEADS, WIDTH = 4, 64

library = ctypes.CDLL(os.path.abspath("libattention.so"))
pointer, size = ctypes.c_void_p, ctypes.c_int64
library.attention.argtypes = [pointer, pointer, size, pointer, size, pointer, size, pointer]
library.attention_message.restype = ctypes.c_char_p
library.flashlight_pool_new.restype = pointer
library.flashlight_pool_free.argtypes = [pointer]


def attention(pool, q, k, v):
    """The result of tensors of floats [HEADS, tokens, WIDTH]; ctypes lets other threads run meanwhile."""
    result = array.array("f", bytes(4 * len(q)))
    places = [(tensor.buffer_info()[0], len(tensor) // (HEADS * WIDTH)) for tensor in (q, k, v)]
    error = library.attention(pool, *(part for place in places for part in place), result.buffer_info()[0])
    if error:
        raise ValueError(library.attention_message(error).decode())
    return result


def serve(pool, tokens):
    zeros = array.array("f", bytes(4 * HEADS * tokens * WIDTH))
    values = array.array("f", (at // WIDTH % tokens for at in range(len(zeros))))
    # All scores are equal: a query's result is the mean of the values up to its own.
    right = all(abs(found - value / 2) < 1e-3 for found, value in zip(attention(pool, zeros, zeros, values), values))
    return f"{tokens} tokens: {'right' if right else 'wrong'}"


pool = library.flashlight_pool_new(4)
with ThreadPoolExecutor(4) as threads:
    print(*threads.map(lambda tokens: serve(pool, tokens), (1, 100, 300, 513)), sep="\n")
token = array.array("f", bytes(4 * HEADS * WIDTH))
try:
    attention(pool, token, token, token + token)
except ValueError as error:
    print(error)
library.flashlight_pool_free(pool)
