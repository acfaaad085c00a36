#include "memory.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

void wl_out_of_memory(void) {
  fputs("wl: out of memory\n", stderr);
  _exit(70);
}

void *wl_allocate(size_t count, size_t size) {
  void *memory = calloc(count == 0 ? 1 : count, size);
  if (memory == NULL) wl_out_of_memory();
  return memory;
}

char *wl_copy(const char *bytes, size_t length) {
  char *copy = wl_allocate(length + 1, 1);
  memcpy(copy, bytes, length);
  return copy;
}

char *wl_narrow(const wchar_t *characters, size_t count) {
  if (count > (SIZE_MAX - 1) / MB_LEN_MAX) wl_out_of_memory();
  char *text = wl_allocate(count * MB_LEN_MAX + 1, 1);
  size_t length = 0;
  mbstate_t state = {0};
  for (size_t i = 0; i < count; i++) {
    size_t bytes = wcrtomb(text + length, characters[i], &state);
    if (bytes != (size_t)-1) length += bytes;
    else memset(&state, 0, sizeof state);
  }
  text[length] = 0;
  return text;
}

void wl_wide_append(wl_wide *text, wchar_t character) {
  if (text->count == text->capacity) {
    if (text->capacity > SIZE_MAX / sizeof character / 2) wl_out_of_memory();
    text->capacity = text->capacity == 0 ? 256 : 2 * text->capacity;
    wchar_t *grown = realloc(text->characters, text->capacity * sizeof character);
    if (grown == NULL) wl_out_of_memory();
    text->characters = grown;
  }
  text->characters[text->count++] = character;
}
