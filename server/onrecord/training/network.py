"""The tagger's network: a small BERT with features beside the word pieces, and heads on what it says of each word.

The encoder was MiniLM (Wang et al. 2020), six layers of 384; its word-piece and position embeddings stay as published.
What ships has a third fewer heads of attention and inner units in each layer (``pruning``).
Which word is a cue is decided for each word; which words are a cue's source and content is decided for each pair of
a word and a cue, so that a source may serve two cues and one statement may stand inside another. Cue-conditioned
labels are the usual form of semantic role labelling (He et al. 2017); here the pair also knows its way through the
dependency tree and the quotation marks between its two ends. Words that contest, and what they contest, are found in
the same way by heads of their own; one more says of a cue whether it is speech, or a thought or an act.

Corpora draw the bounds of what is said differently. Whose convention a window's labels follow is told to the upper
layers as one more vector (Johnson et al. 2017 do so for languages); what ships has Onrecord's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.analysis.model.features import FEATURE_SIZES, PAIR_SIZES
from onrecord.analysis.model.kinds import FACTS, LOOKS
from onrecord.analysis.result import CLAIM_STATUSES, IDENTIFICATIONS, SOURCE_TYPES
from onrecord.training.corpus import OWN

CUE_LABELS = 3  # outside, begins, inside
PAIR_LABELS = 5  # outside, source begins, source inside, content begins, content inside
CLAIM_LABELS = 3  # outside, content begins, content inside
HIDDEN, LAYERS, SIZE = 384, 6, 32  # SIZE: of a head of attention
HEADS, INNER = 12, 1536  # of each layer of MiniLM
# Widths of a pair scorer's two ways to bring a word and a cue together: attributions, contested claims.
SUMS, PRODUCTS = 160, 64
CLAIM_SUMS, CLAIM_PRODUCTS = 96, 32
# What each way of looking at the words about a source makes of them, and what is made of all that.
SAYS, MADE = 32, 96
DROPPED = 0.15  # share of numbers that learning leaves out between layers
LOWER = 3  # layers below the convention: what they say of a text does not depend on it


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.attention = nn.Linear(HIDDEN, 3 * heads * SIZE)
        self.out = nn.Linear(heads * SIZE, HIDDEN)
        self.after_attention = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, inner)
        self.down = nn.Linear(inner, HIDDEN)
        self.after = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """``hidden``: batch, pieces, 384; ``mask``: True where there is a piece."""
        batch, length = hidden.shape[0], hidden.shape[1]
        query, key, value = (
            part.float().view(batch, length, -1, SIZE).transpose(1, 2)  # of half precision it is slower
            for part in self.attention(hidden).chunk(3, dim=-1)
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, -1)
        hidden = self.after_attention(hidden + self.drop(self.out(seen)))
        return self.after(hidden + self.drop(self.down(functional.gelu(self.up(hidden)))))


class Pairs(nn.Module):
    """A scorer of pairs of a word and a cue."""

    def __init__(self, sums: int, products: int, labels: int) -> None:
        super().__init__()
        self.word_sum = nn.Linear(HIDDEN, sums)
        self.cue_sum = nn.Linear(HIDDEN, sums)
        self.word_product = nn.Linear(HIDDEN, products)
        self.cue_product = nn.Linear(HIDDEN, products)
        self.between = nn.ModuleList(nn.Embedding(size, sums) for size in PAIR_SIZES)
        self.label = nn.Linear(sums + products, labels)
        for table in self.between:
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, word: Tensor, cue: Tensor, between: Tensor) -> Tensor:
        """Cues × words × labels: ``word`` 1 × words × 384, ``cue`` cues × 384, ``between`` cues × 4 × words."""
        total = self.word_sum(word) + self.cue_sum(cue)[:, None]
        for number, table in enumerate(self.between):
            total = total + table(between[:, number])
        product = self.word_product(word) * self.cue_product(cue)[:, None]
        return self.label(torch.cat([functional.relu(total), product], dim=-1))

    def projected(self, word: Tensor) -> Tensor:
        """Everything that ``analysis.model.pairs`` needs of each word, side by side."""
        parts = (self.word_sum(word), self.cue_sum(word), self.word_product(word), self.cue_product(word))
        return torch.cat(parts, dim=-1)


class Kinds(nn.Module):
    """What kind of source it is, and how identified, from all the words where the article says who it is.

    Each way of looking weighs the words anew (attention without a query; Yang et al. 2016 read documents so).
    """

    def __init__(self) -> None:
        super().__init__()
        self.look = nn.Linear(HIDDEN, LOOKS)
        self.say = nn.Linear(HIDDEN, LOOKS * SAYS)
        self.make = nn.Linear(LOOKS * SAYS + FACTS, MADE)
        self.answer = nn.Linear(MADE, len(SOURCE_TYPES) + len(IDENTIFICATIONS))

    def forward(self, shown: Tensor, seen: Tensor, facts: Tensor) -> Tensor:
        """Sources × answers: ``shown`` sources × words × what ``projected`` gives, of which ``seen`` are looked at."""
        looks = shown[..., :LOOKS].masked_fill(~seen[..., None], -1e4).softmax(dim=1)
        said = shown[..., LOOKS:].unflatten(-1, (LOOKS, SAYS))
        pooled = (looks[..., None] * said).sum(dim=1).flatten(1)
        made = functional.relu(self.make(torch.cat([functional.relu(pooled), facts], dim=1)))
        return self.answer(made)

    def projected(self, word: Tensor) -> Tensor:
        """Everything that ``analysis.model.kinds`` needs of each word, side by side."""
        return torch.cat([self.look(word), self.say(word)], dim=-1)


class Tagger(nn.Module):
    """Encoder and heads; ``heads`` (of attention) and ``inner`` units in each layer."""

    def __init__(self, heads: int = HEADS, inner: int = INNER) -> None:
        super().__init__()
        self.heads, self.inner = heads, inner
        self.pieces = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.features = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in FEATURE_SIZES)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(heads, inner) for _ in range(LAYERS))
        self.convention = nn.Embedding(2, HIDDEN)
        self.drop = nn.Dropout(DROPPED)
        self.cue = nn.Linear(HIDDEN, CUE_LABELS)
        self.attribution = Pairs(SUMS, PRODUCTS, PAIR_LABELS)
        self.plain = nn.Linear(HIDDEN, 7)  # helps the encoder learn: the labels of each word whatever its cue
        self.said = nn.Linear(HIDDEN, 1)
        self.contest = nn.Linear(HIDDEN, CUE_LABELS)
        self.status = nn.Linear(HIDDEN, len(CLAIM_STATUSES))
        self.claim = Pairs(CLAIM_SUMS, CLAIM_PRODUCTS, CLAIM_LABELS)
        self.contested = nn.Linear(HIDDEN, CLAIM_LABELS)  # the labels of each contested word, whatever contests it
        self.kinds = Kinds()
        nn.init.zeros_(self.convention.weight)
        for table in self.features:
            nn.init.zeros_(table.weight)

    @classmethod
    def of(cls, state: dict[str, Tensor]) -> Tagger:
        """The network of these weights, in the shape that they have."""
        made = cls(*shape(state))
        made.load_state_dict(state)
        return made

    def lower(self, rows: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the layers below the convention say. ``rows``: batch × 5 features × pieces; ``mask``: batch × pieces."""
        hidden = self.pieces(rows[:, 0]) + self.positions.weight[: rows.shape[2]]
        hidden = self.norm(hidden)
        for number, table in enumerate(self.features):
            hidden = hidden + table(rows[:, number + 1])
        for layer in self.layers[:LOWER]:
            hidden = layer(hidden, _seen(mask))
        return hidden

    def upper(self, hidden: Tensor, convention: Tensor, mask: Tensor | None = None) -> Tensor:
        """What the heads see, from what ``lower`` gives; ``convention``: one number a window."""
        hidden = hidden + self.convention(convention)[:, None]
        for layer in self.layers[LOWER:]:
            hidden = layer(hidden, _seen(mask))
        return self.drop(hidden)

    def load_base(self, path: Path) -> None:
        """Take embeddings and layers from a BERT checkpoint in safetensors form."""
        base = load_file(str(path))
        base = {name.removeprefix("bert."): tensor for name, tensor in base.items()}
        with torch.no_grad():
            self.pieces.weight.copy_(base["embeddings.word_embeddings.weight"])
            kinds = base["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(base["embeddings.position_embeddings.weight"] + kinds)
            self.norm.load_state_dict(_part(base, "embeddings.LayerNorm"))
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}"
                own = [_part(base, f"{at}.attention.self.{name}") for name in ("query", "key", "value")]
                layer.attention.weight.copy_(torch.cat([part["weight"] for part in own]))
                layer.attention.bias.copy_(torch.cat([part["bias"] for part in own]))
                layer.out.load_state_dict(_part(base, f"{at}.attention.output.dense"))
                layer.after_attention.load_state_dict(_part(base, f"{at}.attention.output.LayerNorm"))
                layer.up.load_state_dict(_part(base, f"{at}.intermediate.dense"))
                layer.down.load_state_dict(_part(base, f"{at}.output.dense"))
                layer.after.load_state_dict(_part(base, f"{at}.output.LayerNorm"))


def shape(weights: Mapping[str, Any]) -> tuple[int, int]:
    """How many heads of attention and inner units the layers of these weights have."""
    return weights["layers.0.out.weight"].shape[1] // SIZE, weights["layers.0.up.weight"].shape[0]


def _seen(mask: Tensor | None) -> Tensor | None:
    return mask[:, None, None, :] if mask is not None else None


def _part(base: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name: base[f"{prefix}.{name}"] for name in ("weight", "bias")}


class Exported(nn.Module):
    """What is exported: one window in, everything that the analysis needs of each word out."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, rows: Tensor, begins: Tensor) -> tuple[Tensor, ...]:
        """``rows``: 5 × pieces; ``begins``: words. Returns the fields of ``analysis.model.tagger.Encoded``."""
        tagger = self.tagger
        hidden = tagger.upper(tagger.lower(rows[None]), torch.tensor([OWN]))
        word = hidden[0].index_select(0, begins)
        return (
            tagger.cue(word),
            tagger.attribution.projected(word),
            tagger.said(word),
            tagger.contest(word),
            tagger.status(word),
            tagger.claim.projected(word),
            tagger.kinds.projected(word),
            tagger.contested(word),
        )
