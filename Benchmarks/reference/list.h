/// A list of scalars as one would keep it in C: 29 bytes an entry.
#pragma once
#include "reference.h"

enum { ADD, SUB, MUL, DIV, SIN, COS, EXP, TANH };

typedef struct {
  int count, inputs;
  unsigned char *op;
  int *left, *right;
  double *value, *adjoint;
} List;

/// Reads lines `name = number` (the inputs, first) and `name = op(name)` or `name = op(name, name)`;
/// ends the program at a name that is not there or a line of another form.
List list_parse(const char *path);
