"""The backend and the launcher on a GPU. What needs none is at the end."""

import math
import warnings

import pytest
import torch
import torch.nn.attention.flex_attention as flex
import torch.nn.functional as F
from support import compiled, fused, gradients, on_threads
from torch import fx
from torch._dynamo.utils import counters
from torch._subclasses.fake_tensor import FakeTensorMode

import flashlight
from flashlight.torch import dynamo, ops

GPU = torch.cuda.is_available() and torch.cuda.get_device_capability() in ops._GPUS
gpu = pytest.mark.skipif(not GPU, reason="there is no GPU of compute capability 9.0")


def qkv(length=128, dtype=torch.bfloat16, device="cuda"):
    return [torch.randn(2, 4, length, 64, device=device).to(dtype) for _ in range(3)]


def plain(q, k, v):
    return torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), -1) @ v


def causal(q, k, v):
    keep = torch.ones(q.size(-2), k.size(-2), dtype=torch.bool, device=q.device).tril()
    return torch.softmax((q @ k.transpose(-2, -1)).masked_fill(~keep, -math.inf), -1) @ v


@gpu
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32], ids=str)
@pytest.mark.parametrize("function", [plain, causal], ids=lambda function: function.__name__)
def test_regions_run_on_the_gpu(function, dtype):
    arguments = qkv(dtype=dtype)
    result = compiled(function)(*arguments)
    assert fused() == [1]
    assert result.is_cuda and result.dtype == dtype
    truth = function(*[argument.double() for argument in arguments])
    eager = function(*arguments)
    distance = lambda other: (other.double() - truth).abs().max().item()
    assert distance(result) <= max(4 * distance(eager), 1e-5)


@gpu
def test_lengths_share_an_artifact():
    function = compiled(plain, dynamic=True)
    for length in (300, 33, 700, 701):
        arguments = qkv(length)
        torch.testing.assert_close(function(*arguments), plain(*arguments), rtol=2e-2, atol=2e-2)
    assert fused() == [1]


@gpu
def test_dense_arguments_in_another_order_are_read_as_they_lie():
    arguments = [argument.transpose(1, 2).contiguous().transpose(1, 2) for argument in qkv()]
    torch.testing.assert_close(compiled(plain)(*arguments), plain(*arguments), rtol=2e-2, atol=2e-2)
    sliced = [argument[..., :64] for argument in [F.pad(argument, (0, 32)) for argument in qkv()]]
    torch.testing.assert_close(compiled(plain)(*sliced), plain(*sliced), rtol=2e-2, atol=2e-2)


@gpu
def test_gradients():
    arguments = qkv(dtype=torch.float32)
    for ours, theirs in zip(gradients(compiled(plain), arguments), gradients(plain, arguments)):
        torch.testing.assert_close(ours, theirs, rtol=1e-3, atol=1e-4)


@gpu
def test_streams_and_threads():
    function, arguments = compiled(plain), qkv()
    expected = function(*arguments)

    def work(number):
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.default_stream())
        with torch.cuda.stream(stream):
            for _ in range(20):
                result = function(*[argument.clone() for argument in arguments])
        stream.synchronize()
        assert torch.equal(result, expected)

    torch.cuda.synchronize()
    assert on_threads(work) == []


@gpu
def test_inductor_captures_regions_into_graphs():
    from torch._inductor import cudagraph_trees

    def layer(x, weight):  # a region between two kernels of Inductor's
        q, k, v = (torch.sin(x) @ weight).unflatten(-1, (3, 4, 64)).permute(2, 0, 3, 1, 4)
        return torch.cos(causal(q, k, v).transpose(1, 2).flatten(2))

    counters["inductor"].clear()
    function = torch.compile(layer, backend="flashlight", mode="reduce-overhead")
    weight = torch.randn(256, 768, device="cuda", dtype=torch.bfloat16) / 16
    with torch.no_grad():
        for _ in range(5):  # two to get warm, one that is captured, two replays
            x = torch.randn(2, 300, 256, device="cuda", dtype=torch.bfloat16)
            torch.testing.assert_close(function(x, weight).clone(), layer(x, weight), rtol=2e-2, atol=4e-2)
    assert fused() == [1]
    manager = cudagraph_trees.get_manager(torch.cuda.current_device(), create_if_none_exists=False)
    assert counters["inductor"]["cudagraph_skips"] == 0 and any(manager.roots.values())


@gpu
def test_statistics_of_flex_attention(monkeypatch):
    monkeypatch.setattr(flex, "_FLEX_ATTENTION_DISABLE_COMPILE_DEBUG", True)

    def function(q, k, v):
        score = lambda s, b, h, q, k: torch.where(q >= k, s, -math.inf)  # noqa: E731
        out, aux = flex.flex_attention(q, k, v, score, return_aux=flex.AuxRequest(lse=True, max_scores=True))
        return out, aux.lse, aux.max_scores

    arguments = qkv()
    torch.testing.assert_close(compiled(function)(*arguments), function(*arguments), rtol=2e-2, atol=2e-2)
    assert fused() == [1]


@gpu
def test_ahead_of_time_for_the_gpu(tmp_path):
    arguments = qkv()
    made = flashlight.compile(plain, arguments)
    assert made.artifact.target == "sm_90a"
    made.save(tmp_path)
    torch.testing.assert_close(flashlight.load(tmp_path)(*arguments), plain(*arguments), rtol=2e-2, atol=2e-2)


@gpu
@pytest.mark.skipif(torch.cuda.device_count() < 2, reason="there is one GPU")
def test_every_gpu():
    function = compiled(plain)
    for device in ("cuda:1", "cuda:0", "cuda:1"):
        arguments = qkv(device=device)
        result = function(*arguments)
        assert result.device == torch.device(device)
        torch.testing.assert_close(result, plain(*arguments), rtol=2e-2, atol=2e-2)


def on_a_gpu_that_is_not_there(function, *shapes, dtype=torch.bfloat16):
    """The graph of a function of tensors on a GPU, as Dynamo gives it."""
    graph, nodes = fx.symbolic_trace(function), {}
    with FakeTensorMode():
        inputs = iter([torch.empty(shape, dtype=dtype, device="cuda") for shape in shapes])
        for node in graph.graph.nodes:
            if node.op == "output":
                continue
            values, options = fx.node.map_arg((node.args, node.kwargs), nodes.get)
            if node.op == "placeholder":
                made = next(inputs)
            elif node.op == "call_method":
                made = getattr(values[0], node.target)(*values[1:], **options)
            else:
                made = node.target(*values, **options)
            nodes[node] = node.meta["example_value"] = made
    return graph


def attention(q, k, v):
    return torch.softmax(torch.matmul(q, k.transpose(-2, -1)), -1).matmul(v)


@pytest.fixture
def capability(monkeypatch):
    def pretend(major, minor):
        monkeypatch.setattr(torch.cuda, "get_device_capability", lambda device=None: (major, minor))
        monkeypatch.setattr(torch.cuda, "get_device_name", lambda device=None: "Some GPU")

    return pretend


def test_regions_of_a_gpu_are_compiled_for_it(capability):
    capability(9, 0)
    graph = on_a_gpu_that_is_not_there(attention, *[(2, 4, 128, 64)] * 3)
    report = dynamo.transform(graph, dynamo.Options())
    assert report.left == []
    ((_, operator),) = report.fused
    artifact = operator.program.artifact
    assert artifact.target == "sm_90a" and artifact.kernels == 1
    assert any(name.endswith(".cubin") for name in artifact.files)
    assert [node.target for node in graph.graph.nodes if node.op == "call_function"] == [operator.target]


@pytest.mark.parametrize("options", [{"is_causal": True}, {"attn_mask": True}], ids=str)
def test_masks_of_a_gpu_are_made_there(options, capability):
    capability(9, 0)

    def function(q, k, v, mask):
        given = {**options, "attn_mask": mask > 0} if "attn_mask" in options else options
        return F.scaled_dot_product_attention(q, k, v, **given)

    graph = on_a_gpu_that_is_not_there(function, *[(2, 4, 128, 64)] * 3, (128, 128))
    report = dynamo.transform(graph, dynamo.Options())
    assert report.left == [] and len(report.fused) == 1


def test_numbers_of_run_time_are_read_as_floats_of_32_bits(capability):
    """Sizes that are symbols make the scale of scores one, too: it must not make sums of 64 bits."""
    capability(9, 0)
    reports = []

    def backend(graph, inputs):
        reports.append(dynamo.transform(graph, dynamo.Options(), inputs))
        return graph.forward

    with FakeTensorMode(allow_non_fake_inputs=True):
        arguments = [torch.empty(2, 4, 300, 64, dtype=torch.bfloat16, device="cuda") for _ in range(3)]
        torch.compile(plain, backend=backend, dynamic=True)(*arguments)
    (report,) = reports
    assert report.left == [] and len(report.fused) == 1


@pytest.mark.parametrize("length, given, patches", [(128, {}, {}), (8192, {}, {"allow_buffer_reuse": False}), (8192, {"allow_buffer_reuse": True}, None)])
def test_inductor_keeps_no_large_buffers(length, given, patches, monkeypatch):
    from torch._inductor import compile_fx

    monkeypatch.setattr(compile_fx, "compile_fx", lambda module, inputs, config_patches: config_patches)
    graph = on_a_gpu_that_is_not_there(lambda x, weight: torch.matmul(x, weight), (1, length, 4096), (4096, 4096))
    assert dynamo._inductor(graph, [], None, dynamo.Options(inductor=given)) == (given if patches is None else patches)


def test_results_elsewhere_are_left(capability):
    capability(9, 0)
    graph = on_a_gpu_that_is_not_there(lambda q, k, v: attention(q, k, v).to("cpu"), *[(2, 4, 128, 64)] * 3)
    report = dynamo.transform(graph, dynamo.Options())
    ((region, _),) = report.fused
    assert all(node.meta["example_value"].is_cuda for node in region.outputs)


def test_other_gpus_stay_with_inductor_and_one_warning_says_why(capability, monkeypatch):
    capability(8, 0)
    monkeypatch.setattr(dynamo, "_WARNED", set())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for shapes in ([(2, 4, 128, 64)] * 3, [(2, 4, 96, 64)] * 3):
            graph = on_a_gpu_that_is_not_there(attention, *shapes)
            before = graph.code
            report = dynamo.transform(graph, dynamo.Options())
            assert report.fused == [] and graph.code == before
    texts = [str(warning.message) for warning in caught if "flashlight" in str(warning.message)]
    assert texts == ["flashlight: not fused: Some GPU has compute capability 8.0, and there are kernels for 9.0 only"]
    with pytest.raises(dynamo.FusionError, match="compute capability 8.0"):
        dynamo.transform(graph, dynamo.Options(require_fusion=True))
