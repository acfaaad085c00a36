/// The interrupt flag and the clock.
#define _POSIX_C_SOURCE 200809L
#include "WengertKernels.h"

#include <time.h>

/// What those who work see, what was asked for, and how many ask to be left alone for now.
static volatile int interrupt_requested = WL_STOP_NONE;
static int asked = WL_STOP_NONE;
static int holds = 0;

void wl_interrupt_set(int reason) {
  __atomic_store_n(&asked, reason, __ATOMIC_SEQ_CST);
  if (reason == WL_STOP_NONE || __atomic_load_n(&holds, __ATOMIC_SEQ_CST) == 0)
    __atomic_store_n(&interrupt_requested, reason, __ATOMIC_RELAXED);
}

int wl_interrupt_hold(void) {
  __atomic_add_fetch(&holds, 1, __ATOMIC_SEQ_CST);
  return wl_interrupt_requested();
}

int wl_interrupt_release(void) {
  // Another thread may have seen no hold just before it began.
  int seen = wl_interrupt_requested();
  __atomic_sub_fetch(&holds, 1, __ATOMIC_SEQ_CST);
  int reason = __atomic_load_n(&asked, __ATOMIC_SEQ_CST);
  if (reason != WL_STOP_NONE) __atomic_store_n(&interrupt_requested, reason, __ATOMIC_RELAXED);
  return seen;
}

int wl_interrupt_requested(void) { return __atomic_load_n(&interrupt_requested, __ATOMIC_RELAXED); }

const volatile int *wl_interrupt_flag(void) { return &interrupt_requested; }

double wl_monotonic_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
