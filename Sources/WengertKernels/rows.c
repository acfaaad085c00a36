/// Lines of numbers taken together: sums of what is made of them, and what classifiers end with.
/// One pass over memory each: what is made of elements lies in a block in the cache.
#include "formulas.h"

/// Elements of a block.
#define BLOCK 1024
/// Elements whose sum is not cut in two; see `wl_sum`.
#define LEAF 128

INLINE double larger(double a, double b) { return a >= b || a != a ? a : b; }

/// NaN when one of them is.
INLINE double largest(const double *x, long n, long stride) {
  double most = x[0];
  long i = 1;
  if (n >= 16) {
    double lane[8];
    for (int j = 0; j < 8; j++) lane[j] = x[j * stride];
    for (i = 8; i + 8 <= n; i += 8)
      for (int j = 0; j < 8; j++) lane[j] = larger(lane[j], x[(i + j) * stride]);
    for (int j = 0; j < 8; j++) most = larger(most, lane[j]);
  }
  for (; i < n; i++) most = larger(most, x[i * stride]);
  return most;
}

/// The sum of what is made of n elements, in the order of `wl_sum`.
#define SUM(name, formula)                                                                       \
  INLINE void name##_leaf(int fused, const double *x, const double *y, double shift, long n,     \
                          long stride, double *restrict out) {                                   \
    double made[LEAF];                                                                           \
    (void)y, (void)shift, (void)fused, (void)stride;                                             \
    VECTOR_LOOP for (long i = 0; i < n; i++) made[i] = formula;                                  \
    *out = wl_sum(made, n, 1);                                                                   \
  }                                                                                              \
  LEVELS(wl_leaf_##name, name##_leaf,                                                            \
         (const double *x, const double *y, double shift, long n, long stride,                   \
          double *restrict out),                                                                 \
         x, y, shift, n, stride, out)                                                            \
  static double sum_##name(const double *x, const double *y, double shift, long n, long stride) { \
    double sum;                                                                                  \
    if (n <= LEAF) {                                                                             \
      wl_leaf_##name(x, y, shift, n, stride, &sum);                                              \
      return sum;                                                                                \
    }                                                                                            \
    if (n > 1 << 20 && wl_interrupt_requested()) return 0.0;                                     \
    long half = n / 2 - n / 2 % 8;                                                               \
    sum = sum_##name(x, y, shift, half, stride);                                                 \
    return sum + sum_##name(x + half * stride, y + half * stride, shift, n - half, stride);      \
  }

SUM(exponentials, exp_element(fused, x[i * stride] - shift))
SUM(squares, (x[i * stride] - shift) * (x[i * stride] - shift))
SUM(distances, (x[i] - y[i]) * (x[i] - y[i]))
SUM(logarithms, x[i] == 0 && y[i] == y[i] ? 0.0 : x[i] * log_element(fused, y[i]))

double wl_squares(const double *x, double from, long n, long stride) {
  return sum_squares(x, x, from, n, stride);
}

double wl_squared_error(const double *x, const double *y, long n) {
  return sum_distances(x, y, 0, n, 1);
}

double wl_cross_entropy(const double *y, const double *p, long n) {
  return -sum_logarithms(y, p, 0, n, 1);
}

/// The largest element and log(sum(exp(x - most))): together they are log(sum(exp(x))), apart they
/// keep the logarithm where the largest element is too large for it. 0 where that is not finite.
static double log_sum_beyond(const double *x, long n, long stride, double *most) {
  *most = largest(x, n, stride);
  if (!(fabs(*most) < INFINITY)) return 0.0;
  double total = sum_exponentials(x, x, *most, n, stride), logarithm;
  wl_log(&total, &logarithm, 1);
  return logarithm;
}

double wl_log_sum_exp(const double *x, long n, long stride) {
  if (n <= 0) return -INFINITY;
  double most, beyond = log_sum_beyond(x, n, stride, &most);
  return most + beyond;
}

void wl_log_softmax(const double *x, double *restrict y, long rows, long length) {
  if (length <= 0) return;
  for (long r = 0; r < rows && !wl_interrupt_requested(); r++, x += length, y += length) {
    double most, beyond = log_sum_beyond(x, length, 1, &most);
    for (long k = 0; k < length; k++) y[k] = (x[k] - most) - beyond;
  }
}

/// Rows that fit into a block, one after the other.
INLINE void softmax_rows(int fused, const double *x, double *restrict y, long rows, long length,
                         double *block) {
  const long n = rows * length;
  for (long i = 0; i < n; i += length) {
    double most = largest(x + i, length, 1);
    for (long k = i; k < i + length; k++) block[k] = x[k] - most;
  }
  VECTOR_LOOP for (long i = 0; i < n; i++) y[i] = exp_element(fused, block[i]);
  for (long i = 0; i < n; i += length) {
    double total = wl_sum(y + i, length, 1);
    for (long k = i; k < i + length; k++) block[k] = total;
  }
  VECTOR_LOOP for (long i = 0; i < n; i++) y[i] /= block[i];
}

/// A row that does not.
INLINE void softmax_row(int fused, const double *x, double *restrict y, long length,
                        double *block) {
  double most = largest(x, length, 1);
  for (long i = 0; i < length; i += BLOCK) {
    long n = length - i < BLOCK ? length - i : BLOCK;
    for (long k = 0; k < n; k++) block[k] = x[i + k] - most;
    VECTOR_LOOP for (long k = 0; k < n; k++) y[i + k] = exp_element(fused, block[k]);
  }
  double total = wl_sum(y, length, 1);
  VECTOR_LOOP for (long k = 0; k < length; k++) y[k] /= total;
}

INLINE void softmax_loop(int fused, const double *x, double *restrict y, long rows, long length) {
  double block[BLOCK];
  if (length <= 0) return;
  const long most = length > BLOCK ? 1 : BLOCK / length;
  for (long r = 0; r < rows && !wl_interrupt_requested(); r += most) {
    const double *from = x + r * length;
    double *to = y + r * length;
    if (length > BLOCK)
      softmax_row(fused, from, to, length, block);
    else
      softmax_rows(fused, from, to, rows - r < most ? rows - r : most, length, block);
  }
}

LEVELS(wl_softmax, softmax_loop,
       (const double *x, double *restrict y, long rows, long length), x, y, rows, length)
