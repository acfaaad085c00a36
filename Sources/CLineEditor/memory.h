/// Memory that is there or ends the program, and text between wide characters and UTF-8.
#ifndef WL_LINE_EDITOR_MEMORY_H
#define WL_LINE_EDITOR_MEMORY_H

#include <stddef.h>

/// Wide characters that grow at the end.
typedef struct {
  wchar_t *characters;
  size_t count, capacity;
} wl_wide;

_Noreturn void wl_out_of_memory(void);
/// Zeroed memory for `count` things of `size` bytes.
void *wl_allocate(size_t count, size_t size);
/// A copy of `length` bytes with a 0 behind them.
char *wl_copy(const char *bytes, size_t length);
/// `count` wide characters as UTF-8; what has no encoding is left out.
char *wl_narrow(const wchar_t *characters, size_t count);
void wl_wide_append(wl_wide *text, wchar_t character);
/// Stops the process until the shell continues it.
void wl_suspend(void);

#endif
