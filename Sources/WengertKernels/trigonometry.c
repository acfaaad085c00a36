/// Sine, cosine and their relatives.
#include "formulas.h"

#define UNARY_PARAMETERS (const double *x, double *restrict y, long n)

INLINE int any_large(const double *x, long n) {
  int large = 0;
  for (long i = 0; i < n; i++) large |= !(fabs(x[i]) < TRIGONOMETRIC_LIMIT);
  return large;
}

INLINE void sin_loop(int fused, const double *x, double *restrict y, long n) {
  // The formula loses the sign of a zero.
  VECTOR_LOOP for (long i = 0; i < n; i++) y[i] = x[i] == 0 ? x[i] : sine_element(fused, x[i], 0);
  if (!any_large(x, n)) return;
  for (long i = 0; i < n; i++)
    if (!(fabs(x[i]) < TRIGONOMETRIC_LIMIT)) y[i] = sin(x[i]);
}

INLINE void cos_loop(int fused, const double *x, double *restrict y, long n) {
  VECTOR_LOOP for (long i = 0; i < n; i++) y[i] = sine_element(fused, x[i], 1);
  if (!any_large(x, n)) return;
  for (long i = 0; i < n; i++)
    if (!(fabs(x[i]) < TRIGONOMETRIC_LIMIT)) y[i] = cos(x[i]);
}

/// tan(x) for |x| < TRIGONOMETRIC_LIMIT, from what is left of x in its nearest parts.
INLINE double tangent_element(int fused, double x) {
  Angle angle = reduce_by_quarters(fused, x, 0);
  double r = angle.r + angle.tail, tail = (angle.r - r) + angle.tail;
  double sine = sine_reduced(fused, r, tail), cosine = cosine_reduced(fused, r, tail);
  return angle.quarter & 1 ? -cosine / sine : sine / cosine;
}

INLINE void tan_loop(int fused, const double *x, double *restrict y, long n) {
  VECTOR_LOOP for (long i = 0; i < n; i++) y[i] = x[i] == 0 ? x[i] : tangent_element(fused, x[i]);
  if (!any_large(x, n)) return;
  for (long i = 0; i < n; i++)
    if (!(fabs(x[i]) < TRIGONOMETRIC_LIMIT)) y[i] = tan(x[i]);
}

LEVELS(wl_sin, sin_loop, UNARY_PARAMETERS, x, y, n)
LEVELS(wl_cos, cos_loop, UNARY_PARAMETERS, x, y, n)
LEVELS(wl_tan, tan_loop, UNARY_PARAMETERS, x, y, n)

/// A function that the C library computes element by element.
#define SCALAR(name)                                                                             \
  void wl_##name UNARY_PARAMETERS {                                                              \
    for (long i = 0; i < n; i++) y[i] = name(x[i]);                                              \
  }

SCALAR(asin)
SCALAR(acos)
SCALAR(atan)
