/// Compiles a loop once for each vector level and picks one at run time.
///
/// Contraction is off and every fused multiply-add is written out (`madd`), so that the vector
/// loop, its scalar tail and an unoptimised build all give the same bits.
#ifndef WENGERT_LEVELS_H
#define WENGERT_LEVELS_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "WengertKernels.h"

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
#define VECTOR_LOOP _Pragma("clang loop vectorize(enable) interleave_count(2)")

#if defined(__FMA__) || defined(__aarch64__)
#define BASE_FUSED 1
#else
#define BASE_FUSED 0
#endif

/// The level in use: 0 baseline, 1 x86-64-v3, 2 x86-64-v4.
extern int wl_level;

/// Processors of level 2 work on eight numbers at a time; clang's general tuning would use four.
#define LEVEL_2 "arch=x86-64-v4,tune=znver4"
#define LEVEL_1 "arch=x86-64-v3"

/// Defines `name` with the signature `type name parameters`. `body` is an always-inlined function
/// whose first argument tells whether multiply-add is fused, followed by `arguments`.
#if defined(__x86_64__)
#define LEVELS_OF(type, name, body, parameters, ...)                                             \
  __attribute__((target(LEVEL_2))) static type name##_v4 parameters {                            \
    return body(1, __VA_ARGS__);                                                                 \
  }                                                                                              \
  __attribute__((target(LEVEL_1))) static type name##_v3 parameters {                            \
    return body(1, __VA_ARGS__);                                                                 \
  }                                                                                              \
  static type name##_base parameters { return body(BASE_FUSED, __VA_ARGS__); }                   \
  type name parameters {                                                                         \
    return wl_level == 2   ? name##_v4(__VA_ARGS__)                                              \
           : wl_level == 1 ? name##_v3(__VA_ARGS__)                                              \
                           : name##_base(__VA_ARGS__);                                           \
  }
#else
#define LEVELS_OF(type, name, body, parameters, ...)                                             \
  type name parameters { return body(BASE_FUSED, __VA_ARGS__); }
#endif

#define LEVELS(name, body, parameters, ...) LEVELS_OF(void, name, body, parameters, __VA_ARGS__)

/// Defines `name` with the signature `static void name parameters`, where `body` is also told how
/// many numbers a vector has.
#if defined(__x86_64__)
#define WIDE_LEVELS(name, body, parameters, ...)                                                 \
  __attribute__((target(LEVEL_2))) static void name##_v4 parameters { body(1, 8, __VA_ARGS__); }  \
  __attribute__((target(LEVEL_1))) static void name##_v3 parameters { body(1, 4, __VA_ARGS__); }  \
  static void name##_base parameters { body(BASE_FUSED, 4, __VA_ARGS__); }                       \
  static void name parameters {                                                                  \
    if (wl_level == 2)                                                                           \
      name##_v4(__VA_ARGS__);                                                                    \
    else if (wl_level == 1)                                                                      \
      name##_v3(__VA_ARGS__);                                                                    \
    else                                                                                         \
      name##_base(__VA_ARGS__);                                                                  \
  }
#else
#define WIDE_LEVELS(name, body, parameters, ...)                                                 \
  static void name parameters { body(BASE_FUSED, 4, __VA_ARGS__); }
#endif

/// a * b + c, rounded once when fused.
INLINE double madd(int fused, double a, double b, double c) {
  return fused ? __builtin_fma(a, b, c) : a * b + c;
}

INLINE uint64_t bits(double x) {
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  return u;
}

INLINE double from_bits(uint64_t u) {
  double x;
  memcpy(&x, &u, sizeof x);
  return x;
}

#endif
