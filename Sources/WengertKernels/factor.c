/// Triangular factors of square matrices, row by row in memory, and systems that they solve.
#include <math.h>

#include "levels.h"

/// Columns that are eliminated one by one; wider ones are halves, whose products do the work.
enum { PANEL = 16 };

INLINE void swap_rows(long n, double *a, long first, long second) {
  double *p = a + first * n, *q = a + second * n;
  for (long j = 0; j < n; j++) {
    double kept = p[j];
    p[j] = q[j];
    q[j] = kept;
  }
}

static void swap_places(long *places, long first, long second) {
  long kept = places[first];
  places[first] = places[second];
  places[second] = kept;
}

// MARK: exchanging rows

typedef struct {
  long n;
  double *a;
  long *rows;
  double sign;
} Elimination;

/// Eliminates some columns, one by one, in all rows from the diagonal down.
static void eliminate(Elimination *e, long first, long width) {
  const long n = e->n, end = first + width;
  double *a = e->a;
  for (long k = first; k < end && !wl_interrupt_requested(); k++) {
    long best = k;
    for (long i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    if (best != k) {
      swap_rows(n, a, k, best);
      swap_places(e->rows, k, best);
      e->sign = -e->sign;
    }
    const double *pivot = a + k * n;
    if (pivot[k] == 0) continue;
    for (long i = k + 1; i < n; i++) {
      double *row = a + i * n, factor = row[k] / pivot[k];
      row[k] = factor;
      for (long j = k + 1; j < end; j++) row[j] -= factor * pivot[j];
    }
  }
}

/// Solves L X = B in place for the triangle below the diagonal of `a`, with ones on it.
static void solve_lower(long m, long count, const double *a, long a_row, double *b, long b_row) {
  if (m > PANEL) {
    long half = m / 2;
    double *below = b + half * b_row;
    solve_lower(half, count, a, a_row, b, b_row);
    wl_product_subtract(m - half, count, half, a + half * a_row, a_row, b, b_row, below, b_row);
    if (wl_interrupt_requested()) return;
    return solve_lower(m - half, count, a + half * (a_row + 1), a_row, below, b_row);
  }
  for (long i = 1; i < m; i++)
    for (long k = 0; k < i; k++) {
      const double factor = a[i * a_row + k];
      for (long j = 0; j < count; j++) b[i * b_row + j] -= factor * b[k * b_row + j];
    }
}

/// Solves U X = B in place for the triangle of `a` from the diagonal up.
static void solve_upper(long m, long count, const double *a, long a_row, double *b, long b_row) {
  if (m > PANEL) {
    long half = m / 2;
    double *below = b + half * b_row;
    solve_upper(m - half, count, a + half * (a_row + 1), a_row, below, b_row);
    wl_product_subtract(half, count, m - half, a + half, a_row, below, b_row, b, b_row);
    if (wl_interrupt_requested()) return;
    return solve_upper(half, count, a, a_row, b, b_row);
  }
  for (long i = m - 1; i >= 0; i--) {
    const double pivot = a[i * a_row + i];
    for (long k = i + 1; k < m; k++) {
      const double factor = a[i * a_row + k];
      for (long j = 0; j < count; j++) b[i * b_row + j] -= factor * b[k * b_row + j];
    }
    for (long j = 0; j < count; j++) b[i * b_row + j] /= pivot;
  }
}

static void factor(Elimination *e, long first, long width) {
  if (width <= PANEL || wl_interrupt_requested()) return eliminate(e, first, width);
  const long n = e->n, half = (width / 2 + PANEL - 1) / PANEL * PANEL, next = first + half;
  double *right = e->a + first * n + next;
  factor(e, first, half);
  solve_lower(half, width - half, e->a + first * (n + 1), n, right, n);
  wl_product_subtract(n - next, width - half, half, e->a + next * n + first, n, right, n,
                      e->a + next * (n + 1), n);
  factor(e, next, width - half);
}

double wl_factor(long n, double *a, long *rows) {
  Elimination e = {n, a, rows, 1.0};
  for (long i = 0; i < n; i++) rows[i] = i;
  factor(&e, 0, n);
  return e.sign;
}

void wl_factor_solve(long n, const double *a, long count, double *b) {
  solve_lower(n, count, a, n, b, count);
  if (!wl_interrupt_requested()) solve_upper(n, count, a, n, b, count);
}

// MARK: exchanging rows and columns

/// Looks in a part of a row for an element larger than the largest so far: the first of them.
static void look(long n, const double *row, long i, long from, double *most, long *place) {
  double tops[8];
  for (int t = 0; t < 8; t++) tops[t] = *most;
  long j = from;
  for (; j + 8 <= n; j += 8)
    for (int t = 0; t < 8; t++) {
      double size = fabs(row[j + t]);
      tops[t] = size > tops[t] ? size : tops[t];
    }
  double top = *most;
  for (int t = 0; t < 8; t++) top = tops[t] > top ? tops[t] : top;
  for (; j < n; j++) top = fabs(row[j]) > top ? fabs(row[j]) : top;
  if (!(top > *most)) return;
  *most = top;
  for (j = from; fabs(row[j]) != top; j++) {}
  *place = i * n + j;
}

/// Eliminates a column below its pivot.
static void eliminate_one(long n, double *a, long k) {
  double *pivot = a + k * n;
  for (long i = k + 1; i < n; i++) {
    double *row = a + i * n, factor = row[k] / pivot[k];
    row[k] = factor;
    for (long j = k + 1; j < n; j++) row[j] -= factor * pivot[j];
  }
  for (long j = k + 1; j < n; j++) pivot[j] /= pivot[k];
}

double wl_factor_completely(long n, double *a, long *rows, long *columns) {
  double sign = 1;
  for (long i = 0; i < n; i++) rows[i] = columns[i] = i;
  for (long k = 0; k < n && !wl_interrupt_requested(); k++) {
    long place = k * (n + 1);
    double most = fabs(a[place]);
    for (long i = k; i < n; i++) look(n, a + i * n, i, k, &most, &place);
    const long row = place / n, column = place % n;
    if (row != k) {
      swap_rows(n, a, k, row);
      swap_places(rows, k, row);
      sign = -sign;
    }
    if (column != k) {
      for (long i = 0; i < n; i++) {
        double kept = a[i * n + k];
        a[i * n + k] = a[i * n + column];
        a[i * n + column] = kept;
      }
      swap_places(columns, k, column);
      sign = -sign;
    }
    if (a[k * (n + 1)] != 0) eliminate_one(n, a, k);
  }
  return sign;
}
