/// Products that are too large for registers and caches at once: panels of B that lie side by side,
/// tiles of C in vector registers.
///
/// Every entry of C adds its terms one by one in the order of p, as the small products do, so its
/// bits do not depend on sizes, tiles or the width of vectors.
#include "levels.h"

/// Columns of a panel.
#define PANEL 32
/// Numbers of B that are packed at a time: they stay in the first-level cache.
#define PACKED 4096
/// Entries of C that wait beside it, where a panel has other columns than C.
#define WAITING 8192
/// Columns of C so few that vectors along them would be half empty.
#define NARROW 6
/// Numbers of A that are read again from the second-level cache.
#define REREAD 32768

typedef double v8 __attribute__((vector_size(64)));
typedef double v4 __attribute__((vector_size(32)));

/// A matrix: element [i, p] is at[i * row + p * column].
typedef struct {
  const double *at;
  long row, column;
} Matrix;

/// The entries of `rows` rows and `vectors` vectors of columns: c = (or +=) `depth` terms each.
#define TILE(V)                                                                                  \
  INLINE void tile_##V(int fused, int rows, int vectors, int first, long depth, Matrix a,        \
                       const double *b, long b_row, double *c, long c_row) {                     \
    enum { lanes = sizeof(V) / sizeof(double) };                                                 \
    V s[16][4];                                                                                  \
    UNROLL for (int i = 0; i < rows; i++)                                                        \
      UNROLL for (int j = 0; j < vectors; j++)                                                   \
        if (first)                                                                               \
          s[i][j] = (V){0};                                                                      \
        else                                                                                     \
          memcpy(&s[i][j], c + i * c_row + j * lanes, sizeof(V));                                \
    for (long p = 0; p < depth; p++, b += b_row, a.at += a.column) {                             \
      V x[4];                                                                                    \
      UNROLL for (int j = 0; j < vectors; j++) memcpy(&x[j], b + j * lanes, sizeof(V));          \
      UNROLL for (int i = 0; i < rows; i++) {                                                    \
        V y = a.at[i * a.row] - (V){0};                                                          \
        UNROLL for (int j = 0; j < vectors; j++)                                                 \
          s[i][j] = fused ? __builtin_elementwise_fma(y, x[j], s[i][j]) : y * x[j] + s[i][j];    \
      }                                                                                          \
    }                                                                                            \
    UNROLL for (int i = 0; i < rows; i++)                                                        \
      UNROLL for (int j = 0; j < vectors; j++)                                                   \
        memcpy(c + i * c_row + j * lanes, &s[i][j], sizeof(V));                                  \
  }                                                                                              \
  INLINE void strip_##V(int fused, int most, int vectors, int first, long m, long depth,         \
                        Matrix a, const double *b, long b_row, double *c, long c_row) {          \
    long i = 0;                                                                                  \
    for (; i + most <= m; i += most, a.at += most * a.row)                                       \
      tile_##V(fused, most, vectors, first, depth, a, b, b_row, c + i * c_row, c_row);           \
    if (most > 4)                                                                                \
      for (; i + 4 <= m; i += 4, a.at += 4 * a.row)                                              \
        tile_##V(fused, 4, vectors, first, depth, a, b, b_row, c + i * c_row, c_row);            \
    for (; i < m; i++, a.at += a.row)                                                            \
      tile_##V(fused, 1, vectors, first, depth, a, b, b_row, c + i * c_row, c_row);              \
  }

TILE(v8)
TILE(v4)

/// Copies `depth` rows of B so that their `width` columns lie side by side, zeros up to `padded`.
INLINE void pack(long width, long padded, long depth, Matrix b, double *panel) {
  for (long p = 0; p < depth; p++, b.at += b.row, panel += padded) {
    if (b.column == 1 && width == PANEL)
      memcpy(panel, b.at, PANEL * sizeof(double));
    else
      for (long j = 0; j < width; j++) panel[j] = b.at[j * b.column];
    for (long j = width; j < padded; j++) panel[j] = 0.0;
  }
}

/// `depth` terms of `m` rows of a panel of C.
INLINE void strip(int fused, int lanes, long vectors, int first, long m, long depth, Matrix a,
                  const double *b, long b_row, double *c, long c_row) {
  if (lanes == 8 && vectors == 1) strip_v8(fused, 16, 1, first, m, depth, a, b, b_row, c, c_row);
  if (lanes == 8 && vectors == 2) strip_v8(fused, 12, 2, first, m, depth, a, b, b_row, c, c_row);
  if (lanes == 8 && vectors == 3) strip_v8(fused, 8, 3, first, m, depth, a, b, b_row, c, c_row);
  if (lanes == 8 && vectors == 4) strip_v8(fused, 6, 4, first, m, depth, a, b, b_row, c, c_row);
  if (lanes == 4 && vectors == 1) strip_v4(fused, 8, 1, first, m, depth, a, b, b_row, c, c_row);
  if (lanes == 4 && vectors == 2) strip_v4(fused, 6, 2, first, m, depth, a, b, b_row, c, c_row);
  if (lanes == 4 && vectors == 3) strip_v4(fused, 4, 3, first, m, depth, a, b, b_row, c, c_row);
}

INLINE long least(long a, long b) { return a < b ? a : b; }

/// The product of `m` rows of A and `width` columns of B; rows of C are `n` apart. C is added to
/// where this is not the first part of it.
INLINE void panel(int fused, int lanes, int first, long m, long width, long k, Matrix a, Matrix b,
                  double *restrict c, long n) {
  double packed[PACKED], waiting[WAITING];
  const long vectors = (width + lanes - 1) / lanes, padded = vectors * lanes;
  const int waits = padded != width;
  double *into = waits ? waiting : c;
  const long row = waits ? padded : n;
  // A that is stored by columns is read along its rows for a few p only.
  long most = PACKED / padded;
  if (a.column != 1) most = least(most, 16 + REREAD / m);
  for (long i = 0; waits && !first && i < m; i++)
    for (long j = 0; j < width; j++) waiting[i * row + j] = c[i * n + j];
  for (long p = 0; p < k && !wl_interrupt_requested(); p += most) {
    const long depth = least(most, k - p);
    pack(width, padded, depth, b, packed);
    strip(fused, lanes, vectors, first && p == 0, m, depth, a, packed, padded, into, row);
    a.at += depth * a.column;
    b.at += depth * b.row;
  }
  for (long i = 0; waits && i < m; i++)
    for (long j = 0; j < width; j++) c[i * n + j] = waiting[i * row + j];
}

/// C = A^T B where B has few columns: the vectors go along the rows of A, and C is made by columns.
INLINE void across(int fused, int lanes, int first, long m, long n, long k, const double *a,
                   const double *b, double *restrict c) {
  double waiting[NARROW * PANEL], packed[PACKED];
  const long whole = lanes == 8 ? PANEL : 12, most = PACKED / PANEL;
  for (long p = 0; p < k && !wl_interrupt_requested(); p += most)
    for (long j = 0; j < m; j += whole) {
      const long width = least(whole, m - j), vectors = (width + lanes - 1) / lanes;
      const long padded = vectors * lanes, depth = least(most, k - p);
      const double *source = a + p * m + j;
      const int starts = first && p == 0;
      for (long i = 0; !starts && i < n; i++)
        for (long l = 0; l < width; l++) waiting[i * padded + l] = c[(j + l) * n + i];
      if (width < padded) pack(width, padded, depth, (Matrix){source, m, 1}, packed);
      strip(fused, lanes, vectors, starts, n, depth, (Matrix){b + p * n, 1, n},
            width < padded ? packed : source, width < padded ? padded : m, waiting, padded);
      for (long i = 0; i < n; i++)
        for (long l = 0; l < width; l++) c[(j + l) * n + i] = waiting[i * padded + l];
    }
}

INLINE void panels_loop(int fused, int lanes, int first, int transposeA, int transposeB, long m,
                        long n, long k, const double *a, const double *b, double *restrict c) {
  if (m <= 0 || n <= 0) return;
  if (k <= 0) {
    if (first) memset(c, 0, (size_t)m * (size_t)n * sizeof(double));
    return;
  }
  if (transposeA && !transposeB && n <= NARROW && m >= PANEL)
    return across(fused, lanes, first, m, n, k, a, b, c);
  const Matrix left = {a, transposeA ? 1 : k, transposeA ? m : 1};
  const Matrix right = {b, transposeB ? 1 : n, transposeB ? k : 1};
  const long most = lanes == 8 ? PANEL : 12;
  const long rows = least(m, WAITING / least(most, (n + lanes - 1) / lanes * lanes));
  for (long i = 0; i < m; i += rows)
    for (long j = 0; j < n; j += most) {
      const Matrix ai = {left.at + i * left.row, left.row, left.column};
      const Matrix bj = {right.at + j * right.column, right.row, right.column};
      panel(fused, lanes, first, least(rows, m - i), least(most, n - j), k, ai, bj,
            c + i * n + j, n);
    }
}

WIDE_LEVELS(product_panels, panels_loop,
            (int first, int transposeA, int transposeB, long m, long n, long k, const double *a,
             const double *b, double *restrict c),
            first, transposeA, transposeB, m, n, k, a, b, c)

void wl_product_panels(int transposeA, int transposeB, long m, long n, long k, const double *a,
                       const double *b, double *restrict c) {
  product_panels(1, transposeA, transposeB, m, n, k, a, b, c);
}

void wl_product_add(int first, long m, long n, long k, const double *a, const double *b,
                    double *restrict c) {
  product_panels(first, 1, 0, m, n, k, a, b, c);
}
