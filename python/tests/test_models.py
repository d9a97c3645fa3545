"""Models of transformers, two small layers each, with random weights: right, and every attention one operator."""

import pytest
import torch
import transformers as hf
from support import compiled, fused

DECODER = dict(
    hidden_size=64,
    intermediate_size=128,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    vocab_size=128,
    head_dim=16,
    max_position_embeddings=256,
    use_cache=False,
)
ENCODER = dict(hidden_size=64, intermediate_size=128, num_hidden_layers=2, num_attention_heads=4)
TOKENS = dict(pad_token_id=0, bos_token_id=1, eos_token_id=2)

# Per model: the class of its configuration, what is set in it, how many regions there are, and its inputs.
MODELS = {
    "gpt2": ("GPT2Config", dict(n_embd=64, n_layer=2, n_head=4, vocab_size=128, n_positions=128, use_cache=False), 2, "ids"),
    "llama": ("LlamaConfig", DECODER, 2, "ids"),
    "mistral": ("MistralConfig", {**DECODER, "sliding_window": 16}, 2, "ids"),
    "gemma2": ("Gemma2Config", {**DECODER, "sliding_window": 16}, 2, "ids"),
    "gemma3": ("Gemma3TextConfig", {**DECODER, "sliding_window": 16}, 2, "ids"),
    "qwen3": ("Qwen3Config", DECODER, 2, "ids"),
    "olmo2": ("Olmo2Config", DECODER, 2, "ids"),
    "diffllama": ("DiffLlamaConfig", DECODER, 2, "ids"),
    "bloom": ("BloomConfig", dict(hidden_size=64, n_layer=2, n_head=4, vocab_size=128, use_cache=False), 2, "ids"),
    "mpt": ("MptConfig", dict(d_model=64, n_heads=4, n_layers=2, vocab_size=128, max_seq_len=64, use_cache=False), 2, "ids"),
    "bert": ("BertConfig", {**ENCODER, "vocab_size": 128}, 2, "padded"),
    "modernbert": ("ModernBertConfig", {**ENCODER, "vocab_size": 128, "local_attention": 16}, 2, "ids"),
    "vit": ("ViTConfig", {**ENCODER, "image_size": 64, "patch_size": 8}, 2, "image"),
}


def model_of(name, attention):
    config, settings, regions, kind = MODELS[name]
    config = getattr(hf, config)(**{**(TOKENS if kind != "image" else {}), **settings})
    kinds = (hf.AutoModelForCausalLM, hf.AutoModel)
    make = next(make for make in kinds if type(config) in make._model_mapping)
    model = make.from_config(config, attn_implementation=attention).eval()
    ids, mask = torch.randint(3, 128, (2, 40)), torch.ones(2, 40, dtype=torch.long)
    mask[1, 30:] = 0
    inputs = {"ids": (ids,), "padded": (ids, mask), "image": (torch.randn(2, 3, 64, 64),)}[kind]
    return lambda *arguments: model(*arguments)[0], inputs, regions


@pytest.mark.parametrize("attention", ["eager", "sdpa"])
@pytest.mark.parametrize("name", MODELS)
def test_forward(name, attention):
    if attention == "sdpa" and name in ("bloom", "mpt", "gemma2"):
        pytest.skip("it has one implementation")
    function, inputs, regions = model_of(name, attention)
    with torch.no_grad():
        ours, theirs = compiled(function, rest="eager")(*inputs), function(*inputs)
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-5)
    assert sum(fused()) == regions


def test_lengths_of_a_model():
    function, _, regions = model_of("llama", "sdpa")
    run = compiled(function, rest="eager")
    with torch.no_grad():
        for length in (40, 33, 100, 7):
            ids = torch.randint(3, 128, (2, length))
            torch._dynamo.mark_dynamic(ids, 1)
            torch.testing.assert_close(run(ids), function(ids), rtol=1e-4, atol=1e-5)
    assert fused() == [regions]
