/// The matrix product: tiles of 4 x 8 kept in registers, B packed by columns where it must be.
#include "levels.h"

/// Rows of B that are packed at a time: a panel of 8 columns stays in the first-level cache.
#define DEPTH 256

/// Where op(A)[i, p] lies: a[i * row + p * column].
typedef struct {
  const double *a;
  long row, column;
} Left;

/// `rows` x `width` entries of C, both known to the compiler: c = (or +=) the product of `depth`
/// columns of A and rows of B. Every entry adds its terms in the order of p.
INLINE void tile(int fused, int rows, int width, int first, long depth, Left left,
                 const double *b, long b_row, double *c, long c_row) {
  double s[4][8];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < width; j++) s[i][j] = first ? 0.0 : c[i * c_row + j];
  for (long p = 0; p < depth; p++) {
    const double *a = left.a + p * left.column, *bp = b + p * b_row;
    for (int i = 0; i < rows; i++) {
      double x = a[i * left.row];
      for (int j = 0; j < width; j++) s[i][j] = madd(fused, x, bp[j], s[i][j]);
    }
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < width; j++) c[i * c_row + j] = s[i][j];
}

/// All rows of `width` columns of C.
INLINE void strip(int fused, int width, int first, long m, long depth, Left left, const double *b,
                  long b_row, double *c, long c_row) {
  long i = 0;
  for (; i + 4 <= m; i += 4, left.a += 4 * left.row)
    tile(fused, 4, width, first, depth, left, b, b_row, c + i * c_row, c_row);
  for (; i < m; i++, left.a += left.row)
    tile(fused, 1, width, first, depth, left, b, b_row, c + i * c_row, c_row);
}

/// Copies `width` columns of op(B) = stored rows of B, so that a row of the panel is contiguous.
INLINE void pack(int width, long depth, const double *b, long k, double *panel) {
  for (long p = 0; p < depth; p++)
    for (int j = 0; j < width; j++) panel[p * width + j] = b[j * k + p];
}

/// `width` columns from column j on, `depth` terms from term p on.
INLINE void columns(int fused, int width, int transposeB, long m, long n, long k, long p,
                    long depth, long j, Left left, const double *b, double *restrict c) {
  double panel[DEPTH * 8];
  const double *source = transposeB ? b + j * k + p : b + p * n + j;
  long row = transposeB ? 1 : n;
  if (transposeB && width > 1) {
    pack(width, depth, source, k, panel);
    source = panel;
    row = width;
  }
  left.a += p * left.column;
  strip(fused, width, p == 0, m, depth, left, source, row, c + j, n);
}

INLINE void product_loop(int fused, int transposeA, int transposeB, long m, long n, long k,
                         const double *a, const double *b, double *restrict c) {
  if (m <= 0 || n <= 0) return;
  if (k <= 0) {
    memset(c, 0, (size_t)m * (size_t)n * sizeof(double));
    return;
  }
  Left left = {a, transposeA ? 1 : k, transposeA ? m : 1};
  for (long p = 0; p < k; p += DEPTH) {
    long depth = k - p < DEPTH ? k - p : DEPTH, j = 0;
    for (; j + 8 <= n; j += 8)
      columns(fused, 8, transposeB, m, n, k, p, depth, j, left, b, c);
    for (; j + 4 <= n; j += 4)
      columns(fused, 4, transposeB, m, n, k, p, depth, j, left, b, c);
    for (; j < n; j++) columns(fused, 1, transposeB, m, n, k, p, depth, j, left, b, c);
  }
}

LEVELS(wl_product_builtin, product_loop,
       (int transposeA, int transposeB, long m, long n, long k, const double *a, const double *b,
        double *restrict c),
       transposeA, transposeB, m, n, k, a, b, c)
