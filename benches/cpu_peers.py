"""Times compiled attention on the CPU against PyTorch's flash attention, interleaved in one run.

    cargo build --release --bench cpu_speed
    python benches/cpu_peers.py --binary target/release/deps/cpu_speed-* [--rounds 15] [--out docs/benchmarks/cpu-here]

Needs torch. Programs are the corpus's plain and causal attention at other sizes. Every round calls each side
once (after one call to warm up), with a pause between, so that both see the same machine. Writes OUT.md and OUT.json.

For a machine without the compiler: --pack DIR writes the programs as shared libraries (with FLASHLIGHT_ISA and
FLASHLIGHT_CPU for the other machine's processor), --packed DIR times them there. With --processor-time it counts
processor time instead of wall time: on one thread, that is fair on a machine that is busy with other work.
"""

import argparse
import ctypes
import json
import math
import os
import pathlib
import platform
import re
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADS = 8
clock = time.perf_counter
CELLS = [(1024, 64), (4096, 64), (2048, 128)]


def resize(text, queries, head):
    """The corpus program at B=1, H=8 and these sizes (it is written for H=2, S=256, D=64)."""
    sizes = {"2": str(HEADS), "256": str(queries), "64": str(head)}

    def dims(match):
        return "tensor<" + "".join(sizes.get(dim, dim) + "x" for dim in match.group(1).split("x")[:-1])

    def listed(match):
        return "output_shape [" + ", ".join(sizes.get(dim, dim) for dim in match.group(1).split(", ")) + "]"

    text = re.sub(r"tensor<((?:\d+x)+)", dims, text)
    return re.sub(r"output_shape \[([\d, ]+)\]", listed, text)


class Ours:
    """One compiled program in a process of its own, called once per line on its standard input."""

    def __init__(self, binary, text, threads, rounds):
        self.file = tempfile.NamedTemporaryFile("w", suffix=".mlir")
        self.file.write(text)
        self.file.flush()
        command = [binary, "--serve", "--repeat", str(rounds), self.file.name]
        environment = dict(os.environ, FLASHLIGHT_THREADS=str(threads))
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        self.compile = json.loads(self.process.stdout.readline())["ready"]

    def call(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["seconds"]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def library_name(causal, name, queries, head):
    return f"{'causal' if causal else 'full'}_{name}_{queries}_{head}.so"


def pack(binary, text, path):
    """Compiles a program to an object file, and links it with a thread pool."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = pathlib.Path(folder) / "program.mlir", pathlib.Path(folder) / "program.o"
        source.write_text(text)
        subprocess.run([binary, "--object", made, source], check=True, stderr=subprocess.DEVNULL)
        threads = ROOT / "src" / "cpu" / "c" / "flashlight_pool.c"
        command = [os.environ.get("CC", "cc"), "-O2", "-shared", "-fPIC", "-o", path, threads, made, "-lm", "-lpthread"]
        subprocess.run(command, check=True)


class Packed:
    """One compiled program in a shared library of its own."""

    compile = None

    def __init__(self, torch, path, queries, head, dtype, threads):
        self.library = ctypes.CDLL(str(path))
        self.library.flashlight_pool_new.restype = ctypes.c_void_p
        pool = ctypes.c_void_p(self.library.flashlight_pool_new(ctypes.c_int(threads)))
        self.tensors = [torch.randn((1, HEADS, queries, head)).to(dtype) for _ in range(4)]
        self.pointers = [pool] + [ctypes.c_void_p(tensor.data_ptr()) for tensor in self.tensors]

    def call(self):
        self.library.flashlight_main(*self.pointers)
        start = clock()
        self.library.flashlight_main(*self.pointers)
        return clock() - start

    def close(self):
        pass


def peer(torch, queries, head, dtype, causal):
    shape = (1, HEADS, queries, head)
    q, k, v = (torch.randn(shape).to(dtype) for _ in range(3))
    attention = torch.nn.functional.scaled_dot_product_attention
    backend = torch.nn.attention.SDPBackend.FLASH_ATTENTION

    def call():
        with torch.inference_mode(), torch.nn.attention.sdpa_kernel(backend):
            attention(q, k, v, is_causal=causal)
            start = clock()
            attention(q, k, v, is_causal=causal)
            return clock() - start

    return call


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", help="the program of benches/cpu.rs")
    parser.add_argument("--pack", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--packed", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--processor-time", action="store_true", help="with --packed")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pause", type=float, default=0.05)
    parser.add_argument("--only", default="", help="comma-separated parts of cell names, such as 1024,bf16")
    parser.add_argument("--out", help="path without suffix of the report")
    options = parser.parse_args()
    if not options.binary and (options.pack or not options.packed):
        parser.error("either --binary or --packed is needed")
    if options.processor_time:
        global clock
        clock, options.threads = time.process_time, 1
    import torch

    torch.set_num_threads(options.threads)
    rows = []
    for causal in (False, True):
        for dtype, name in ((torch.float32, "f32"), (torch.bfloat16, "bf16")):
            source = (ROOT / f"tests/corpus/{'causal' if causal else 'vanilla'}_{name}.mlir")
            for queries, head in CELLS:
                label = f"S={queries} D={head} {name} {'causal' if causal else 'full'}"
                if not all(part in label for part in options.only.split(",")):
                    continue
                file = library_name(causal, name, queries, head)
                if options.pack:
                    options.pack.mkdir(parents=True, exist_ok=True)
                    pack(options.binary, resize(source.read_text(), queries, head), options.pack / file)
                    continue
                if options.packed:
                    ours = Packed(torch, options.packed / file, queries, head, dtype, options.threads)
                else:
                    text = resize(source.read_text(), queries, head)
                    ours = Ours(options.binary, text, options.threads, options.rounds)
                theirs = peer(torch, queries, head, dtype, causal)
                times = ([], [])
                for _ in range(options.rounds):
                    times[0].append(ours.call())
                    time.sleep(options.pause)
                    times[1].append(theirs())
                    time.sleep(options.pause)
                ours.close()
                work = 4 * HEADS * queries * queries * head
                speed = [work / statistics.median(side) / 1e9 for side in times]
                best = [work / min(side) / 1e9 for side in times]
                rows.append(
                    {
                        "cell": label,
                        "ours": speed[0],
                        "torch": speed[1],
                        "ratio": speed[0] / speed[1],
                        "best_ratio": best[0] / best[1],
                        "compile": ours.compile,
                        "seconds": {"ours": times[0], "torch": times[1]},
                    }
                )
                row = rows[-1]
                print(
                    f"{label}: {speed[0]:.0f} / {speed[1]:.0f} GFLOP/s, ratio {row['ratio']:.2f}"
                    f" (best to best {row['best_ratio']:.2f})" + (f", compiled in {ours.compile:.2f} s" if ours.compile else ""),
                    flush=True,
                )
    if options.pack:
        return
    mean = math.exp(statistics.fmean(math.log(row["ratio"]) for row in rows))
    least = min(row["ratio"] for row in rows)
    print(f"geometric mean {mean:.2f}, least {least:.2f}")
    if options.out:
        processor = next(
            (line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
            platform.processor(),
        )
        flags = next((line for line in open("/proc/cpuinfo") if line.startswith("flags")), "")
        vectors = ", ".join(name for name in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if name in flags)
        facts = {
            "processor": processor,
            "vectors": vectors,
            "threads": options.threads,
            "rounds": options.rounds,
            "clock": "processor time" if options.processor_time else "wall",
            "torch": torch.__version__,
            "geometric_mean": mean,
            "least": least,
        }
        base = pathlib.Path(options.out)
        base.parent.mkdir(parents=True, exist_ok=True)
        base.with_suffix(".json").write_text(json.dumps({**facts, "rows": rows}, indent=1) + "\n")
        table = "\n".join(
            f"| {row['cell']} | {row['ours']:.0f} | {row['torch']:.0f} | {row['ratio']:.2f} | {row['best_ratio']:.2f} |"
            for row in rows
        )
        base.with_suffix(".md").write_text(
            f"""# Attention on the CPU

Written by `benches/cpu_peers.py`: B=1 H={HEADS}, {options.threads} thread(s), {facts['clock']}, {processor} ({vectors}), PyTorch {torch.__version__}
(`scaled_dot_product_attention`, flash). GFLOP/s of 4·B·H·S²·D on the full area, causal too; medians of {options.rounds}
interleaved calls. Raw times: `{base.with_suffix('.json').name}`.

| cell | ours | PyTorch | ratio | best to best |
|---|---|---|---|---|
{table}

Geometric mean of the ratios {mean:.2f}, least {least:.2f}.
"""
        )


if __name__ == "__main__":
    main()
