/// Memory that grows without a second copy of it, and how much there is.
#define _DEFAULT_SOURCE
#include "WengertKernels.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

double *wl_resize(double *base, long count) {
  if (count < 0 || count > LONG_MAX / (long)sizeof(double)) return NULL;
  // One more: a step looks at the number where its operand begins, be it an empty one at the end.
  return realloc(base, ((size_t)count + 1) * sizeof(double));
}

void wl_prefer_large_pages(void *start, long bytes) {
#if defined(MADV_HUGEPAGE)
  const uintptr_t page = (uintptr_t)1 << 21;
  if (!start || bytes < (long)(2 * page)) return;
  uintptr_t low = ((uintptr_t)start + page - 1) / page * page;
  uintptr_t high = ((uintptr_t)start + (uintptr_t)bytes) / page * page;
  if (low < high) madvise((void *)low, high - low, MADV_HUGEPAGE);
#else
  (void)start, (void)bytes;
#endif
}

void wl_release(double *base) { free(base); }

long wl_machine_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 && pages <= LONG_MAX / size ? pages * size : LONG_MAX;
}
