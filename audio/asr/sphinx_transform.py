"""A speaker's transform: the linear map of cepstra under which the model fits a voice and a microphone best.

Constrained maximum likelihood linear regression (Gales, "Maximum likelihood linear transformations for HMM-based
speech recognition", Computer Speech and Language 12, 1998, part 3.2), for cepstra with their slope and curvature:
one matrix maps all three, the offset only the first. It takes in what differs most between people, the length of the
vocal tract, as much as the colour of a microphone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.asr.sphinx_features import CEPSTRA, Cepstra
from audio.asr.sphinx_model import STREAMS, AcousticModel

Floats = NDArray[np.float64]

PRIOR_FRAMES = 100.0
"""Speech, in frames, that the identity weighs as much as: 1 s. Without it a few words would bend the map at will."""
SWEEPS = 10
"""Rounds over the rows, which depend on each other through the determinant; later ones change nothing visible."""

FITTED_FRAMES = 50
"""Frames that a fit is judged by, 15 ms of work."""


class Transform:
    """Cepstra times a matrix plus an offset."""

    def __init__(self, rows: Floats | None = None) -> None:
        """Take rows of shape (13, 14): matrix and, last, offset. The identity by default."""
        self.rows = np.eye(CEPSTRA, CEPSTRA + 1) if rows is None else rows

    def apply(self, cepstra: Cepstra) -> Cepstra:
        """Map cepstra of shape (n, 13)."""
        return np.asarray(cepstra @ self.rows[:, :CEPSTRA].T + self.rows[:, CEPSTRA], np.float32)

    @property
    def log_volume(self) -> float:
        """Logarithm of what the map multiplies the density of one frame (all three parts) by."""
        return STREAMS * float(np.linalg.slogdet(self.rows[:, :CEPSTRA])[1])


IDENTITY = Transform()
"""For voices that nothing is known of."""


class Statistics:
    """What there is to know of a speaker for a transform; grows with each utterance."""

    def __init__(self) -> None:
        self.frames = 0.0
        self._squares = np.zeros((CEPSTRA, CEPSTRA + 1, CEPSTRA + 1))
        self._products = np.zeros((CEPSTRA, CEPSTRA + 1))

    def add(
        self, model: AcousticModel, cepstra: Cepstra, senones: NDArray[np.int64], phones: NDArray[np.int64]
    ) -> None:
        """Take an utterance of which it is known what was being said in each frame.

        Args:
            model: The Gaussians.
            cepstra: Shape (n, 13), their mean taken off, no transform applied.
            senones: Shape (n,); the state in each frame.
            phones: Shape (n,); its phone, negative for frames to leave out.
        """
        parts = dynamic(cepstra)
        for phone in np.unique(phones[phones >= 0]):
            at = np.flatnonzero(phones == phone)
            self.frames += len(at)
            for stream in range(STREAMS):
                self._add(parts[stream][at], model, int(phone), stream, senones[at])

    def _add(self, values: Floats, model: AcousticModel, phone: int, stream: int, senones: NDArray[np.int64]) -> None:
        means, precisions = model.means[phone, stream], 1.0 / model.variances[phone, stream]
        shares = _shares(values, means, precisions, model.log_weights[stream, senones])
        extended = np.column_stack((values, np.full(len(values), float(stream == 0))))
        weights, targets = shares @ precisions, shares @ (means * precisions)
        self._squares += np.einsum("ti,ta,tb->iab", weights, extended, extended, optimize=True)
        self._products += targets.T @ extended

    def take(self, other: Statistics) -> None:
        """Add what another holds."""
        self.frames += other.frames
        self._squares += other._squares
        self._products += other._products

    def solve(self) -> Transform:
        """Return the most probable map; near the identity while little is known."""
        squares, products = self._with_prior()
        inverses = np.linalg.inv(squares)
        rows = np.eye(CEPSTRA, CEPSTRA + 1)
        frames = STREAMS * (self.frames + PRIOR_FRAMES)
        for _ in range(SWEEPS):
            for row in range(CEPSTRA):
                cofactors = np.append(np.linalg.inv(rows[:, :CEPSTRA])[:, row], 0.0)
                rows[row] = _best_row(cofactors, inverses[row], products[row], frames)
        return Transform(rows)

    def _with_prior(self) -> tuple[Floats, Floats]:
        """Add imaginary frames of which the identity is the best map, as spread as the real ones."""
        diagonal = np.einsum("iaa->ia", self._squares) * PRIOR_FRAMES / max(self.frames, 1.0) + 1e-6
        squares, products = self._squares.copy(), self._products.copy()
        for row in range(CEPSTRA):
            squares[row] += np.diag(diagonal[row])
            products[row, row] += diagonal[row, row]
        return squares, products


def dynamic(cepstra: Cepstra) -> Floats:
    """Return cepstra, slope and curvature as pocketsphinx computes them (`1s_c_d_dd`), shape (3, n, 13)."""
    n = len(cepstra)
    padded = np.pad(cepstra.astype(np.float64), ((3, 3), (0, 0)), mode="edge")
    shifted = [padded[3 + k : 3 + k + n] for k in range(-3, 4)]
    slope = shifted[5] - shifted[1]
    return np.stack((shifted[3], slope, (shifted[6] - shifted[2]) - (shifted[4] - shifted[0])))


def fit(model: AcousticModel, cepstra: Cepstra) -> float:
    """Return the mean log density of some frames, whatever is being said in them: every phone is as likely.

    At most `FITTED_FRAMES` frames, evenly spread, are looked at.
    """
    parts = dynamic(cepstra)[:, :: max(1, len(cepstra) // FITTED_FRAMES)]
    phones = sum(_log_density(parts[stream], model, stream) for stream in range(STREAMS))
    return float(np.mean(_log_sum(np.asarray(phones))))


def _log_density(values: Floats, model: AcousticModel, stream: int) -> Floats:
    """Return the log density under each phone's codebook, its Gaussians as likely as each other, shape (n, phones)."""
    count, _, density, width = model.means.shape
    means = model.means[:, stream].reshape(-1, width)
    precisions = 1.0 / model.variances[:, stream].reshape(-1, width)
    logs = _log_gaussians(values, means, precisions).reshape(len(values), count, density)
    return _log_sum(logs)


def _log_sum(logs: Floats) -> Floats:
    """Return the logarithm of the sum along the last axis (five times faster than `logaddexp.reduce`)."""
    most = logs.max(axis=-1, keepdims=True)
    return np.asarray(np.log(np.exp(logs - most).sum(axis=-1)) + most[..., 0])


def _shares(values: Floats, means: Floats, precisions: Floats, log_weights: Floats) -> Floats:
    """Return how much of each value each Gaussian answers for, shape (n, 128)."""
    logs = log_weights + _log_gaussians(values, means, precisions)
    shares: Floats = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _log_gaussians(values: Floats, means: NDArray[np.floating], precisions: NDArray[np.floating]) -> Floats:
    """Return log densities, shape (n, Gaussians), without the constant."""
    square = values**2 @ precisions.T - 2 * values @ (means * precisions).T + (means**2 * precisions).sum(axis=1)
    return np.asarray(0.5 * np.log(precisions).sum(axis=1) - 0.5 * square)


def _best_row(cofactors: Floats, inverse: Floats, products: Floats, frames: float) -> Floats:
    """Return the row that is most probable with the others fixed: the better root of a quadratic equation."""
    curve, slope = cofactors @ inverse @ cofactors, cofactors @ inverse @ products
    root = np.sqrt(slope**2 + 4 * curve * frames)
    steps = [(-slope + root) / (2 * curve), (-slope - root) / (2 * curve)]
    gains = [frames * np.log(abs(step * curve + slope)) - 0.5 * step**2 * curve for step in steps]
    return np.asarray((steps[int(np.argmax(gains))] * cofactors + products) @ inverse)
