/// Random numbers: MT19937 as NumPy's legacy `np.random.seed` starts it, bit for bit.
///
/// A stream is three numbers: its seed, how many words of the generator it has taken, and the second
/// number of a gaussian pair that waits (NaN where none does). So a loop can carry it, and a turn
/// that is made again draws the same numbers. The words themselves are kept here, with a few blocks
/// of them to come back to.
#include "WengertKernels.h"

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

enum { length = 624, middle = 397, most = 128 };

/// The block that was made last, and blocks at every multiple of `stride`. Block 0 is the seed's.
static struct {
  int is_seeded;
  uint32_t seed;
  uint64_t block;
  uint32_t words[length];
  uint64_t stride;
  uint64_t kept_count;
  uint32_t kept[most][length];
} generator;
static pthread_mutex_t generator_lock = PTHREAD_MUTEX_INITIALIZER;

static void keep_block(void) {
  if (generator.kept_count == most) {
    for (int i = 1; i < most / 2; i++)
      memcpy(generator.kept[i], generator.kept[2 * i], sizeof generator.words);
    generator.kept_count = most / 2;
    generator.stride *= 2;
  }
  if (generator.block == generator.kept_count * generator.stride)
    memcpy(generator.kept[generator.kept_count++], generator.words, sizeof generator.words);
}

static void seed_words(uint32_t seed) {
  generator.words[0] = seed;
  for (uint32_t i = 1; i < length; i++) {
    uint32_t last = generator.words[i - 1];
    generator.words[i] = 1812433253u * (last ^ (last >> 30)) + i;
  }
  generator.is_seeded = 1;
  generator.seed = seed;
  generator.block = 0;
  generator.stride = 16;
  generator.kept_count = 0;
  keep_block();
}

static void next_block(void) {
  uint32_t *w = generator.words;
  for (int i = 0; i < length; i++) {
    uint32_t y = (w[i] & 0x80000000u) | (w[(i + 1) % length] & 0x7fffffffu);
    w[i] = w[(i + middle) % length] ^ (y >> 1) ^ (y & 1 ? 0x9908b0dfu : 0);
  }
  generator.block++;
  if (generator.block % generator.stride == 0) keep_block();
}

/// Makes a block of a seed's words the current one.
static void go_to_block(uint32_t seed, uint64_t block) {
  if (!generator.is_seeded || generator.seed != seed) seed_words(seed);
  if (block < generator.block) {
    uint64_t from = block / generator.stride;
    if (from >= generator.kept_count) from = generator.kept_count - 1;
    memcpy(generator.words, generator.kept[from], sizeof generator.words);
    generator.block = from * generator.stride;
  }
  while (generator.block < block) next_block();
}

static uint32_t next_word(uint64_t *position) {
  uint64_t block = *position / length + 1;
  if (generator.block != block) go_to_block(generator.seed, block);
  uint32_t y = generator.words[*position % length];
  ++*position;
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

static double next_uniform(uint64_t *position) {
  uint32_t a = next_word(position) >> 5;
  uint32_t b = next_word(position) >> 6;
  return (a * 67108864.0 + b) / 9007199254740992.0;
}

/// A whole number from 0 to `last`, by drawing as many bits as it has until they fit.
static uint64_t next_whole(uint64_t *position, uint64_t last) {
  if (last == 0) return 0;
  uint64_t mask = last;
  for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
  while (1) {
    uint64_t value = next_word(position);
    if (last > 0xffffffffu) value = value << 32 | next_word(position);
    value &= mask;
    if (value <= last) return value;
  }
}

/// Whether drawing is to stop; asked now and then.
static int stops(long i) { return i % (1 << 16) == 0 && wl_interrupt_requested(); }

static void begin(const double stream[3]) {
  pthread_mutex_lock(&generator_lock);
  if (!generator.is_seeded || generator.seed != (uint32_t)stream[0])
    seed_words((uint32_t)stream[0]);
}

static void end(double stream[3], uint64_t position) {
  stream[1] = (double)position;
  pthread_mutex_unlock(&generator_lock);
}

void wl_random_uniform(double stream[3], double *restrict out, long n) {
  begin(stream);
  uint64_t position = (uint64_t)stream[1];
  for (long i = 0; i < n && !stops(i); i++) out[i] = next_uniform(&position);
  end(stream, position);
}

void wl_random_gaussian(double stream[3], double *restrict out, long n) {
  begin(stream);
  uint64_t position = (uint64_t)stream[1];
  for (long i = 0; i < n && !stops(i); i++) {
    if (!isnan(stream[2])) {
      out[i] = stream[2];
      stream[2] = NAN;
      continue;
    }
    double x, y, square;
    do {
      x = 2.0 * next_uniform(&position) - 1.0;
      y = 2.0 * next_uniform(&position) - 1.0;
      square = x * x + y * y;
    } while (square >= 1.0 || square == 0.0);
    // The logarithm of the C library, as NumPy has it, for the same last bit.
    double factor = sqrt(-2.0 * log(square) / square);
    stream[2] = factor * x;
    out[i] = factor * y;
  }
  end(stream, position);
}

void wl_random_whole(
    double stream[3], const double *low, const double *high, double *restrict out, long n) {
  begin(stream);
  uint64_t position = (uint64_t)stream[1];
  uint64_t last = (uint64_t)((int64_t)*high - 1 - (int64_t)*low);
  for (long i = 0; i < n && !stops(i); i++) out[i] = *low + (double)next_whole(&position, last);
  end(stream, position);
}

void wl_random_permutation(double stream[3], double *restrict out, long n) {
  begin(stream);
  uint64_t position = (uint64_t)stream[1];
  for (long i = 0; i < n && !stops(i); i++) out[i] = (double)i;
  for (long i = n - 1; i > 0 && !stops(i); i--) {
    long j = (long)next_whole(&position, (uint64_t)i);
    double value = out[i];
    out[i] = out[j];
    out[j] = value;
  }
  end(stream, position);
}
