"""What a process that analyses for others does before it imports spaCy or numpy, to be small and quick to start."""

from __future__ import annotations

import os
import sys
import types


def prepare() -> None:
    """Leave out what spaCy imports for others, and give numpy one thread; what is imported already stays as it is.

    ``import spacy`` imports its command line for one function: a quarter of its time, and 17 MB. YAML and the first
    version of pydantic are imported for files and schemas that no model has, and 27 groups of entry points are looked
    through some 250 times: together a tenth of the time from nothing to the first answer. Without entry points no other
    package's code for spaCy is loaded either. Threads of numpy's own only hold memory where there is a process for each
    core.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    if "spacy" in sys.modules:
        return
    _stand_in("spacy.cli").__path__ = []
    _stand_in("spacy.cli.info", "info")
    _stand_in("srsly._yaml_api", "read_yaml", "write_yaml", "yaml_dumps", "yaml_loads", "is_yaml_serializable")
    sys.modules.setdefault("pydantic.v1", None)  # type: ignore[arg-type]  # as if it were not installed
    import catalogue  # spaCy's list of what other packages offer

    catalogue.AVAILABLE_ENTRY_POINTS = {}


def _stand_in(name: str, *nothing: str) -> types.ModuleType:
    """An empty module under this name, where there is none yet, in which these names are None."""
    made = types.ModuleType(name)
    for each in nothing:
        setattr(made, each, None)
    return sys.modules.setdefault(name, made)


def hold_on() -> None:
    """Let glibc keep what is freed, up to 64 MB, for what is wanted next.

    A worker of Dask is started with ``MALLOC_TRIM_THRESHOLD_``: each layer of a network then takes its memory from the
    system anew and gives it back, which costs a quarter of the time of the analysis.
    """
    if sys.platform == "linux":
        import ctypes

        option = getattr(ctypes.CDLL(None), "mallopt", None)
        if option is not None:
            for threshold, most in ((-1, 64_000_000), (-3, 32_000_000)):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD
                option(threshold, most)


def give_back() -> None:
    """Give the system back the memory that loading needed and no longer does: 30 MB, where glibc holds on to it."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)
