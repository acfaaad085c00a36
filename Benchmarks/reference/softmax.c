/// W3: softmax regression, 10000 rows of 500 numbers, 5 classes; steps of descent. Files: X, Y.
#include "reference.h"

enum { N = 10000, D = 500, C = 5 };
static double W[C][D], dW[C][D], P[N][C];

static double value(const double *X, const double *Y) {
  double E = 0;
  for (int i = 0; i < N; i++) {
    double own = 0;
    SCORES(P[i], X + (long)i * D, W[0], D, C);
    for (int c = 0; c < C; c++) own += Y[i * C + c] * P[i][c];
    E += normalize(P[i], C) - own;
  }
  return E / N;
}

static void descend(const double *X, const double *Y) {
  memset(dW, 0, sizeof dW);
  for (int i = 0; i < N; i++)
    for (int c = 0; c < C; c++) {
      double d = (P[i][c] - Y[i * C + c]) / N;
      const double *x = X + (long)i * D;
      for (int k = 0; k < D; k++) dW[c][k] += d * x[k];
    }
  for (int c = 0; c < C; c++)
    for (int k = 0; k < D; k++) W[c][k] -= 0.5 * dW[c][k];
}

void softmax(Run run) {
  long count;
  double *X = numbers(run.files[0], &count), *Y = numbers(run.files[1], &count), E = 0;
  for (long turn = 0; turn < run.turns; turn++) {
    E = value(X, Y);
    if (run.gradient) descend(X, Y);
    else for (int k = 0; k < C * D; k++) (&W[0][0])[k] -= 1e-9 * E;
  }
  printf("%.17g %.17g %.17g\n", E, W[0][0], W[C - 1][D - 1]);
}
