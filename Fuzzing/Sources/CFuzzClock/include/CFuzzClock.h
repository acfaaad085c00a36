/// A limit on the processor time of one run.
#pragma once

/// Calls `request` with a reason once this thread has taken so many more seconds of processor time;
/// with 0 seconds, forgets about it.
void fuzz_clock(double seconds, void (*request)(int), int reason);
