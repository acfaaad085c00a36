/// Runs the turns of loops as lists: the entry before is at hand, the others are where they lie.
#include "numbers.h"

typedef struct Turns {
  const wl_number *first;
  wl_context *context;
  const volatile int *flag;
  /// The index of the turn that is turn 0 of the operands; turns that are left; from turn to turn.
  long low, left, step;
} Turns;

/// An entry at turn i, whose predecessor has made `last`; not 0 when something went wrong.
typedef int Entry(const wl_number *s, double last, long i, Turns *turns);

static int interrupted(wl_context *c) {
  c->fail(c->self, WL_INTERRUPTED, 0);
  return 1;
}

#if defined(__x86_64__)
#define NAME(name) name##_v4
#define TARGET __attribute__((target("arch=x86-64-v4")))
#define FUSED 1
#include "entries.h"
#define NAME(name) name##_v3
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define FUSED 1
#include "entries.h"
#endif
#define NAME(name) name##_base
#define TARGET
#define FUSED BASE_FUSED
#include "entries.h"

static Entry *const *entries_in_use(void) {
#if defined(__x86_64__)
  if (wl_level > 0) return wl_level == 2 ? entries_v4 : entries_v3;
#endif
  return entries_base;
}

/// Gives the operands that lie in arrays of turns their places, seen from the turn at `low`.
static void bind_operands(const wl_turns *turns, long low) {
  for (const wl_binding *k = turns->binding, *end = k + turns->bindings; k < end; k++)
    *k->operand = *k->array + low * k->width + k->offset;
}

int wl_run_list(const wl_loop *loop, wl_context *c, long low, long n) {
  const wl_number *first = loop->turns.numbers;
  if (n <= 0 || loop->turns.count <= 1) return 0;
  bind_operands(&loop->turns, low);
  long i = loop->isBackward ? n - 1 : 0;
  Turns turns = {first, c, wl_interrupt_flag(), low, n, loop->isBackward ? -1 : 1};
  // The first entry of a turn may take what the last one of the turn before has made.
  return entries_in_use()[first->op](first, first->a[i * first->sa], i, &turns);
}
