/// CppAD: a tape recorded once, replayed each turn.
#include <cppad/cppad.hpp>
using D = CppAD::AD<double>;
#include "harness.hpp"

struct Tape {
  CppAD::ADFun<double> tape;
  Numbers one{1};
  explicit Tape(const Case &task) {
    std::vector<D> x(task.x.begin(), task.x.end());
    CppAD::Independent(x);
    std::vector<D> y{task.loss(x)};
    tape.Dependent(x, y);
  }
  double both(const Numbers &x, Numbers &slope) {
    double value = tape.Forward(0, x)[0];
    slope = tape.Reverse(1, one);
    return value;
  }
};

int main(int count, char **words) { return measure<Tape>(count, words); }
