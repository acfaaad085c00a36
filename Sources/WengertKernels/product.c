/// The matrix product: tiles of up to 4 x 8 in registers, B packed by columns where it must be.
#include "levels.h"

/// Rows of B that are packed at a time: a panel of 8 columns stays in the first-level cache.
#define DEPTH 256

/// Keeps a number out of vectors: gathering a column of A costs more than it saves.
#if defined(__x86_64__)
#define KEEP_SCALAR(number) __asm__("" : "+x"(number))
#else
#define KEEP_SCALAR(number) (void)(number)
#endif

/// Where op(A)[i, p] lies: a[i * row + p * column].
typedef struct {
  const double *a;
  long row, column;
} Left;

/// `rows` x `width` entries of C, both known to the compiler: c = (or +=) the product of `depth`
/// columns of A and rows of B. Every entry adds its terms in the order of p, whatever the tile.
INLINE void tile(int fused, int rows, int width, int first, long depth, Left left,
                 const double *b, long b_row, double *c, long c_row) {
  double s[8][16];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < width; j++) s[i][j] = first ? 0.0 : c[i * c_row + j];
  for (long p = 0; p < depth; p++) {
    const double *a = left.a + p * left.column, *bp = b + p * b_row;
    for (int i = 0; i < rows; i++) {
      double x = a[i * left.row];
      for (int j = 0; j < width; j++) s[i][j] = madd(fused, x, bp[j], s[i][j]);
      if (width == 1) KEEP_SCALAR(s[i][0]);
    }
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < width; j++) c[i * c_row + j] = s[i][j];
}

/// Rows from `i` on, `rows` at a time, as long as there are as many.
#define TILES(rows)                                                                              \
  for (; i + rows <= m; i += rows, left.a += rows * left.row)                                    \
    tile(fused, rows, width, first, depth, left, b, b_row, c + i * c_row, c_row)

/// All rows of `width` columns of C.
INLINE void strip(int fused, int width, int first, long m, long depth, Left left, const double *b,
                  long b_row, double *c, long c_row) {
  long i = 0;
  if (width <= 2) TILES(8);
  if (width <= 8) TILES(4);
  TILES(2);
  TILES(1);
}

/// Copies `width` columns of op(B), which are stored as rows, so that they lie side by side.
INLINE void pack(int width, long depth, const double *b, long k, double *panel) {
  for (long p = 0; p < depth; p++)
    for (int j = 0; j < width; j++) panel[p * width + j] = b[j * k + p];
}

/// `width` columns of C from column j on, `depth` terms from term p on.
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

/// Columns of C from j on, `width` at a time, as long as there are as many.
#define COLUMNS(width)                                                                           \
  for (; j + width <= n && !(is_long && wl_interrupt_requested()); j += width)                   \
    columns(fused, width, transposeB, m, n, k, p, depth, j, left, b, c)

INLINE void all_columns(int fused, int transposeB, long m, long n, long k, Left left,
                        const double *b, double *restrict c) {
  const int is_long = m > 4096 || n > 4096 || m * n > 1 << 16;
  for (long p = 0; p < k; p += DEPTH) {
    long depth = k - p < DEPTH ? k - p : DEPTH, j = 0;
    if (!transposeB && m < 4) COLUMNS(16);
    COLUMNS(8);
    COLUMNS(4);
    COLUMNS(2);
    COLUMNS(1);
  }
}

INLINE void product_loop(int fused, int transposeA, int transposeB, long m, long n, long k,
                         const double *a, const double *b, double *restrict c) {
  if (m <= 0 || n <= 0) return;
  if (k <= 0) {
    memset(c, 0, (size_t)m * (size_t)n * sizeof(double));
    return;
  }
  Left left = {a, transposeA ? 1 : k, transposeA ? m : 1};
  // A vector and a matrix change sides where the matrix is then read along its rows.
  if (m == 1 && transposeB)
    all_columns(fused, 0, n, 1, k, (Left){b, k, 1}, a, c);
  else if (n == 1 && transposeA)
    all_columns(fused, 0, 1, m, k, (Left){b, k, 1}, a, c);
  else if (n == 1)
    all_columns(fused, 0, m, 1, k, left, b, c);
  else if (transposeB)
    all_columns(fused, 1, m, n, k, left, b, c);
  else
    all_columns(fused, 0, m, n, k, left, b, c);
}

LEVELS(wl_product_builtin, product_loop,
       (int transposeA, int transposeB, long m, long n, long k, const double *a, const double *b,
        double *restrict c),
       transposeA, transposeB, m, n, k, a, b, c)
