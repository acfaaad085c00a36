/// Processor time, not time on the wall: a machine that is busy must not look like a hang.
#define _GNU_SOURCE
#include "CFuzzClock.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

static void (*wanted)(int);
static int reason_given;
static timer_t timer;
static int is_made;

static void on_time(int number) {
  (void)number;
  if (wanted) wanted(reason_given);
}

static void make(void) {
  struct sigaction action = {.sa_handler = on_time, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGUSR2, &action, NULL);
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR2};
  is_made = timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) == 0;
}

void fuzz_clock(double seconds, void (*request)(int), int reason) {
  if (!is_made) make();
  wanted = request;
  reason_given = reason;
  struct itimerspec when = {{0, 0}, {0, 0}};
  when.it_value.tv_sec = (time_t)seconds;
  when.it_value.tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9);
  if (is_made) timer_settime(timer, 0, &when, NULL);
}
