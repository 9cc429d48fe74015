"""Writes a tiny llama with random weights: `python make_gguf.py OUT.gguf`. Runs where gguf and numpy are installed."""

import itertools
import sys

import gguf  # type: ignore[import-not-found,unused-ignore]
import numpy as np  # type: ignore[import-not-found,unused-ignore]

LAYERS, WIDTH, HEADS, INNER, CONTEXT = 2, 64, 4, 128, 2048
SYLLABLES = ["ka", "lo", "mi", "ne", "ru", "sa", "ti", "vo"]
WORDS = ["▁" + "".join(parts) for parts in itertools.product(SYLLABLES, repeat=3)]


def tokens() -> tuple[list[bytes], list[float], list[int]]:
    """A SentencePiece vocabulary: three special tokens, every byte, and made-up words."""
    kinds = gguf.TokenType
    rows = [(b"<unk>", 0.0, kinds.UNKNOWN), (b"<s>", 0.0, kinds.CONTROL), (b"</s>", 0.0, kinds.CONTROL)]
    rows += [(f"<0x{byte:02X}>".encode(), -1000.0, kinds.BYTE) for byte in range(256)]
    rows += [(word.encode(), -float(index), kinds.NORMAL) for index, word in enumerate(["▁", *WORDS])]
    return [row[0] for row in rows], [row[1] for row in rows], [int(row[2]) for row in rows]


def write(path: str) -> None:
    """Writes the file; the same one every time."""
    names, scores, kinds = tokens()
    random = np.random.default_rng(20)
    out = gguf.GGUFWriter(path, "llama")
    out.add_name("first-light")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(WIDTH)
    out.add_block_count(LAYERS)
    out.add_feed_forward_length(INNER)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_rope_dimension_count(WIDTH // HEADS)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_vocab_size(len(names))
    out.add_tokenizer_model("llama")
    out.add_tokenizer_pre("default")
    out.add_token_list(names)
    out.add_token_scores(scores)
    out.add_token_types(kinds)
    out.add_bos_token_id(1)
    out.add_eos_token_id(2)
    out.add_unk_token_id(0)
    out.add_add_space_prefix(True)
    out.add_chat_template("{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:")

    def weights(name: str, *shape: int) -> None:
        out.add_tensor(name, (random.standard_normal(shape) * 0.2).astype(np.float32))

    def ones(name: str) -> None:
        out.add_tensor(name, np.ones(WIDTH, dtype=np.float32))

    weights("token_embd.weight", len(names), WIDTH)
    ones("output_norm.weight")
    # Bytes and special tokens point nowhere, so that mostly words come out.
    head = (random.standard_normal((len(names), WIDTH)) * 0.2).astype(np.float32)
    head[: 3 + 256] = 0.0
    out.add_tensor("output.weight", head)
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        ones(f"{block}.attn_norm.weight")
        ones(f"{block}.ffn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            weights(f"{block}.{part}.weight", WIDTH, WIDTH)
        weights(f"{block}.ffn_gate.weight", INNER, WIDTH)
        weights(f"{block}.ffn_up.weight", INNER, WIDTH)
        weights(f"{block}.ffn_down.weight", WIDTH, INNER)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


if __name__ == "__main__":
    write(sys.argv[1])
