/// Memory that grows without a second copy of it, and how much there is.
#include "WengertKernels.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

double *wl_resize(double *base, long count) {
  if (count < 0 || count > LONG_MAX / (long)sizeof(double)) return NULL;
  return realloc(base, (size_t)(count ? count : 1) * sizeof(double));
}

void wl_release(double *base) { free(base); }

long wl_machine_memory(void) {
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 && pages <= LONG_MAX / size ? pages * size : LONG_MAX;
}
