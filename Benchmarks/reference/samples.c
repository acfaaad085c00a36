/// W6: a 2-2-1 net over 1000 samples, one after the other; steps of descent over all of them.
#include "reference.h"

enum { N = 1000 };
static double X[N][2], y[N], H[N][2], p[N];
/// Weights of the hidden units, then their shifts, then those of the output and its shift.
static double w[9] = {0.5, -0.3, 0.8, 0.2, 0.1, -0.1, 0.7, -0.6, 0.05};

static double value(void) {
  double E = 0;
  for (int i = 0; i < N; i++) {
    H[i][0] = sigma(w[0] * X[i][0] + w[1] * X[i][1] + w[4]);
    H[i][1] = sigma(w[2] * X[i][0] + w[3] * X[i][1] + w[5]);
    p[i] = sigma(w[6] * H[i][0] + w[7] * H[i][1] + w[8]);
    E += (p[i] - y[i]) * (p[i] - y[i]) / 2;
  }
  return E;
}

static void descend(void) {
  double d[9] = {0};
  for (int i = 0; i < N; i++) {
    const double *x = X[i], *h = H[i];
    double g = (p[i] - y[i]) * p[i] * (1 - p[i]);
    double g0 = g * w[6] * h[0] * (1 - h[0]), g1 = g * w[7] * h[1] * (1 - h[1]);
    d[6] += g * h[0], d[7] += g * h[1], d[8] += g;
    d[0] += g0 * x[0], d[1] += g0 * x[1], d[4] += g0;
    d[2] += g1 * x[0], d[3] += g1 * x[1], d[5] += g1;
  }
  for (int k = 0; k < 9; k++) w[k] -= 0.001 * d[k];
}

void samples(Run run) {
  double E = 0;
  for (int i = 0; i < N; i++) {
    X[i][0] = sin(0.1 * i), X[i][1] = cos(0.37 * i);
    y[i] = X[i][0] * X[i][1] > 0;
  }
  for (long turn = 0; turn < run.turns; turn++) {
    E = value();
    if (run.gradient) descend();
    else for (int k = 0; k < 9; k++) w[k] -= 1e-9 * E;
  }
  printf("%.17g %.17g %.17g\n", E, w[0], w[8]);
}
