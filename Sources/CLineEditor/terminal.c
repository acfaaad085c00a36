#include "CLineEditor.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "memory.h"

const char *wl_terminal_use_utf8(void) {
  const char *locale = setlocale(LC_CTYPE, "");
  if (locale == NULL || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
    locale = setlocale(LC_CTYPE, "C.UTF-8");
  }
  return locale == NULL ? "C" : locale;
}

int wl_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int wl_terminal_key(void) {
  struct termios before;
  if (tcgetattr(STDIN_FILENO, &before) != 0) return -1;
  struct termios single = before;
  single.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  single.c_cc[VMIN] = 1;
  single.c_cc[VTIME] = 0;
  tcsetattr(STDIN_FILENO, TCSADRAIN, &single);
  unsigned char key;
  ssize_t count = read(STDIN_FILENO, &key, 1);
  tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
  return count == 1 ? key : -1;
}

wl_file_kind wl_file_kind_of(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0) return WL_FILE_MISSING;
  if (S_ISREG(status.st_mode)) return WL_FILE_PLAIN;
  return S_ISDIR(status.st_mode) ? WL_FILE_FOLDER : WL_FILE_OTHER;
}

long wl_file_size(int descriptor) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  return (long)status.st_size;
}

int wl_file_open(const char *path, int flags, unsigned mode) {
  return open(path, flags | O_CLOEXEC, (mode_t)mode);
}

void wl_suspend(void) { raise(SIGTSTP); }

static void (*request_stop)(int);
static volatile sig_atomic_t insists_on_end;
static atomic_int interrupts;

/// What the terminal looked like at the start, to leave it so.
static struct termios found;
static volatile sig_atomic_t has_found;

static void on_interrupt(int number) {
  (void)number;
  if (atomic_fetch_add(&interrupts, 1) > 0 && insists_on_end) _exit(130);
  request_stop(1);
}

static void on_end(int number) {
  static const char paste_off[] = "\033[?2004l";
  if (has_found) {
    tcsetattr(STDIN_FILENO, TCSANOW, &found);
    ssize_t written = write(STDOUT_FILENO, paste_off, sizeof paste_off - 1);
    (void)written;
  }
  signal(number, SIG_DFL);
  raise(number);
}

static void catch_signal(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler};
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

void wl_signals_catch(void (*request)(int), int insists) {
  request_stop = request;
  insists_on_end = insists;
  catch_signal(SIGINT, on_interrupt);
  if (insists) return;
  has_found = tcgetattr(STDIN_FILENO, &found) == 0 && isatty(STDOUT_FILENO);
  catch_signal(SIGTERM, on_end);
  catch_signal(SIGHUP, on_end);
}

int wl_signals_interrupted(void) { return atomic_exchange(&interrupts, 0) > 0; }
