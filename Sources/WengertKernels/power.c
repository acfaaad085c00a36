/// The power, in twice the precision inside, so that exact powers come out exact.
#include "formulas.h"

/// A number in two parts, the second small beside the first.
typedef struct {
  double high, low;
} Pair;

/// a + b where |a| >= |b|, or a = 0.
INLINE Pair sum_of(double a, double b) {
  double s = a + b;
  return (Pair){s, b - (s - a)};
}

/// log(x) for 2^-1022 <= x < infinity, to about 2^-67 of its size; multiply-add must be fused.
///
/// x = 2^e m with m near 1, s = (m - 1) / (m + 1), log m = 2 s + 2/3 s^3 + 2/5 s^5 + ...; all terms
/// that count are kept in two parts.
INLINE Pair log_pair(double x) {
  uint64_t u = bits(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  double e = (double)((int32_t)(u >> 52) - 0x3ff);
  double m = from_bits((u & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  double f = m - 1, g = m + 1, g_low = m - (g - 1), r = 1 / g;
  double s = f * r, s_low = (madd(1, -s, g, f) - s * g_low) * r;
  double z = s * s, z_low = madd(1, s, s, -z) + 2 * s * s_low, w = z * z, v = w * w;
  double q0 = madd(1, madd(1, 2.0 / 11, z, 2.0 / 9), w, madd(1, 2.0 / 7, z, 2.0 / 5));
  double q1 = madd(1, madd(1, 2.0 / 19, z, 2.0 / 17), w, madd(1, 2.0 / 15, z, 2.0 / 13));
  double q2 = madd(1, 2.0 / 25, w, madd(1, 2.0 / 23, z, 2.0 / 21));
  double q = madd(1, madd(1, q2, v, q1), v, q0);
  // 2/3 and what follows, times s^3.
  Pair c = sum_of(0x1.5555555555555p-1, madd(1, q, z, 0x1.5555555555555p-55));
  double t = c.high * z, t_low = madd(1, c.high, z, -t) + madd(1, c.high, z_low, c.low * z);
  double h = t * s, h_low = madd(1, t, s, -h) + madd(1, t, s_low, t_low * s);
  Pair a = sum_of(2 * s, h), b = sum_of(e * LN2_HIGH, a.high);
  return sum_of(b.high, b.low + (madd(1, e, LN2_LOW, a.low) + madd(1, 2, s_low, h_low)));
}

/// exp(x.high + x.low) for |x.high| <= 708, to little more than half a unit in the last place.
INLINE double exp_pair(Pair x) {
  double t = madd(1, x.high, LOG2_E, ROUNDER), k = t - ROUNDER;
  Pair r = sum_of(madd(1, -k, LN2_HIGH, x.high), madd(1, -k, LN2_LOW, x.low));
  double y = r.high, z = y * y, h = 0.5 * z, h_low = 0.5 * madd(1, y, y, -z), w = z * z;
  // The terms from y^3 on, to y^13.
  double q0 = madd(1, madd(1, 1.0 / 720, y, 1.0 / 120), z, madd(1, 1.0 / 24, y, 1.0 / 6));
  double q1 = madd(1, madd(1, 1.0 / 3628800, y, 1.0 / 362880), z,
                   madd(1, 1.0 / 40320, y, 1.0 / 5040));
  double q2 = madd(1, 1.0 / 6227020800, z, madd(1, 1.0 / 479001600, y, 1.0 / 39916800));
  double q = madd(1, madd(1, q2, w, q1), w, q0);
  Pair a = sum_of(1, y), b = sum_of(a.high, h);
  double e = b.high + (a.low + b.low + (h_low + madd(1, z * y, q, r.low * b.high)));
  return from_bits(bits(e) + ((bits(t) - bits(ROUNDER)) << 52));
}

/// a^b where the result is of ordinary size, else NaN.
INLINE double ordinary_power(double a, double b) {
  double x = fabs(a);
  Pair l = log_pair(x);
  double p = l.high * b;
  double y = exp_pair((Pair){p, madd(1, l.high, b, -p) + l.low * b});
  // The sign: b is a whole number, and odd. Numbers from 2^53 on are even.
  double half = 0.5 * b, whole = __builtin_elementwise_floor(half);
  int isOdd = half - whole == 0.5, isWhole = b == __builtin_elementwise_floor(b);
  y = a < 0 ? (isOdd ? -y : isWhole ? y : NAN) : y;
  return x >= 0x1p-1022 && x < INFINITY && fabs(p) <= 708 && fabs(b) < 0x1p62 ? y : NAN;
}

/// One rounding where one operation is enough.
INLINE double power(double a, double b) {
  double y = ordinary_power(a, b);
  y = b == 2 ? a * a : y;
  y = b == 1 ? a : y;
  return b == -1 ? 1 / a : y;
}

/// The power of the C library, which knows all special cases.
static double special_power(double a, double b) {
  return b == 2 ? a * a : b == 1 ? a : b == -1 ? 1 / a : pow(a, b);
}

INLINE void pow_loop(int fused, const double *x, const double *y, double *restrict z, long n,
                     long sx, long sy) {
  if (!fused) {
    for (long i = 0; i < n; i++) z[i] = special_power(x[i * sx], y[i * sy]);
    return;
  }
  if (n <= 0) return;
  double a = x[0], b = y[0];
  if (!sy && b == 2 && sx) {
    VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = x[i] * x[i];
    return;
  }
  if (sx && sy) {
    VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = power(x[i], y[i]);
  } else if (sx) {
    VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = power(x[i], b);
  } else {
    VECTOR_LOOP for (long i = 0; i < n; i++) z[i] = power(a, y[i * sy]);
  }
  int isSpecial = 0;
  for (long i = 0; i < n; i++) isSpecial |= z[i] != z[i];
  for (long i = 0; isSpecial && i < n; i++)
    if (z[i] != z[i]) z[i] = special_power(x[i * sx], y[i * sy]);
}

LEVELS(wl_pow, pow_loop,
       (const double *x, const double *y, double *restrict z, long n, long sx, long sy), x, y, z,
       n, sx, sy)
