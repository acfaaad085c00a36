/// A line editor on libedit for statements of several lines, and the system calls that Swift cannot
/// make itself because they are variadic or macros. All text is UTF-8.
#ifndef WL_LINE_EDITOR_H
#define WL_LINE_EDITOR_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct wl_editor wl_editor;

/// The keys whose meaning the program decides; libedit knows the others.
typedef enum {
  WL_KEY_ENTER,
  /// Alt with Enter.
  WL_KEY_NEW_LINE,
  WL_KEY_TAB,
  WL_KEY_UP,
  WL_KEY_DOWN,
  WL_KEY_LEFT,
  WL_KEY_RIGHT,
  WL_KEY_HOME,
  WL_KEY_END,
  WL_KEY_BACKSPACE,
  WL_KEY_DELETE,
  /// Ctrl-D.
  WL_KEY_END_OF_INPUT,
  /// A block that the terminal marked as pasted.
  WL_KEY_PASTE,
} wl_key;

/// What becomes of the line after a key.
typedef enum {
  WL_ANSWER_EDITED,
  WL_ANSWER_BEEP,
  WL_ANSWER_SUBMIT,
  WL_ANSWER_OLDER,
  WL_ANSWER_NEWER,
  WL_ANSWER_LEAVE,
} wl_answer;

/// Decides what a key does: the text before and behind the cursor, and what was pasted, or "".
typedef wl_answer (*wl_key_handler)(
    void *context, wl_editor *editor, wl_key key, const char *before, const char *after,
    const char *pasted);

/// Opens an editor on standard input and output; NULL when libedit cannot use the terminal.
wl_editor *wl_editor_open(
    const char *program, int history_size, void *context, wl_key_handler handler);
/// Gives the terminal and all memory back.
void wl_editor_close(wl_editor *editor);

/// Inside a key handler: removes characters before the cursor, then inserts text there.
void wl_editor_replace(wl_editor *editor, int removed, const char *text);
/// Inside a key handler: moves the cursor by some characters.
void wl_editor_move(wl_editor *editor, int characters);
/// Inside a key handler: prints lines below the statement, and the statement again under them.
void wl_editor_show(wl_editor *editor, const char *lines);

typedef enum { WL_READ_TEXT, WL_READ_CANCELLED, WL_READ_END } wl_read_result;

/// Reads one statement; `text` stays valid until the next call. Escape sequences in the prompt
/// stand between two bytes \001, so that they count for no width.
wl_read_result wl_editor_read(wl_editor *editor, const char *prompt, const char **text);
/// Adds an entry to what the arrow keys bring back.
void wl_editor_remember(wl_editor *editor, const char *text);
/// The version of libedit's interface.
const char *wl_editor_library(void);

/// Makes characters beyond ASCII work, whatever the locale says; returns the locale in use.
const char *wl_terminal_use_utf8(void);
/// The width of the terminal behind a file descriptor; 0 when there is none.
int wl_terminal_columns(int descriptor);
/// Waits for one key without echo; -1 at the end of input or when a signal came.
int wl_terminal_key(void);

typedef enum { WL_FILE_MISSING, WL_FILE_PLAIN, WL_FILE_FOLDER, WL_FILE_OTHER } wl_file_kind;

/// What a path leads to.
wl_file_kind wl_file_kind_of(const char *path);
/// How many bytes a plain file has; 0 for anything else.
long wl_file_size(int descriptor);
/// Opens a file as open(2) does; `mode` is for new files.
int wl_file_open(const char *path, int flags, unsigned mode);

/// Catches Ctrl-C: calls `request(1)`, and when `insists` is not 0 ends the process with status 130
/// at the second one in a row. Otherwise SIGTERM and SIGHUP leave the terminal as it was found.
void wl_signals_catch(void (*request)(int), int insists);
/// Watches this run from a thread of its own: after `seconds`, or with more than `bytes` of memory
/// in use, it calls `request` with WL_STOP_TIME or WL_STOP_MEMORY, and reading that waits ends.
/// When `insists` is not 0, a run that goes on for ten seconds more, or takes 64 MB more, is ended
/// with its process. 0 stands for no limit; each call begins anew.
void wl_watch(double seconds, long bytes, void (*request)(int), int insists);
/// Whether Ctrl-C came since the last call.
int wl_signals_interrupted(void);

#ifdef __cplusplus
}
#endif

#endif
