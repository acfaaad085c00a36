/// Which vector level the machine has.
#include "levels.h"

int wl_level = 0;

static int machine_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return 2;
  if (__builtin_cpu_supports("x86-64-v3")) return 1;
#endif
  return 0;
}

__attribute__((constructor)) static void choose_level(void) { wl_level = machine_level(); }

int wl_vector_level(int limit) {
  if (limit >= 0) {
    int most = machine_level();
    wl_level = limit < most ? limit : most;
  }
  return wl_level;
}
