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

/// Probabilities of `count` scores, in place, and the logarithm of the sum of their exponentials.
static inline double normalize(double *u, int count) {
  double top = u[0], sum = 0;
  for (int c = 1; c < count; c++) top = u[c] > top ? u[c] : top;
  for (int c = 0; c < count; c++) sum += u[c] = exp(u[c] - top);
  for (int c = 0; c < count; c++) u[c] /= sum;
  return top + log(sum);
}
