/// W5: Trask's net, 4 x 3 inputs, 4 hidden units, one output; steps of descent at rate 1.
#include "reference.h"

static const double X[4][3] = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, y[4] = {0, 1, 1, 0};
static double W[3][4] = {{-0.16595599, 0.44064899, -0.99977125, -0.39533485},
                         {-0.70648822, -0.81532281, -0.62747958, -0.30887855},
                         {-0.20646505, 0.07763347, -0.16161097, 0.370439}};
static double w[4] = {-0.5910955, 0.75623487, -0.94522481, 0.34093502};
static double Y[4][4], p[4];

static double value(void) {
  double E = 0;
  for (int i = 0; i < 4; i++) {
    double s = 0;
    for (int j = 0; j < 4; j++) {
      double u = 0;
      for (int k = 0; k < 3; k++) u += X[i][k] * W[k][j];
      Y[i][j] = sigma(u);
      s += Y[i][j] * w[j];
    }
    p[i] = sigma(s);
    E += (y[i] - p[i]) * (y[i] - p[i]) / 2;
  }
  return E;
}

static void descend(void) {
  double dw[4] = {0}, dW[3][4] = {{0}};
  for (int i = 0; i < 4; i++) {
    double d = (p[i] - y[i]) * p[i] * (1 - p[i]);
    for (int j = 0; j < 4; j++) {
      dw[j] += Y[i][j] * d;
      double e = d * w[j] * Y[i][j] * (1 - Y[i][j]);
      for (int k = 0; k < 3; k++) dW[k][j] += X[i][k] * e;
    }
  }
  for (int j = 0; j < 4; j++) {
    w[j] -= dw[j];
    for (int k = 0; k < 3; k++) W[k][j] -= dW[k][j];
  }
}

static void drift(double E) {
  for (int j = 0; j < 4; j++) {
    w[j] -= 1e-9 * E;
    for (int k = 0; k < 3; k++) W[k][j] -= 1e-9 * E;
  }
}

void trask(Run run) {
  double E = 0;
  for (long turn = 0; turn < run.turns; turn++) {
    E = value();
    if (run.gradient) descend();
    else drift(E);
  }
  printf("%.17g %.17g %.17g\n", E, W[0][0], w[0]);
}
