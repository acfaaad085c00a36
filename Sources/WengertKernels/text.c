/// The lines of texts.
#include "WengertKernels.h"

#include <string.h>

long wl_count_lines(const uint8_t *text, long count) {
  long lines = 1;
  for (long i = 0; i < count; i++) lines += text[i] == '\n';
  return lines;
}

long wl_find_lines(const uint8_t *text, long count, uint32_t *starts, long most) {
  if (most < 1) return 0;
  long found = 0;
  starts[found++] = 0;
  for (const uint8_t *at = text, *end = text + count; found < most; found++) {
    at = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    if (!at) break;
    at++;
    starts[found] = at - text < UINT32_MAX ? (uint32_t)(at - text) : UINT32_MAX;
  }
  return found;
}
