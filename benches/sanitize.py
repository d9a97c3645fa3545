#!/usr/bin/env python3
"""Runs one program per kernel structure under compute-sanitizer.

usage: sanitize.py ARTIFACTS [--tools memcheck,racecheck,synccheck] [--timeout SECONDS]

ARTIFACTS/<program>/ as `flashlight compile` writes it, of the programs below: files of tests/ and examples/matrix.py. What is read
before it is written needs no tool here: benches/gpu_correctness.py fills results and temporaries with NaN.
"""

import argparse
import os
import re
import subprocess
import sys
import time

import bare

PROGRAMS = {
    "one loop over all tiles of a block, no mask": "vanilla_h16_d64_b32_s512",
    "one loop, masked and clear bodies": "causal_h16_d64_b32_s512",
    "one loop, lists of live tiles found ahead": "packed_h16_d64_b32_s512",
    "one loop, a list without captures": "sinks_h16_d64_b4_s1024",
    "tiles one after the other, several accumulators": "diff_bf16",
    "a block per tile, lists of live tiles found ahead": "document",
    "keys split, parts combined": "long_keys_bf16",
    "heads packed into rows": "few_queries_bf16",
    "one query": "one_query_bf16",
    "operands copied by threads": "ipa_h8_d16_b2_s128",
    "biases loaded ahead": "evoformer_h4_d64_b1_s256",
    "a key length that is no multiple of the tile": "odd_lengths_bf16",
    "a matrix product with operands copied by threads": "projection",
    "a matrix product by the copy engine": "matmul",
    "kernels over points": "block_f32",
    "reductions over points": "reductions",
    "gradients: dK with dV, dQ, masks as bounds": "gradients/causal_bf16",
    "gradients: forward in the same program, statistics kept": "gradients/joint_causal_bf16",
    "gradients: heads that share keys": "gradients/gqa_bf16",
    "gradients: dims unequal, two contractions of scores": "gradients/mla_bf16",
    "gradients: two maps": "gradients/diff_bf16",
    "gradients: sums of dS for a bias": "gradients/evoformer_bf16",
}


def check(tool, folder, timeout):
    """What the tool says of one launch."""
    # The number of errors ends the report of every tool.
    command = ["compute-sanitizer", "--tool", tool, sys.executable, bare.__file__, folder]
    start = time.time()
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer in {timeout:g} s", ""
    text = ran.stdout + ran.stderr
    found = re.findall(r"(?:ERROR SUMMARY|RACECHECK SUMMARY): (.*)", text)
    clean = found and re.match(r"0 (errors|hazards)", found[-1]) and ran.returncode == 0
    verdict = "clean" if clean else found[-1] if found else f"exit code {ran.returncode}"
    return f"{verdict} ({time.time() - start:.0f} s)", "" if clean else text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifacts")
    parser.add_argument("--tools", default="memcheck,racecheck,synccheck")
    parser.add_argument("--timeout", type=float, default=60)
    options = parser.parse_args()
    tools, bad = options.tools.split(","), []
    print(f"| structure | program | {' | '.join(tools)} |\n|---|---|{'---|' * len(tools)}")
    for structure, program in PROGRAMS.items():
        found = [check(tool, os.path.join(options.artifacts, program), options.timeout) for tool in tools]
        print(f"| {structure} | {program} | {' | '.join(verdict for verdict, _ in found)} |", flush=True)
        bad += [text for _, text in found if text]
    for text in bad:
        print(text[:3000], file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
