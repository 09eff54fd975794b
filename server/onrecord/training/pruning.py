"""A smaller network that begins as nearly the same one: of each layer the heads and inner units that count.

What a part counts for is how much the loss would change without it, to the first order: the gradient of a factor of
one before it, summed over windows without its sign (Michel et al. 2019 for heads, Molchanov et al. 2017 for units).
Every layer keeps equally many of each, so that one number says what it costs to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import torch
from torch import Tensor, nn

from onrecord.training.losses import loss_of
from onrecord.training.material import Window
from onrecord.training.network import SIZE, Tagger

# Of windows that tell what counts: with 40 of them the smaller network was a point worse before it learned again.
BATCHES: Final = 60


def pruned(tagger: Tagger, batches: Sequence[list[Window]], *, heads: int, inner: int) -> Tagger:
    """``tagger`` with ``heads`` and ``inner`` units left in each layer; ``batches`` tell which."""
    counted = importance(tagger, batches[:BATCHES])
    made = Tagger(heads, inner)
    state = dict(tagger.state_dict())
    for number, (of_heads, of_units) in enumerate(counted):
        at = f"layers.{number}"
        kept = of_heads.topk(heads).indices.sort().values
        wide = (kept[:, None] * SIZE + torch.arange(SIZE)).flatten()  # the places of the heads that stay
        units = of_units.topk(inner).indices.sort().values
        width = len(of_heads) * SIZE
        every = torch.cat([wide + part * width for part in range(3)])  # of queries, keys and values
        for name, places in (("attention", every), ("up", units)):
            state[f"{at}.{name}.weight"] = state[f"{at}.{name}.weight"][places]
            state[f"{at}.{name}.bias"] = state[f"{at}.{name}.bias"][places]
        state[f"{at}.out.weight"] = state[f"{at}.out.weight"][:, wide]
        state[f"{at}.down.weight"] = state[f"{at}.down.weight"][:, units]
    made.load_state_dict(state)
    return made


def importance(tagger: Tagger, batches: Sequence[list[Window]]) -> list[tuple[Tensor, Tensor]]:
    """For each layer what each head and each inner unit counts."""
    factors: list[tuple[Tensor, Tensor]] = []
    hooks = []
    for layer in tagger.layers:
        heads, units = torch.ones(layer.out.in_features // SIZE), torch.ones(layer.down.in_features)
        factors.append((heads.requires_grad_(), units.requires_grad_()))
        hooks.append(layer.out.register_forward_pre_hook(partial(_scaled, heads, SIZE)))
        hooks.append(layer.down.register_forward_pre_hook(partial(_scaled, units, 1)))
    counted = [(torch.zeros_like(heads), torch.zeros_like(units)) for heads, units in factors]
    tagger.eval()
    for batch in batches:
        loss, _ = loss_of(tagger, batch, frozen=False)
        found = torch.autograd.grad(loss, [factor for pair in factors for factor in pair])
        for total, gradient in zip((each for pair in counted for each in pair), found, strict=True):
            total.add_(gradient.abs())
    for hook in hooks:
        hook.remove()
    return counted


def _scaled(factors: Tensor, size: int, _: nn.Module, given: tuple[Tensor, ...]) -> tuple[Tensor, ...]:
    """What comes into a layer, multiplied by ``factors``, each for ``size`` places."""
    return (given[0] * factors.repeat_interleave(size),)
