/// The limits of a run: a thread that looks at the clock and at the memory in use.
#define _GNU_SOURCE
#include "CLineEditor.h"

#include <fcntl.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/// The reasons and exit codes as WengertKernels and wl have them.
enum { TIME = 2, MEMORY = 3, EXIT_LIMIT = 3, EXIT_TIME = 124 };
/// How long a run may go on after it was asked to stop, in seconds, and how much more it may take.
static const double patience = 10;
static const long excess = 64L << 20;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
  /// When to stop, 0 for never, and with how many bytes in use.
  double end;
  long bytes;
  int insists;
  void (*request)(int);
  pthread_t worker;
} watched;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/// The bytes of memory in use, but for what is shared with files; 0 where that cannot be told.
static long resident(int statistics) {
  char text[128];
  long whole, here, shared;
  ssize_t count = pread(statistics, text, sizeof text - 1, 0);
  if (count <= 0) return 0;
  text[count] = 0;
  if (sscanf(text, "%ld %ld %ld", &whole, &here, &shared) != 3) return 0;
  return (here - shared) * sysconf(_SC_PAGESIZE);
}

static void end_process(const char *message, int status) {
  ssize_t written = write(STDERR_FILENO, message, strlen(message));
  (void)written;
  _exit(status);
}

static void look(int statistics) {
  if (watched.end > 0 && now() >= watched.end) {
    if (watched.insists && now() >= watched.end + patience)
      end_process("error[E0810]: the time allowed is over\n", EXIT_TIME);
    watched.request(TIME);
    // A read that waits is woken; the request alone would not reach it.
    pthread_kill(watched.worker, SIGUSR1);
  }
  if (watched.bytes <= 0) return;
  long used = resident(statistics);
  if (used <= watched.bytes) return;
  if (watched.insists && used > watched.bytes + excess)
    end_process("error[E0811]: the program takes more memory than it is allowed\n", EXIT_LIMIT);
  watched.request(MEMORY);
}

static void *watch(void *unused) {
  (void)unused;
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  int statistics = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  const struct timespec pause = {.tv_nsec = 5000000};
  while (1) {
    pthread_mutex_lock(&lock);
    look(statistics);
    pthread_mutex_unlock(&lock);
    nanosleep(&pause, NULL);
  }
  return NULL;
}

static void on_wake(int number) { (void)number; }

static void start(void) {
  struct sigaction action = {.sa_handler = on_wake};
  sigemptyset(&action.sa_mask);
  sigaction(SIGUSR1, &action, NULL);
  pthread_t thread;
  if (pthread_create(&thread, NULL, watch, NULL) == 0) pthread_detach(thread);
}

void wl_watch(double seconds, long bytes, void (*request)(int), int insists) {
  static pthread_once_t started = PTHREAD_ONCE_INIT;
#if defined(__GLIBC__)
  // What an earlier statement took and gave back must not count against this one.
  if (bytes > 0) malloc_trim(0);
#endif
  pthread_mutex_lock(&lock);
  watched.end = seconds > 0 ? now() + seconds : 0;
  watched.bytes = bytes;
  watched.request = request;
  watched.insists = insists;
  watched.worker = pthread_self();
  pthread_mutex_unlock(&lock);
  if (seconds > 0 || bytes > 0) pthread_once(&started, start);
}
