"""Compile a kernel to machine code, once for all runs of a machine."""

from __future__ import annotations

from collections.abc import Callable

import numba


def compiled(function: Callable) -> Callable:
    """Return `function` compiled at its first call, by numba; the machine code is kept on disk.

    It is kept beside the module, or in the user's cache folder where that cannot be written, or in
    NUMBA_CACHE_DIR; where none can, it is compiled in each process. Rounding is that of IEEE 754, in
    the order written (no fastmath, no parallel sum): the same bytes on every machine. Divisions by
    zero give inf or nan. Kernels only call kernels of their own file: numba compares no other file.
    """
    options = {"nogil": True, "error_model": "numpy"}
    try:
        return numba.njit(cache=True, **options)(function)
    except RuntimeError:
        return numba.njit(**options)(function)
