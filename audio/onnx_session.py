"""Opens an ONNX network the way all of ours run: on one thread, silent, with the same result on every processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def single_threaded(model: Path | bytes) -> Any:  # onnxruntime ships no types
    """Return a session on one thread of the processor.

    Args:
        model: The file, or what is in it.

    Raises:
        ImportError: If onnxruntime is not installed.
        Exception: Whatever onnxruntime makes of a foreign or broken file.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Short runs with pauses between: threads that spin meanwhile would burn a whole core.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Products of signed 8 bits overflow where a processor has no VNNI: unsigned there, a tenth slower.
    options.add_session_config_entry("session.x64quantprecision", "1")
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
