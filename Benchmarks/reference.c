/// The cases of `make bench` by hand: value and gradient as one would write them in C, with the C
/// library's functions. Each prints its result and the seconds of the processor, round by round.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/// z <- sin(z x) + x, `turns` times, and dz/dx by a sweep back over the kept values.
static double chain(double x, long turns, double *kept, double *slope) {
  double z = x;
  for (long n = 0; n < turns; n++) {
    kept[n] = z;
    z = sin(z * x) + x;
  }
  double zbar = 1, xbar = 0;
  for (long n = turns - 1; n >= 0; n--) {
    double c = zbar * cos(kept[n] * x);
    xbar += zbar + c * kept[n];
    zbar = c * x;
  }
  *slope = xbar + zbar;
  return z;
}

static void w1_20(void) {
  double kept[20], s = 0, t = 0, slope;
  for (int k = 1; k <= 200000; k++) {
    s += chain(0.5 + 0.000001 * k, 20, kept, &slope);
    t += slope;
  }
  printf("%.17g %.17g\n", s, t);
}

static void w1_1e6(void) {
  static double kept[1000000];
  double slope, z = chain(0.5, 1000000, kept, &slope);
  printf("%.17g %.17g\n", z, slope);
}

static double sigma(double x) { return 1 / (1 + exp(-x)); }

/// Trask's net: 4 x 3 inputs, 4 hidden, one output; `steps` steps of descent at rate 1.
static void w5(long steps) {
  static const double X[4][3] = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, y[4] = {0, 1, 1, 0};
  double W[3][4] = {{-0.16595599, 0.44064899, -0.99977125, -0.39533485},
                    {-0.70648822, -0.81532281, -0.62747958, -0.30887855},
                    {-0.20646505, 0.07763347, -0.16161097, 0.370439}};
  double w[4] = {-0.5910955, 0.75623487, -0.94522481, 0.34093502};
  for (long step = 0; step < steps; step++) {
    double Y[4][4], d[4], dw[4] = {0}, dW[3][4] = {{0}};
    for (int i = 0; i < 4; i++) {
      double s = 0;
      for (int j = 0; j < 4; j++) {
        double u = 0;
        for (int k = 0; k < 3; k++) u += X[i][k] * W[k][j];
        Y[i][j] = sigma(u);
        s += Y[i][j] * w[j];
      }
      double p = sigma(s);
      d[i] = (p - y[i]) * p * (1 - p);
    }
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) {
        dw[j] += Y[i][j] * d[i];
        double e = d[i] * w[j] * Y[i][j] * (1 - Y[i][j]);
        for (int k = 0; k < 3; k++) dW[k][j] += X[i][k] * e;
      }
    for (int j = 0; j < 4; j++) {
      w[j] -= dw[j];
      for (int k = 0; k < 3; k++) W[k][j] -= dW[k][j];
    }
  }
  printf("%.17g %.17g\n", W[0][0], w[0]);
}

/// A 2-2-1 net on 1000 samples, value and gradient over all of them, `epochs` steps.
static void w6(long epochs) {
  enum { N = 1000 };
  static double X[N][2], y[N];
  for (int i = 0; i < N; i++) {
    X[i][0] = sin(0.1 * i), X[i][1] = cos(0.37 * i);
    y[i] = X[i][0] * X[i][1] > 0;
  }
  double w[4] = {0.5, -0.3, 0.8, 0.2}, b[2] = {0.1, -0.1}, v[2] = {0.7, -0.6}, c = 0.05, E = 0;
  for (long epoch = 0; epoch < epochs; epoch++) {
    double dw[4] = {0}, db[2] = {0}, dv[2] = {0}, dc = 0;
    E = 0;
    for (int i = 0; i < N; i++) {
      double h0 = sigma(w[0] * X[i][0] + w[1] * X[i][1] + b[0]);
      double h1 = sigma(w[2] * X[i][0] + w[3] * X[i][1] + b[1]);
      double p = sigma(v[0] * h0 + v[1] * h1 + c), r = p - y[i], g = r * p * (1 - p);
      E += r * r / 2;
      double g0 = g * v[0] * h0 * (1 - h0), g1 = g * v[1] * h1 * (1 - h1);
      dv[0] += g * h0, dv[1] += g * h1, dc += g;
      dw[0] += g0 * X[i][0], dw[1] += g0 * X[i][1], db[0] += g0;
      dw[2] += g1 * X[i][0], dw[3] += g1 * X[i][1], db[1] += g1;
    }
    for (int k = 0; k < 4; k++) w[k] -= 0.001 * dw[k];
    for (int k = 0; k < 2; k++) b[k] -= 0.001 * db[k], v[k] -= 0.001 * dv[k];
    c -= 0.001 * dc;
  }
  printf("%.17g %.17g\n", E, w[0]);
}

int main(int count, char **words) {
  const char *name = count > 1 ? words[1] : "";
  for (int round = 0; round < 5; round++) {
    double start = now();
    if (!strcmp(name, "w1-20")) w1_20();
    else if (!strcmp(name, "w1-1e6")) w1_1e6();
    else if (!strcmp(name, "w5")) w5(60000);
    else if (!strcmp(name, "w6")) w6(2000);
    else return 1;
    printf("seconds %.9f\n", now() - start);
  }
}
