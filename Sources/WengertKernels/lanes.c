/// Runs what a loop computes for many turns at once: each number a row, with a lane for every turn.
#include "WengertMachine.h"
#include "levels.h"

/// The steps of many turns at once: `turns` lanes of every row, and some more where that is cheaper
/// because it fills whole vectors.
INLINE void run_steps(int fused, const wl_program *wide, long turns) {
  const wl_step *s = wide->steps, *end = s + wide->count;
  for (; s < end; s++) {
    long n = s->n == 0 ? turns : (turns + WL_VECTOR - 1) & -WL_VECTOR;
    if (s->op == WL_MAP) {
      ((wl_map *)s->more)(s->a, s->out, n);
    } else if (s->op == WL_ZIP) {
      ((wl_zip *)s->more)(s->a, s->b, s->out, n, s->sa, s->sb);
    } else if (s->op == WL_MOVE) {
      for (long l = 0; l < n; l++) s->out[l] = s->a[l * s->sa];
    } else {
      int first = s->n < 0;
      const double *a = s->a, *b = s->b;
      double *restrict out = s->out;
      long sa = s->sa, sb = s->sb;
      for (long l = 0; l < n; l++)
        out[l] = madd(fused, a[l * sa], b[l * sb], first ? 0.0 : out[l]);
    }
  }
}

/// Fills the rows that come from outside, for the turns with the indices from `low` on.
static void fill_rows(const wl_loop *loop, long low, long n) {
  for (const wl_gather *g = loop->gather, *end = g + loop->gathers; g < end; g++) {
    const wl_walk *walk = &loop->walk[g->walk];
    const double *from = wl_value_at(&walk->values, low, walk->width) + g->offset;
    if (walk->width == 1)
      memcpy(g->row, from, (size_t)n * sizeof(double));
    else
      for (long l = 0; l < n; l++) g->row[l] = from[l * walk->width];
  }
  if (loop->turns_row)
    for (long l = 0; l < n; l++) loop->turns_row[l] = (double)(low + l);
}

/// Sums that go side by side, since each addition waits for the one before it in its sum alone.
#define COUNTS(EACH)                                                                             \
  EACH(1) EACH(2) EACH(3) EACH(4) EACH(5) EACH(6) EACH(7) EACH(8) EACH(9) EACH(10)
enum { MOST_SUMS = 10 };

/// Adds `count` rows, a constant, to as many carried sums, turn by turn.
INLINE void add_together(int count, const wl_addition *sum, long first, long step, long n) {
  const double *row[MOST_SUMS];
  double total[MOST_SUMS];
  UNROLL for (int k = 0; k < count; k++) row[k] = sum[k].row, total[k] = *sum[k].place;
  for (long i = 0, l = first; i < n; i++, l += step)
    UNROLL for (int k = 0; k < count; k++) total[k] += row[k][l];
  UNROLL for (int k = 0; k < count; k++) *sum[k].place = total[k];
}

/// Adds rows to carried sums, turn by turn, in groups that are about as large as each other.
static void add_rows(const wl_loop *loop, long n) {
  long first = loop->isBackward ? n - 1 : 0, step = loop->isBackward ? -1 : 1;
  long groups = (loop->sums + MOST_SUMS - 1) / MOST_SUMS;
  for (long g = 0, k = 0; g < groups; g++) {
    long next = loop->sums * (g + 1) / groups;
    switch (next - k) {
#define ADD(count)                                                                               \
  case count: add_together(count, loop->sum + k, first, step, n); break;
      COUNTS(ADD)
#undef ADD
    }
    k = next;
  }
}

INLINE void run_wide(int fused, const wl_loop *loop, long low, long n) {
  fill_rows(loop, low, n);
  run_steps(fused, &loop->wide, n);
  add_rows(loop, n);
  for (long k = 0; k < loop->puts; k++) {
    const wl_put *put = &loop->put[k];
    const wl_keep *keep = &loop->keep[put->keep];
    if (!keep->values.array || low + n > keep->extent) continue;
    double *to = wl_value_at(&keep->values, low, keep->width) + put->offset;
    for (long l = 0; l < n; l++) to[l * keep->width] = put->row[l * put->stride];
  }
  long end = loop->isBackward ? 0 : n - 1;
  for (long k = 0; k < loop->lasts; k++)
    *loop->last[k].place = loop->last[k].row[end * loop->last[k].stride];
}

LEVELS(wl_run_wide, run_wide, (const wl_loop *loop, long low, long n), loop, low, n)
