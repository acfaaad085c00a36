/// Numbers that are given out once.
#include "WengertKernels.h"

#include <stdatomic.h>

long wl_next_serial(void) {
  static atomic_long next;
  return atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);
}
