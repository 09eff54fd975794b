"""How to train: every number that somebody might want to change, and an option of the command each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train. The numbers are those of the published weights; docs/training.md says more."""

    passes: int = 12
    batch: int = 16  # windows
    rate: float = 1.2e-4  # of the encoder's layers that learn
    head_rate: float = 5e-4
    warm_up: float = 0.05  # share of all steps
    average: float = 0.997  # decay of the moving average of the weights, which is what is kept
    shortest_window: int = 130  # word pieces; each pass cuts the text anew
    longest_window: int = 320  # … whole blocks or sentences alone too; more than Onrecord ever reads at once
    blocks_alone: float = 0.2  # share of articles cut into single blocks: a caption has no article around it
    sentences_alone: float = 0.15  # … into single sentences
    empty_kept: float = 0.5  # share of blocks with nothing annotated that a pass sees
    masked: float = 0.03  # share of words hidden in a window (``disguise``)
    masked_often: float = 0.5  # share of windows in which it is drawn anew, if that gives more
    masked_most: float = 0.3  # … from 0 to this
    renamed: float = 0.25  # share of windows with other names
    own_marks: float = 0.6  # share of articles seen in their own marks where there are other styles of them
    short_kept: float = 0.6  # share of short texts that a pass sees
    # … and of those with contested claims once more this share: every other short text has one, and one sentence of
    # thirty in the news; with all of them the model becomes bold, and precision falls.
    contested_kept: float = 0.6
    phrases_kept: float = 0.5  # share of the sentences put together of roles and bodies
    far_kept: float = 0.7  # share of blocks seen as if nothing stood between them (``far``)
    no_cues: float = 0.7  # words that are no cue, per cue
    corpus_kept: float = 0.5  # share of the corpus's articles that a pass sees; a quarter of it where they are ours too
    heads: int = 8  # of attention that are left in each layer of a larger network (``pruning``)
    inner: int = 1024  # … and inner units
    taught: float = 1.0  # how much the vectors of the network before count at first, where there is one (``train``)
    frozen: bool = False  # the lower layers stay as they are
    half: bool = True  # products in bfloat16: two thirds of the time on processors that have it
    seconds: float = 0.0  # stop after so long, with the rate falling to nothing by then; 0: by passes alone
    seed: int = 1
    threads: int = 2
