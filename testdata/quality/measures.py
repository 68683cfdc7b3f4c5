"""How good a list of compared pairs is: the measures of pipeline/histogram.go, in Python, for pairs of any tool.

A pair has a weight (bits, log2 of its odds) and a truth. Pairs are counted in bins of 1/128 bit, as `locatematch evaluate`
counts them, so that the same pairs give the same figures.
"""

import numpy as np

PER_BIT, LOWEST, HIGHEST = 128, -128, 128
BINS = (HIGHEST - LOWEST) * PER_BIT
ECE_BINS = 20


class Histogram:
    """Compared pairs by weight, true and false apart."""

    def __init__(self, weight, same):
        place = np.clip(np.floor((np.asarray(weight, float) - LOWEST) * PER_BIT), 0, BINS - 1).astype(int)
        same = np.asarray(same).astype(bool)
        self.hits = np.bincount(place[same], minlength=BINS).astype(float)
        self.lies = np.bincount(place[~same], minlength=BINS).astype(float)
        self.low = LOWEST + np.arange(BINS) / PER_BIT
        self.middle = self.low + 0.5 / PER_BIT

    @property
    def pairs(self):
        return int(self.hits.sum() + self.lies.sum())

    @property
    def true(self):
        return int(self.hits.sum())

    def f1_at(self, bits, truth):
        """F1 of the pairs at or above a weight; recall over all true pairs, compared or not."""
        at = self.low >= bits
        return f1(self.hits[at].sum(), self.lies[at].sum(), truth)

    def best_f1(self, truth):
        """The highest F1 at any weight."""
        hits, lies = np.cumsum(self.hits[::-1]), np.cumsum(self.lies[::-1])
        return max(f1(h, l, truth) for h, l in zip(hits, lies) if h)

    def log_loss(self):
        """Sum over pairs of -ln of the probability stated for what was true, in nats."""
        return float(np.sum(self.hits * np.log1p(np.exp2(-self.middle)) + self.lies * np.log1p(np.exp2(self.middle))))

    def ece_mid(self):
        """Expected calibration error of the pairs with 0.01 < p < 0.99, in 20 bins of equal count. What lies across the edge
        of two bins is shared out between them."""
        p = 1 / (1 + np.exp2(-self.middle))
        mid = (p > 0.01) & (p < 0.99) & (self.hits + self.lies > 0)
        counts, hits, p = (self.hits + self.lies)[mid], self.hits[mid], p[mid]
        total = counts.sum()
        if total == 0:
            return 0.0
        edges = np.arange(ECE_BINS + 1) * total / ECE_BINS
        at = np.concatenate(([0], np.cumsum(counts)))
        gap = np.concatenate(([0], np.cumsum(hits - counts * p)))
        return float(np.abs(np.diff(np.interp(edges, at, gap))).sum() / total)


def f1(hits, lies, truth):
    return 2 * hits / (hits + lies + truth) if hits else 0.0


def cost_of_missed(missed, prior):
    """Nats for true pairs that were never compared: all that was stated of them is the tool's prior, of which the pair is one."""
    return missed * -np.log(prior)
