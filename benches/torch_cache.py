#!/usr/bin/env python3
"""What the backend adds to `torch.compile`: of a model of so many layers, with nothing in the cache and with everything, each in a process of its own.

usage: torch_cache.py [--layers 32] [--model llama] [--whole]
       torch_cache.py --zoo [NAME …]

Prints seconds of the wall and of the processor, and, with `--whole`, those of all of `torch.compile`. With `--zoo`, a table of the models of
python/tests/models.py, or of some of them, as `NAME` or `NAME/sdpa`: what the backend adds to what PyTorch takes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def model_of(name, layers):
    import torch
    import transformers

    torch.manual_seed(0)
    common = {"num_hidden_layers": layers, "vocab_size": 128, "attn_implementation": "eager" if name == "gemma2" else "sdpa"}
    sizes = {"hidden_size": 256, "intermediate_size": 512, "num_attention_heads": 8}
    configs = {
        "llama": lambda: transformers.LlamaConfig(num_key_value_heads=2, **sizes, **common),
        "qwen3": lambda: transformers.Qwen3Config(num_key_value_heads=2, head_dim=32, **sizes, **common),
        "gemma2": lambda: transformers.Gemma2Config(num_key_value_heads=2, head_dim=32, sliding_window=16, **sizes, **common),
        "bert": lambda: transformers.BertConfig(**sizes, **common),
    }
    kind = transformers.AutoModel if name == "bert" else transformers.AutoModelForCausalLM
    return kind.from_config(configs[name]()).eval()


def of_zoo(name):
    """A model of the tests, and its inputs."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "python/tests"))
    import models

    name, _, attention = name.partition("/")
    model, inputs, _ = models.model_of(name, attention or "eager")
    return model, inputs, {}


def of_layers(name, layers):
    import torch

    keywords = {} if name == "bert" else {"use_cache": False}
    return model_of(name, layers), (torch.randint(0, 128, (1, 64)),), keywords


def measure(given, whole):
    """In this process: what `transform` takes, and what everything takes."""
    import torch

    from flashlight.torch import dynamo

    model, inputs, keywords = of_zoo(given.model) if given.zoo is not None else of_layers(given.model, given.layers)
    spent, inner = [], dynamo.transform

    def timed(*given):
        wall, processor = time.perf_counter(), time.process_time()
        report = inner(*given)
        spent.append((time.perf_counter() - wall, time.process_time() - processor, len(report.fused)))
        return report

    dynamo.transform = timed
    function = torch.compile(model, backend="flashlight", options={"rest": "inductor" if whole else "eager"})
    start = time.perf_counter()
    with torch.no_grad():
        function(*inputs, **keywords)
    print(json.dumps({"spent": spent, "all": time.perf_counter() - start}))


def states(model, arguments):
    """What is measured of a model in processes of their own, with nothing in the cache and with everything: wall, processor, regions, all."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "FLASHLIGHT_CACHE_DIR": folder, "TORCHINDUCTOR_FORCE_DISABLE_CACHES": "1"}
        for state in ("cold", "warm"):
            command = [sys.executable, __file__, *arguments, "--model", model, "--measure"]
            ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            told = json.loads(ran.stdout.splitlines()[-1])
            yield state, (*(sum(part) for part in zip(*told["spent"])), told["all"])


def table(names):
    """What the backend adds to what PyTorch takes, per model."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "python/tests"))
    import models

    every = [name for name in models.MODELS] + [f"{name}/sdpa" for name in models.MODELS if name not in models.SINGLE]
    print("| model | regions | PyTorch, s | added cold, s | | added warm, s | |\n|---|---|---|---|---|---|---|")
    for name in names or every:
        (_, cold), (_, warm) = states(name, ["--zoo"])
        cells = [cell for wall, _, _, whole in (cold, warm) for cell in (f"{wall:.2f}", f"{100 * wall / (whole - wall):.1f} %")]
        print(f"| {name} | {cold[2]} | {cold[3] - cold[0]:.1f} | {' | '.join(cells)} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--model", default="llama")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--zoo", nargs="*", metavar="NAME")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        return measure(given, given.whole or given.zoo is not None)
    if given.zoo is not None:
        return table(given.zoo)
    arguments = ["--layers", str(given.layers), *(["--whole"] if given.whole else [])]
    for state, (wall, processor, regions, whole) in states(given.model, arguments):
        more = f", all of torch.compile {whole:.2f} s" if given.whole else ""
        print(f"{given.model}, {given.layers} layers, {state}: {wall:.3f} s wall, {processor:.3f} s processor, {regions} regions{more}")


if __name__ == "__main__":
    main()
