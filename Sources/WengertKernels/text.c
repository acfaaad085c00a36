/// The lines of texts.
#include "WengertKernels.h"
#include "levels.h"

/// Bytes that are looked at side by side, and how often before their counts could overflow.
enum { SIDE_BY_SIDE = 64, ROUNDS = 255 };

INLINE void count_line_ends(int fused, const uint8_t *text, long count, long *ends) {
  (void)fused;
  long found = 0, at = 0;
  while (count - at >= SIDE_BY_SIDE) {
    uint8_t counts[SIDE_BY_SIDE] = {0};
    long rounds = (count - at) / SIDE_BY_SIDE;
    if (rounds > ROUNDS) rounds = ROUNDS;
    for (long round = 0; round < rounds; round++, at += SIDE_BY_SIDE) {
      for (int i = 0; i < SIDE_BY_SIDE; i++) counts[i] += text[at + i] == '\n';
    }
    for (int i = 0; i < SIDE_BY_SIDE; i++) found += counts[i];
  }
  for (; at < count; at++) found += text[at] == '\n';
  *ends = found;
}

LEVELS(
    wl_count_line_ends, count_line_ends, (const uint8_t *text, long count, long *ends), text, count,
    ends)
