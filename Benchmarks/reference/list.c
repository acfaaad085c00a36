/// W2: a list of scalars, read from its text, run by a switch, and swept back by another. File: the list.
#include "list.h"

static void forward(const List *list) {
  double *v = list->value;
  const int *a = list->left, *b = list->right;
  for (int k = list->inputs; k < list->count; k++)
    switch (list->op[k]) {
    case ADD: v[k] = v[a[k]] + v[b[k]]; break;
    case SUB: v[k] = v[a[k]] - v[b[k]]; break;
    case MUL: v[k] = v[a[k]] * v[b[k]]; break;
    case DIV: v[k] = v[a[k]] / v[b[k]]; break;
    case SIN: v[k] = sin(v[a[k]]); break;
    case COS: v[k] = cos(v[a[k]]); break;
    case EXP: v[k] = exp(v[a[k]]); break;
    case TANH: v[k] = tanh(v[a[k]]); break;
    }
}

static void reverse(const List *list) {
  const double *v = list->value;
  double *s = list->adjoint;
  const int *a = list->left, *b = list->right;
  memset(s, 0, 8 * (size_t)list->count);
  s[list->count - 1] = 1;
  for (int k = list->count - 1; k >= list->inputs; k--) {
    double d = s[k];
    switch (list->op[k]) {
    case ADD: s[a[k]] += d, s[b[k]] += d; break;
    case SUB: s[a[k]] += d, s[b[k]] -= d; break;
    case MUL: s[a[k]] += d * v[b[k]], s[b[k]] += d * v[a[k]]; break;
    case DIV: s[a[k]] += d / v[b[k]], s[b[k]] -= d * v[k] / v[b[k]]; break;
    case SIN: s[a[k]] += d * cos(v[a[k]]); break;
    case COS: s[a[k]] -= d * sin(v[a[k]]); break;
    case EXP: s[a[k]] += d * v[k]; break;
    case TANH: s[a[k]] += d * (1 - v[k] * v[k]); break;
    }
  }
}

void list(Run run) {
  List list = list_parse(run.files[0]);
  double *x = list.value, *z = list.value + list.count - 1;
  for (long turn = 0; turn < run.turns; turn++) {
    forward(&list);
    if (run.gradient) reverse(&list);
    for (int k = 0; k < list.inputs; k++) x[k] -= 1e-9 * (run.gradient ? list.adjoint[k] : *z);
  }
  printf("%.17g", *z);
  for (int k = 0; run.gradient && k < list.inputs; k++) printf(" %.17g", list.adjoint[k]);
  printf("\n");
}

void list_read(Run run) {
  List list = list_parse(run.files[0]);
  printf("%d\n", list.count);
}
