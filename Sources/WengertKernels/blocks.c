/// Steps on arrays of many rows, block by block of rows.
#include "levels.h"

/// Spreads an operand over the rows of a block: a number for each row (0), a row for all (1), or a
/// number for all (2).
static void spread(const double *from, int way, long rows, long width, double *restrict to) {
  for (long r = 0; r < rows; r++, to += width)
    if (way == 1)
      for (long j = 0; j < width; j++) to[j] = from[j];
    else
      for (long j = 0; j < width; j++) to[j] = from[way == 2 ? 0 : r];
}

/// out += the rows of a, one after the other.
INLINE void add_up(int fused, int first, const double *a, long rows, long width,
                   double *restrict out) {
  (void)fused;
  if (first) memset(out, 0, (size_t)width * sizeof(double));
  for (long r = 0; r < rows; r++, a += width)
    VECTOR_LOOP for (long j = 0; j < width; j++) out[j] += a[j];
}

LEVELS(wl_add_up_rows, add_up,
       (int first, const double *a, long rows, long width, double *restrict out), first, a, rows,
       width, out)

/// The operand that is stretched lies in rows of its own first, but for long rows.
static void run_stretch(const wl_part *part, const double *a, const double *b, double *out, long n,
                        int first) {
  wl_zip *function = (wl_zip *)part->function;
  const long width = part->width;
  const double *narrow = part->stretchesA ? a : b;
  const int isRow = part->stretchesA ? part->sa : part->sb;
  if (part->stretched) {
    // A row for all is spread once.
    if (!isRow || first) spread(narrow, isRow, n, width, part->stretched);
    const double *wide = part->stretched;
    function(part->stretchesA ? wide : a, part->stretchesA ? b : wide, out, n * width, 1, 1);
    return;
  }
  for (long r = 0; r < n; r++)
    if (part->stretchesA)
      function(isRow ? a : a + r, b + r * width, out + r * width, width, part->sa, 1);
    else
      function(a + r * width, isRow ? b : b + r, out + r * width, width, 1, part->sb);
}

static void run_part(const wl_part *part, long row, long n) {
  const double *a = part->a + row * part->ma, *b = part->b + row * part->mb;
  double *out = part->out + row * part->mo;
  const long width = part->width;
  switch (part->kind) {
  case WL_PART_MAP: ((wl_map *)part->function)(a, out, n * width); break;
  case WL_PART_ZIP:
    ((wl_zip *)part->function)(a, b, out, n * width, part->sa, part->sb);
    break;
  case WL_PART_ROW_MAP: ((wl_row_map *)part->function)(a, out, n, width); break;
  case WL_PART_STRETCH: run_stretch(part, a, b, out, n, row == 0); break;
  case WL_PART_READ: spread(a, part->sa, n, width, out); break;
  case WL_PART_SUMS:
    for (long r = 0; r < n; r++) out[r] = wl_sum(a + r * part->depth, part->depth, 1);
    break;
  case WL_PART_ADD_UP: wl_add_up_rows(row == 0, a, n, width, out); break;
  case WL_PART_PRODUCT:
    wl_product(0, part->transposeB, n, width, part->depth, a, b, out);
    break;
  case WL_PART_GATHER: wl_product_add(row == 0, part->depth, width, n, a, b, out); break;
  default: break;
  }
}

void wl_run_blocks(const wl_blocks *blocks) {
  for (long row = 0; row < blocks->rows; row += blocks->most) {
    long n = blocks->rows - row < blocks->most ? blocks->rows - row : blocks->most;
    if (wl_interrupt_requested()) return;
    for (long k = 0; k < blocks->count; k++) run_part(&blocks->parts[k], row, n);
  }
}
