/// W4: 1797 rows of 64 numbers, a hidden layer of tanh, softmax over 10 classes; steps of descent.
/// Files: X, Y, the first weights, the second; the size of the hidden layer is that of the weights.
/// The loops are blocked as one does by hand: sums of 32 columns stay in registers, and slopes take
/// the rows three at a time.
#include "reference.h"

enum { N = 1797, D = 64, C = 10, BLOCK = 32, ROWS = 3 };
static const double rate = 0.5;
static double *X, *Y, *V, *W, *H, *G, *dV, *dW, *b, *db, c[C], dc[C], P[N][C];
static long M;

/// tanh(b + x V).
static void hidden(const double *x, double *h) {
  for (long j = 0; j < M; j += BLOCK) {
    double sum[BLOCK];
    for (int l = 0; l < BLOCK; l++) sum[l] = b[j + l];
    for (int k = 0; k < D; k++)
      for (int l = 0; l < BLOCK; l++) sum[l] += x[k] * V[k * M + j + l];
    for (int l = 0; l < BLOCK; l++) h[j + l] = tanh(sum[l]);
  }
}

static double value(void) {
  double E = 0;
  for (int i = 0; i < N; i++) {
    double own = 0;
    hidden(X + i * D, H + i * M);
    SCORES(P[i], H + i * M, W, M, C);
    for (int k = 0; k < C; k++) own += Y[i * C + k] * (P[i][k] += c[k]);
    E += normalize(P[i], C) - own;
  }
  return E / N;
}

/// The slopes of one row with respect to the second layer, and to the sums of the first.
static void row(const double *y, const double *h, const double *p, double *restrict g) {
  memset(g, 0, 8 * (size_t)M);
  for (int k = 0; k < C; k++) {
    double d = (p[k] - y[k]) / N;
    dc[k] += d;
    for (long j = 0; j < M; j++) g[j] += d * W[k * M + j], dW[k * M + j] += d * h[j];
  }
  for (long j = 0; j < M; j++) db[j] += g[j] *= 1 - h[j] * h[j];
}

static void step(double *w, const double *d, long count) {
  for (long k = 0; k < count; k++) w[k] -= rate * d[k];
}

static void descend(void) {
  memset(dV, 0, 8 * (size_t)(D * M)), memset(dW, 0, 8 * (size_t)(M * C));
  memset(db, 0, 8 * (size_t)M), memset(dc, 0, sizeof dc);
  for (int i = 0; i < N; i += ROWS) {
    for (int r = 0; r < ROWS; r++) row(Y + (i + r) * C, H + (i + r) * M, P[i + r], G + r * M);
    for (int k = 0; k < D; k++)
      for (long j = 0; j < M; j++)
        for (int r = 0; r < ROWS; r++) dV[k * M + j] += X[(i + r) * D + k] * G[r * M + j];
  }
  step(V, dV, D * M), step(W, dW, M * C), step(b, db, M), step(c, dc, C);
}

static void drift(double E) {
  for (long k = 0; k < D * M; k++) V[k] -= 1e-9 * E;
  for (long k = 0; k < M * C; k++) W[k] -= 1e-9 * E;
  for (long j = 0; j < M; j++) b[j] -= 1e-9 * E;
  for (int k = 0; k < C; k++) c[k] -= 1e-9 * E;
}

void net(Run run) {
  long count;
  double E = 0;
  X = numbers(run.files[0], &count), Y = numbers(run.files[1], &count);
  V = numbers(run.files[2], &count);
  double *columns = numbers(run.files[3], &count);
  M = count / C;
  W = memory(8 * (size_t)count), dW = memory(8 * (size_t)count), dV = memory(8 * (size_t)(D * M));
  H = memory(8 * (size_t)(N * M)), G = memory(8 * (size_t)(ROWS * M));
  b = memory(8 * (size_t)M), db = memory(8 * (size_t)M);
  for (long j = 0; j < M; j++)
    for (int k = 0; k < C; k++) W[k * M + j] = columns[j * C + k];
  for (long turn = 0; turn < run.turns; turn++) {
    E = value();
    if (run.gradient) descend();
    else drift(E);
  }
  printf("%.17g %.17g %.17g\n", E, V[0], W[C * M - 1]);
}
