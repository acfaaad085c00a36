/// Runs groups of numbers: entries of one operation whose operands are there.
#include "WengertMachine.h"
#include "levels.h"

/// Operands of a function are gathered into blocks of this many.
enum { GATHERED = 256 };

#define EACH(formula)                                                                            \
  {                                                                                              \
    double *restrict here = out;                                                                 \
    for (long i = 0; i < n; i++) here[i] = formula;                                              \
    break;                                                                                       \
  }

INLINE void gather(const double *v, const int32_t *places, double *restrict to, long n) {
  for (long i = 0; i < n; i++) to[i] = v[places[i]];
}

/// A function of one or two operands over a group.
INLINE void apply(
    const wl_group *group, const double *v, const int32_t *a, const int32_t *b, double *out) {
  double x[GATHERED], y[GATHERED];
  for (long i = 0; i < group->count; i += GATHERED) {
    long n = group->count - i < GATHERED ? group->count - i : GATHERED;
    gather(v, a + i, x, n);
    if (group->op == WL_MAP) {
      ((wl_map *)group->function)(x, out + i, n);
    } else {
      gather(v, b + i, y, n);
      ((wl_zip *)group->function)(x, y, out + i, n, 1, 1);
    }
  }
}

INLINE void run_groups(int fused, const wl_groups *groups) {
  (void)fused;
  const double *v = groups->values;
  const int32_t *a = groups->a, *b = groups->b;
  double *out = groups->values;
  for (long i = 0; i < groups->imports; i++) *out++ = *groups->import[i];
  const wl_group *group = groups->group, *end = group + groups->count;
  for (; group < end; group++) {
    long n = group->count;
    switch (group->op) {
    case WL_ADD: EACH(v[a[i]] + v[b[i]])
    case WL_SUB: EACH(v[a[i]] - v[b[i]])
    case WL_MUL: EACH(v[a[i]] * v[b[i]])
    case WL_DIV: EACH(v[a[i]] / v[b[i]])
    case WL_NEG: EACH(-v[a[i]])
    case WL_SQUARE: EACH(v[a[i]] * v[a[i]])
    case WL_CHAIN: EACH(v[a[i]] == 0 ? 0 : v[a[i]] * v[b[i]])
    case WL_COPY: EACH(v[a[i]])
    default: apply(group, v, a, b, out);
    }
    out += n, a += n, b += n;
  }
}

LEVELS(wl_run_groups, run_groups, (const wl_groups *groups), groups)
