"""Whole models, with random weights: right forward and backward, and every attention one operator."""

import pytest
import torch
from models import MODELS, OPTIONS, SINGLE, evoformer, invariant, model_of, x_transformer
from support import compiled, fused


def gradients(result, model):
    """Gradients of a weighted sum, of the parameters: one of squares does not depend on much behind a norm."""
    model.zero_grad()
    (result * torch.randn(result.shape, generator=torch.Generator().manual_seed(3))).sum().backward()
    return {name: parameter.grad for name, parameter in model.named_parameters() if parameter.grad is not None}


def check(model, inputs, regions):
    run = compiled(model, rest="eager")
    ours, theirs = run(*inputs), model(*inputs)
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)
    assert sum(fused()) == regions
    ours, theirs = gradients(ours, model), gradients(theirs, model)
    assert ours.keys() == theirs.keys() and ours
    for name, gradient in theirs.items():
        bound = 1e-4 * max(1e-2, gradient.abs().max().item())
        torch.testing.assert_close(ours[name], gradient, rtol=1e-3, atol=bound, msg=lambda text, name=name: f"{name}: {text}")


@pytest.mark.parametrize("name", MODELS)
def test_models(name):
    check(*model_of(name, "eager"))


# Whose gradients are looked at with SDPA, too: grouped causal heads, a mask of padding.
TRAINED = {"llama", "bert"}
assert TRAINED <= set(MODELS) - set(SINGLE)


@pytest.mark.parametrize("name", [name for name in MODELS if name not in SINGLE])
def test_scaled_dot_product_attention_in_models(name):
    model, inputs, regions = model_of(name, "sdpa")
    if name in TRAINED:
        return check(model, inputs, regions)
    with torch.no_grad():
        ours, theirs = compiled(model, rest="eager")(*inputs), model(*inputs)
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)
    assert sum(fused()) == regions


@pytest.mark.parametrize("make, regions", [(evoformer, 4), (invariant, 1)])
def test_structure_prediction(make, regions):
    check(*make(), regions)


@pytest.mark.parametrize("name", OPTIONS)
def test_options_of_x_transformers(name):
    pytest.importorskip("x_transformers")
    check(*x_transformer(name), 2)


def test_lengths_of_a_model():
    function, _, regions = model_of("llama", "sdpa")
    run = compiled(function, rest="eager")
    with torch.no_grad():
        for length in (40, 33, 100, 7):
            ids = torch.randint(3, 128, (2, length))
            torch._dynamo.mark_dynamic(ids, 1)
            torch.testing.assert_close(run(ids), function(ids), rtol=1e-4, atol=1e-5)
    assert fused() == [regions]
