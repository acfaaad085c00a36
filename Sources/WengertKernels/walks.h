/// Moves elements: along walks, in rows, and into sums of lines.
#ifndef WENGERT_WALKS_H
#define WENGERT_WALKS_H
#include "numbers.h"

/// Runs `body` for each place of a walk, in order; `place` is the place, `i` counts.
#define WALK(walk, body)                                                                         \
  {                                                                                              \
    long index[WL_RANK] = {0}, base = (walk)->start, i = 0;                                      \
    int last = (walk)->rank - 1;                                                                 \
    long inner = last >= 0 ? (walk)->extents[last] : 1;                                          \
    long step = last >= 0 ? (walk)->strides[last] : 0;                                           \
    while (i < (walk)->count) {                                                                  \
      long place = base;                                                                         \
      for (long k = 0; k < inner; k++, i++, place += step) body;                                 \
      int axis = last - 1;                                                                       \
      for (; axis >= 0; axis--) {                                                                \
        base += (walk)->strides[axis];                                                           \
        if (++index[axis] < (walk)->extents[axis]) break;                                        \
        base -= index[axis] * (walk)->strides[axis];                                             \
        index[axis] = 0;                                                                         \
      }                                                                                          \
      if (axis < 0) break;                                                                       \
    }                                                                                            \
  }

static void read_walk(const wl_walk_shape *walk, const double *a, double *restrict out) {
  WALK(walk, out[i] = a[place]);
}

static void write_walk(const wl_walk_shape *walk, const double *a, double *restrict out) {
  memset(out, 0, (size_t)walk->total * sizeof(double));
  WALK(walk, out[place] = a[i]);
}

static void add_walk(const wl_walk_shape *walk, const double *a, double *restrict out) {
  memset(out, 0, (size_t)walk->total * sizeof(double));
  int last = walk->rank - 1;
  if (last < 0 || walk->strides[last] != 0) {
    WALK(walk, out[place] += a[i]);
    return;
  }
  // Elements of one place that lie side by side are summed first.
  wl_walk_shape runs = *walk;
  long length = walk->extents[last];
  if (length <= 0) return;
  runs.rank = last;
  runs.count /= length;
  WALK(&runs, out[place] += wl_sum(a + i * length, length, 1));
}

INLINE void move(double *to, const double *from, long n) {
  if (n == 1)
    to[0] = from[0];
  else if (n < 32)
    for (long i = 0; i < n; i++) to[i] = from[i];
  else
    memcpy(to, from, (size_t)n * sizeof(double));
}

static void run_rows(const wl_step *s) {
  const wl_rows *rows = s->more;
  double *out = s->out;
  for (long r = 0; r < rows->rows; r++, out += rows->length)
    rows->function(s->a + rows->a[r], s->b + rows->b[r], out, rows->length, rows->sa, rows->sb);
}

static void run_sums(const wl_step *s) {
  const wl_lines *lines = s->more;
  double *out = s->out;
  for (long o = 0; o < lines->outer; o++)
    for (long i = 0; i < lines->inner; i++)
      *out++ = wl_sum(s->a + o * lines->count * lines->inner + i, lines->count, lines->inner);
}

#endif
