"""The training loop: windows of whole blocks, cues with their words, and words that are no cue with none."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import torch

from onrecord.training.corpus import Example
from onrecord.training.losses import loss_of
from onrecord.training.material import Material, batches, pass_windows
from onrecord.training.network import LOWER, Tagger
from onrecord.training.plan import Plan
from onrecord.training.pruning import pruned

# Of the whole run; by then a pruned network does what the one before did, and the labels alone lead it on.
TAUGHT: Final = 1 / 3


def train(
    tagger: Tagger, examples: Sequence[Example], plan: Plan, keep: Path, check: Callable[[Tagger], str] | None = None
) -> Tagger:
    """Train ``tagger`` on ``examples`` and return the moving average of its weights.

    Where it has more heads and units in a layer than ``plan`` says, a pruned copy of it is trained, and taught by it at
    first: to give the same vectors (Sanh et al. 2019 do so beside the labels). Prints the losses and, after each pass,
    what ``check`` says; the weights so far then lie in ``keep``.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    material = [Material(example) for example in examples]
    first = list(pass_windows(material, plan, chance))
    left = min(plan.heads, tagger.heads), min(plan.inner, tagger.inner)
    teacher = tagger.eval() if left != (tagger.heads, tagger.inner) else None
    if teacher is not None:
        tagger = pruned(teacher, list(batches(list(first), plan.batch, chance)), heads=left[0], inner=left[1])
    still: tuple[str, ...] = ("pieces", "positions")
    if plan.frozen:
        still += ("features", "norm", *(f"layers.{number}." for number in range(LOWER)))
    for name, parameter in tagger.named_parameters():
        parameter.requires_grad_(not name.startswith(still))
    learning = [(name, parameter) for name, parameter in tagger.named_parameters() if parameter.requires_grad]
    encoder = [parameter for name, parameter in learning if name.startswith(("layers", "norm"))]
    heads = [parameter for name, parameter in learning if not name.startswith(("layers", "norm"))]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}],
        betas=(0.9, 0.98), weight_decay=0.01, fused=True,
    )  # fmt: skip
    rates = [group["lr"] for group in optimizer.param_groups]
    kept = copy.deepcopy(tagger)
    steps = plan.passes * (len(first) // plan.batch + 1)
    started, step = time.monotonic(), 0
    seen: dict[str, float] = {}
    print(f"{len(examples)} articles, {len(first)} windows a pass, {steps} steps", flush=True)
    for number in range(plan.passes):
        windows = first if number == 0 else list(pass_windows(material, plan, chance))
        tagger.train()
        for batch in batches(windows, plan.batch, chance):
            share = max(step / steps, (time.monotonic() - started) / plan.seconds if plan.seconds else 0)
            if share >= 1:
                return kept.eval()
            factor = min(1.0, share / plan.warm_up + 0.02) * (1 - share)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
                taught = plan.taught * (1 - share / TAUGHT)
                loss, parts = loss_of(tagger, batch, frozen=plan.frozen, teacher=teacher, taught=taught)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            with torch.no_grad():
                decay = min(plan.average, step / (step + 20))
                for mine, its in zip(kept.parameters(), tagger.parameters(), strict=True):
                    if its.requires_grad:
                        mine.lerp_(its, 1 - decay)
            for name, value in parts.items():
                seen[name] = 0.98 * seen.get(name, value) + 0.02 * value
            if step % 50 == 0:
                losses = " ".join(f"{name} {value:.4f}" for name, value in seen.items())
                print(f"pass {number + 1} step {step} {losses} {time.monotonic() - started:.0f} s", flush=True)
        torch.save(kept.state_dict(), keep)
        if check is not None:
            print(f"pass {number + 1}: {check(kept.eval())}", flush=True)
    return kept.eval()
