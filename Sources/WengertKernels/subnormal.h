/// Products that are or may become subnormal, without the trap into microcode that they are on many
/// processors: some fifty nanoseconds each, where an adjoint has vanished along a loop.
#ifndef WENGERT_SUBNORMAL_H
#define WENGERT_SUBNORMAL_H

#include "levels.h"

/// Adding this rounds a number below 2^52 to a whole one, halves to the even one.
#define WHOLE 0x1p52

/// a * b >= 0 in units of 2^-1074, where it is below 2^52 of them: its whole part is the bits of the
/// number. What the product lost says on which side of a half it lies.
INLINE uint64_t subnormal_bits(double a, double b) {
  double product = a * b, whole = (product + WHOLE) - WHOLE, rest = product - whole;
  if (fabs(rest) == 0.5) {
    double lost = __builtin_fma(a, b, -product);
    if (rest > 0 && lost > 0) whole += 1;
    if (rest < 0 && lost < 0) whole -= 1;
  }
  return (uint64_t)(int64_t)whole;
}

/// x * y with the same bits.
INLINE double subnormal_product(double x, double y) {
  const uint64_t sign = 1ull << 63, one = 0x3ffull << 52;
  uint64_t a = bits(x) & ~sign, b = bits(y) & ~sign, small = a < b ? a : b, large = a < b ? b : a;
  uint64_t negative = (bits(x) ^ bits(y)) & sign;
  if (large >= one) return x * y;
  if (small < 1ull << 52) {
    if (large < 1ull << 52) return from_bits(negative);
    return from_bits(negative | subnormal_bits((double)(int64_t)small, from_bits(large)));
  }
  if ((small >> 52) + (large >> 52) >= 1023) return x * y;
  return from_bits(
      negative | subnormal_bits(from_bits(small) * 0x1p537, from_bits(large) * 0x1p537));
}

#endif
