/// zlib, opened when the first compressed file is read, and the checksum of zip files.
#include "WengertKernels.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stddef.h>

/// zlib's `z_stream`; its layout is part of zlib's binary interface, which has been one since 1995.
typedef struct {
  const unsigned char *next_in;
  unsigned avail_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned avail_out;
  unsigned long total_out;
  const char *message;
  void *state;
  void *allocate;
  void *release;
  void *opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
} stream;

enum { noFlush = 0, streamEnd = 1, rawDeflate = -15 };

static struct {
  int (*begin)(stream *, int windowBits, const char *version, int size);
  int (*inflate)(stream *, int flush);
  int (*end)(stream *);
} zlib;

static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_zlib(void) {
#if defined(__APPLE__)
  const char *path = "libz.1.dylib";
#else
  const char *path = "libz.so.1";
#endif
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  zlib.inflate = (int (*)(stream *, int))dlsym(library, "inflate");
  zlib.end = (int (*)(stream *))dlsym(library, "inflateEnd");
  if (!zlib.inflate || !zlib.end) return;
  zlib.begin = (int (*)(stream *, int, const char *, int))dlsym(library, "inflateInit2_");
}

int wl_inflate_available(void) {
  pthread_once(&opened, open_zlib);
  return zlib.begin != NULL;
}

int wl_inflate(const unsigned char *from, long fromCount, unsigned char *to, long toCount) {
  if (!wl_inflate_available()) return 0;
  stream s = {0};
  if (zlib.begin(&s, rawDeflate, "1", (int)sizeof(stream)) != 0) return 0;
  long taken = 0, given = 0;
  int status = 0;
  // zlib counts in unsigned; longer blocks go in pieces.
  while (status == 0) {
    long in = fromCount - taken, out = toCount - given;
    s.next_in = from + taken;
    s.next_out = to + given;
    s.avail_in = in > INT_MAX ? INT_MAX : (unsigned)in;
    s.avail_out = out > INT_MAX ? INT_MAX : (unsigned)out;
    status = zlib.inflate(&s, noFlush);
    long read = s.next_in - (from + taken), written = s.next_out - (to + given);
    taken += read;
    given += written;
    if (status == 0 && read == 0 && written == 0) break;
  }
  zlib.end(&s);
  return status == streamEnd && given == toCount && taken == fromCount;
}

static unsigned table[256];
static pthread_once_t tabulated = PTHREAD_ONCE_INIT;

static void make_table(void) {
  for (unsigned byte = 0; byte < 256; byte++) {
    unsigned rest = byte;
    for (int bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xEDB88320u ^ rest >> 1 : rest >> 1;
    table[byte] = rest;
  }
}

unsigned wl_crc32(const unsigned char *bytes, long count) {
  pthread_once(&tabulated, make_table);
  unsigned sum = 0xFFFFFFFFu;
  for (long i = 0; i < count; i++) sum = table[(sum ^ bytes[i]) & 255] ^ sum >> 8;
  return ~sum;
}
