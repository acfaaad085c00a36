/// What the cases share. Each runs `turns` turns of value and gradient (or of the value alone), in the
/// order in which one would write it by hand: forward over everything, then back. A turn begins
/// where the last one led to, so that no turn can be left out or taken together with another.
#pragma once
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  long turns;
  bool gradient;
  char **files;
} Run;

void chain_short(Run run);
void chain_long(Run run);
void list(Run run);
void softmax(Run run);
void net(Run run);
void trask(Run run);
void samples(Run run);

/// Reads a list and builds it, and nothing more: `files` has the list.
void list_read(Run run);

/// The numbers of an .npy file of doubles, in C order; ends the program where it cannot be read.
double *numbers(const char *path, long *count);

void *memory(size_t bytes);

static inline double sigma(double x) { return 1 / (1 + exp(-x)); }

/// u = the products of a vector x with each row. Sums go in four lanes, which is what lets a compiler use
/// its vectors; the length is a multiple of four. A macro, since both counts have to be constants for that.
#define SCORES(u, x, rows, length, count)                                          \
  do {                                                                             \
    double sums[count][4] = {{0}};                                                 \
    for (long k = 0; k < (length); k += 4)                                         \
      for (int c = 0; c < (count); c++)                                            \
        for (int l = 0; l < 4; l++) sums[c][l] += (x)[k + l] * (rows)[c * (length) + k + l]; \
    for (int c = 0; c < (count); c++)                                              \
      (u)[c] = (sums[c][0] + sums[c][1]) + (sums[c][2] + sums[c][3]);              \
  } while (0)

/// Probabilities of `count` scores, in place, and the logarithm of the sum of their exponentials.
static inline double normalize(double *u, int count) {
  double top = u[0], sum = 0;
  for (int c = 1; c < count; c++) top = u[c] > top ? u[c] : top;
  for (int c = 0; c < count; c++) sum += u[c] = exp(u[c] - top);
  for (int c = 0; c < count; c++) u[c] /= sum;
  return top + log(sum);
}
