/// W1: z <- sin(z x) + x, over and over, and dz/dx by a sweep back over the kept values.
#include "reference.h"

static double sweep(double x, long turns, const double *kept) {
  double zbar = 1, xbar = 0;
  for (long n = turns - 1; n >= 0; n--) {
    double c = zbar * cos(kept[n] * x);
    xbar += zbar + c * kept[n];
    zbar = c * x;
  }
  return xbar + zbar;
}

static void chain(Run run, long length) {
  double *kept = memory(8 * (size_t)length), z = 0, slope = 0;
  for (long turn = 0; turn < run.turns; turn++) {
    double x = 0.5 + 1e-7 * (run.gradient ? slope : z);
    z = x;
    for (long n = 0; n < length; n++) {
      kept[n] = z;
      z = sin(z * x) + x;
    }
    if (run.gradient) slope = sweep(x, length, kept);
  }
  printf("%.17g %.17g\n", z, slope);
}

void chain_short(Run run) { chain(run, 20); }
void chain_long(Run run) { chain(run, 1000000); }
