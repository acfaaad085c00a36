// The entries of a list of turns: a function for each opcode, which ends in a jump to the next one.
// Included once for each vector level, with NAME, TARGET and FUSED.

static Entry *const NAME(entries)[WL_TURN_OPS];

#define HEAD(name)                                                                               \
  TARGET static int NAME(name)(const wl_number *s, double last, long i, Turns *turns)

#define GO_ON(s) __attribute__((musttail)) return NAME(entries)[(s)->op](s, last, i, turns)

#define ENTRY(name, first, second, formula)                                                      \
  HEAD(name) {                                                                                   \
    const int fused = FUSED;                                                                     \
    double x = first, y = second;                                                                \
    (void)fused, (void)y;                                                                        \
    s->out[i * s->so] = last = formula;                                                          \
    s++;                                                                                         \
    GO_ON(s);                                                                                    \
  }
#define X s->a[i * s->sa]
#define Y s->b[i * s->sb]
#define ONE(code, formula)                                                                       \
  ENTRY(code##_read, X, 0, formula) ENTRY(code##_last, last, 0, formula)
#define TWO(code, formula)                                                                       \
  ENTRY(code##_read, X, Y, formula)                                                              \
  ENTRY(code##_last, last, Y, formula)                                                           \
  ENTRY(code##_second, X, last, formula)
NUMBERS(ONE, TWO)
#undef ONE
#undef TWO

#define SUM(name, first, second, times, formula)                                                 \
  HEAD(name) {                                                                                   \
    double x = first, y = second, p = times, c = s->c[i * s->sc];                                \
    *(double *)s->more = p;                                                                      \
    s->out[i * s->so] = last = formula;                                                          \
    s++;                                                                                         \
    GO_ON(s);                                                                                    \
  }
#define SUMS(name, times, formula)                                                               \
  SUM(name##_read, X, Y, times, formula)                                                         \
  SUM(name##_last, last, Y, times, formula)                                                      \
  SUM(name##_second, X, last, times, formula)
SUMS(mul_add, x *y, p + c)
SUMS(add_mul, x *y, c + p)
SUMS(mul_add_subnormal, subnormal_product(x, y), p + c)
SUMS(add_mul_subnormal, subnormal_product(x, y), c + p)
#undef SUM
#undef SUMS

HEAD(index) {
  s->out[0] = last = (double)(turns->low + i);
  s++;
  GO_ON(s);
}

HEAD(move) {
  memcpy(s->out + i * s->so, s->a + i * s->sa, (size_t)s->sb * sizeof(double));
  s++;
  GO_ON(s);
}

HEAD(steps) {
  if (wl_run(s->more, turns->context)) return 1;
  s++;
  GO_ON(s);
}

HEAD(end) {
  if (--turns->left <= 0) return 0;
  if (*turns->flag) __attribute__((musttail)) return interrupted(s, last, i, turns);
  i += turns->step;
  s = turns->first;
  GO_ON(s);
}

static Entry *const NAME(entries)[WL_TURN_OPS] = {
#define ONE(code, formula)                                                                       \
  [WL_VARIANTS * code + WL_NONE_LAST] = NAME(code##_read),                                       \
  [WL_VARIANTS * code + WL_FIRST_LAST] = NAME(code##_last),
#define TWO(code, formula)                                                                       \
  ONE(code, formula)[WL_VARIANTS * code + WL_SECOND_LAST] = NAME(code##_second),
    NUMBERS(ONE, TWO)
#undef ONE
#undef TWO
    [WL_TURN_INDEX] = NAME(index),
    [WL_TURN_MOVE] = NAME(move),
    [WL_TURN_STEPS] = NAME(steps),
    [WL_TURN_END] = NAME(end),
#define SUMS(op, name)                                                                           \
  [op + WL_NONE_LAST] = NAME(name##_read), [op + WL_FIRST_LAST] = NAME(name##_last),             \
  [op + WL_SECOND_LAST] = NAME(name##_second),
    SUMS(WL_TURN_MUL_ADD, mul_add)
    SUMS(WL_TURN_ADD_MUL, add_mul)
    SUMS(WL_TURN_MUL_ADD_SUBNORMAL, mul_add_subnormal)
    SUMS(WL_TURN_ADD_MUL_SUBNORMAL, add_mul_subnormal)
};

#undef X
#undef Y
#undef ENTRY
#undef SUMS
#undef HEAD
#undef GO_ON
#undef NAME
#undef TARGET
#undef FUSED
