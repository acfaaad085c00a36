/// Element-wise functions of one operand: exponentials, logarithms, roots and rounding.
#include "formulas.h"

#define UNARY_PARAMETERS (const double *x, double *restrict y, long n)

/// A function whose formula vectorises.
#define VECTOR(name, formula)                                                                    \
  INLINE void name##_loop(int fused, const double *x, double *restrict y, long n) {              \
    (void)fused;                                                                                 \
    VECTOR_LOOP for (long i = 0; i < n; i++) y[i] = formula;                                     \
  }                                                                                              \
  LEVELS(wl_##name, name##_loop, UNARY_PARAMETERS, x, y, n)

VECTOR(neg, -x[i])
VECTOR(identity, x[i])
VECTOR(square, x[i] * x[i])
VECTOR(reciprocal, 1 / x[i])
VECTOR(magnitude, fabs(x[i]))
VECTOR(sign, x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i])
VECTOR(relu, x[i] <= 0 ? 0 : x[i])
VECTOR(not, x[i] == 0 ? 1 : 0)
VECTOR(exp, exp_element(fused, x[i]))
VECTOR(expm1, expm1_element(fused, x[i]))
VECTOR(log, log_element(fused, x[i]))
VECTOR(tanh, tanh_element(fused, x[i]))
VECTOR(sigmoid, sigmoid_element(fused, x[i]))
VECTOR(log1p, log1p_element(fused, x[i]))
VECTOR(softplus, softplus_element(fused, x[i]))
VECTOR(sqrt, __builtin_elementwise_sqrt(x[i]))
VECTOR(floor, __builtin_elementwise_floor(x[i]))
VECTOR(ceil, __builtin_elementwise_ceil(x[i]))
VECTOR(round, __builtin_elementwise_rint(x[i]))

/// A function that the C library computes element by element.
#define SCALAR(name, formula)                                                                    \
  void wl_##name UNARY_PARAMETERS {                                                              \
    for (long i = 0; i < n; i++) y[i] = formula;                                                 \
  }

SCALAR(sinh, sinh(x[i]))
SCALAR(cosh, cosh(x[i]))
SCALAR(asinh, asinh(x[i]))
SCALAR(acosh, acosh(x[i]))
SCALAR(atanh, atanh(x[i]))
