/// The error function.
#include "formulas.h"

/// Fits with errors below 1e-17, made by scripts/make-erf: erf(x)/x - 1 by powers of x^2 for
/// |x| <= 1, and erfc(x) exp(x^2) by powers of w for 1 <= x <= 6, w = 72/5 / (x + 3) - 13/5.
static const double near[] = {
    0x1.06eba8214db68p-3, -0x1.812746b0379c1p-2, 0x1.ce2f21a040f66p-4, -0x1.b82ce31203772p-6,
    0x1.565bccfa44156p-8, -0x1.c02db0665e53dp-11, 0x1.f9a2be4f731a1p-14, -0x1.f4ca838adb73bp-17,
    0x1.b981d78881a5dp-20, -0x1.5c131500d3f88p-23, 0x1.d76af6ca49787p-27, -0x1.ac9585a44fe29p-31};
static const double tail[] = {
    0x1.a9f324d321d3cp-3, 0x1.3c21b61aee88ap-3, 0x1.972131b56d8a1p-5, 0x1.a0959cca860bbp-7,
    0x1.44f7ff14b4f06p-9, 0x1.5bb5fdef56e27p-12, 0x1.4838f342955b4p-16, -0x1.458d852751908p-19,
    -0x1.297eb24f46e75p-21, 0x1.37128fe005ca9p-28, 0x1.859fa1b1d8be9p-27, 0x1.221158a542b25p-32,
    -0x1.1abd9caa73763p-32, -0x1.a98c6172ea19cp-38, 0x1.ac3fdffd65cd7p-38};

#define COUNT(table) (int)(sizeof table / sizeof *table)

INLINE double erf_element(int fused, double x) {
  double a = fabs(x);
  a = a > 6 ? 6 : a;
  double z = a * a, p = near[COUNT(near) - 1], w = 14.4 / (a + 3) - 2.6, q = tail[COUNT(tail) - 1];
  UNROLL for (int k = COUNT(near) - 2; k >= 0; k--) p = madd(fused, p, z, near[k]);
  UNROLL for (int k = COUNT(tail) - 2; k >= 0; k--) q = madd(fused, q, w, tail[k]);
  double y = a < 1 ? madd(fused, a, p, a) : 1 - exp_element(fused, -z) * q;
  return x != x ? x : copysign(y, x);
}

INLINE void erf_loop(int fused, const double *x, double *restrict y, long n) {
  VECTOR_LOOP for (long i = 0; i < n; i++) y[i] = erf_element(fused, x[i]);
}

LEVELS(wl_erf, erf_loop, (const double *x, double *restrict y, long n), x, y, n)
