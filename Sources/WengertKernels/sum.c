/// The sum of a block, in one order for every machine.
#include "levels.h"

/// At most 128 elements, by eight lanes.
static double block_sum(const double *x, long n, long stride) {
  if (n < 8) {
    double sum = n > 0 ? x[0] : 0.0;
    for (long i = 1; i < n; i++) sum += x[i * stride];
    return sum;
  }
  double lane[8];
  for (int j = 0; j < 8; j++) lane[j] = x[j * stride];
  long i = 8;
  for (; i + 8 <= n; i += 8)
    for (int j = 0; j < 8; j++) lane[j] += x[(i + j) * stride];
  double sum =
      ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
  for (; i < n; i++) sum += x[i * stride];
  return sum;
}

double wl_sum(const double *x, long n, long stride) {
  if (n > 1 << 20 && wl_interrupt_requested()) return 0.0;
  if (n <= 128) return stride == 1 ? block_sum(x, n, 1) : block_sum(x, n, stride);
  long half = n / 2;
  half -= half % 8;
  return wl_sum(x, half, stride) + wl_sum(x + half * stride, n - half, stride);
}
