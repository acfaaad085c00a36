/// What the steps on numbers compute: one line for each opcode, read by every loop over steps.
#ifndef WENGERT_NUMBERS_H
#define WENGERT_NUMBERS_H

#include "formulas.h"
#include "subnormal.h"

INLINE double sin_number(int fused, double x) {
  if (x == 0) return x;
  return fabs(x) < TRIGONOMETRIC_LIMIT ? sine_number(fused, x, 0) : sin(x);
}

INLINE double cos_number(int fused, double x) {
  return fabs(x) < TRIGONOMETRIC_LIMIT ? sine_number(fused, x, 1) : cos(x);
}

/// What takes one operation needs no call.
INLINE double pow_number(double x, double y) {
  if (y == 2) return x * x;
  if (y == 1) return x;
  if (y == -1) return 1 / x;
  double z;
  wl_pow(&x, &y, &z, 1, 1, 1);
  return z;
}

/// ONE(opcode, formula in x) and TWO(opcode, formula in x and y).
#define NUMBERS(ONE, TWO)                                                                        \
  TWO(WL_ADD, x + y)                                                                             \
  TWO(WL_SUB, x - y)                                                                             \
  TWO(WL_MUL, x * y)                                                                             \
  TWO(WL_DIV, x / y)                                                                             \
  ONE(WL_NEG, -x)                                                                                \
  ONE(WL_SQUARE, x * x)                                                                          \
  TWO(WL_CHAIN, x == 0 ? 0 : x * y)                                                              \
  ONE(WL_EXP, exp_number(fused, x))                                                              \
  ONE(WL_LOG, log_element(fused, x))                                                             \
  ONE(WL_SIN, sin_number(fused, x))                                                              \
  ONE(WL_COS, cos_number(fused, x))                                                              \
  ONE(WL_TANH, tanh_element(fused, x))                                                           \
  ONE(WL_SIGMOID, sigmoid_number(fused, x))                                                      \
  ONE(WL_SQRT, __builtin_sqrt(x))                                                                \
  TWO(WL_POW, pow_number(x, y))                                                                  \
  ONE(WL_COPY, x)                                                                                \
  TWO(WL_MUL_SUBNORMAL, subnormal_product(x, y))                                                 \
  TWO(WL_CHAIN_SUBNORMAL, x == 0 ? 0 : subnormal_product(x, y))

#endif
