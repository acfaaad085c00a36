/// Runs the turns of loops as lists: the entry before is at hand, the others are where they lie.
#include "numbers.h"

/// Gives the operands that lie in arrays of turns their places, seen from the turn at `low`.
static void bind_operands(const wl_turns *turns, long low) {
  for (const wl_binding *k = turns->binding, *end = k + turns->bindings; k < end; k++)
    *k->operand = *k->array + low * k->width + k->offset;
}

static int interrupted(wl_context *c) {
  c->fail(c->self, WL_INTERRUPTED, 0);
  return 1;
}

INLINE int run_list(int fused, const wl_loop *loop, wl_context *c, long low, long n) {
  const wl_number *first = loop->turns.numbers, *s = first;
  const volatile int *flag = wl_interrupt_flag();
  bind_operands(&loop->turns, low);
  long i = loop->isBackward ? n - 1 : 0, step = loop->isBackward ? -1 : 1;
  // What the last entry of a turn leaves for the first one of the next.
  double last = s->a[i * s->sa];
  if (n <= 0 || loop->turns.count <= 1) return 0;
  for (;; s++) {
    switch (s->op) {
#define X s->a[i * s->sa]
#define Y s->b[i * s->sb]
#define CASE(variant, first, second, formula)                                                    \
  case variant: {                                                                                \
    double x = first, y = second;                                                                \
    (void)y;                                                                                     \
    s->out[i * s->so] = last = formula;                                                          \
    break;                                                                                       \
  }
#define ONE(code, formula)                                                                       \
  CASE(WL_VARIANTS * code + WL_NONE_LAST, X, 0, formula)                                         \
  CASE(WL_VARIANTS * code + WL_FIRST_LAST, last, 0, formula)
#define TWO(code, formula)                                                                       \
  CASE(WL_VARIANTS * code + WL_NONE_LAST, X, Y, formula)                                         \
  CASE(WL_VARIANTS * code + WL_FIRST_LAST, last, Y, formula)                                     \
  CASE(WL_VARIANTS * code + WL_SECOND_LAST, X, last, formula)
      NUMBERS(ONE, TWO)
    case WL_TURN_INDEX: s->out[0] = last = (double)(low + i); break;
    case WL_TURN_MOVE:
      memcpy(s->out + i * s->so, s->a + i * s->sa, (size_t)s->sb * sizeof(double));
      break;
    case WL_TURN_STEPS:
      if (wl_run(s->program, c)) return 1;
      break;
    case WL_TURN_END:
      if (--n == 0) return 0;
      if (*flag) return interrupted(c);
      i += step;
      s = first - 1;
      break;
    default: __builtin_unreachable();
    }
  }
}

LEVELS_OF(int, wl_run_list, run_list, (const wl_loop *loop, wl_context *c, long low, long n), loop, c,
          low, n)
