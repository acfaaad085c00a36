/// The losses of the cases over a type D of numbers that a tool records, and what a turn does.
#pragma once
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using Numbers = std::vector<double>;

struct Case {
  Numbers x;  // where the next turn begins
  virtual ~Case() = default;
  virtual D loss(const std::vector<D> &x) const = 0;
  virtual void advance(const Numbers &slope) = 0;
  virtual Numbers result(double value, const Numbers &slope) const = 0;
};

struct Chain : Case {
  long length;
  explicit Chain(long length) : length(length) { x = {0.5}; }
  D loss(const std::vector<D> &x) const override {
    D z = x[0];
    for (long n = 0; n < length; n++) z = sin(z * x[0]) + x[0];
    return z;
  }
  void advance(const Numbers &slope) override { x[0] = 0.5 + 1e-7 * slope[0]; }
  Numbers result(double value, const Numbers &slope) const override { return {value, slope[0]}; }
};

struct List : Case {
  struct Entry { std::string op; size_t left, right; };
  std::vector<Entry> entries;
  explicit List(const char *path) {
    std::ifstream file(path);
    std::map<std::string, size_t> places;
    std::string line, name, equals, right, second;
    while (std::getline(file, line)) {
      std::istringstream words(line);
      words >> name >> equals >> right;
      places[name] = places.size();
      if (isdigit(right[0])) { x.push_back(std::stod(right)); continue; }
      size_t open = right.find('('), last = right.size() - 1;
      Entry entry{right.substr(0, open), places.at(right.substr(open + 1, last - open - 1)), 0};
      if (words >> second) entry.right = places.at(second.substr(0, second.size() - 1));
      entries.push_back(entry);
    }
  }
  D loss(const std::vector<D> &x) const override {
    std::vector<D> v(x);
    v.reserve(x.size() + entries.size());
    for (const Entry &e : entries) {
      const D &a = v[e.left], &b = v[e.right];
      v.push_back(e.op == "add" ? D(a + b) : e.op == "sub" ? D(a - b) : e.op == "mul" ? D(a * b)
          : e.op == "div" ? D(a / b) : e.op == "sin" ? D(sin(a)) : e.op == "cos" ? D(cos(a))
          : e.op == "exp" ? D(exp(a)) : D(tanh(a)));
    }
    return v.back();
  }
  void advance(const Numbers &slope) override {
    for (size_t k = 0; k < x.size(); k++) x[k] -= 1e-9 * slope[k];
  }
  Numbers result(double value, const Numbers &slope) const override {
    Numbers all{value};
    all.insert(all.end(), slope.begin(), slope.end());
    return all;
  }
};

/// Steps of descent at a rate; the result is the loss and two of the weights.
struct Descent : Case {
  double rate;
  std::array<size_t, 2> shown;
  void advance(const Numbers &slope) override {
    for (size_t k = 0; k < x.size(); k++) x[k] -= rate * slope[k];
  }
  Numbers result(double value, const Numbers &) const override {
    return {value, x[shown[0]], x[shown[1]]};
  }
};

inline D sigma(const D &x) { return 1 / (1 + exp(-x)); }

struct Trask : Descent {
  Trask() {
    rate = 1, shown = {0, 12};
    x = {-0.16595599, 0.44064899, -0.99977125, -0.39533485, -0.70648822, -0.81532281, -0.62747958,
         -0.30887855, -0.20646505, 0.07763347, -0.16161097, 0.370439,
         -0.5910955, 0.75623487, -0.94522481, 0.34093502};
  }
  D loss(const std::vector<D> &w) const override {
    static const double X[4][3] = {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}}, y[] = {0, 1, 1, 0};
    D E = 0;
    for (int i = 0; i < 4; i++) {
      D s = 0;
      for (int j = 0; j < 4; j++) {
        D u = 0;
        for (int k = 0; k < 3; k++) u += X[i][k] * w[4 * k + j];
        s += sigma(u) * w[12 + j];
      }
      D r = sigma(s) - y[i];
      E += r * r / 2;
    }
    return E;
  }
};

struct Samples : Descent {
  Samples() {
    rate = 0.001, shown = {0, 8};
    x = {0.5, -0.3, 0.8, 0.2, 0.1, -0.1, 0.7, -0.6, 0.05};
  }
  D loss(const std::vector<D> &w) const override {
    D E = 0;
    for (int i = 0; i < 1000; i++) {
      double a = std::sin(0.1 * i), b = std::cos(0.37 * i);
      D h0 = sigma(w[0] * a + w[1] * b + w[4]), h1 = sigma(w[2] * a + w[3] * b + w[5]);
      D r = sigma(w[6] * h0 + w[7] * h1 + w[8]) - (a * b > 0);
      E += r * r / 2;
    }
    return E;
  }
};

inline Numbers load(const char *path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  size_t start = 10 + (unsigned char)bytes[8] + 256 * (unsigned char)bytes[9];
  Numbers found((bytes.size() - start) / 8);
  std::copy(bytes.begin() + (long)start, bytes.end(), (char *)found.data());
  return found;
}

struct Net : Descent {
  enum { N = 1797, K = 64, C = 10 };
  Numbers X, Y;
  size_t M;
  explicit Net(char **files) : X(load(files[0])), Y(load(files[1])) {
    Numbers V = load(files[2]), W = load(files[3]);
    M = W.size() / C;
    x = V;
    x.resize(K * M + M);
    x.insert(x.end(), W.begin(), W.end());
    x.resize(x.size() + C);
    rate = 0.5, shown = {0, x.size() - C - 1};
  }
  D loss(const std::vector<D> &w) const override {
    const D *V = w.data(), *b = V + K * M, *W = b + M, *c = W + M * C;
    D E = 0;
    for (int i = 0; i < N; i++) {
      std::vector<D> u(c, c + C);
      for (size_t j = 0; j < M; j++) {
        D h = b[j];
        for (int k = 0; k < K; k++) h += X[i * K + k] * V[k * M + j];
        h = tanh(h);
        for (int k = 0; k < C; k++) u[k] += h * W[j * C + k];
      }
      D total = 0;
      for (int k = 0; k < C; k++) {
        total += exp(u[k]);
        if (Y[i * C + k] == 1) E -= u[k];
      }
      E += log(total);
    }
    return E / double(N);
  }
};

inline std::unique_ptr<Case> make(const std::string &name, char **files) {
  if (name == "w1-20") return std::make_unique<Chain>(20);
  if (name == "w1-1e6") return std::make_unique<Chain>(1000000);
  if (name.substr(0, 2) == "w2") return std::make_unique<List>(files[0]);
  if (name == "w4-32") return std::make_unique<Net>(files);
  if (name == "w5") return std::make_unique<Trask>();
  if (name == "w6") return std::make_unique<Samples>();
  std::exit(3);
}
