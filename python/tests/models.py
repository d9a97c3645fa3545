"""Models to test with: of `transformers` and of `x-transformers`, two small layers each, and layers of structure prediction."""

import math

import torch
import torch.nn.functional as F
import transformers as hf
from torch import nn

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
HEADS = dict(hidden_size=64, num_hidden_layers=2, num_attention_heads=4)
ENCODER = {**HEADS, "intermediate_size": 128}
BOTH = dict(
    d_model=64,
    encoder_layers=2,
    decoder_layers=2,
    encoder_attention_heads=4,
    decoder_attention_heads=4,
    encoder_ffn_dim=128,
    decoder_ffn_dim=128,
    vocab_size=128,
    use_cache=False,
)
EXPERTS = dict(num_experts_per_tok=2)
TOKENS = dict(pad_token_id=0, bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2, decoder_start_token_id=1)
LATENT = dict(q_lora_rank=32, kv_lora_rank=32, qk_rope_head_dim=8, qk_nope_head_dim=8, v_head_dim=16, head_dim=8)
ROUTED = dict(n_routed_experts=4, n_group=1, topk_group=1, first_k_dense_replace=1, moe_intermediate_size=32)
WAVES = dict(conv_dim=(32, 32), conv_stride=(5, 2), conv_kernel=(10, 3), num_feat_extract_layers=2, conv_depthwise_kernel_size=7)
POSITIONS = dict(position_embeddings_type="relative", num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=4)
BUCKETS = dict(relative_attention=True, pos_att_type=["p2c", "c2p"], position_buckets=16, max_relative_positions=64)

# Per model: the class of its configuration, what is set in it, how many regions there are, and its inputs.
MODELS = {
    "gpt2": ("GPT2Config", dict(n_embd=64, n_layer=2, n_head=4, vocab_size=128, n_positions=128, use_cache=False), 2, "ids"),
    "llama": ("LlamaConfig", DECODER, 2, "ids"),
    "mistral": ("MistralConfig", {**DECODER, "sliding_window": 16}, 2, "ids"),
    "gemma2": ("Gemma2Config", {**DECODER, "sliding_window": 16}, 2, "ids"),
    "gemma3": ("Gemma3TextConfig", {**DECODER, "sliding_window": 16}, 2, "ids"),
    "qwen3": ("Qwen3Config", DECODER, 2, "ids"),
    "gpt-oss": ("GptOssConfig", {**DECODER, **EXPERTS, "num_local_experts": 4, "sliding_window": 16}, 2, "ids"),
    "deepseek-v3": ("DeepseekV3Config", {**DECODER, **EXPERTS, **LATENT, **ROUTED, "num_key_value_heads": 4}, 2, "ids"),
    "olmo2": ("Olmo2Config", DECODER, 2, "ids"),
    "diffllama": ("DiffLlamaConfig", DECODER, 2, "ids"),
    "falcon": ("FalconConfig", {**HEADS, "vocab_size": 128, "alibi": True, "multi_query": False, "use_cache": False}, 2, "ids"),
    "bloom": ("BloomConfig", dict(hidden_size=64, n_layer=2, n_head=4, vocab_size=128, use_cache=False), 2, "ids"),
    "mpt": ("MptConfig", dict(d_model=64, n_heads=4, n_layers=2, vocab_size=128, max_seq_len=64, use_cache=False), 2, "ids"),
    "bert": ("BertConfig", {**ENCODER, "vocab_size": 128}, 2, "padded"),
    "modernbert": ("ModernBertConfig", {**ENCODER, "vocab_size": 128, "local_attention": 16}, 2, "ids"),
    "deberta-v2": ("DebertaV2Config", {**ENCODER, **BUCKETS, "vocab_size": 128}, 2, "ids"),
    "t5": ("T5Config", dict(d_model=64, d_kv=16, d_ff=128, num_layers=2, num_heads=4, vocab_size=128, use_cache=False), 6, "pair"),
    "bart": ("BartConfig", {**BOTH, "max_position_embeddings": 64}, 6, "ids"),
    "whisper": ("WhisperConfig", {**BOTH, "max_source_positions": 50, "num_mel_bins": 16}, 6, "spectrogram"),
    "vit": ("ViTConfig", {**ENCODER, "image_size": 64, "patch_size": 8}, 2, "image"),
    "swin": ("SwinConfig", dict(image_size=32, patch_size=2, embed_dim=32, depths=[2, 2], num_heads=[2, 4], window_size=4), 4, "small-image"),
    "clip": ("CLIPVisionConfig", {**ENCODER, "image_size": 64, "patch_size": 8}, 2, "image"),
    "wav2vec2-conformer": ("Wav2Vec2ConformerConfig", {**ENCODER, **WAVES, **POSITIONS}, 2, "wave"),
}
# Those that have one implementation of attention.
SINGLE = {"bloom", "mpt", "gemma2", "gpt-oss", "deberta-v2", "swin", "wav2vec2-conformer", "t5"}


class First(nn.Module):
    """A model whose result is the first of its results."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, *arguments):
        return self.model(*arguments)[0]


def model_of(name, attention):
    """A model of `transformers`, its inputs, and the number of its attentions."""
    config, settings, regions, kind = MODELS[name]
    config = getattr(hf, config)
    config = config(**{**(TOKENS if "vocab_size" in settings else {}), **settings})
    kinds = (hf.AutoModelForCausalLM, hf.AutoModel)
    if name in ("bart", "whisper"):
        kinds = (hf.AutoModel,)
    make = next(make for make in kinds if type(config) in make._model_mapping)
    model = First(make.from_config(config, attn_implementation=attention)).eval()
    ids, mask = torch.randint(3, 128, (2, 40)), torch.ones(2, 40, dtype=torch.long)
    mask[1, 30:] = 0
    every = torch.ones(2, 40, dtype=torch.long)
    inputs = {
        "ids": lambda: (ids,),
        "padded": lambda: (ids, mask),
        "pair": lambda: (ids, every, ids[:, :24]),
        "image": lambda: (torch.randn(2, 3, 64, 64),),
        "small-image": lambda: (torch.randn(2, 3, 32, 32),),
        "wave": lambda: (torch.randn(1, 800),),
        "spectrogram": lambda: (torch.randn(2, 16, 100), None, ids[:, :24]),
    }
    return model, inputs[kind](), regions


class Gated(nn.Module):
    """Attention with a bias of pairs and a gate, over the last but one dim."""

    def __init__(self, width, heads, pairs=None):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.project = nn.Linear(width, 4 * width)
        self.out = nn.Linear(width, width)
        self.bias = nn.Linear(pairs, heads, bias=False) if pairs else None

    def forward(self, x, mask, pairs=None):
        q, k, v, gate = (part.unflatten(-1, (self.heads, -1)).transpose(-3, -2) for part in self.project(self.norm(x)).chunk(4, -1))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)) + mask[..., None, None, :]
        if self.bias is not None:
            scores = scores + self.bias(pairs).permute(2, 0, 1)
        attended = torch.sigmoid(gate) * (torch.softmax(scores, -1) @ v)
        return self.out(attended.transpose(-3, -2).flatten(-2))


class Evoformer(nn.Module):
    """A block of AlphaFold's Evoformer: attention along rows and columns of an alignment, and of pairs."""

    def __init__(self, width=32, pairs=16, heads=4):
        super().__init__()
        self.rows, self.columns = Gated(width, heads, pairs), Gated(width, heads)
        self.starting, self.ending = Gated(pairs, heads, pairs), Gated(pairs, heads, pairs)
        self.left, self.right, self.outer = nn.Linear(width, 8), nn.Linear(width, 8), nn.Linear(64, pairs)

    def forward(self, msa, pairs, mask):
        bias = (mask - 1) * 1e9
        msa = msa + self.rows(msa, bias, pairs)
        msa = msa + self.columns(msa.transpose(0, 1), bias.transpose(0, 1)).transpose(0, 1)
        product = torch.einsum("sic,sjd->ijcd", self.left(msa), self.right(msa)).flatten(-2)
        pairs = pairs + self.outer(product) / msa.size(0)
        open_ = torch.zeros_like(pairs[..., 0])
        pairs = pairs + self.starting(pairs, open_, pairs)
        across = pairs.transpose(0, 1)
        pairs = pairs + self.ending(across, open_, across).transpose(0, 1)
        return msa.mean(0) @ msa.mean(0).T + pairs.mean(-1)


class Invariant(nn.Module):
    """Invariant point attention: scores of products, of distances of points in the frames of residues, and of pairs."""

    def __init__(self, width=32, pairs=16, heads=4, points=4):
        super().__init__()
        self.heads, self.points = heads, points
        self.project, self.places = nn.Linear(width, 3 * width), nn.Linear(width, 9 * heads * points)
        self.bias, self.weights = nn.Linear(pairs, heads), nn.Parameter(torch.rand(heads))
        self.out = nn.Linear(width + heads * (4 * points + pairs), width)

    def forward(self, x, pairs, rotations, shifts):
        split = (part.unflatten(-1, (self.heads, -1)).transpose(0, 1) for part in self.project(x).chunk(3, -1))
        q, k, v = split
        local = self.places(x).unflatten(-1, (3, self.heads, self.points, 3))
        placed = torch.einsum("nij,nthpj->tnhpi", rotations, local) + shifts[:, None, None]
        qp, kp, vp = (part.transpose(0, 1) for part in placed)
        distances = (qp[:, :, None] - kp[:, None]).square().sum((-2, -1))
        scores = q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)) + self.bias(pairs).permute(2, 0, 1)
        scores = scores - F.softplus(self.weights)[:, None, None] * distances / (2 * math.sqrt(4.5 * self.points))
        weights = torch.softmax(scores * math.sqrt(1 / 3), -1)
        plain = (weights @ v).transpose(0, 1).flatten(1)
        points = torch.einsum("hnm,hmpi->nhpi", weights, vp) - shifts[:, None, None]
        points = torch.einsum("nji,nhpj->nhpi", rotations, points)
        seen = torch.einsum("hnm,nmc->nhc", weights, pairs)
        norms = (points.square().sum(-1) + 1e-8).sqrt()
        return self.out(torch.cat([plain, points.flatten(1), norms.flatten(1), seen.flatten(1)], -1))


def evoformer():
    mask = (torch.rand(6, 24) > 0.2).float()
    return Evoformer(), (torch.randn(6, 24, 32), torch.randn(24, 24, 16), mask)


def invariant():
    rotations = torch.linalg.qr(torch.randn(40, 3, 3))[0]
    return Invariant(), (torch.randn(40, 32), torch.randn(40, 40, 16), rotations, torch.randn(40, 3))


# Options of x-transformers: how attention is said differently in each.
OPTIONS = {
    "rotary": dict(rotary_pos_emb=True),
    "alibi": dict(alibi_pos_bias=True, alibi_num_heads=2),
    "relative": dict(rel_pos_bias=True),
    "grouped": dict(attn_kv_heads=2),
    "norms": dict(attn_qk_norm=True, attn_qk_norm_dim_scale=True),
    "talking": dict(attn_pre_talking_heads=True),
    "gates": dict(attn_gate_values=True),
    "memories": dict(attn_num_mem_kv=4),
    "softclamp": dict(attn_softclamp_logits=True),
}


def x_transformer(name):
    from x_transformers import Decoder, TransformerWrapper

    layers = Decoder(dim=64, depth=2, heads=4, attn_dim_head=16, **OPTIONS[name])
    return TransformerWrapper(num_tokens=128, max_seq_len=64, attn_layers=layers).eval(), (torch.randint(0, 128, (2, 40)),)
