/// Runs plans: one switch over the steps.
#include <limits.h>

#include "walks.h"

int wl_run_loop(wl_loop *loop, wl_context *context);

// MARK: faults

static int failed(wl_context *c, int fault, double value) {
  c->fail(c->self, fault, value);
  return 1;
}

INLINE int interrupted(const volatile int *flag) { return *flag != 0; }

static int run_branch(const wl_branch *branch, wl_context *c) {
  double value = *branch->condition;
  if (value != value) return failed(c, WL_CONDITION, value);
  int arm = value != 0 ? 0 : 1;
  if (wl_run(&branch->arms[arm], c)) return 1;
  for (long k = 0; k < branch->results; k++)
    move(branch->places[k], branch->values[arm][k], branch->counts[k]);
  return 0;
}

/// Elements that are worked on between two looks at the interrupt flag.
#define BLOCK (1L << 16)

/// Whether work was stopped: what kernels left is half done.
static int stopped(wl_context *c) {
  return wl_interrupt_requested() ? failed(c, WL_INTERRUPTED, 0) : 0;
}

static int run_map(const wl_step *s, wl_context *c) {
  for (long i = 0; i < s->n; i += BLOCK) {
    if (i > 0 && stopped(c)) return 1;
    ((wl_map *)s->more)(s->a + i, s->out + i, s->n - i < BLOCK ? s->n - i : BLOCK);
  }
  return 0;
}

static int run_zip(const wl_step *s, wl_context *c) {
  for (long i = 0; i < s->n; i += BLOCK) {
    if (i > 0 && stopped(c)) return 1;
    ((wl_zip *)s->more)(s->a + i * s->sa, s->b + i * s->sb, s->out + i,
                        s->n - i < BLOCK ? s->n - i : BLOCK, s->sa, s->sb);
  }
  return 0;
}

/// The steps that are no arithmetic on numbers.
INLINE int run_other(const wl_step *s, const wl_program *p, wl_context *c) {
  switch (s->op) {
  case WL_MAP: return run_map(s, c);
  case WL_ZIP: return run_zip(s, c);
  case WL_ROWS: run_rows(s); return stopped(c);
  case WL_PRODUCT: {
    const wl_product_size *size = s->more;
    wl_product(size->transposeA, size->transposeB, size->m, size->n, size->k, s->a, s->b, s->out);
    return stopped(c);
  }
  case WL_READ: read_walk(s->more, s->a, s->out); return 0;
  case WL_WRITE: write_walk(s->more, s->a, s->out); return 0;
  case WL_ADD_UP: add_walk(s->more, s->a, s->out); return 0;
  case WL_SUMS: run_sums(s); return stopped(c);
  case WL_ROW_MAP: {
    const wl_row_step *rows = s->more;
    rows->function(s->a, s->out, rows->rows, rows->length);
    return stopped(c);
  }
  case WL_TOTAL: *s->out = ((wl_total *)s->more)(s->a, s->b, s->n); return stopped(c);
  case WL_BLOCKS: wl_run_blocks(s->more); return stopped(c);
  case WL_MOVE: move(s->out, s->a, s->n); return 0;
  case WL_GROUPS: wl_run_groups(s->more); return 0;
  case WL_LOOP: return wl_run_loop((wl_loop *)s->more, c);
  case WL_BRANCH: return run_branch(s->more, c);
  case WL_CALL: return wl_run(s->more, c);
  case WL_CHECK_TURN: return *s->a == 0 ? failed(c, WL_NO_TURN, 0) : 0;
  case WL_MISSING: return failed(c, WL_NO_VALUE, 0);
  case WL_FOREIGN: return c->call(c->self, p->owner, s->n, c->isSilent);
  default: return 0;
  }
}

INLINE int run_steps(int fused, const wl_program *p, wl_context *c) {
  const wl_step *s = p->steps, *end = s + p->count;
  for (; s < end; s++) {
    double x = *s->a;
    switch (s->op) {
#define ONE(code, formula)                                                                       \
  case code: *s->out = formula; break;
#define TWO(code, formula)                                                                       \
  case code: {                                                                                   \
    double y = *s->b;                                                                            \
    *s->out = formula;                                                                           \
    break;                                                                                       \
  }
      NUMBERS(ONE, TWO)
#undef ONE
#undef TWO
    default:
      if (run_other(s, p, c)) {
        c->locate(c->self, p->owner, s->slot);
        return 1;
      }
    }
  }
  return 0;
}

// MARK: loops

/// Makes the next carried values the current ones.
INLINE void hand_over(const wl_loop *loop) {
  const wl_carry *end = loop->carry + loop->handed;
  if (loop->hasWaiting)
    for (const wl_carry *k = loop->carry; k < end; k++)
      if (k->waiting) move(k->waiting, k->next, k->count);
  for (const wl_carry *k = loop->carry; k < end; k++)
    if (!k->waiting && k->next != k->parameter) move(k->parameter, k->next, k->count);
  if (loop->hasWaiting)
    for (const wl_carry *k = loop->carry; k < end; k++)
      if (k->waiting) move(k->parameter, k->waiting, k->count);
}

/// The steps of a turn that must not be left half done: when it has begun to write over what it was
/// handed, it goes to its end.
static int run_whole(wl_loop *loop, wl_context *c) {
  wl_program part = loop->body;
  part.count = loop->commit;
  if (wl_run(&part, c)) return 1;
  part.steps += part.count;
  part.count = loop->body.count - part.count;
  if (wl_interrupt_hold()) {
    wl_interrupt_release();
    return failed(c, WL_INTERRUPTED, 0);
  }
  int isFailed = wl_run(&part, c), isTorn = wl_interrupt_release();
  loop->isTorn = isFailed || isTorn;
  return isFailed ? 1 : isTorn ? failed(c, WL_INTERRUPTED, 0) : 0;
}

/// Keeps what is kept of a turn's beginning, or of its end.
INLINE void keep_values(const wl_loop *loop, long index, int isEarly) {
  for (const wl_keep *k = loop->keep, *end = k + loop->keeps; k < end; k++)
    if (k->isEarly == isEarly && k->value && k->values.array && index < k->extent)
      move(wl_value_at(&k->values, index, k->width), k->value, k->width);
}

/// One turn: what it is handed, its steps, what is kept of it.
INLINE int run_turn(int fused, wl_loop *loop, wl_context *c, long index) {
  *loop->turn = (double)index;
  for (const wl_walk *w = loop->walk, *end = w + loop->walks; w < end; w++)
    if (w->isTaken) move(w->parameter, wl_value_at(&w->values, index, w->width), w->width);
  // What a turn begins with may be gone when it has run.
  if (loop->keepsEarly) keep_values(loop, index, 1);
  int isWhole = loop->commit >= loop->body.count;
  if (isWhole ? run_steps(fused, &loop->body, c) : run_whole(loop, c)) return 1;
  keep_values(loop, index, 0);
  hand_over(loop);
  return 0;
}

/// Whether turns can be run by their list: everything that they keep lies in arrays.
static int is_listed(const wl_loop *loop, const wl_context *c, long turns) {
  if (loop->turns.count == 0 || (loop->isKept && !c->isSilent)) return 0;
  for (const wl_keep *k = loop->keep, *end = k + loop->keeps; k < end; k++)
    if (k->value && (!k->values.array || k->extent < turns)) return 0;
  return 1;
}

/// Leaves what turns are handed as it is in the one with an index.
static void settle(const wl_loop *loop, long index) {
  *loop->turn = (double)index;
  for (const wl_walk *w = loop->walk, *end = w + loop->walks; w < end; w++)
    if (w->isTaken) move(w->parameter, wl_value_at(&w->values, index, w->width), w->width);
}

/// The turns of a block one by one; counts them.
INLINE int run_lanes(int fused, wl_loop *loop, wl_context *c, long low, long n, long *taken) {
  const volatile int *flag = wl_interrupt_flag();
  int isKept = loop->isKept && !c->isSilent;
  for (long i = 0; i < n; i++) {
    if (interrupted(flag)) return failed(c, WL_INTERRUPTED, 0);
    long lane = loop->isBackward ? n - 1 - i : i;
    for (const wl_scatter *s = loop->scatter, *end = s + loop->scatters; s < end; s++)
      *s->place = s->row[lane * s->stride];
    if (run_turn(fused, loop, c, low + lane)) return 1;
    if (isKept) c->look(c->self, loop->owner, *taken);
    ++*taken;
  }
  return 0;
}

/// How many turns are run in one block: where rows are computed for many, some are asked for or
/// told, not more than rows have lanes; nor further than somebody is to be told.
INLINE long block(const wl_loop *loop, long taken, long end) {
  long n = end - taken;
  if ((loop->isWide || loop->asks || loop->tellAt < LONG_MAX) && n > WL_LANES) n = WL_LANES;
  return n < loop->tellAt - taken ? n : loop->tellAt - taken;
}

/// Turns up to one of a loop whose count is known, block by block; counts them.
INLINE int run_blocks(
    int fused, wl_loop *loop, wl_context *c, long turns, long end, long *taken) {
  int isListed = is_listed(loop, c, turns);
  const volatile int *flag = wl_interrupt_flag();
  while (*taken < end) {
    if (interrupted(flag)) return failed(c, WL_INTERRUPTED, 0);
    if (*taken == loop->tellAt && c->tell(c->self, loop->owner, *taken, 0)) return 1;
    long n = block(loop, *taken, end), low = loop->isBackward ? turns - *taken - n : *taken;
    if (loop->asks) {
      long most = n;
      if ((n = c->take(c->self, loop->owner, low, most)) <= 0) return 1;
      if (loop->isBackward) low += most - n;
    }
    if (loop->isWide) wl_run_wide(loop, low, n);
    if (!isListed) {
      if (run_lanes(fused, loop, c, low, n, taken)) return 1;
      continue;
    }
    if (wl_run_list(loop, c, low, n)) return 1;
    *taken += n;
  }
  if (isListed && end > 0) settle(loop, loop->isBackward ? turns - end : end - 1);
  return 0;
}

/// The turns of a loop with a condition, one by one; counts them.
INLINE int run_while(int fused, wl_loop *loop, wl_context *c, long *taken) {
  const volatile int *flag = wl_interrupt_flag();
  int isKept = loop->isKept && !c->isSilent;
  for (;; ++*taken) {
    if (interrupted(flag)) return failed(c, WL_INTERRUPTED, 0);
    if (wl_run(&loop->condition, c)) return 1;
    double value = *loop->condition_value;
    if (value == 0) return 0;
    if (value != value) return failed(c, WL_CONDITION, value);
    if (c->turnsLeft && --c->turnsLeft == 0) return failed(c, WL_COUNT, (double)*taken);
    if (*taken == 0 && wl_run(&loop->once, c)) return 1;
    int tells = *taken == loop->tellAt, isThinned = loop->isThinned;
    if (tells && isThinned && c->tell(c->self, loop->owner, *taken, 0)) return 1;
    if (run_turn(fused, loop, c, *taken)) return 1;
    if (tells && !isThinned && c->tell(c->self, loop->owner, *taken, 1)) return 1;
    if (isKept) c->look(c->self, loop->owner, *taken);
  }
}

/// Turns that were not taken have no value.
static void fill_keeps(const wl_loop *loop, long taken) {
  for (long k = 0; k < loop->keeps; k++) {
    const wl_keep *keep = &loop->keep[k];
    if (!keep->values.array || keep->extent == INT64_MAX) continue;
    double *end = wl_value_at(&keep->values, keep->extent, keep->width);
    for (double *p = wl_value_at(&keep->values, taken, keep->width); p < end; p++) *p = NAN;
  }
}

/// Whether training ended with a weight or a value that is no finite number.
static int is_astray(const wl_loop *loop, long taken) {
  const wl_keep *value = loop->keep;
  if (loop->keeps > 0 && value->value && taken > 0) {
    int isStored = value->values.array && taken <= value->extent;
    const double *last =
        isStored ? wl_value_at(&value->values, taken - 1, value->width) : value->value;
    if (!isfinite(*last)) return 1;
  }
  for (const wl_carry *k = loop->carry, *end = k + loop->carries; k < end; k++)
    for (long i = 0; i < k->count; i++)
      if (!isfinite(k->parameter[i])) return 1;
  return 0;
}

/// Finds out what a loop keeps, hands over and asks for.
static void prepare(wl_loop *loop) {
  loop->hasWaiting = loop->keepsEarly = loop->isTorn = loop->asks = 0;
  loop->tellAt = LONG_MAX;
  for (const wl_carry *k = loop->carry, *end = k + loop->carries; k < end; k++)
    loop->hasWaiting |= k->waiting != 0;
  for (long k = 0; k < loop->keeps; k++) loop->keepsEarly |= loop->keep[k].isEarly;
  for (wl_walk *w = loop->walk, *end = w + loop->walks; w < end; w++) {
    if (!w->isHistory) continue;
    if (w->source && !w->source->isThinned)
      w->values = w->source->keep[w->keep].values;
    else
      loop->asks = 1;
  }
}

INLINE int turns_body(int fused, wl_loop *loop, wl_context *c, long turn, long end, long turns) {
  prepare(loop);
  return run_blocks(fused, loop, c, turns, end, &turn);
}

INLINE int loop_body(int fused, wl_loop *loop, wl_context *c) {
  prepare(loop);
  for (const wl_carry *k = loop->carry, *end = k + loop->carries; k < end; k++)
    move(k->parameter, k->start, k->count);
  long turns = -1, taken = 0;
  if (loop->count) {
    double count = *loop->count;
    if (!(count >= 0 && count < 0x1p63) || (double)(long)count != count)
      return failed(c, WL_COUNT, count);
    turns = (long)count;
  }
  int isTold = loop->isRecorded && (loop->isThinned || turns < 0 || turns > loop->room);
  if (isTold && c->begin(c->self, loop->owner, turns)) return 1;
  c->isSilent += loop->isSilent;
  int failed = 0, isKept = loop->isKept && !c->isSilent;
  if (isKept) c->look(c->self, loop->owner, WL_LOOK_BEGIN);
  if (turns < 0)
    failed = run_while(fused, loop, c, &taken);
  else if (turns > 0)
    failed = wl_run(&loop->once, c) || run_blocks(fused, loop, c, turns, turns, &taken);
  // What training has when somebody stops it counts, whichever way its turns are run.
  int isCut = failed && isKept && !loop->isTorn && c->cut(c->self, loop->owner);
  if (isCut) failed = 0;
  if (isKept) c->look(c->self, loop->owner, WL_LOOK_END);
  else if (loop->isTraining && !c->isSilent && !failed && is_astray(loop, taken))
    c->look(c->self, loop->owner, WL_LOOK_ASTRAY);
  c->isSilent -= loop->isSilent;
  *loop->turns_taken = (double)taken;
  // Of training that was stopped nobody reads the turns that it did not take.
  if (!failed && !isCut) fill_keeps(loop, taken);
  if (!failed && loop->isRecorded && !loop->count)
    failed = c->tell(c->self, loop->owner, taken, 2);
  return failed;
}

LEVELS_OF(int, wl_run, run_steps, (const wl_program *p, wl_context *c), p, c)
LEVELS_OF(int, wl_run_loop, loop_body, (wl_loop * loop, wl_context *c), loop, c)
LEVELS_OF(int, wl_run_turns, turns_body,
          (wl_loop * loop, wl_context *c, long turn, long end, long turns), loop, c, turn, end,
          turns)
