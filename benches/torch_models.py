#!/usr/bin/env python3
"""Times models of `transformers` of their true widths, two layers of each, in PyTorch on the GPU: `torch.compile(backend="flashlight")`
against `torch.compile` with SDPA, with FlexAttention and with attention as the model writes it, in one run.

usage: torch_models.py [--train] [--only REGEX] [--tokens N …] [--rounds N] [--cool N] [--warm N] [--timeout S] [--out RAW.json]
       torch_models.py --report TABLE RAW.json

"sdpa_unmasked" leaves masks out: SDPA is told is_causal where the model has it, and takes the kernels that know that; all else
computes masks from positions, as `transformers` does. Weights are random, bf16, and inputs are embeddings, without a cache: the
forward pass of a prompt. Results are compared with the model in f32: an error of more than twice that of the best peer, plus 1e-6,
fails. --train times a training step (forward, loss and backward, no optimizer), and compares gradients. Peak memory is what one
call allocates beyond weights and inputs. Candidates are timed in interleaved segments of CUDA graphs.
--warm N compiles everything in N processes first. --report writes TABLE.md.
"""
import argparse
import json
import math
import os
import re
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "python", "tests")]
from apart import compile_first, each  # noqa: E402
from gpu_correctness import environment  # noqa: E402
from peers import interleaved  # noqa: E402

TOKENS, TRAINING_TOKENS = [2048, 8192], [4096]
LAYERS = dict(num_hidden_layers=2, vocab_size=256, use_cache=False, max_position_embeddings=16384)
GROUPED = dict(num_attention_heads=32, num_key_value_heads=8, head_dim=128)
LATENT = dict(num_attention_heads=128, num_key_value_heads=128, q_lora_rank=1536, kv_lora_rank=512)
# Per model: the class of its configuration, its widths, the ways to write attention that peers take, and the one that we take.
MODELS = {
    "llama3-8b": ("LlamaConfig", dict(hidden_size=4096, intermediate_size=14336, rope_theta=500000.0, **GROUPED), ["sdpa", "flex_attention"], "sdpa"),
    "llama3-8b causal": ("LlamaConfig", dict(hidden_size=4096, intermediate_size=14336, rope_theta=500000.0, **GROUPED), ["sdpa_unmasked"], "sdpa_unmasked"),
    "qwen3-8b": ("Qwen3Config", dict(hidden_size=4096, intermediate_size=12288, **GROUPED), ["sdpa", "flex_attention"], "sdpa"),
    "gemma2-9b": ("Gemma2Config", dict(hidden_size=3584, intermediate_size=14336, num_attention_heads=16, num_key_value_heads=8, head_dim=256), ["eager", "flex_attention"], "eager"),
    "gpt-oss-20b": ("GptOssConfig", dict(hidden_size=2880, intermediate_size=2880, num_attention_heads=64, num_key_value_heads=8, head_dim=64), ["eager", "flex_attention"], "eager"),
    "diffllama": ("DiffLlamaConfig", dict(hidden_size=2048, intermediate_size=8192, num_attention_heads=32, num_key_value_heads=8, head_dim=64), ["sdpa", "eager"], "eager"),
    "deepseek-v3": ("DeepseekV3Config", dict(hidden_size=7168, intermediate_size=18432, first_k_dense_replace=2, **LATENT), ["sdpa", "flex_attention"], "sdpa"),
    "deepseek-v3 causal": ("DeepseekV3Config", dict(hidden_size=7168, intermediate_size=18432, first_k_dense_replace=2, **LATENT), ["sdpa_unmasked"], "sdpa_unmasked"),
    "vit-l": ("ViTConfig", dict(hidden_size=1024, intermediate_size=4096, num_attention_heads=16, patch_size=16), ["sdpa", "sdpa_unmasked", "eager"], "sdpa"),
    "evoformer": (None, dict(width=256, pairs=128, heads=8), ["eager"], "eager"),
}


def dense(hidden, inner):
    """What stands in for the experts of a layer that we time only the attention of."""
    import torch

    class Dense(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.up, self.gate, self.down = torch.nn.Linear(hidden, inner), torch.nn.Linear(hidden, inner), torch.nn.Linear(inner, hidden)

        def forward(self, x):
            return self.down(torch.nn.functional.silu(self.gate(x)) * self.up(x)), None

    return Dense()


def model_of(name, tokens, attention):
    """A model in bf16 on the GPU and its inputs, the same for every way to write attention."""
    import torch

    config, settings, _, _ = MODELS[name]
    torch.manual_seed(0)
    if config is None:
        from models import Evoformer

        residues, sequences = {2048: (256, 64), 8192: (384, 128)}.get(tokens, (int(math.sqrt(tokens * 8)), 64))
        with torch.device("cuda"):
            model = Evoformer(**settings)
            mask = (torch.rand(sequences, residues) > 0.1).to(torch.bfloat16)
            inputs = (torch.randn(sequences, residues, settings["width"]), torch.randn(residues, residues, settings["pairs"]), mask)
        return model.bfloat16().eval(), tuple(x.bfloat16() for x in inputs)
    import transformers as hf
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    hf.AttentionInterface.register("sdpa_unmasked", sdpa_attention_forward)
    hf.AttentionMaskInterface.register("sdpa_unmasked", lambda *arguments, **named: None)
    image = "patch_size" in settings
    if image:
        side = int(math.sqrt(tokens)) * settings["patch_size"]
        settings = {**settings, "num_hidden_layers": 2, "image_size": side}
    else:
        settings = {**settings, **LAYERS, "pad_token_id": 0}
    config = getattr(hf, config)(**settings)
    with torch.device("cuda"):
        model = hf.AutoModel.from_config(config, attn_implementation=attention, dtype=torch.bfloat16)
        if name == "gpt-oss-20b":
            for layer in model.layers:
                layer.mlp = dense(settings["hidden_size"], settings["intermediate_size"]).bfloat16()
        for module in model.modules():
            if hasattr(module, "sinks"):
                torch.nn.init.normal_(module.sinks)
        shape = (1, 3, side, side) if image else (1, tokens, settings["hidden_size"])
        inputs = torch.randn(shape, dtype=torch.bfloat16)
    model = model.cuda().eval()

    class First(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, x):
            return self.model(x)[0] if image else self.model(inputs_embeds=x, use_cache=False)[0]

    return First(), (inputs,)


def candidates_of(name):
    _, _, peers, ours = MODELS[name]
    return [("flashlight", ours), *((f"torch.compile, {peer}", peer) for peer in peers)]


def compiled(name, tokens, who, attention):
    import torch

    model, inputs = model_of(name, tokens, attention)
    backend = "flashlight" if who == "flashlight" else "inductor"
    return torch.compile(model, backend=backend, dynamic=False), inputs


def run_of(call, inputs, train):
    """What is timed, and compared: a forward pass, or a training step, whose results are gradients."""
    if not train:
        return lambda: (call(*inputs),)
    import torch

    leaves, weights = [x.requires_grad_() for x in inputs[:2]] + list(call.parameters()), []  # a third is a mask

    def step():
        result = call(*inputs)
        if not weights:  # a mean of squares behind a norm would have no gradient
            weights.append(torch.randn(result.shape, generator=torch.Generator().manual_seed(1)).to(result.device))
        loss = (result.float() * weights[0]).sum() / result.numel() ** 0.5
        return [gradient for gradient in torch.autograd.grad(loss, leaves, allow_unused=True) if gradient is not None]

    return step


def peak_of(run):
    """MiB that a call allocates beyond what is there before it."""
    import torch

    torch.cuda.synchronize()
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    run()
    torch.cuda.synchronize()
    return (torch.cuda.max_memory_allocated() - before) / 2**20


def truth_of(name, tokens, train):
    """The results of the model in f32, or `None` where the GPU has no room for its scores."""
    import torch

    try:
        model, inputs = model_of(name, tokens, MODELS[name][2][0])
        return kept(run_of(model.float(), [x.float() for x in inputs], train)())
    except torch.OutOfMemoryError:
        return None


def kept(results):
    """What is compared of results: all but the largest gradients."""
    return [result.detach().cpu().float() for result in results if result.numel() <= 1 << 25]


def error_of(results, truth):
    """The distance to the truth over the truth, in the root mean square; of several results, the mean of it. What is next to nothing beside
    the others, such as the gradient of a bias that a softmax takes away, is measured by them."""
    size = lambda value: value.square().mean().sqrt().item()  # noqa: E731
    least = 1e-3 * max(map(size, truth))
    errors = [size(result - true) / max(size(true), least) for result, true in zip(results, truth, strict=True)]
    return sum(errors) / len(errors)


def measure(item, options):
    import torch

    name, tokens = item
    torch._dynamo.reset()
    torch.backends.cuda.matmul.allow_tf32 = False
    rows, runs, results = {}, {}, {}
    with torch.set_grad_enabled(options["train"]):
        for who, attention in candidates_of(name):
            try:
                torch._dynamo.reset()
                if who == "flashlight":
                    regions()  # forgets what was compiled before
                start = time.time()
                call, inputs = compiled(name, tokens, who, attention)
                run = run_of(call, inputs, options["train"])
                results[who] = kept(run())
                torch.cuda.synchronize()
                rows[who] = {"first": time.time() - start, "peak": peak_of(run)}
                if who == "flashlight":
                    rows[who]["regions"], rows[who]["left"] = regions()
                runs[who] = run
            except Exception as error:  # a peer that cannot do this model; the table says so
                rows[who] = {"failed": f"{type(error).__name__}: {error}"[:300]}
                torch.cuda.empty_cache()
        truth = truth_of(name, tokens, options["train"])
        torch.cuda.empty_cache()
        of_peer = next((who for who in results if who != "flashlight"), None)
        for who, result in results.items():
            rows[who]["error"] = error_of(result, results[of_peer] if truth is None else truth)
        times, calls, note = interleaved(runs, options["rounds"], options["cool"])
    for who, took in times.items():
        rows[who].update(took)
    if "error" in rows["flashlight"]:
        least = min((row["error"] for who, row in rows.items() if who != "flashlight" and "error" in row), default=0.0)
        rows["flashlight"]["pass"] = rows["flashlight"]["error"] <= (2 * least + 1e-6 if truth is not None else 0.02)
    return {"rows": rows, "calls": calls, "note": note, "truth": "f32" if truth is not None else f"{of_peer} (no room for f32)"}


def regions():
    """How many regions the graphs since the last call had, and what was left as it was."""
    from flashlight.torch import dynamo

    reports = list(dynamo._LAST)
    dynamo._LAST.clear()
    return sum(len(report.fused) for report in reports), sorted({reason for report in reports for reason in report.left})


def warm(name, tokens, train, who, attention):
    import torch

    with torch.set_grad_enabled(train):
        run_of(*compiled(name, tokens, who, attention), train)()
        torch.cuda.synchronize()


HEAD = ["| model, tokens | flashlight, ms | best peer, ms | peer | times as fast, hot / cool | error | peer's | peak, MiB | peer's | regions |", "|---|---|---|---|---|---|---|---|---|---|"]


def best_of(row):
    """The fastest peer and what was measured of it."""
    peers = {who: found for who, found in row["rows"].items() if who != "flashlight" and "hot" in found}
    return min(peers.items(), key=lambda pair: pair[1]["hot"], default=(None, None))


def line(item, row):
    if "failed" in row:
        return f"| {item} | failed: {row['failed']} | | | | | | | | |"
    ours, (who, peer) = row["rows"]["flashlight"], best_of(row)
    if "hot" not in ours or not peer:
        return f"| {item} | {row['rows']} {row['note']} | | | | | | | | |"
    cool = f" / {peer['cool'] / ours['cool']:.3f}" if "cool" in ours else ""
    wrong = "" if ours["pass"] else " **wrong**"
    return (f"| {item} | {ours['hot']:.3f} | {peer['hot']:.3f} | {who} | {peer['hot'] / ours['hot']:.3f}{cool} | {ours['error']:.2e}{wrong} | {peer['error']:.2e} "
            f"| {ours['peak']:.0f} | {peer['peak']:.0f} | {ours.get('regions', '')} |")


def report(path, raw):
    with open(raw) as file:
        data = json.load(file)
    ratios = [best_of(row)[1]["hot"] / row["rows"]["flashlight"]["hot"] for row in data["models"].values() if "hot" in row.get("rows", {}).get("flashlight", {})]
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else math.nan
    about = ", ".join(f"{key} {value}" for key, value in data["environment"].items())
    text = ["# Models in PyTorch", "", f"Made by `benches/torch_models.py` ({about}); two layers, bf16, {'a training step (forward, loss, backward)' if data.get('train') else 'forward'}, medians of one interleaved run.",
            f"Geometric mean over {len(ratios)} models and lengths, hot, against the best peer of each: {mean:.3f} (above 1 is faster).", "", *HEAD]
    text += [line(item, row) for item, row in data["models"].items()]
    text += ["", "Every candidate, milliseconds (hot) and MiB:", "", "| model, tokens | candidate | ms | MiB | error |", "|---|---|---|---|---|"]
    for item, row in data["models"].items():
        for who, found in row.get("rows", {}).items():
            facts = f"{found['hot']:.3f} | {found['peak']:.0f} | {found['error']:.2e}" if "hot" in found else f"{found.get('failed', 'not timed')} | |"
            text.append(f"| {item} | {who} | {facts} |")
    with open(path + ".md", "w") as file:
        file.write("\n".join(text) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--tokens", type=int, nargs="*")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cool", type=int, default=2)
    parser.add_argument("--warm", type=int, default=0)
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--out")
    parser.add_argument("--report", nargs=2, metavar=("TABLE", "RAW"))
    options = parser.parse_args()
    if options.report:
        return report(*options.report)
    lengths = options.tokens or (TRAINING_TOKENS if options.train else TOKENS)
    items = [(name, tokens) for name in MODELS for tokens in lengths if re.search(options.only, f"{name}, {tokens}")]
    if options.warm:
        compile_first(warm, [(*item, options.train, *candidate) for item in items for candidate in candidates_of(item[0])], options.warm)
    table = {}
    settings = {"rounds": options.rounds, "cool": options.cool, "train": options.train}
    print("\n".join(HEAD), flush=True)
    for (name, tokens), row in each(items, lambda item: measure(item, settings), options.timeout):
        table[f"{name}, {tokens}"] = row
        print(line(f"{name}, {tokens}", row), flush=True)
        if options.out:
            with open(options.out, "w") as file:
                json.dump({"environment": environment(), "train": options.train, "models": table}, file, indent=1)


if __name__ == "__main__":
    main()
