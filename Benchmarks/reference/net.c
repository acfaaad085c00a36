/// W4: 1797 rows of 64 numbers, a hidden layer of tanh, softmax over 10 classes; steps of descent.
/// Files: X, Y, the first weights, the second; the size of the hidden layer is that of the weights.
#include "reference.h"

enum { N = 1797, D = 64, C = 10 };
static const double rate = 0.5;
static double *X, *Y, *V, *W, *H, *dV, *dW, *b, *db, *g, c[C], dc[C], P[N][C];
static long M;

static double value(void) {
  double E = 0;
  for (int i = 0; i < N; i++) {
    double *h = H + i * M, own = 0;
    memcpy(h, b, 8 * (size_t)M);
    for (int k = 0; k < D; k++)
      for (long j = 0; j < M; j++) h[j] += X[i * D + k] * V[k * M + j];
    for (long j = 0; j < M; j++) h[j] = tanh(h[j]);
    memcpy(P[i], c, sizeof c);
    for (long j = 0; j < M; j++)
      for (int k = 0; k < C; k++) P[i][k] += h[j] * W[j * C + k];
    for (int k = 0; k < C; k++) own += Y[i * C + k] * P[i][k];
    E += normalize(P[i], C) - own;
  }
  return E / N;
}

static void add_row(const double *x, const double *y, const double *h, const double *p) {
  double d[C];
  for (int k = 0; k < C; k++) dc[k] += d[k] = (p[k] - y[k]) / N;
  for (long j = 0; j < M; j++) {
    double s = 0;
    for (int k = 0; k < C; k++) s += W[j * C + k] * d[k], dW[j * C + k] += h[j] * d[k];
    db[j] += g[j] = s * (1 - h[j] * h[j]);
  }
  for (int k = 0; k < D; k++)
    for (long j = 0; j < M; j++) dV[k * M + j] += x[k] * g[j];
}

static void step(double *w, const double *d, long count) {
  for (long k = 0; k < count; k++) w[k] -= rate * d[k];
}

static void descend(void) {
  memset(dV, 0, 8 * (size_t)(D * M)), memset(dW, 0, 8 * (size_t)(M * C));
  memset(db, 0, 8 * (size_t)M), memset(dc, 0, sizeof dc);
  for (int i = 0; i < N; i++) add_row(X + i * D, Y + i * C, H + i * M, P[i]);
  step(V, dV, D * M), step(W, dW, M * C), step(b, db, M), step(c, dc, C);
}

static void drift(double E) {
  for (long k = 0; k < D * M; k++) V[k] -= 1e-9 * E;
  for (long k = 0; k < M * C; k++) W[k] -= 1e-9 * E;
}

void net(Run run) {
  long count;
  double E = 0;
  X = numbers(run.files[0], &count), Y = numbers(run.files[1], &count);
  V = numbers(run.files[2], &count), W = numbers(run.files[3], &count);
  M = count / C;
  H = memory(8 * (size_t)(N * M)), dV = memory(8 * (size_t)(D * M)), dW = memory(8 * (size_t)(M * C));
  b = memory(8 * (size_t)M), db = memory(8 * (size_t)M), g = memory(8 * (size_t)M);
  for (long turn = 0; turn < run.turns; turn++) {
    E = value();
    if (run.gradient) descend();
    else drift(E);
  }
  printf("%.17g %.17g %.17g\n", E, V[0], W[M * C - 1]);
}
