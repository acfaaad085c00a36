/// reference CASE value|gradient TURNS [FILE ...]: the cases by hand, with the C library's functions.
#include "reference.h"

static const struct { const char *name; void (*run)(Run); } cases[] = {
  {"chain-short", chain_short}, {"chain-long", chain_long}, {"list", list}, {"list-read", list_read},
  {"softmax", softmax}, {"net", net}, {"trask", trask}, {"samples", samples},
};

int main(int count, char **words) {
  for (size_t k = 0; count > 3 && k < sizeof cases / sizeof *cases; k++)
    if (!strcmp(words[1], cases[k].name)) {
      cases[k].run((Run){atol(words[3]), !strcmp(words[2], "gradient"), words + 4});
      return 0;
    }
  return 1;
}

void *memory(size_t bytes) {
  void *found = calloc(bytes, 1);
  if (!found) exit(1);
  return found;
}

double *numbers(const char *path, long *count) {
  FILE *file = fopen(path, "rb");
  unsigned char head[10];
  if (!file || fread(head, 1, 10, file) != 10) exit(1);
  long start = 10 + head[8] + 256 * head[9];
  fseek(file, 0, SEEK_END);
  *count = (ftell(file) - start) / 8;
  fseek(file, start, SEEK_SET);
  double *found = memory(8 * (size_t)*count);
  if (fread(found, 8, (size_t)*count, file) != (size_t)*count) exit(1);
  fclose(file);
  return found;
}
