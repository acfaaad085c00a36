#include "CLineEditor.h"

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "memory.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define PASTE_END L"\033[201~"

/// Sequences that no keyboard sends; pushing one calls a function of libedit, or the second half of
/// one of ours.
#define CALL_NEWLINE "\033\001n"
#define CALL_OLDER "\033\001o"
#define CALL_NEWER "\033\001w"
#define CALL_LISTING "\033\001l"

struct wl_editor {
  EditLine *line;
  History *history;
  void *context;
  wl_key_handler handler;
  const char *prompt;
  /// Lines to show under the statement, and how far the cursor was from its end.
  char *listing;
  int cursor_to_end;
  int is_cancelled;
  int takes_pastes;
  char *text;
};

static wl_editor *editor_of(EditLine *line) {
  void *editor = NULL;
  el_get(line, EL_CLIENTDATA, &editor);
  return editor;
}

static char *left_prompt(EditLine *line) { return (char *)editor_of(line)->prompt; }

/// Asks the program what a key does, and does it.
static unsigned char answer(EditLine *line, wl_key key, const char *pasted) {
  wl_editor *editor = editor_of(line);
  const LineInfoW *info = el_wline(line);
  char *before = wl_narrow(info->buffer, (size_t)(info->cursor - info->buffer));
  char *after = wl_narrow(info->cursor, (size_t)(info->lastchar - info->cursor));
  wl_answer done = editor->handler(editor->context, editor, key, before, after, pasted);
  free(before);
  free(after);
  switch (done) {
    case WL_ANSWER_EDITED: return CC_REFRESH;
    case WL_ANSWER_BEEP: return CC_REFRESH_BEEP;
    case WL_ANSWER_SUBMIT: el_push(line, CALL_NEWLINE); return CC_REFRESH;
    case WL_ANSWER_OLDER: el_push(line, CALL_OLDER); return CC_NORM;
    case WL_ANSWER_NEWER: el_push(line, CALL_NEWER); return CC_NORM;
    case WL_ANSWER_LEAVE: return CC_EOF;
  }
  return CC_NORM;
}

#define ON_KEY(name, key)                                \
  static unsigned char name(EditLine *line, int typed) { \
    (void)typed;                                         \
    return answer(line, key, "");                        \
  }
ON_KEY(on_enter, WL_KEY_ENTER)
ON_KEY(on_new_line, WL_KEY_NEW_LINE)
ON_KEY(on_tab, WL_KEY_TAB)
ON_KEY(on_up, WL_KEY_UP)
ON_KEY(on_down, WL_KEY_DOWN)
ON_KEY(on_left, WL_KEY_LEFT)
ON_KEY(on_right, WL_KEY_RIGHT)
ON_KEY(on_home, WL_KEY_HOME)
ON_KEY(on_end, WL_KEY_END)
ON_KEY(on_backspace, WL_KEY_BACKSPACE)
ON_KEY(on_delete, WL_KEY_DELETE)
ON_KEY(on_end_of_input, WL_KEY_END_OF_INPUT)

/// Reads up to the mark that ends a paste, and hands it over as one piece.
static unsigned char on_paste(EditLine *line, int typed) {
  (void)typed;
  const size_t mark = wcslen(PASTE_END);
  wl_wide pasted = {0};
  wchar_t character;
  while (el_wgetc(line, &character) == 1) {
    wl_wide_append(&pasted, character);
    if (pasted.count >= mark
        && wmemcmp(pasted.characters + pasted.count - mark, PASTE_END, mark) == 0) {
      pasted.count -= mark;
      break;
    }
  }
  char *text = wl_narrow(pasted.characters, pasted.count);
  free(pasted.characters);
  unsigned char done = answer(line, WL_KEY_PASTE, text);
  free(text);
  return done;
}

/// Ctrl-C: the line is left standing, and reading starts again below it.
static unsigned char on_cancel(EditLine *line, int typed) {
  (void)typed;
  editor_of(line)->is_cancelled = 1;
  el_push(line, CALL_NEWLINE);
  return CC_NORM;
}

/// Ctrl-Z: libedit's handler of the signal gives the terminal back, and takes it again afterwards.
static unsigned char on_suspend(EditLine *line, int typed) {
  (void)typed;
  wl_suspend();
  el_set(line, EL_REFRESH);
  return CC_NORM;
}

/// The second half of `wl_editor_show`: the cursor has reached the last row by now.
static unsigned char on_listing(EditLine *line, int typed) {
  (void)typed;
  wl_editor *editor = editor_of(line);
  if (editor->listing == NULL) return CC_NORM;
  printf("\n%s", editor->listing);
  fflush(stdout);
  free(editor->listing);
  editor->listing = NULL;
  el_cursor(line, -editor->cursor_to_end);
  el_set(line, EL_REFRESH);
  return CC_NORM;
}

struct binding {
  const char *name;
  /// NULL when libedit has the function already.
  unsigned char (*function)(EditLine *, int);
  const char *keys[4];
};

/// Keys that the user's ~/.editrc may bind otherwise.
static const struct binding movements[] = {
    {"wl-up", on_up, {"\033[A", "\033OA", "^P"}},
    {"wl-down", on_down, {"\033[B", "\033OB", "^N"}},
    {"wl-left", on_left, {"\033[D", "\033OD", "^B"}},
    {"wl-right", on_right, {"\033[C", "\033OC", "^F"}},
    {"wl-home", on_home, {"\033[H", "\033OH", "^A", "\033[1~"}},
    {"wl-end", on_end, {"\033[F", "\033OF", "^E", "\033[4~"}},
    {"wl-backspace", on_backspace, {"^H", "^?"}},
    {"wl-delete", on_delete, {"\033[3~"}},
    {"wl-end-of-input", on_end_of_input, {"^D"}},
    {"wl-new-line", on_new_line, {"\033^M", "\033^J"}},
    {"em-inc-search-prev", NULL, {"^R"}},
    {"em-next-word", NULL, {"\033[1;5C", "\033[5C"}},
    {"ed-prev-word", NULL, {"\033[1;5D", "\033[5D"}},
};

/// Keys without which statements of several lines would not work.
static const struct binding essentials[] = {
    {"wl-enter", on_enter, {"^M", "^J"}},
    {"wl-tab", on_tab, {"^I"}},
    {"wl-cancel", on_cancel, {"^C"}},
    {"wl-suspend", on_suspend, {"^Z"}},
    {"wl-listing", on_listing, {CALL_LISTING}},
    {"ed-newline", NULL, {CALL_NEWLINE}},
    {"ed-prev-history", NULL, {CALL_OLDER}},
    {"ed-next-history", NULL, {CALL_NEWER}},
};

static const struct binding paste = {"wl-paste", on_paste, {"\033[200~"}};

static void bind_row(EditLine *line, const struct binding *row) {
  if (row->function != NULL) el_set(line, EL_ADDFN, row->name, row->name, row->function);
  for (int i = 0; i < 4 && row->keys[i] != NULL; i++) {
    el_set(line, EL_BIND, row->keys[i], row->name, NULL);
  }
}

static void bind_rows(EditLine *line, const struct binding *rows, size_t bytes) {
  for (size_t i = 0; i < bytes / sizeof *rows; i++) bind_row(line, &rows[i]);
}

static void bind_keys(wl_editor *editor) {
  bind_rows(editor->line, movements, sizeof movements);
  el_source(editor->line, NULL);
  bind_rows(editor->line, essentials, sizeof essentials);
  // In vi's manner Escape leaves the insert mode, and a marked paste would be taken for commands.
  const char *manner = NULL;
  el_get(editor->line, EL_EDITOR, &manner);
  editor->takes_pastes = manner != NULL && strcmp(manner, "emacs") == 0;
  if (editor->takes_pastes) bind_row(editor->line, &paste);
}

wl_editor *wl_editor_open(
    const char *program, int history_size, void *context, wl_key_handler handler) {
  EditLine *line = el_init(program, stdin, stdout, stderr);
  if (line == NULL) return NULL;
  wl_editor *editor = wl_allocate(1, sizeof *editor);
  editor->line = line;
  editor->context = context;
  editor->handler = handler;
  editor->prompt = "";
  editor->history = history_init();
  if (editor->history == NULL) wl_out_of_memory();
  HistEvent event;
  history(editor->history, &event, H_SETSIZE, history_size);
  el_set(line, EL_CLIENTDATA, editor);
  el_set(line, EL_EDITOR, "emacs");
  el_set(line, EL_HIST, history, editor->history);
  el_set(line, EL_SIGNAL, 1);
  el_set(line, EL_SETTY, "-d", "-isig", NULL);
  el_set(line, EL_PROMPT_ESC, left_prompt, '\1');
  bind_keys(editor);
  return editor;
}

void wl_editor_close(wl_editor *editor) {
  el_end(editor->line);
  history_end(editor->history);
  free(editor->listing);
  free(editor->text);
  free(editor);
}

void wl_editor_replace(wl_editor *editor, int removed, const char *text) {
  if (removed > 0) el_deletestr(editor->line, removed);
  if (*text != 0) el_insertstr(editor->line, text);
}

void wl_editor_move(wl_editor *editor, int characters) { el_cursor(editor->line, characters); }

void wl_editor_show(wl_editor *editor, const char *lines) {
  const LineInfoW *info = el_wline(editor->line);
  free(editor->listing);
  editor->listing = wl_copy(lines, strlen(lines));
  editor->cursor_to_end = (int)(info->lastchar - info->cursor);
  el_cursor(editor->line, editor->cursor_to_end);
  el_push(editor->line, CALL_LISTING);
}

wl_read_result wl_editor_read(wl_editor *editor, const char *prompt, const char **text) {
  int count = 0;
  editor->prompt = prompt;
  editor->is_cancelled = 0;
  el_resize(editor->line);
  if (editor->takes_pastes) fputs(PASTE_ON, stdout);
  const char *line = el_gets(editor->line, &count);
  if (editor->takes_pastes) fputs(PASTE_OFF, stdout);
  fflush(stdout);
  editor->prompt = "";
  if (editor->is_cancelled || count < 0) return WL_READ_CANCELLED;
  if (line == NULL || count == 0) return WL_READ_END;
  free(editor->text);
  editor->text = wl_copy(line, (size_t)count - (line[count - 1] == '\n'));
  *text = editor->text;
  return WL_READ_TEXT;
}

void wl_editor_remember(wl_editor *editor, const char *text) {
  HistEvent event;
  history(editor->history, &event, H_ENTER, text);
}

#define STRING_OF(number) #number
#define VERSION(major, minor) STRING_OF(major) "." STRING_OF(minor)

const char *wl_editor_library(void) { return VERSION(LIBEDIT_MAJOR, LIBEDIT_MINOR); }
