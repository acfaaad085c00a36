/// OpenBLAS (Accelerate on macOS), opened at the first large product; without it our own loops.
#include "WengertKernels.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stddef.h>

typedef void Multiply(int order, int transposeA, int transposeB, int m, int n, int k, double alpha,
                      const double *a, int lda, const double *b, int ldb, double beta, double *c,
                      int ldc);
enum { rowMajor = 101, notTransposed = 111, transposed = 112 };

static struct {
  Multiply *multiply;
  void (*set_threads)(int);
  int (*threads)(void);
  const char *name;
} blas = {NULL, NULL, NULL, "built-in"};

static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_blas(void) {
#if defined(__APPLE__)
  const char *path = "/System/Library/Frameworks/Accelerate.framework/Accelerate";
  const char *name = "Accelerate";
#else
  const char *path = "libopenblas.so.0", *name = "OpenBLAS";
#endif
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  Multiply *multiply = (Multiply *)dlsym(library, "cblas_dgemm");
  if (!multiply) return;
  const char *(*config)(void) = (const char *(*)(void))dlsym(library, "openblas_get_config");
  blas.set_threads = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  blas.threads = (int (*)(void))dlsym(library, "openblas_get_num_threads");
  if (blas.set_threads) blas.set_threads(1);
  blas.name = config ? config() : name;
  blas.multiply = multiply;
}

const char *wl_blas_name(void) {
  pthread_once(&opened, open_blas);
  return blas.name;
}

int wl_blas_threads(int set) {
  pthread_once(&opened, open_blas);
  if (set > 0 && blas.set_threads) blas.set_threads(set);
  return blas.threads ? blas.threads() : 1;
}

/// Whether m n k <= 8192, without overflow.
static int is_small(long m, long n, long k) {
  const long most = 8192;
  return m <= most && n <= most && k <= most && m * n * k <= most;
}

/// Whether a BLAS may be faster than our loops, whose results do not depend on which is installed.
static int is_large(long m, long n, long k) {
  const long least = 512;
  return m > least && n > least && k > least && m <= INT_MAX && n <= INT_MAX && k <= INT_MAX;
}

static long least(long a, long b) { return a < b ? a : b; }

/// A product in pieces of at most 2^27 terms, so that it can be stopped between them.
static void multiply_pieces(int transposeA, int transposeB, long m, long n, long k,
                            const double *a, const double *b, double *restrict c) {
  const long lda = transposeA ? m : k, ldb = transposeB ? k : n;
  const long most = (long)1 << 27;
  const int is_whole = (double)m * (double)n * (double)k <= (double)most;
  const long columns = is_whole ? n : least(n, 512);
  const long depth = is_whole ? k : least(k, most / (columns * least(m, 512)));
  const long rows = is_whole ? m : least(m, most / (columns * depth));
  for (long i = 0; i < m; i += rows)
    for (long j = 0; j < n; j += columns)
      for (long p = 0; p < k; p += depth) {
        if (!is_whole && wl_interrupt_requested()) return;
        blas.multiply(rowMajor, transposeA ? transposed : notTransposed,
                      transposeB ? transposed : notTransposed, (int)least(rows, m - i),
                      (int)least(columns, n - j), (int)least(depth, k - p), 1.0,
                      a + (transposeA ? p * lda + i : i * lda + p), (int)lda,
                      b + (transposeB ? j * ldb + p : p * ldb + j), (int)ldb, p > 0 ? 1.0 : 0.0,
                      c + i * n + j, (int)n);
      }
}

/// C -= A B in our own loops.
static void subtract(long m, long n, long k, const double *a, long a_row, const double *b,
                     long b_row, double *c, long c_row) {
  for (long i = 0; i < m && !(i % 16 == 0 && wl_interrupt_requested()); i++)
    for (long p = 0; p < k; p++) {
      const double factor = a[i * a_row + p];
      for (long j = 0; j < n; j++) c[i * c_row + j] -= factor * b[p * b_row + j];
    }
}

void wl_product_subtract(long m, long n, long k, const double *a, long a_row, const double *b,
                         long b_row, double *c, long c_row) {
  pthread_once(&opened, open_blas);
  const long widest = a_row > b_row ? a_row : b_row;
  if (!blas.multiply || is_small(m, n, k) || m > INT_MAX || widest > INT_MAX || c_row > INT_MAX)
    return subtract(m, n, k, a, a_row, b, b_row, c, c_row);
  const long side = 512;
  for (long i = 0; i < m; i += side)
    for (long j = 0; j < n; j += side)
      for (long p = 0; p < k; p += side) {
        if (wl_interrupt_requested()) return;
        blas.multiply(rowMajor, notTransposed, notTransposed, (int)least(side, m - i),
                      (int)least(side, n - j), (int)least(side, k - p), -1.0, a + i * a_row + p,
                      (int)a_row, b + p * b_row + j, (int)b_row, 1.0, c + i * c_row + j,
                      (int)c_row);
      }
}

void wl_product(int transposeA, int transposeB, long m, long n, long k, const double *a,
                const double *b, double *restrict c) {
  if (is_large(m, n, k)) {
    pthread_once(&opened, open_blas);
    if (blas.multiply) return multiply_pieces(transposeA, transposeB, m, n, k, a, b, c);
  }
  // Tiles pay where their columns of B are read for many rows.
  if (m < 8 || n == 1 || is_small(m, n, k))
    return wl_product_builtin(transposeA, transposeB, m, n, k, a, b, c);
  wl_product_panels(transposeA, transposeB, m, n, k, a, b, c);
}
