"""Export the layers of model_layers.py to linalg-on-tensors MLIR with torch-mlir; weights become arguments, after the inputs.

usage: python export_layers.py OUTDIR [--small] [--dtype bf16|f32] [--only NAME...]
With --small, NAME.safetensors holds inputs, the truth in f64 rounded to f32 (result0…) and PyTorch's result (eager0…), as tests use them.
Needs what export.py needs.
"""
import argparse
import contextlib
import os

import torch
from torch._subclasses import FakeTensorMode

import model_layers as layers


def exported(module, names, inputs, weights):
    from torch_mlir import fx

    class Lifted(torch.nn.Module):
        def forward(self, *arguments):
            given = dict(zip(names, arguments[len(inputs):]))
            return torch.func.functional_call(module, given, arguments[:len(inputs)])

    program = torch.export.export(Lifted(), (*inputs, *weights))
    return fx.export_and_import(program, output_type='linalg-on-tensors', func_name='main')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('outdir')
    parser.add_argument('--small', action='store_true')
    parser.add_argument('--dtype', default='bf16', choices=['bf16', 'f32'])
    parser.add_argument('--only', nargs='*')
    args = parser.parse_args()
    os.makedirs(args.outdir, exist_ok=True)
    dtype = {'bf16': torch.bfloat16, 'f32': torch.float32}[args.dtype]
    for name, layer in (layers.small() if args.small else layers.full()).items():
        if args.only and name not in args.only:
            continue
        # Of a layer of full width only shapes are needed.
        with contextlib.nullcontext() if args.small else FakeTensorMode():
            module, weights, inputs = layers.tensors(layer, dtype)
            text = str(exported(module, list(weights), inputs, list(weights.values())))
        stem = os.path.join(args.outdir, f'{name}_{args.dtype}')
        with open(stem + '.mlir', 'w') as file:
            file.write(text)
        if args.small:
            from safetensors.torch import save_file
            with torch.no_grad():
                results = module(*inputs)
                truth = layers.tensors(layer, dtype)[0].double()(*[x.double() for x in inputs])
            tensors = {f'arg{i}': x.contiguous() for i, x in enumerate((*inputs, *weights.values()))}
            as_list = lambda x: list(x) if isinstance(x, tuple) else [x]
            for i, (r, t) in enumerate(zip(as_list(results), as_list(truth))):
                tensors[f'eager{i}'], tensors[f'result{i}'] = r.contiguous(), t.float().contiguous()
            save_file(tensors, stem + '.safetensors')
        print(f'{name}: {len(text.splitlines())} lines')


if __name__ == '__main__':
    main()
