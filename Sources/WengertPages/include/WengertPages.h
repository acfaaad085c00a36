// Texts that the program shows and that are made from files of the project.
#ifndef WENGERT_PAGES_H
#define WENGERT_PAGES_H

// The pages of the messages: strings one behind the other, the last one empty. A code comes first, then
// what it means, how it is mended, how many programs there are, and for each its name, its text and
// the message that it gets. Made by scripts/make-messages from examples/errors.
const char *wl_message_pages(void);

#endif
