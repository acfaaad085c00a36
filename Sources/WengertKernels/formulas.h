/// Branch-free formulas for one element, which the vectoriser turns into vector code.
///
/// Largest errors, in units in the last place, are measured in the tests of this folder.
#ifndef WENGERT_FORMULAS_H
#define WENGERT_FORMULAS_H

#include "levels.h"

/// Adding this rounds a number below 2^51 to a whole one, which is left in the low bits.
#define ROUNDER 0x1.8p52
#define LOG2_E 0x1.71547652b82fep0
/// ln 2 in two parts; the first has 20 trailing zero bits.
#define LN2_HIGH 0x1.62e42fefa0000p-1
#define LN2_LOW 0x1.cf79abc9e3b39803p-40

/// x = k ln 2 + r with |r| <= ln(2)/2.
typedef struct {
  double r;
  int64_t k;
} Reduced;

INLINE Reduced reduce_by_ln2(int fused, double x) {
  double t = madd(fused, x, LOG2_E, ROUNDER), k = t - ROUNDER;
  double r = madd(fused, -k, LN2_LOW, madd(fused, -k, LN2_HIGH, x));
  return (Reduced){r, (int64_t)(bits(t) - bits(ROUNDER))};
}

/// exp(r) - 1 for |r| <= ln(2)/2, by Taylor's series to degree 13. Its terms are summed by halves,
/// which is shorter to wait for than one after the other.
INLINE double expm1_reduced(int fused, double r) {
  double z = r * r, w = z * z;
  double q2 = madd(fused, r, 1.0 / 6, 0.5);
  double q4 = madd(fused, r, 1.0 / 120, 1.0 / 24);
  double q6 = madd(fused, r, 1.0 / 5040, 1.0 / 720);
  double q8 = madd(fused, r, 1.0 / 362880, 1.0 / 40320);
  double q10 = madd(fused, r, 1.0 / 39916800, 1.0 / 3628800);
  double q12 = madd(fused, r, 1.0 / 6227020800.0, 1.0 / 479001600.0);
  double low = madd(fused, z, q4, q2), middle = madd(fused, z, q8, q6);
  double high = madd(fused, z, q12, q10);
  double q = madd(fused, w, madd(fused, w, high, middle), low);
  return madd(fused, z, q, r);
}

/// 2^k for -1022 <= k <= 1023.
INLINE double power_of_two(int64_t k) { return from_bits((uint64_t)(k + 1023) << 52); }

INLINE double exp_element(int fused, double x) {
  double inside = x > 709.79 ? 709.79 : x;
  inside = inside < -746.0 ? -746.0 : inside;
  Reduced reduced = reduce_by_ln2(fused, inside);
  double e = 1.0 + expm1_reduced(fused, reduced.r);
  // In two factors, because 2^k alone may overflow or be subnormal; a logical shift is cheaper.
  int64_t half = (int64_t)((uint64_t)(reduced.k + 2048) >> 1) - 1024;
  double y = e * power_of_two(half) * power_of_two(reduced.k - half);
  y = x > 0x1.62e42fefa39efp9 ? INFINITY : y;
  return x != x ? x : y;
}

/// The same bits for one number: it needs no bounds where the result is far from both of them.
INLINE double exp_number(int fused, double x) {
  if (!(fabs(x) < 700)) return exp_element(fused, x);
  Reduced reduced = reduce_by_ln2(fused, x);
  return (1.0 + expm1_reduced(fused, reduced.r)) * power_of_two(reduced.k);
}

INLINE double expm1_element(int fused, double x) {
  double inside = x > 709.79 ? 709.79 : x;
  inside = inside < -40.0 ? -40.0 : inside;
  Reduced reduced = reduce_by_ln2(fused, inside);
  double half = power_of_two(reduced.k - 1);
  double y = 2 * madd(fused, half, expm1_reduced(fused, reduced.r), half - 0.5);
  y = x > 0x1.62e42fefa39efp9 ? INFINITY : y;
  return x == 0 || x != x ? x : y;
}

/// log(x) + correction for a small correction and finite x > 0, after fdlibm's e_log.c:
/// x = 2^e m, s = (m - 1) / (m + 1), and a polynomial in s^2.
INLINE double log_corrected(int fused, double x, double correction) {
  double scaled = x < 0x1p-1022 ? x * 0x1p54 : x, bias = x < 0x1p-1022 ? -54.0 : 0.0;
  uint64_t u = bits(scaled) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  double e = (double)((int32_t)(u >> 52) - 0x3ff) + bias;
  double m = from_bits((u & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  double f = m - 1, s = f / (2 + f), z = s * s, w = z * z;
  double even = madd(fused, w, 1.531383769920937332e-01, 2.222219843214978396e-01);
  even = w * madd(fused, w, even, 3.999999999940941908e-01);
  double odd = madd(fused, w, 1.479819860511658591e-01, 1.818357216161805012e-01);
  odd = madd(fused, w, odd, 2.857142874366239149e-01);
  odd = z * madd(fused, w, odd, 6.666666666666735130e-01);
  double h = 0.5 * f * f;
  double low = madd(fused, s, h + (even + odd), e * 1.90821492927058770002e-10) + correction;
  return madd(fused, e, 6.93147180369123816490e-01, -((h - low) - f));
}

INLINE double log_element(int fused, double x) {
  double y = log_corrected(fused, x, -0.0);
  y = x == INFINITY ? INFINITY : y;
  y = x == 0 ? -INFINITY : y;
  return x < 0 || x != x ? NAN : y;
}

/// log(1 + x), where the correction makes good what rounding 1 + x loses.
INLINE double log1p_element(int fused, double x) {
  double u = 1 + x;
  double y = log_corrected(fused, u, (x - (u - 1)) / u);
  y = x == INFINITY || x == 0 ? x : y;
  y = x == -1 ? -INFINITY : y;
  return x < -1 || x != x ? NAN : y;
}

INLINE double tanh_element(int fused, double x) {
  double a = fabs(x);
  a = a > 20.0 ? 20.0 : a;
  Reduced reduced = reduce_by_ln2(fused, 2 * a);
  double scale = power_of_two(reduced.k);
  double e = madd(fused, scale, expm1_reduced(fused, reduced.r), scale - 1);
  double y = copysign(e / (e + 2), x);
  return x != x ? x : y;
}

INLINE double sigmoid_element(int fused, double x) {
  double e = exp_element(fused, -fabs(x));
  return (x < 0 ? e : 1.0) / (1.0 + e);
}

INLINE double sigmoid_number(int fused, double x) {
  double e = exp_number(fused, -fabs(x));
  return (x < 0 ? e : 1.0) / (1.0 + e);
}

INLINE double softplus_element(int fused, double x) {
  return (x > 0 ? x : 0) + log1p_element(fused, exp_element(fused, -fabs(x)));
}

/// The largest argument that sine and cosine reduce themselves.
#define TRIGONOMETRIC_LIMIT 1e6

/// x = k pi/2 + r + tail, of which the last two bits of `quarter` count, as quarters of a turn.
typedef struct {
  double r, tail;
  uint64_t quarter;
} Angle;

/// x - k pi/2, pi/2 in three parts.
INLINE Angle turned_back(int fused, double x, double k, uint64_t quarter) {
  double whole = madd(fused, -k, 0x1.921fb54400000p0, x), middle = k * 0x1.0b4611a600000p-34;
  double r = whole - middle, tail = (whole - r) - middle - k * 0x1.3198a2e037073p-69;
  return (Angle){r, tail, quarter};
}

/// Reduces |x| < TRIGONOMETRIC_LIMIT by the nearest multiple of pi/2.
INLINE Angle reduce_by_quarters(int fused, double x, uint64_t quarter) {
  double t = madd(fused, x, 0x1.45f306dc9c883p-1, ROUNDER);
  return turned_back(fused, x, t - ROUNDER, bits(t) + quarter);
}

// The polynomials are those of fdlibm, summed by halves, which is shorter to wait for.

INLINE double sine_reduced(int fused, double r, double tail) {
  double z = r * r, w = z * z;
  double s0 = madd(fused, z, 8.33333333332248946124e-03, -1.66666666666666324348e-01);
  double s2 = madd(fused, z, 2.75573137070700676789e-06, -1.98412698298579493134e-04);
  double s4 = madd(fused, z, 1.58969099521155010221e-10, -2.50507602534068634195e-08);
  double s = madd(fused, w, madd(fused, w, s4, s2), s0);
  return r + madd(fused, z * r, s, tail * madd(fused, -0.5, z, 1.0));
}

INLINE double cosine_reduced(int fused, double r, double tail) {
  double z = r * r, w = z * z;
  double c0 = madd(fused, z, -1.38888888888741095749e-03, 4.16666666666666019037e-02);
  double c2 = madd(fused, z, -2.75573143513906633035e-07, 2.48015872894767294178e-05);
  double c4 = madd(fused, z, -1.13596475577881948265e-11, 2.08757232129817482790e-09);
  double c = madd(fused, w, madd(fused, w, c4, c2), c0);
  double h = 0.5 * z, whole = 1 - h;
  return whole + (((1 - whole) - h) + madd(fused, w, c, -(r * tail)));
}

/// sin(x + quarter * pi/2) for |x| < TRIGONOMETRIC_LIMIT, without branches.
INLINE double sine_element(int fused, double x, uint64_t quarter) {
  Angle angle = reduce_by_quarters(fused, x, quarter);
  double sine = sine_reduced(fused, angle.r, angle.tail);
  double cosine = cosine_reduced(fused, angle.r, angle.tail);
  double o = angle.quarter & 1 ? cosine : sine;
  return from_bits(bits(o) ^ ((angle.quarter & 2) << 62));
}

/// The same bits for one number: what it does not need it leaves out, the nearest multiple of pi/2
/// where that is plain to see.
INLINE double sine_number(int fused, double x, uint64_t quarter) {
  Angle angle = {x, 0, quarter};
  if (fabs(x) > 0.786 && fabs(x) < 2.356)
    angle = turned_back(fused, x, copysign(1, x), quarter + (x < 0 ? 3 : 1));
  else if (fabs(x) > 0.785)
    angle = reduce_by_quarters(fused, x, quarter);
  double o = angle.quarter & 1 ? cosine_reduced(fused, angle.r, angle.tail)
                               : sine_reduced(fused, angle.r, angle.tail);
  return from_bits(bits(o) ^ ((angle.quarter & 2) << 62));
}

#endif
