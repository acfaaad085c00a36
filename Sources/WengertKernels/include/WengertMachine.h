/// The machine that runs plans: steps whose operands are addresses, and loops of them.
///
/// What it cannot do itself (dense kernels of rows, output, histories that are made again) it asks
/// for through the callbacks of a `wl_context`.
#ifndef WENGERT_MACHINE_H
#define WENGERT_MACHINE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a step does. Numbers first: those take one element of a and of b.
enum wl_op {
  WL_ADD, WL_SUB, WL_MUL, WL_DIV, WL_NEG, WL_SQUARE, WL_CHAIN,
  WL_EXP, WL_LOG, WL_SIN, WL_COS, WL_TANH, WL_SIGMOID, WL_SQRT, WL_POW, WL_COPY,
  /// WL_MUL and WL_CHAIN in turns that hand over subnormal numbers; in lists of turns only.
  WL_MUL_SUBNORMAL, WL_CHAIN_SUBNORMAL,
  /// `more` is a function of n elements.
  WL_MAP = 32,
  /// `more` is a function of n pairs of elements with the strides sa and sb.
  WL_ZIP,
  /// `more` is a wl_rows.
  WL_ROWS,
  /// `more` is a wl_product_size.
  WL_PRODUCT,
  /// `more` is a wl_walk_shape: out in order, a at its places.
  WL_READ,
  /// `more` is a wl_walk_shape: out zero but at its places, which take a in order.
  WL_WRITE,
  /// `more` is a wl_walk_shape: out zero, then a added in order at its places.
  WL_ADD_UP,
  /// `more` is a wl_lines: the sum of each.
  WL_SUMS,
  /// `more` is a wl_row_step.
  WL_ROW_MAP,
  /// `more` is a function that takes n pairs of elements to a number.
  WL_TOTAL,
  /// `more` is a wl_blocks.
  WL_BLOCKS,
  /// n elements are copied.
  WL_MOVE,
  /// `more` is a wl_loop, a wl_branch, a wl_program.
  WL_LOOP, WL_BRANCH, WL_CALL,
  /// A fault unless the number at a is not 0: a loop took a turn.
  WL_CHECK_TURN,
  /// A fault: an input without a value.
  WL_MISSING,
  /// The callback `call` with n.
  WL_FOREIGN,
  /// out[i] = a[i] * b[i] + out[i], rounded once when fused, and without out where n is negative.
  WL_MULTIPLY_ADD,
  /// `more` is a wl_groups.
  WL_GROUPS
};

typedef struct wl_step {
  uint16_t op;
  uint8_t sa, sb;
  /// The entry, to say where a fault happened.
  int32_t slot;
  long n;
  const double *a, *b;
  double *out;
  const void *more;
} wl_step;

typedef void wl_map(const double *x, double *restrict y, long n);
typedef void wl_zip(const double *x, const double *y, double *restrict z, long n, long sx, long sy);

typedef void wl_row_map(const double *x, double *restrict y, long rows, long length);
typedef double wl_total(const double *x, const double *y, long n);

/// A function of rows, each for itself.
typedef struct wl_row_step { wl_row_map *function; long rows, length; } wl_row_step;

typedef struct wl_product_size { int transposeA, transposeB; long m, n, k; } wl_product_size;

enum { WL_RANK = 8 };

/// Places in an array: from `start`, `extents` steps of `strides` along each axis.
typedef struct wl_walk_shape {
  int rank;
  long start, count, total;
  long extents[WL_RANK], strides[WL_RANK];
} wl_walk_shape;

/// An element-wise operation on stretched operands, row by row.
typedef struct wl_rows {
  wl_zip *function;
  long rows, length;
  int sa, sb;
  const long *a, *b;
} wl_rows;

/// `outer` times `inner` lines of `count` elements.
typedef struct wl_lines { long outer, count, inner; } wl_lines;

/// Numbers that are computed by one operation, in any order: a number's opcode, or WL_MAP or WL_ZIP
/// with a function.
typedef struct wl_group {
  int32_t op, count;
  const void *function;
} wl_group;

/// A run of numbers in groups. `values` holds the imports, copied from where they lie, and behind
/// them the results in order; a and b say for each result where its operands are among those.
typedef struct wl_groups {
  double *values;
  long imports;
  const double *const *import;
  const int32_t *a, *b;
  long count;
  const wl_group *group;
} wl_groups;

/// What a part of a wl_blocks does with a few rows.
enum wl_part_kind {
  /// `function` is a wl_map, a wl_zip, a wl_row_map.
  WL_PART_MAP, WL_PART_ZIP, WL_PART_ROW_MAP,
  /// `function` is a wl_zip; a or b is a row for all, or a number for each row: see `stretched`.
  WL_PART_STRETCH,
  /// A number for each row (sa 0), a row for all (1), a number for all (2) is copied to each row.
  WL_PART_READ,
  /// The sum of each row of a, `depth` elements.
  WL_PART_SUMS,
  /// The sum of all rows of a.
  WL_PART_ADD_UP,
  /// Rows of a, `depth` elements each, times the matrix b.
  WL_PART_PRODUCT,
  /// The sum over the rows of a, `depth` elements each, times those of b: A^T B.
  WL_PART_GATHER
};

/// A step on arrays of many rows, for a few of them. Rows of out have `width` elements; from one
/// block of rows to the next the operands move by ma, mb, mo elements a row, by 0 where all blocks
/// share them or where they are a block's own.
typedef struct wl_part {
  int kind;
  uint8_t sa, sb, transposeB;
  int32_t slot;
  long width, depth, ma, mb, mo;
  const double *a, *b;
  double *out;
  const void *function;
  /// Where a stretched operand is spread over the rows of a block, and whether it is a.
  double *stretched;
  int stretchesA;
} wl_part;

/// Steps on arrays of as many rows, run for `most` rows after the others, so that what they hand on
/// stays in the cache.
typedef struct wl_blocks {
  long rows, most, count;
  const wl_part *parts;
} wl_blocks;

/// Runs them; ends early when work is to stop.
void wl_run_blocks(const wl_blocks *blocks);

typedef struct wl_program {
  const wl_step *steps;
  long count;
  /// Whose steps these are, for the callbacks.
  void *owner;
} wl_program;

typedef struct wl_branch {
  const double *condition;
  wl_program arms[2];
  long results;
  double *const *places;
  const double *const *values[2];
  const long *counts;
} wl_branch;

typedef struct wl_carry {
  const double *start;
  double *parameter;
  const double *next;
  /// Where the next value waits while others are handed over; NULL where it need not.
  double *waiting;
  long count;
} wl_carry;

/// Values of turns, one behind the other; the array begins with the one of the turn with the index
/// `first`.
typedef struct wl_values { double *array; long first; } wl_values;

/// The value of the turn with an index, of so many elements.
static inline double *wl_value_at(const wl_values *values, long index, long width) {
  return values->array + (index - values->first) * width;
}

typedef struct wl_walk {
  double *parameter;
  /// Of a history whose turns are made again: those that were taken last.
  wl_values values;
  long width;
  /// The loop whose turns it walks, and which of its keeps; NULL where the array is no history, or
  /// one that is made of others.
  const struct wl_loop *source;
  long keep;
  int isHistory;
  /// Whether each turn is handed its element.
  int isTaken;
} wl_walk;

/// A value that is kept of every turn.
typedef struct wl_keep {
  /// NULL where rows are kept, or nothing is.
  const double *value;
  wl_values values;
  long width;
  /// How many turns there is room for.
  long extent;
  /// Whether a turn begins with it.
  int isEarly;
} wl_keep;

/// What is computed for many turns at once.
typedef struct wl_gather { double *row; long walk, offset; } wl_gather;
typedef struct wl_scatter { const double *row; double *place; int stride; } wl_scatter;
/// A carried sum and the row that is added to it.
typedef struct wl_addition { const double *row; double *place; } wl_addition;
typedef struct wl_put { const double *row; long keep, offset; int stride; } wl_put;

enum { WL_LANES = 128, WL_VECTOR = 16 };

/// What a turn does as one list, for turns in which the machine need not ask anybody.
///
/// Its operands are strided along the turns: turn i reads a[i * sa], b[i * sb], c[i * sc] and writes
/// out[i * so]. So elements of walks, rows and what is kept of turns are read and written where
/// they lie. A number may be taken from the entry before instead, which the machine still holds.
typedef struct wl_number {
  /// A number's opcode times WL_VARIANTS plus where its operands come from, or one of wl_turn_op.
  uint16_t op;
  int32_t sa, sb, sc, so;
  const double *a, *b, *c;
  double *out;
  /// The program of WL_TURN_STEPS; where the product goes to which something is added.
  void *more;
} wl_number;

/// From memory, the first from the entry before, or the second from it.
enum { WL_NONE_LAST, WL_FIRST_LAST, WL_SECOND_LAST, WL_VARIANTS };

enum wl_turn_op {
  /// The index of the turn.
  WL_TURN_INDEX = WL_VARIANTS * (WL_CHAIN_SUBNORMAL + 1),
  /// sb elements are copied.
  WL_TURN_MOVE,
  /// Steps that are no arithmetic on numbers.
  WL_TURN_STEPS,
  WL_TURN_END,
  /// a * b + c in two roundings, with WL_VARIANTS of where a and b come from; c + a * b; both in
  /// turns that hand over subnormal numbers.
  WL_TURN_MUL_ADD,
  WL_TURN_ADD_MUL = WL_TURN_MUL_ADD + WL_VARIANTS,
  WL_TURN_MUL_ADD_SUBNORMAL = WL_TURN_ADD_MUL + WL_VARIANTS,
  WL_TURN_ADD_MUL_SUBNORMAL = WL_TURN_MUL_ADD_SUBNORMAL + WL_VARIANTS,
  WL_TURN_OPS = WL_TURN_ADD_MUL_SUBNORMAL + WL_VARIANTS
};

/// An operand that lies in values of turns: at `offset` in each.
typedef struct wl_binding {
  const double **operand;
  const wl_values *values;
  long width, offset;
} wl_binding;

typedef struct wl_turns {
  wl_number *numbers;
  /// Whether the products are those for subnormal numbers.
  int isSubnormal;
  /// 0 where turns have to be run otherwise, 1 where they do nothing.
  long count;
  const wl_binding *binding;
  long bindings;
} wl_turns;

typedef struct wl_loop {
  void *owner;
  /// What all turns share; run before the first.
  wl_program once;
  wl_program body, condition;
  const double *condition_value;
  /// NULL for a loop with a condition.
  const double *count;
  double *turn, *turns_taken;
  int isBackward, isSilent, isRecorded, isThinned, isWide;
  /// Whether what it has when it is interrupted counts.
  int isKept;
  /// Whether it is training, whose end is looked at where its steps are not.
  int isTraining;
  /// The first step of the body that writes over a carried value, if a turn is to be done as a whole
  /// from there on, else their number; whether one was not.
  long commit;
  int isTorn;
  /// Whether a next value waits, whether something is kept of a turn's beginning, and whether turns
  /// of histories are asked for.
  int hasWaiting, keepsEarly, asks;
  /// How many turns can be recorded without telling anybody.
  long room;
  /// The turn at which a recorded loop tells: as it begins where it is thinned, else behind it;
  /// LONG_MAX where it need not.
  long tellAt;
  long carries;
  wl_carry *carry;
  /// The first `handed` of them are handed over after each turn.
  long handed;
  long walks;
  wl_walk *walk;
  long keeps;
  wl_keep *keep;
  /// The steps that do not depend on carried values, on rows of WL_LANES turns. Where n is 0 they
  /// work on turns that there are only; others fill vectors of WL_VECTOR.
  wl_program wide;
  double *turns_row;
  long gathers, scatters, sums, puts, lasts;
  wl_gather *gather;
  wl_scatter *scatter, *last;
  wl_addition *sum;
  wl_put *put;
  wl_turns turns;
} wl_loop;

enum wl_fault { WL_INTERRUPTED = 1, WL_CONDITION, WL_COUNT, WL_NO_TURN, WL_NO_VALUE };

/// What `look` is told in place of a turn: training begins, it is over, and it ended astray inside of
/// a body.
enum { WL_LOOK_BEGIN = -1, WL_LOOK_END = -2, WL_LOOK_ASTRAY = -3 };

typedef struct wl_context {
  void *self;
  /// A foreign step; not 0 when it failed.
  int (*call)(void *self, void *owner, long index, int isSilent);
  /// Notes what went wrong.
  void (*fail)(void *self, int fault, double value);
  /// Adds the entry to what went wrong.
  void (*locate)(void *self, void *owner, int slot);
  /// A recorded loop begins, with a number of turns or -1; not 0 on a fault.
  int (*begin)(void *self, void *loop, long count);
  /// A turn of a recorded loop begins (0), has run (1), or would be the next and is none (2).
  int (*tell)(void *self, void *loop, long turn, int hasRun);
  /// Has the walks of histories hold some of the n turns from the index `low` on, that one among
  /// them which comes first in the order of the loop; says how many, -1 on a fault.
  long (*take)(void *self, void *loop, long low, long n);
  /// Ends a kept loop where the run was interrupted; 0 when it failed for another reason.
  int (*cut)(void *self, void *loop);
  /// A kept loop has taken a turn; WL_LOOK_BEGIN before the first, WL_LOOK_END behind the last,
  /// WL_LOOK_ASTRAY where training inside of a body ended astray.
  void (*look)(void *self, void *loop, long turn);
  int isSilent;
  /// How many turns loops with a condition may still take, all together; 0 for any number.
  long turnsLeft;
} wl_context;

/// Computes everything in n turns of a loop, at most WL_LANES, that depends on no carried value, and
/// the carried sums, for turns from index `low` on; nothing can go wrong.
void wl_run_wide(const wl_loop *loop, long low, long n);

/// Runs n turns of a loop by its list, turns from index `low` on; not 0 when something went wrong.
int wl_run_list(wl_loop *loop, wl_context *context, long low, long n);

/// Runs the turns from one on up to another, of a loop of so many, on what it carries, without what
/// is done once; not 0 when something went wrong.
int wl_run_turns(wl_loop *loop, wl_context *context, long turn, long end, long turns);

/// Runs groups of numbers; nothing can go wrong.
void wl_run_groups(const wl_groups *groups);

/// Runs a program; not 0 when something went wrong, which the callbacks have been told.
int wl_run(const wl_program *program, wl_context *context);

#ifdef __cplusplus
}
#endif

#endif
