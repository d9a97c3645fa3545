"""Training: what wraps a model, and what its inputs may be."""

import math
import os
import socket
import warnings

import pytest
import torch
import torch.distributed.fsdp
import torch.multiprocessing as multiprocessing
from support import compiled, fused, gradients, reports
from torch.utils.checkpoint import checkpoint

from flashlight.torch import ops


def attention(q, k, v):
    return torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), -1) @ v


class Block(torch.nn.Module):
    def __init__(self, width=32, heads=2):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = torch.nn.Linear(width, 3 * width), torch.nn.Linear(width, width)

    def forward(self, x):
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self.qkv(x).chunk(3, -1))
        return x + self.out(attention(q, k, v).transpose(1, 2).flatten(2))


def qkv(dtype=torch.float32):
    return [torch.randn(2, 4, 24, 16, dtype=dtype) for _ in range(3)]


def same(ours, theirs, **bounds):
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, **bounds)


@pytest.mark.parametrize("reentrant", [False, True])
def test_checkpoint(reentrant):
    block, x = Block(), torch.randn(2, 24, 32)

    class Checkpointed(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.block = block

        def forward(self, x):
            return checkpoint(self.block, x, use_reentrant=reentrant)

    model = Checkpointed()
    same(gradients(compiled(model), [x]), gradients(model, [x]), rtol=1e-4, atol=1e-5)
    assert sum(fused()) >= 1

    inner = compiled(block)  # a compiled layer, under a checkpoint of eager code
    ours = gradients(lambda x: checkpoint(inner, x, use_reentrant=reentrant), [x])
    same(ours, gradients(lambda x: block(x), [x]), rtol=1e-4, atol=1e-5)


def test_gradients_under_autocast():
    block, x = Block(), torch.randn(2, 24, 32)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        ours = gradients(compiled(block), [x])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        theirs = gradients(block, [x])
    assert fused() == [1]
    same(ours, theirs, rtol=5e-2, atol=5e-2)


def test_second_use_of_a_gradient():
    arguments = [tensor.requires_grad_() for tensor in qkv()]
    result = compiled(attention)(*arguments)
    one = torch.autograd.grad(result.sum(), arguments, retain_graph=True)
    same(one, torch.autograd.grad(result.sum(), arguments))


def compiled_gradients():
    """For which results and arguments the regions since the last call have programs of gradients, and where PyTorch computes them; whether those read
    what forward saved."""
    return [{asked: gradient is not None for asked, gradient in operator.gradients.found.items()} for report in reports() for _, operator in report.fused]


def test_gradients_of_some_results():
    """Gradients that are not there are not computed, and what differentiates a gradient is right."""

    def function(q, k, v):
        scores = q @ k.transpose(-2, -1) / 4
        return torch.softmax(scores, -1) @ v, torch.logsumexp(scores, -1)

    run, arguments = compiled(function, rest="eager"), [tensor.requires_grad_() for tensor in qkv()]
    for taken in (lambda o, m: o.sin().sum(), lambda o, m: o.sum() + m.square().sum()):
        ours, theirs = (torch.autograd.grad(taken(*each(*arguments)), arguments) for each in (run, function))
        same(ours, theirs, rtol=1e-4, atol=1e-5)
    (found,) = compiled_gradients()
    assert found[False, (0,), (0, 1, 2)] and (found[True, (0, 1), (0, 1, 2)] or found[False, (0, 1), (0, 1, 2)])

    def twice(each):
        first = torch.autograd.grad(each(*arguments)[0].square().sum(), arguments, create_graph=True)
        return torch.autograd.grad(sum(gradient.square().sum() for gradient in first), arguments)

    same(twice(run), twice(function), rtol=1e-3, atol=1e-3)


def joined_heads(q, k, v):
    """Attention of one sequence, with heads side by side in its arguments and its result."""
    q, k, v = (tensor.unflatten(-1, (4, 16)).transpose(1, 2) for tensor in (q, k, v))
    return torch.nn.functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)


@pytest.mark.parametrize("function, shape", [(attention, (2, 4, 24, 16)), (joined_heads, (1, 24, 64))])
def test_forward_saves_what_backward_reads(function, shape):
    """What autograd keeps of a region are its arguments, its result, and two numbers per row, in a program of one fold; backward has two."""
    arguments, kept = [torch.randn(shape, requires_grad=True) for _ in range(3)], []
    with torch.autograd.graph.saved_tensors_hooks(lambda tensor: kept.append(tensor) or tensor, lambda tensor: tensor):
        result = compiled(function, rest="eager")(*arguments)
    places = {tensor.untyped_storage().data_ptr() for tensor in [*arguments, result]}
    rows = result.numel() // 16
    assert [tensor.numel() for tensor in kept if tensor.untyped_storage().data_ptr() not in places] == [rows] * 2
    ((saving,),) = [operator.gradients.found.values() for report in reports() for _, operator in report.fused]
    assert [artifact.kernels for artifact in saving.artifacts] == [1, 2]
    theirs = torch.autograd.grad(function(*arguments).square().sum(), arguments)
    same(torch.autograd.grad(result.square().sum(), arguments), theirs, rtol=1e-4, atol=1e-5)


def test_gradients_of_a_region_with_a_constant():
    def function(q, k, v):
        mask = torch.ones(24, 24, dtype=torch.bool).tril()
        scores = q @ k.transpose(-2, -1) / 4 + torch.where(mask, torch.tensor(0.0), -math.inf)
        return torch.softmax(scores, -1) @ v

    arguments = qkv()
    same(gradients(compiled(function, rest="aot_eager"), arguments), gradients(function, arguments), rtol=1e-4, atol=1e-5)
    ((found,),) = map(dict.values, compiled_gradients())
    assert found


def test_gradients_at_all_lengths():
    run = compiled(attention, rest="eager", dynamic=True)
    for length in (24, 17):
        arguments = [torch.randn(2, 4, length, 16) for _ in range(3)]
        same(gradients(run, arguments), gradients(attention, arguments), rtol=1e-4, atol=1e-5)
    ((found, *none),) = map(dict.values, compiled_gradients())
    assert found and not none


def test_gradients_of_some():
    for needs in ((True, False, False), (False, True, True)):
        ours = [tensor.requires_grad_(need) for tensor, need in zip(qkv(), needs)]
        theirs = [tensor.detach().clone().requires_grad_(tensor.requires_grad) for tensor in ours]
        compiled(attention)(*ours).square().sum().backward()
        attention(*theirs).square().sum().backward()
        for one, other in zip(ours, theirs):
            assert (one.grad is None) == (other.grad is None)
            if one.grad is not None:
                torch.testing.assert_close(one.grad, other.grad, rtol=1e-4, atol=1e-5)


STRIDED = {
    "transposed": lambda tensor: tensor.transpose(1, 2).contiguous().transpose(1, 2),
    "channels-last": lambda tensor: tensor.contiguous(memory_format=torch.channels_last),
    "sliced": lambda tensor: torch.cat([tensor, tensor], -1)[..., ::2],
    "offset": lambda tensor: torch.cat([tensor, tensor], 2)[:, :, 24:],
    "expanded": lambda tensor: tensor[:1].expand(2, -1, -1, -1),
}


@pytest.mark.parametrize("name", STRIDED)
def test_inputs_that_are_not_contiguous(name):
    arguments = [STRIDED[name](tensor) for tensor in qkv()]
    torch.testing.assert_close(compiled(attention)(*arguments), attention(*arguments))
    same(gradients(compiled(attention), arguments), gradients(attention, arguments), rtol=1e-4, atol=1e-5)
    assert set(fused()) == {1}


@pytest.fixture
def taken(monkeypatch):
    """The tensors that programs compiled in a test are given."""
    given, made = [], ops._native.Program

    class Noting:
        def __init__(self, artifact):
            self.program = made(artifact)

        def __call__(self, *values):
            given.extend(values)
            return self.program(*values)

        def __getattr__(self, name):
            return getattr(self.program, name)

    monkeypatch.setattr(ops._native, "Program", Noting)
    return given


def test_arguments_are_read_where_they_lie(taken):
    """The compiled program is given dense tensors: nothing is copied before it."""

    def function(q, k, v):
        return attention(q, k, v).square() + 0.125

    arguments = [STRIDED["transposed"](tensor) for tensor in qkv()]
    torch.testing.assert_close(compiled(function, verify=False)(*arguments), function(*arguments))
    assert len(taken) == 3 and all(tensor.is_contiguous() for tensor in taken)
    assert {tensor.data_ptr() for tensor in taken} == {tensor.data_ptr() for tensor in arguments}


@pytest.mark.parametrize("rest", ["aot_eager", "inductor"])
def test_computed_values_are_read_where_they_lie(rest, taken):
    def function(x):
        q, k, v = (part.unflatten(-1, (4, 16)).transpose(1, 2) for part in x.chunk(3, -1))
        return attention(q.cos() * q, k.sin() + k, v)

    arguments = [torch.randn(2, 48, 192)]
    torch.testing.assert_close(compiled(function, rest=rest, verify=False)(*arguments), function(*arguments))
    ((region, _),) = reports()[0].fused
    assert len(taken) == 3 and all(tensor.is_contiguous() for tensor in taken)
    assert not all(node.meta["example_value"].is_contiguous() for node in region.inputs)


class Tagged(torch.Tensor):
    """A subclass that does nothing."""


UNUSUAL = {
    "sparse": lambda: (torch.eye(16).to_sparse(), torch.randn(16, 16), torch.randn(16, 16)),
    "subclass": lambda: tuple(tensor.as_subclass(Tagged) for tensor in qkv()),
    "integers": lambda: tuple(torch.randint(-3, 3, (2, 8, 16)) for _ in range(3)),
    "complex": lambda: tuple(torch.randn(2, 8, 16, dtype=torch.complex64) for _ in range(3)),
    "other-device": lambda: tuple(tensor.to("meta") for tensor in qkv()),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_tensors_are_never_wrong(name):
    def function(q, k, v):
        scores = q @ k.transpose(-2, -1)
        scores = scores.abs() if scores.is_complex() else scores.float()
        return torch.softmax(scores.to_dense() if scores.is_sparse else scores, -1).to(v.dtype) @ v

    arguments = UNUSUAL[name]()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        ours = compiled(function, rest="eager")(*arguments)  # AOTAutograd itself fails on subclasses
    theirs = function(*arguments)
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype and ours.device == theirs.device
    if ours.device.type != "meta":
        torch.testing.assert_close(ours, theirs)
    said = [str(warning.message) for warning in seen if "flashlight" in str(warning.message)]
    assert len(said) == len(set(said)) <= 2


def test_wrong_types_are_errors_as_in_eager():
    q, k, v = qkv()
    for function in (attention, compiled(attention)):
        with pytest.raises(Exception, match="dtype|scalar type|Float|float"):
            function(q.double(), k, v)


def _trained(wrapped, rank, device):
    """How many regions there were, and the parameters after two steps."""
    from flashlight.torch import dynamo

    torch.manual_seed(0)
    model = torch.nn.Sequential(Block(), Block()).to(device)
    torch.manual_seed(1 + rank)
    x = torch.randn(2, 24, 32).to(device)
    torch._dynamo.reset()
    dynamo._LAST.clear()
    if wrapped == "fsdp":
        for layer in model:
            layer.compile(backend="flashlight", options={"rest": "aot_eager"})
            torch.distributed.fsdp.fully_shard(layer)
        run = torch.distributed.fsdp.fully_shard(model)
    else:
        run = torch.nn.parallel.DistributedDataParallel(model)
        if wrapped == "ddp":
            run = torch.compile(run, backend="flashlight", options={"rest": "aot_eager"})
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        run(x).square().mean().backward()
        optimizer.step()
    full = [parameter.full_tensor() if hasattr(parameter, "full_tensor") else parameter for parameter in model.parameters()]
    return sum(len(report.fused) for report in dynamo._LAST), [parameter.detach().cpu().numpy() for parameter in full]


def _train(rank, kind, port, results):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), RANK=str(rank), WORLD_SIZE="2")
    torch.distributed.init_process_group("gloo" if kind == "cpu" else "nccl", rank=rank, world_size=2)
    device = torch.device(kind, rank) if kind == "cuda" else torch.device(kind)
    if kind == "cuda":
        torch.cuda.set_device(device)
    try:
        found = {wrapped: _trained(wrapped, rank, device) for wrapped in ("eager", "ddp", "fsdp")}
        if rank == 0:
            results.put(found)
            results.join()
    finally:
        torch.distributed.destroy_process_group()


@pytest.mark.parametrize("kind", ["cpu", pytest.param("cuda", marks=pytest.mark.skipif(torch.cuda.device_count() < 2, reason="there are no two GPUs"))])
def test_data_parallel_and_sharded(kind):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    results = multiprocessing.get_context("spawn").JoinableQueue()
    context = multiprocessing.spawn(_train, (kind, port, results), nprocs=2, join=False)
    found = results.get(timeout=180)
    results.task_done()
    while not context.join(timeout=60):
        pass
    assert found["eager"][0] == 0 and found["ddp"][0] >= 2 and found["fsdp"][0] >= 1
    for wrapped in ("ddp", "fsdp"):
        for one, other in zip(found[wrapped][1], found["eager"][1], strict=True):
            torch.testing.assert_close(torch.from_numpy(one), torch.from_numpy(other), rtol=1e-4, atol=1e-5)
