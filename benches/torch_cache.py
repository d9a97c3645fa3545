#!/usr/bin/env python3
"""What the backend adds to `torch.compile`: of a model of so many layers, with nothing in the cache and with everything, each in a process of its own.

usage: torch_cache.py [--layers 32] [--model llama] [--whole]

Prints seconds of the wall and of the processor, and, with `--whole`, those of all of `torch.compile`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time


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


def measure(name, layers, whole):
    """In this process: what `transform` takes, and what everything takes."""
    import torch

    from flashlight.torch import dynamo

    model, spent, inner = model_of(name, layers), [], dynamo.transform

    def timed(*given):
        wall, processor = time.perf_counter(), time.process_time()
        report = inner(*given)
        spent.append((time.perf_counter() - wall, time.process_time() - processor, len(report.fused)))
        return report

    dynamo.transform = timed
    function = torch.compile(model, backend="flashlight", options={"rest": "inductor" if whole else "eager"})
    start = time.perf_counter()
    with torch.no_grad():
        function(input_ids=torch.randint(0, 128, (1, 64)), **({} if name == "bert" else {"use_cache": False}))
    print(json.dumps({"spent": spent, "all": time.perf_counter() - start}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layers", type=int, default=32)
    parser.add_argument("--model", default="llama")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        return measure(given.model, given.layers, given.whole)
    with tempfile.TemporaryDirectory() as folder:
        for state in ("cold", "warm"):
            environment = {**os.environ, "FLASHLIGHT_CACHE_DIR": folder, "TORCHINDUCTOR_FORCE_DISABLE_CACHES": "1"}
            ran = subprocess.run([sys.executable, __file__, *sys.argv[1:], "--measure"], env=environment, stdout=subprocess.PIPE, text=True, check=True)
            told = json.loads(ran.stdout.splitlines()[-1])
            wall, processor, regions = (sum(part) for part in zip(*told["spent"]))
            more = f", all of torch.compile {told['all']:.2f} s" if given.whole else ""
            print(f"{given.model}, {given.layers} layers, {state}: {wall:.3f} s wall, {processor:.3f} s processor, {regions} regions{more}")


if __name__ == "__main__":
    main()
