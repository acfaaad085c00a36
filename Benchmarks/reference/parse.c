/// The text of a list into the list: one pass over the bytes, names in a table of hashes.
#include <stdint.h>
#include "list.h"

typedef struct { uint32_t start, length, hash; int entry; } Name;  // no length: an empty slot
typedef struct { const char *text; Name *slots; uint32_t mask; } Names;

static const struct { const char *word; uint32_t length; int arguments; } ops[] = {
  {"add", 3, 2}, {"sub", 3, 2}, {"mul", 3, 2}, {"div", 3, 2},
  {"sin", 3, 1}, {"cos", 3, 1}, {"exp", 3, 1}, {"tanh", 4, 1},
};

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static Name word(const char **p, const char *text) {
  const char *start = *p;
  Name name = {(uint32_t)(start - text), 0, 2166136261u, -1};
  while (is_word(**p)) name.hash = (name.hash ^ (unsigned char)*(*p)++) * 16777619u;
  name.length = (uint32_t)(*p - start);
  return name;
}

static Name *slot(Names names, Name name) {
  for (uint32_t k = name.hash;; k++) {
    Name *found = names.slots + (k & names.mask);
    if (found->length == 0) return found;
    if (found->hash == name.hash && found->length == name.length
        && !memcmp(names.text + found->start, names.text + name.start, name.length)) return found;
  }
}

static void expect(const char **p, const char *text) {
  for (; *text; text++)
    if (*(*p)++ != *text) exit(2);
}

static int argument(const char **p, Names names) {
  Name *found = slot(names, word(p, names.text));
  if (found->length == 0) exit(2);
  return found->entry;
}

static void call(List *list, const char **p, Names names) {
  const char *start = *p;
  Name name = word(p, names.text);
  int k = 0;
  while (k < 8 && !(ops[k].length == name.length && !memcmp(ops[k].word, start, name.length))) k++;
  if (k == 8) exit(2);
  list->op[list->count] = (unsigned char)k;
  expect(p, "(");
  list->left[list->count] = argument(p, names);
  if (ops[k].arguments == 2) {
    expect(p, ", ");
    list->right[list->count] = argument(p, names);
  }
  expect(p, ")");
}

static char *contents(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) exit(1);
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *text = memory(size + 1);
  if (fread(text, 1, size, file) != size) exit(1);
  fclose(file);
  return text;
}

List list_parse(const char *path) {
  char *text = contents(path);
  size_t lines = 0;
  for (const char *p = text; (p = strchr(p, '\n')); p++) lines++;
  uint32_t size = 16;
  while (size < 2 * lines) size *= 2;
  Names names = {text, memory(size * sizeof(Name)), size - 1};
  List list = {0, 0, memory(lines), memory(4 * lines), memory(4 * lines), memory(8 * lines),
               memory(8 * lines)};
  for (const char *p = text; *p; list.count++) {
    Name name = word(&p, text);
    expect(&p, " = ");
    if (*p >= '0' && *p <= '9') {
      char *end;
      list.value[list.inputs++] = strtod(p, &end);
      p = end;
    } else call(&list, &p, names);
    expect(&p, "\n");
    name.entry = list.count;
    *slot(names, name) = name;
  }
  free(names.slots), free(text);
  return list;
}
