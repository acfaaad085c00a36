/// The interrupt flag and the clock.
#define _POSIX_C_SOURCE 200809L
#include "WengertKernels.h"

#include <time.h>

static volatile int interrupt_requested = WL_STOP_NONE;

void wl_interrupt_set(int reason) {
  __atomic_store_n(&interrupt_requested, reason, __ATOMIC_RELAXED);
}

int wl_interrupt_requested(void) { return __atomic_load_n(&interrupt_requested, __ATOMIC_RELAXED); }

const volatile int *wl_interrupt_flag(void) { return &interrupt_requested; }

double wl_monotonic_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
