/// Element-wise functions of two operands, either of which may be stretched.
#include "formulas.h"

#define BINARY_PARAMETERS                                                                        \
  (const double *x, const double *y, double *restrict z, long n, long sx, long sy)

/// A function whose formula, in a and b, vectorises: one loop for each way to stretch.
#define VECTOR(name, formula)                                                                    \
  INLINE double name##_element(int fused, double a, double b) {                                  \
    (void)fused;                                                                                 \
    return formula;                                                                              \
  }                                                                                              \
  INLINE void name##_loop(int fused, const double *x, const double *y, double *restrict z,       \
                          long n, long sx, long sy) {                                            \
    if (n <= 0) return;                                                                          \
    double a = x[0], b = y[0];                                                                   \
    if (sx && sy) {                                                                              \
      VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = name##_element(fused, x[i], y[i]);         \
    } else if (sx) {                                                                             \
      VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = name##_element(fused, x[i], b);            \
    } else if (sy) {                                                                             \
      VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = name##_element(fused, a, y[i]);            \
    } else {                                                                                     \
      double value = name##_element(fused, a, b);                                                \
      VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = value;                                     \
    }                                                                                            \
  }                                                                                              \
  LEVELS(wl_##name, name##_loop, BINARY_PARAMETERS, x, y, z, n, sx, sy)

VECTOR(add, a + b)
VECTOR(sub, a - b)
VECTOR(mul, a * b)
VECTOR(div, a / b)
VECTOR(chain, a == 0 ? 0 : a * b)
VECTOR(less, a < b ? 1 : 0)
VECTOR(greater, a > b ? 1 : 0)
VECTOR(at_most, a <= b ? 1 : 0)
VECTOR(at_least, a >= b ? 1 : 0)
VECTOR(equal, a == b ? 1 : 0)
VECTOR(unequal, a != b ? 1 : 0)
VECTOR(and, a != 0 && b != 0 ? 1 : 0)
VECTOR(or, a != 0 || b != 0 ? 1 : 0)
VECTOR(max, a >= b || a != a ? a : b)
VECTOR(min, a <= b || a != a ? a : b)
VECTOR(xlogy, a == 0 && b == b ? 0.0 : a * log_element(fused, b))

static double mod_element(double a, double b) {
  double r = fmod(a, b);
  if (b == 0) return r;
  if (r == 0) return copysign(0.0, b);
  return (b < 0) != (r < 0) ? r + b : r;
}

/// A function that the C library computes element by element.
#define SCALAR(name, function)                                                                   \
  void wl_##name BINARY_PARAMETERS {                                                             \
    for (long i = 0; i < n; i++) z[i] = function(x[i * sx], y[i * sy]);                          \
  }

SCALAR(atan2, atan2)
SCALAR(hypot, hypot)
SCALAR(mod, mod_element)
