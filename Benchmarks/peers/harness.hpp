/// PEER CASE TURNS [FILE ...]: one case by a tool in C++, as the line of JSON that harness.py prints too.
/// The tool is a class Tape: built of a case, it gives a value and fills in the slope. Its set-up counts from
/// the start of the process, but for the reading of files.
#pragma once
#include <algorithm>
#include <ctime>
#include "formulas.hpp"

inline double now() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

template <class Tape> double seconds(Tape &tape, Case &task, long turns, Numbers &result) {
  Numbers start = task.x, slope(start.size());
  double begin = now(), value = 0;
  for (long turn = 0; turn < turns; turn++) {
    value = tape.both(task.x, slope);
    task.advance(slope);
  }
  double took = now() - begin;
  result = task.result(value, slope);
  task.x = start;
  return took;
}

template <class Tape> int measure(int count, char **words) {
  const double budget = 0.3;
  if (count < 3) return 3;
  double before = now();
  auto task = make(words[1], words + 3);
  double reading = now() - before;
  long most = std::atol(words[2]), turns = 1;
  Numbers result;
  Tape tape(*task);
  seconds(tape, *task, 1, result);
  double first = now() - reading, took = seconds(tape, *task, turns, result);
  while (took < budget && turns < most) {
    turns = std::min(most, std::max(2 * turns, long(0.8 * double(turns) * budget / std::max(took, 1e-6))));
    took = seconds(tape, *task, turns, result);
  }
  for (int round = 0; round < 2; round++) took = std::min(took, seconds(tape, *task, turns, result));
  double turn = took / double(turns);
  std::printf("{\"turns\": %ld, \"turn\": %.9g, \"setup\": %.9g, \"result\": [", turns, turn,
              std::max(0.0, first - turn));
  for (size_t k = 0; k < result.size(); k++) std::printf(k ? ", %.17g" : "%.17g", result[k]);
  std::printf("]}\n");
  return 0;
}
