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

static int interrupted(const wl_number *s, double last, long i, Turns *turns) {
  (void)s, (void)last, (void)i;
  turns->context->fail(turns->context->self, WL_INTERRUPTED, 0);
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

/// Gives the operands that lie in values of turns their places, seen from the turn at `low`.
static void bind_operands(const wl_turns *turns, long low) {
  for (const wl_binding *k = turns->binding, *end = k + turns->bindings; k < end; k++)
    *k->operand = wl_value_at(k->values, low, k->width) + k->offset;
}

/// Whether a number that turns hand over is subnormal.
static int hands_subnormal(const wl_loop *loop) {
  for (const wl_carry *k = loop->carry, *end = k + loop->carries; k < end; k++)
    if (k->count == 1 && fpclassify(*k->parameter) == FP_SUBNORMAL) return 1;
  return 0;
}

/// The first variants of entries that multiply.
typedef struct Product { int plain, subnormal; } Product;
static const Product products[] = {
    {WL_VARIANTS * WL_MUL, WL_VARIANTS * WL_MUL_SUBNORMAL},
    {WL_VARIANTS * WL_CHAIN, WL_VARIANTS * WL_CHAIN_SUBNORMAL},
    {WL_TURN_MUL_ADD, WL_TURN_MUL_ADD_SUBNORMAL},
    {WL_TURN_ADD_MUL, WL_TURN_ADD_MUL_SUBNORMAL},
};

/// Chooses the products that suit what the turns are handed; the bits are the same.
static void choose_products(wl_loop *loop) {
  int isSubnormal = hands_subnormal(loop);
  if (isSubnormal == loop->turns.isSubnormal) return;
  loop->turns.isSubnormal = isSubnormal;
  for (wl_number *s = loop->turns.numbers, *end = s + loop->turns.count; s < end; s++)
    for (const Product *p = products; p < products + 4; p++) {
      int offset = s->op - (isSubnormal ? p->plain : p->subnormal);
      if (offset < 0 || offset >= WL_VARIANTS) continue;
      s->op = (uint16_t)(offset + (isSubnormal ? p->subnormal : p->plain));
      break;
    }
}

double wl_subnormal_product(double x, double y) { return subnormal_product(x, y); }

/// Turns between two looks at what they hand over.
enum { TURNS_A_LOOK = 1024 };

int wl_run_list(wl_loop *loop, wl_context *c, long low, long n) {
  const wl_number *first = loop->turns.numbers;
  if (n <= 0 || loop->turns.count <= 1) return 0;
  for (long done = 0, m; done < n; done += m) {
    m = n - done < TURNS_A_LOOK ? n - done : TURNS_A_LOOK;
    long begin = loop->isBackward ? low + n - done - m : low + done;
    choose_products(loop);
    bind_operands(&loop->turns, begin);
    long i = loop->isBackward ? m - 1 : 0;
    Turns turns = {first, c, wl_interrupt_flag(), begin, m, loop->isBackward ? -1 : 1};
    // The first entry of a turn may take what the last one of the turn before has made.
    if (entries_in_use()[first->op](first, first->a[i * first->sa], i, &turns)) return 1;
  }
  return 0;
}
